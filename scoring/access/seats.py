"""The judge's seat: which one a PIN or a code opens, and whether this browser's tablet holds it."""

from __future__ import annotations

from flask import current_app, session

from scoring.access.browser import remember_browser, tablet
from scoring.access.guessing import note_failure, stop_guessing
from scoring.actions.find import check_code, moved_away
from scoring.actions.transaction import Actor
from scoring.attendance import attendance
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Seat
from scoring.store.at_door import SeatAtDoor, seat_at_door
from scoring.store.codes import seat_by_handover as stored_seat_by_handover
from scoring.store.codes import seat_by_key as stored_seat_by_key
from scoring.store.codes import seat_by_pin as stored_seat_by_pin
from scoring.store.rehearsals import seat_led_to, seat_rehearsed
from scoring.store.steady import steady


def seat_by_pin(pin: str) -> Seat:
    """The seat that this PIN opens, in a rehearsal that of the copy; Refused(pin_unknown, too_many_attempts)."""
    stop_guessing("pin")
    found = stored_seat_by_pin(pin.strip())
    if found is None:
        note_failure("pin")
        raise Refused.because("pin_unknown", "pin")
    return seat_led_to(found) or found


def seat_by_key(key: str) -> Seat:
    """The seat that this QR key opens, in a rehearsal that of the copy; Refused(key_unknown, too_many_attempts).

    The right key is never made to wait: nobody guesses 128 bits, and a guesser must not keep the others out.
    """
    found = stored_seat_by_key(key)
    if found is None:
        raise wrong_key()
    return seat_led_to(found) or found


def wrong_key() -> Refused:
    """The refusal of a key that opens nothing; it counts as a guess. Raises Refused: too_many_attempts."""
    stop_guessing("key")
    note_failure("key")
    return Refused.because("key_unknown", "key")


def seat_by_handover(key: str) -> Seat:
    """The seat that this handover code moves to another tablet; Refused(handover_over, too_many_attempts)."""
    found = stored_seat_by_handover(key)
    if found is None:
        stop_guessing("key")
        note_failure("key")
        raise Refused.because("handover_over")
    return found


def let_in(seat: Seat) -> None:
    """Remember that this browser knows the seat's code; it acts for the seat while it holds it.

    Whoever is let in at a rehearsal's seat is let in at the real one behind it, and goes back there when it is over.
    """
    remember_browser()
    tablet()
    known = [seat, seat_rehearsed(seat)]
    session["seats"] = session.get("seats", {}) | {str(one.id): one.epoch for one in known if one is not None}


def known_seat(seat_id: int) -> Seat:
    """The seat, if this browser was let in there and its code is still good; else Refused(seat_not_yours).

    Another tablet may hold it: whoever acts for the seat or shows a sheet asks for `seat`.
    """
    return check_epoch(seat_id, session.get("seats", {}).get(str(seat_id)))


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


def seat_by_epoch(seat_id: int, epoch: int | None) -> SeatAtDoor:
    """The seat as it is now, if the code that let somebody in is still good.

    Raises Refused: seat_not_yours, seat_code_renewed.
    """
    found = seat_now(seat_id)
    check_code(epoch, found)
    return found


def check_held(found: Seat | SeatAtDoor, holder: str) -> None:
    """Refused(seat_moved) unless this tablet holds the seat; it is heard with that."""
    if found.holder != holder:
        raise moved_away(found)
    attendance().hear(found.id, holder)


def may_take(found: Seat) -> bool:
    """Whether a tablet that knows the code may take the seat now, without the tablet that holds it saying anything.

    It may when nobody holds it, when the desk hands it over, and when its tablet has not been heard for a while: a
    browser that lost its cookies must get in again.
    """
    if not found.holder or (found.handover_until is not None and found.handover_until > steady()):
        return True
    return attendance().silent_for(found.id, found.holder) >= current_app.config["SEAT_AWAY_AFTER"]


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
