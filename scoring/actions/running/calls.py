"""A judge calls the chief judge to the seat, and the desk says that somebody is on the way."""

from __future__ import annotations

from sqlalchemy import select

from scoring.actions.find import check_holder
from scoring.actions.registry import CALL, RULING, _l, logged, verb
from scoring.actions.running.seats import seat_called
from scoring.actions.transaction import Actor, record
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import ChiefCall
from scoring.store.model import is_storable, now

LONGEST_MESSAGE = 200


@logged("course", _l("called the chief judge"), ("desk", "seats"))
def call_chief(actor: Actor, seat_id: int, message: object = "") -> None:
    """Call the chief judge to the seat, with a few words or none; one call is open at a time.

    Raises Refused: seat_unknown, seat_moved, field_not_text, field_too_long, chief_called.
    """
    seat = seat_called(seat_id)
    check_holder(actor, seat)
    if not isinstance(message, str) or not is_storable(message):
        raise Refused.because("field_not_text", "message")
    if len(message.strip()) > LONGEST_MESSAGE:
        raise Refused.because("field_too_long", "message", most=LONGEST_MESSAGE)
    waits = select(ChiefCall.id).where(ChiefCall.seat_id == seat.id, ChiefCall.answered_at.is_(None))
    if db.session.scalar(waits):
        raise Refused.because("chief_called")
    call = ChiefCall(seat=seat, turn_id=seat.room.current_turn_id, message=message.strip())
    db.session.add(call)
    db.session.flush()
    contest = seat.room.event.contest
    record(contest, actor, "call_chief", [seat.id], seat=seat.id, call=call.id, message=call.message)


@verb(CALL, roles=RULING, done=_l("The judge is told that somebody is coming."), heard=True)
@logged("course", _l("answered the call of %(about)s"), ("desk", "seats"))
def answer_call(actor: Actor, call_id: int) -> None:
    """Say that the call is heard and somebody is on the way; the tablet shows it.

    Raises Refused: call_unknown, call_answered.
    """
    call = db.session.get(ChiefCall, call_id)
    if call is None:
        raise Refused.because("call_unknown", "call")
    if call.answered_at is not None:
        raise Refused.because("call_answered", seats=str(call.seat.number))
    call.answered_at, call.answered_by = now(), actor.label
    contest = call.seat.room.event.contest
    record(contest, actor, "answer_call", [call.seat_id], call=call.id, seat=call.seat_id)
