"""Somebody tries to take a seat that a tablet holds: it is on record, and the desk is told until it has seen it."""

from __future__ import annotations

from sqlalchemy import select

from scoring.actions.registry import ATTEMPT, _l, logged, verb
from scoring.actions.running.seats import seat_called
from scoring.actions.transaction import Actor, record
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import SeatAttempt
from scoring.store.model import now


@logged(
    "course",
    _l("tried to take the seat of %(about)s, which another tablet holds, from the address %(address)s"),
    ("desk",),
)
def note_attempt(seat_id: int, address: str) -> None:
    """Tell the desk that somebody at this network address tried to take the seat. Raises Refused: seat_unknown."""
    seat = seat_called(seat_id)
    wanted = select(SeatAttempt).where(SeatAttempt.seat_id == seat.id, SeatAttempt.settled_at.is_(None))
    attempt = db.session.scalars(wanted.where(SeatAttempt.address == address)).first()
    if attempt is None:
        db.session.add(SeatAttempt(seat_id=seat.id, address=address, times=1, at=now()))
    else:
        attempt.times, attempt.at = attempt.times + 1, now()
    record(seat.room.event.contest, Actor(f"address:{address}"), "note_attempt", seat=seat.id, address=address)


@verb(ATTEMPT, done=_l("Noted. The tablet that holds the seat goes on holding it."), heard=True)
@logged("course", _l("has seen that %(address)s tried to take the seat of %(about)s"), ("desk",))
def settle_attempt(actor: Actor, attempt_id: int) -> None:
    """The desk has seen it: it is told no more of this attempt. Raises Refused: attempt_unknown."""
    attempt = db.session.get(SeatAttempt, attempt_id)
    if attempt is None:
        raise Refused.because("attempt_unknown", "attempt")
    attempt.settled_at = attempt.settled_at or now()
    record(attempt.seat.room.event.contest, actor, "settle_attempt", seat=attempt.seat_id, address=attempt.address)
