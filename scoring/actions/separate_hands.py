"""Whether somebody has done something in a contest that excludes what is to be done now; asked for every verb."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from scoring.extensions import db
from scoring.rules.duties import excluding
from scoring.rules.refusal import Refused
from scoring.store import Entry, Event, Room, Seat
from scoring.store.installation import is_separated
from scoring.store.ledger import name_behind


def check_separate(contest_id: int, label: str, verb: str) -> None:
    """Refused with the exclusion's code where the one who signs as `label` may not do this beside what was done."""
    found = excluding(verb)
    if not found or not is_separated():
        return
    for exclusion, before, judges in found:
        if _has_done(contest_id, label, before) or (judges and _sits(contest_id, name_behind(label))):
            raise Refused.because(exclusion.code)


def _has_done(contest_id: int, label: str, verbs: Collection[str]) -> bool:
    here = (Entry.contest_id == contest_id, Entry.actor == label, Entry.verb.in_(verbs))
    return db.session.scalar(select(Entry.id).where(*here).limit(1)) is not None


def _sits(contest_id: int, name: str) -> bool:
    """Whether a judge of this name sits on a panel of the contest."""
    seats = select(Seat.id).join(Room, Room.id == Seat.room_id).join(Event, Event.id == Room.event_id)
    return db.session.scalar(seats.where(Event.contest_id == contest_id, Seat.name == name).limit(1)) is not None
