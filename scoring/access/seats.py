"""The judge's seat: which one a PIN or a code opens, and whether this browser's tablet holds it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request

from scoring.access import noting
from scoring.access.attendance import attendance
from scoring.access.browser import epoch_at, known_browser, let_in_at, let_out_of, tablet
from scoring.access.guessing import guessing, is_news
from scoring.actions.find import check_code, moved_away
from scoring.actions.running.attempts import note_attempt
from scoring.actions.transaction import Actor, perform
from scoring.extensions import db
from scoring.pages.subject_here import say_of
from scoring.rules.refusal import Refused
from scoring.store import Seat
from scoring.store.access_log import SEAT_REFUSED, SEAT_TAKEN
from scoring.store.at_door import SeatAtDoor, holders, seat_at_door
from scoring.store.codes import has_pin, seat_by_handover_pin
from scoring.store.codes import seat_at_door_by_key as stored_seat_at_door_by_key
from scoring.store.codes import seat_by_handover as stored_seat_by_handover
from scoring.store.codes import seat_by_key as stored_seat_by_key
from scoring.store.codes import seat_by_pin as stored_seat_by_pin
from scoring.store.rehearsals import seat_led_to, seat_rehearsed

S = TypeVar("S", Seat, SeatAtDoor)


@dataclass(frozen=True)
class Opened(Generic[S]):
    """A seat that a code opens: the card's to the first tablet, a handover's (`handed_over`) to the next one."""

    seat: S
    handed_over: bool = False


@noting.refused_seats
def seat_by_pin(pin: str) -> Opened[Seat]:
    """What this PIN opens, in a rehearsal the seat of the copy; Refused(pin_unknown, too_many_attempts)."""
    if (own := _own_seat(pin)) is not None:
        return Opened(seat_led_to(own) or own)
    with guessing("pin", known_as=_known_as()):
        if (moving := seat_by_handover_pin(pin)) is not None:
            return Opened(moving, handed_over=True)
        found = stored_seat_by_pin(pin)
        if found is None:
            raise Refused.because("pin_unknown", "pin")
        return Opened(seat_led_to(found) or found)


def _own_seat(pin: str) -> Seat | None:
    """The seat of this PIN, if this browser holds it already: nobody's guesses keep it out."""
    known = known_browser()
    seats = [db.session.get(Seat, seat_id) for seat_id in known.seats] if known else []
    return next((one for one in seats if one and one.holder == tablet() and has_pin(one, pin)), None)


def _known_as() -> str:
    """Who guesses, where the browser was let in at a seat before: by the seat, because a browser can be let in anew."""
    known = known_browser()
    return f"seat:{min(known.seats)}" if known and known.seats else ""


def seat_by_key(key: str) -> Opened[Seat]:
    """What this QR key opens, in a rehearsal the seat of the copy; Refused(key_unknown, too_many_attempts).

    The right key is never made to wait: nobody guesses 128 bits, and a guesser must not keep the others out.
    """
    found = stored_seat_by_key(key)
    if found is None:
        raise _wrong_key("key_unknown")
    return Opened(seat_led_to(found) or found)


def seat_at_door_by_key(key: str) -> Opened[SeatAtDoor]:
    """The same for a socket, with one short look-up as long as no rehearsal is on or over."""
    found = stored_seat_at_door_by_key(key)
    if found is None:
        raise _wrong_key("key_unknown")
    return Opened(seat_now(seat_by_key(key).seat.id) if found.moves else found)


def _wrong_key(code: str) -> Refused:
    """The refusal of a key that opens nothing; it counts as a guess. Raises Refused: too_many_attempts."""
    try:
        with guessing("key"):
            raise Refused.because(code, "key")
    except Refused as refused:
        noting.note(SEAT_REFUSED, refused.code)
        return refused


def seat_by_handover(key: str) -> Opened[Seat]:
    """The seat that this handover code moves to another tablet; Refused(handover_over, too_many_attempts)."""
    found = stored_seat_by_handover(key)
    if found is None:
        raise _wrong_key("handover_over")
    return Opened(found, handed_over=True)


