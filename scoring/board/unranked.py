"""Who has no rank, and why: a void document, or nobody's at all. Nobody is silently missing from a ranking."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from scoring.board.core import Core
from scoring.board.facts import format_of
from scoring.extensions import db
from scoring.store import Contestant, Entry

View = dict[str, Any]
#: The verb under which it stands in the audit trail that somebody handed nothing in.
LEAVE_OUT = "leave_out"
NOTHING = {"zh": "未报送", "en": "nothing handed in"}


def unranked_of(core: Core) -> list[View]:
    """The contestants without a score in an event whose results are public: void ones, and who handed nothing in.

    The ground is told by its name; what was noted about it stays in the record. [] until something is public.
    """
    if not any(state.outcome for state in core.turns):
        return []
    return sorted([*_void(core), *_left_out(core)], key=lambda one: str(one["number"]))


def _void(core: Core) -> list[View]:
    found = []
    for state in core.turns:
        void = state.outcome.verdict.get("void") if state.outcome else None
        if void:
            ground = {"zh": void["zh"], "en": void["en"]}
            found += [_view(appearance.contestant, ground) for appearance in state.turn.appearances]
    return found


def _left_out(core: Core) -> list[View]:
    """Who was taken out of a review before its coding, by the audit trail: there is no turn of theirs any more."""
    if format_of(core.event).subject != "document":
        return []
    wanted = select(Entry).where(Entry.contest_id == core.contest.id, Entry.verb == LEAVE_OUT)
    entries = [entry for entry in db.session.scalars(wanted) if _is_here(entry, core)]
    judged = {appearance.contestant.number for state in core.turns for appearance in state.turn.appearances}
    numbers = {entry.details.get("number") for entry in entries} - judged  # who handed in late has a turn again
    return [_view(one, NOTHING) for one in core.contest.contestants if one.number in numbers]


def _is_here(entry: Entry, core: Core) -> bool:
    return entry.details.get("event", core.event.position) == core.event.position


def _view(contestant: Contestant, ground: View) -> View:
    named = {"number": contestant.number, "name": contestant.name, "office": contestant.office}
    return {"contestant": contestant.id, **named, "ground": ground}
