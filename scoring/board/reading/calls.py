"""The calls for the chief judge: those that the desk has to answer, and what a tablet shows of its own."""

from __future__ import annotations

from sqlalchemy import select

from scoring.board.reading.unsettled import unsettled
from scoring.board.snapshots.desk import OpenCall
from scoring.board.snapshots.tablet import OwnCall
from scoring.store import ChiefCall, Event, Seat
from scoring.store.model import session_of


def open_calls(event: Event, room_id: int | None = None) -> list[OpenCall]:
    """The calls of the contest, or of one room, that nobody has answered, the oldest first."""
    return [_desk_view(call) for call in unsettled(event, ChiefCall, ChiefCall.answered_at, room_id)]


def newest_call(seat: Seat) -> OwnCall | None:
    """The newest call of the seat, with when it was answered, or None if it never called."""
    wanted = select(ChiefCall.id, ChiefCall.message, ChiefCall.at, ChiefCall.answered_at)
    own = wanted.where(ChiefCall.seat_id == seat.id).order_by(ChiefCall.id.desc()).limit(1)
    call = session_of(seat).execute(own).first()
    if call is None:
        return None
    answered = call.answered_at.isoformat() if call.answered_at else None
    return {"id": call.id, "message": call.message, "at": call.at.isoformat(), "answered_at": answered}


def _desk_view(call: ChiefCall) -> OpenCall:
    return {
        "id": call.id,
        "seat": call.seat.id,
        "number": call.seat.number,
        "name": call.seat.name,
        "turn": call.turn.number if call.turn else None,
        "message": call.message,
        "at": call.at.isoformat(),
    }
