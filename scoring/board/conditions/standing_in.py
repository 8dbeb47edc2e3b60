"""Who stands in for whom, by the record: a reserve that marks a turn may also be a judge who has changed places."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from scoring.extensions import db
from scoring.store import Entry, Seat, Turn

BEGINS, ENDS = "seat_reserve", "stand_down"


def standing_in(contest_id: int, turns: Iterable[Turn]) -> list[tuple[Turn, Seat, int]]:
    """Each of these turns with a reserve who can be taken off it, and the id of the seat in whose place that is.

    A judge of the panel who has changed places with a reserve is a reserve now, but marks earlier turns as their own:
    taken off one, nobody would miss their sheet.
    """
    told = _told(contest_id)
    return [
        (turn, one.seat, told[turn.id, one.seat_id])
        for turn in turns
        for one in turn.assignments
        if one.seat.reserve and (turn.id, one.seat_id) in told
    ]


def _told(contest_id: int) -> dict[tuple[int, int], int]:
    """By turn and reserve, in whose place the record says that the reserve marks."""
    wanted = select(Entry).where(Entry.contest_id == contest_id, Entry.verb.in_((BEGINS, ENDS)))
    told: dict[tuple[int, int], int] = {}
    for entry in db.session.scalars(wanted.order_by(Entry.revision)):
        key = entry.details["turn"], entry.details["reserve"]
        if entry.verb == BEGINS:
            told[key] = entry.details["seat"]
        else:
            told.pop(key, None)
    return told
