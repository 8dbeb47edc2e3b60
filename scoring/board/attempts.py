"""Who tried to take a seat that a tablet holds, as the desk is told until it has looked after it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from scoring.extensions import db
from scoring.store import Event, Room, Seat, SeatAttempt

View = dict[str, Any]


def open_attempts(contest_id: int, room_id: int | None = None) -> list[View]:
    """The attempts on seats of the contest, or of one room, that nobody has looked after, the oldest first."""
    wanted = (
        select(SeatAttempt)
        .join(Seat)
        .join(Room)
        .join(Event, Room.event_id == Event.id)
        .where(Event.contest_id == contest_id, SeatAttempt.settled_at.is_(None))
        .order_by(SeatAttempt.id)
    )
    found = db.session.scalars(wanted)
    return [_view(one) for one in found if room_id is None or one.seat.room_id == room_id]


def _view(attempt: SeatAttempt) -> View:
    return {
        "id": attempt.id,
        "seat": attempt.seat.id,
        "number": attempt.seat.number,
        "name": attempt.seat.name,
        "address": attempt.address,
        "times": attempt.times,
        "at": attempt.at.isoformat(),
    }
