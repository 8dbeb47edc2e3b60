"""Which tablet holds a seat: taking it, and the desk's leave to move it to another tablet."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import update

from scoring.actions.find import check_has_judges, check_holder
from scoring.actions.registry import SEAT, _l, logged, verb
from scoring.actions.signals import moved
from scoring.actions.transaction import Actor, perform, record
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Seat, SeatAttempt
from scoring.store.model import now
from scoring.store.steady import steady

#: How long the desk's leave to move a seat is good.
HANDOVER = timedelta(minutes=10)


def take_seat(actor: Actor, seat_id: int, seen: int, *, handed_over: bool = False) -> None:
    """Let the actor's tablet hold the seat, and tell the one that held it before that it is locked.

    A seat that is held moves only to whoever came by the code of its open handover (`handed_over`); whoever has the
    card alone is refused. `seen` is the count of tablets when the newcomer came (`Seat.tablet`): of two that come at
    once the second is refused, so that never two hold a seat. The holder that comes again changes nothing.
    Raises Refused: seat_unknown, seat_held, seat_taken, storage_failed or files_gone.
    """
    if perform(_take, actor, seat_id, seen, handed_over):
        moved.send(None, seat_id=seat_id)


@logged("course", _l("took the seat of %(about)s with a tablet"), ("desk", "seats"), name="take_seat")
def _take(actor: Actor, seat_id: int, seen: int, handed_over: bool) -> bool:
    seat = seat_called(seat_id)
    if seat.holder == actor.holder:
        return False
    if seat.tablet != seen:
        raise Refused.because("seat_taken", seats=str(seat.number))
    if seat.holder and not (handed_over and seat.handover_until is not None and seat.handover_until > steady()):
        raise Refused.because("seat_held", seats=str(seat.number))
    seat.holder, seat.tablet = actor.holder, seen + 1
    seat.taken_at, seat.handover_until = now(), None
    record(seat.room.event.contest, actor, "take_seat", [seat.id], seat=seat.id, tablet=seat.tablet)
    return True


def leave_seat(actor: Actor, seat_id: int) -> None:
    """The tablet that holds the seat lets it go: the next one takes it with the card.

    Raises Refused: seat_unknown, seat_moved.
    """
    perform(_leave, actor, seat_id)
    moved.send(None, seat_id=seat_id)


@logged("course", _l("let the seat of %(about)s go"), ("desk", "seats"), name="leave_seat")
def _leave(actor: Actor, seat_id: int) -> None:
    seat = seat_called(seat_id)
    check_holder(actor, seat)
    seat.holder, seat.handover_until = "", None
    record(seat.room.event.contest, actor, "leave_seat", [seat.id], seat=seat.id)


@verb(SEAT, done=_l("The handover is open for ten minutes. Scan the code with the spare tablet."), heard=True)
@logged("course", _l("let another tablet take the seat of %(about)s"), ("desk",))
def open_handover(actor: Actor, seat_id: int) -> None:
    """Let another tablet take the seat within the next ten minutes, by the code or the six digits that the desk shows.

    Who tried to take the seat before is looked after with that. Raises Refused: seat_unknown.
    """
    tried = update(SeatAttempt).where(SeatAttempt.seat_id == seat_id, SeatAttempt.settled_at.is_(None))
    db.session.execute(tried.values(settled_at=now()))
    _allow(actor, "open_handover", seat_id, steady() + HANDOVER)


@verb(SEAT, done=_l("The handover is closed; its code is worth nothing any more."), heard=True)
@logged("course", _l("took the leave back to move the seat of %(about)s"), ("desk",))
def close_handover(actor: Actor, seat_id: int) -> None:
    """Take back the leave to move the seat; its code is worth nothing from here on. Raises Refused: seat_unknown."""
    _allow(actor, "close_handover", seat_id, None)


def _allow(actor: Actor, said: str, seat_id: int, until: datetime | None) -> None:
    seat = seat_called(seat_id)
    check_has_judges(seat.room.event)
    seat.handover_until = until
    record(seat.room.event.contest, actor, said, seat=seat.id)


def seat_called(seat_id: int) -> Seat:
    """The seat with this id, or Refused(seat_unknown)."""
    seat = db.session.get(Seat, seat_id)
    if seat is None:
        raise Refused.because("seat_unknown", "seat")
    return seat
