"""What tablets have set going that the desk has still to look after: calls for the chief judge, attempts on seats."""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import select

from scoring.store import ChiefCall, Event, Room, Seat, SeatAttempt
from scoring.store.model import session_of

_Kind = TypeVar("_Kind", ChiefCall, SeatAttempt)


def unsettled(event: Event, kind: type[_Kind], settled_at: Any, room_id: int | None) -> list[_Kind]:
    """The rows of the contest's seats, or of one room's, with no moment in `settled_at` yet, the oldest first."""
    wanted = (
        select(kind)
        .join(Seat)
        .join(Room)
        .join(Event, Room.event_id == Event.id)
        .where(Event.contest_id == event.contest_id, settled_at.is_(None))
        .order_by(kind.id)
        .execution_options(populate_existing=True)
    )
    return list(session_of(event).scalars(wanted if room_id is None else wanted.where(Room.id == room_id)))
