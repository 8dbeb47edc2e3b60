"""Who would go on to a stage now, what that is based on, and whether it has changed since it was confirmed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from scoring.board.reading import knockout
from scoring.board.reading.core import Core, core_of
from scoring.board.reading.facts import turns_of
from scoring.board.reading.not_performing import out_of_event
from scoring.board.reading.stages import rule_of
from scoring.extensions import db
from scoring.rules.promotion import Promoted, StageRule, promoted
from scoring.rules.refusal import Refused
from scoring.store import Entry, Event
from scoring.store.model import fingerprint


def source_of(event: Event, rule: StageRule) -> Core:
    """The stage before, as the desk knows it."""
    return core_of(event.contest_id, rule.source)


#: In place of what is drawn, to find out whether lots have to decide; who goes on by it goes nowhere.
UNDRAWN = "0"


def lots_drawn(event: Event, basis: str) -> dict[str, Any] | None:
    """What is on record of the lots that were drawn for this ranking: they are drawn once; None before."""
    wanted = select(Entry).where(Entry.contest_id == event.contest_id, Entry.verb == "propose_promotion")
    for entry in db.session.scalars(wanted.order_by(Entry.revision)):
        told: dict[str, Any] = entry.details
        if (told["event"], told["basis"]) == (event.position, basis) and "seal" in told:
            return told
    return None


def proposal(event: Event, seed: str = "") -> tuple[Promoted, str]:
    """Who goes on by the rule, by contestant id, and the fingerprint of the ranking that it is based on.

    Whoever has withdrawn from the contest since is passed over. Raises Refused: not_a_stage, stage_not_over (figures
    event), and as `promoted` does.
    """
    rule = rule_of(event)
    if rule is None:
        raise Refused.because("not_a_stage")
    core = source_of(event, rule)
    if not core.turns or not knockout.is_over(core.event, core.turns, core.until):
        raise Refused.because("stage_not_over", **{"event": core.event.title_zh, "event.en": core.event.title_en})
    out = {key for key in out_of_event(event) if key is not None}
    ranks = [placed.ranked for placed in core.ranked if placed.contestant.id not in out]
    return promoted(rule, ranks, seed), basis_of(core)


def basis_of(core: Core) -> str:
    """The fingerprint of a ranking: whoever is corrected in it makes it another one."""
    return fingerprint("", {one.ranked.key: [one.ranked.rank, str(one.ranked.exact)] for one in core.ranked})


def begun(event: Event) -> bool:
    """Whether anybody was called in the event, or its results are being entered."""
    return any(turn.begun for turn in turns_of(event))


def check_not_begun(event: Event) -> None:
    """Refused(stage_begun) once the stage has begun."""
    if begun(event):
        raise Refused.because("stage_begun")
