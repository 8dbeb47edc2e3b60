"""Finding what a verb is about, or saying that it is not there."""

from __future__ import annotations

from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Seat, Turn


def turn_of(turn_id: int) -> Turn:
    """The turn, or Refused(turn_unknown)."""
    turn = db.session.get(Turn, turn_id)
    if turn is None:
        raise Refused.because("turn_unknown")
    return turn


def seat_of(turn: Turn, seat_id: int) -> Seat:
    """The seat on the panel of the turn, or Refused(seat_not_in_room)."""
    seat = db.session.get(Seat, seat_id)
    if seat is None or seat not in turn.panel:
        raise Refused.because("seat_not_in_room")
    return seat


def seats_of(turn: Turn) -> list[int]:
    """The ids of all seats whose tablets show this turn."""
    return [seat.id for seat in turn.panel]
