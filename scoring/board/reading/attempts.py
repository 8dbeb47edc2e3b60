"""Who tried to take a seat that a tablet holds, as the desk is told until it has looked after it."""

from __future__ import annotations

from scoring.board.reading.unsettled import unsettled
from scoring.board.snapshots.desk import OpenAttempt
from scoring.store import Event, SeatAttempt


def open_attempts(event: Event, room_id: int | None = None) -> list[OpenAttempt]:
    """The attempts on seats of the contest, or of one room, that nobody has looked after, the oldest first."""
    return [_view(one) for one in unsettled(event, SeatAttempt, SeatAttempt.settled_at, room_id)]


def _view(attempt: SeatAttempt) -> OpenAttempt:
    return {
        "id": attempt.id,
        "seat": attempt.seat.id,
        "number": attempt.seat.number,
        "name": attempt.seat.name,
        "address": attempt.address,
        "times": attempt.times,
        "at": attempt.at.isoformat(),
    }