def seat_at_door_by_handover(key: str) -> Opened[SeatAtDoor]:
    """The seat that this handover code moves, for a socket."""
    return Opened(seat_now(seat_by_handover(key).seat.id), handed_over=True)


def check_free(opened: Opened[S], holder: str) -> None:
    """Refused(seat_held) where another tablet than this one holds the seat and the code is none of its handover.

    The desk is told. The change itself asks again (actions/seats.py); here nothing is given out before it is known.
    """
    place = opened.seat
    say_of(seat_id=place.id)
    if place.holder in ("", holder) or opened.handed_over:
        return
    refused = Refused.because("seat_held", seats=str(place.number))
    noting.note(SEAT_REFUSED, refused.code)
    if is_news(place.id):
        perform(note_attempt, place.id, (request.remote_addr or "")[:45])
    raise refused


def let_in(seat: Seat) -> None:
    """Keep that this browser knows the seat's code; it acts for the seat while it holds it.

    Whoever is let in at a rehearsal's seat is let in at the real one behind it, and goes back there when it is over.
    """
    let_in_at({one.id: one.epoch for one in (seat, seat_rehearsed(seat)) if one is not None})
    noting.note(SEAT_TAKEN, who=f"seat:{seat.id}")


def let_out(seat_id: int) -> None:
    """Forget that this browser knows the seat's code, and that of the seat behind a rehearsal's."""
    place = db.session.get_one(Seat, seat_id)
    let_out_of([one.id for one in (place, seat_rehearsed(place)) if one is not None])


def known_seat(seat_id: int) -> Seat:
    """The seat, if this browser was let in there and its code is still good; else Refused(seat_not_yours).

    Another tablet may hold it: whoever acts for the seat or shows a sheet asks for `seat`.
    """
    return check_epoch(seat_id, epoch_at(seat_id))


def seat(seat_id: int) -> Seat:
    """The seat that this browser holds; Refused(seat_not_yours), or seat_moved where another tablet holds it."""
    found = known_seat(seat_id)
    check_held(found, tablet())
    return found


def seat_now(seat_id: int) -> SeatAtDoor:
    """A stored seat as it is now, whatever this request has read of it before; Refused(seat_not_yours) for no seat."""
    db.session.rollback()
    found = seat_at_door(seat_id)
    if found is None:
        raise Refused.because("seat_not_yours")
    return found


def holders_now(seat_ids: Collection[int]) -> dict[int, str]:
    """Which tablet holds each of these seats now, "" for nobody's; seats that are gone are left out."""
    db.session.rollback()
    return holders(seat_ids)


def seat_by_epoch(seat_id: int, epoch: int | None) -> SeatAtDoor:
    """The seat as it is now, if the code that let somebody in is still good.

    Raises Refused: seat_not_yours, seat_code_renewed.
    """
    found = seat_now(seat_id)
    check_code(epoch, found)
    return found


def held_seat(seat_id: int) -> SeatAtDoor:
    """The seat as `seat`, with one short look-up."""
    found = seat_by_epoch(seat_id, epoch_at(seat_id))
    check_held(found, tablet())
    return found


def check_held(found: Seat | SeatAtDoor, holder: str) -> None:
    """Refused(seat_moved) unless this tablet holds the seat; it is heard with that."""
    if found.holder != holder:
        raise moved_away(found)
    attendance().hear(found.id)


def check_epoch(seat_id: int, epoch: int | None) -> Seat:
    """The seat, if the code that let somebody in is still good; else Refused(seat_not_yours, seat_code_renewed)."""
    found = db.session.get(Seat, seat_id)
    if found is None:
        raise Refused.because("seat_not_yours")
    check_code(epoch, found)
    return found


def seat_actor(seat_id: int, holder: str | None = None) -> Actor:
    """How a seat signs what its tablet does: this browser, unless another holder is named."""
    return Actor(f"seat:{seat_id}", seat_id=seat_id, holder=tablet() if holder is None else holder)
