"""Whether somebody has done something in a contest that excludes what is to be done now; asked for every verb."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from scoring.board.conditions.approving import judges_named
from scoring.extensions import db
from scoring.rules.duties import EXCLUSIONS, NAMES_JUDGES, excluding, person
from scoring.rules.refusal import Refused
from scoring.store import Entry
from scoring.store.installation import is_separated
from scoring.store.ledger import name_behind


def check_separate(contest_id: int, label: str, verb: str) -> None:
    """Refused with the exclusion's code where the one who signs as `label` may not do this beside what was done."""
    found = excluding(verb)
    if not (found or verb in NAMES_JUDGES) or not is_separated():
        return
    if verb in NAMES_JUDGES:
        _check_judges(contest_id)
    for exclusion, before, judges in found:
        if _has_done(contest_id, label, before) or (judges and _sits(contest_id, name_behind(label))):
            raise Refused.because(exclusion.code)


def _has_done(contest_id: int, label: str, verbs: Collection[str]) -> bool:
    here = (Entry.contest_id == contest_id, Entry.actor == label, Entry.verb.in_(verbs))
    return db.session.scalar(select(Entry.id).where(*here).limit(1)) is not None


def _check_judges(contest_id: int) -> None:
    """Refused where a judge is named who has done what judges do not do; figures name."""
    for exclusion in (one for one in EXCLUSIONS if one.judges):
        wanted = select(Entry.actor).where(Entry.contest_id == contest_id, Entry.verb.in_(exclusion.those)).distinct()
        hands = {person(name_behind(label)): name_behind(label) for label in db.session.scalars(wanted)}
        if both := hands.keys() & judges_named(contest_id):
            raise Refused.because("judges_and_tallied", "name", name=hands[min(both)])


def _sits(contest_id: int, name: str) -> bool:
    """Whether a judge of this name sits on a panel of the contest."""
    return person(name) in judges_named(contest_id)
