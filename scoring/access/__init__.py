"""Who is asking: an organizer's account, a judge's seat, or anybody.

One browser may hold an account and any number of seats at once: the address says which seat is meant, the signed
session cookie proves that this browser was let in there.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec, TypeGuard, TypeVar

from flask import abort, current_app, redirect, request, session, url_for
from limits import parse
from sqlalchemy import select
from werkzeug.wrappers import Response

from scoring.access.password_checks import hashed as hashed
from scoring.access.password_checks import in_turn as in_turn
from scoring.access.password_checks import matches as matches
from scoring.actions.find import check_code, moved_away
from scoring.actions.transaction import Actor
from scoring.attendance import attendance
from scoring.extensions import db, limiter
from scoring.rules.refusal import Refused
from scoring.store import Account, Seat
from scoring.store.at_door import SeatAtDoor, seat_at_door
from scoring.store.codes import seat_at_door_by_key as stored_seat_at_door_by_key
from scoring.store.codes import seat_by_handover as stored_seat_by_handover
from scoring.store.codes import seat_by_key as stored_seat_by_key
from scoring.store.codes import seat_by_pin as stored_seat_by_pin
from scoring.store.ledger import signature_of
from scoring.store.model import LARGEST_ID, is_storable
from scoring.store.people import CHECKER, CHIEF, ORGANIZER, ROLES, SUPERVISOR, TALLIER, TIMEKEEPER, acts_as
from scoring.store.rehearsals import seat_led_to, seat_rehearsed
from scoring.store.steady import steady

P = ParamSpec("P")
R = TypeVar("R")
FAILURES = parse("10 per minute")
_being_tried: Counter[tuple[str, str]] = Counter()  # by door and guesser
BY_KEY = "key"  # the holder of a seat whose key alone was shown
NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$iWh06vD8Fy27wf9npn6FXWiCX4K6pW6Ue1Bnzz07Z8A"


def account_by_password(name: str, password: str) -> Account:
    """The account with this name and password.

    Raises Refused: password_wrong, too_many_attempts, too_many_sign_ins, password_unchecked, account_closed. An unknown
    name takes as long as a known one.
    """
    found = db.session.scalar(select(Account).where(Account.name == name)) if is_storable(name) else None
    kept = found.password if found else NOBODY
    with _guessing("password"):
        fits = in_turn(matches, kept, password)
    if not (found and fits):
        note_failure("password")
        raise Refused.because("password_wrong", "password")
    if found.closed_at is not None:
        raise Refused.because("account_closed", name=found.name)
    return found


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
        raise _wrong_key()
    return seat_led_to(found) or found


def _wrong_key() -> Refused:
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


def stop_guessing(door: str) -> None:
    """Raise Refused too_many_attempts where somebody has guessed too often at this door; what is tried now counts."""
    left = limiter.limiter.get_window_stats(FAILURES, door, _guesser()).remaining
    if left <= _being_tried[door, _guesser()]:
        raise Refused.because("too_many_attempts")


@contextmanager
def _guessing(door: str) -> Iterator[None]:
    """While something takes a while to be checked it counts as a guess: many at once would all pass otherwise."""
    stop_guessing(door)
    tried = door, _guesser()
    _being_tried[tried] += 1
    try:
        yield
    finally:
        _being_tried[tried] -= 1
        if not _being_tried[tried]:
            del _being_tried[tried]


def note_failure(door: str) -> None:
    """Count a wrong guess at this door."""
    limiter.limiter.hit(FAILURES, door, _guesser())


def _guesser() -> str:
    """Whose attempts are counted: a browser that was let in before for itself, all others by their address.

    Behind a proxy a whole venue has one address; whoever guesses there stops newcomers, but not those who are known.
    """
    return str(session.get("browser") or request.remote_addr)


def _remember_browser() -> None:
    session.permanent = True
    session.setdefault("browser", secrets.token_hex(16))


def sign_in_account(account: Account) -> None:
    """Let this browser act as the account."""
    _remember_browser()
    session["account"], session["account_epoch"] = account.id, account.epoch


def sign_out_account() -> None:
    """Forget the account in this browser; its seats stay."""
    session.pop("account", None)


def let_in(seat: Seat) -> None:
    """Remember that this browser knows the seat's code; it acts for the seat while it holds it.

    Whoever is let in at a rehearsal's seat is let in at the real one behind it, and goes back there when it is over.
    """
    _remember_browser()
    tablet()
    known = [seat, seat_rehearsed(seat)]
    session["seats"] = session.get("seats", {}) | {str(one.id): one.epoch for one in known if one is not None}


def tablet() -> str:
    """The name of this browser as a seat knows its holder: all its tabs are one tablet. A new browser gets one."""
    session.permanent = True
    return f"browser:{session.setdefault('tablet', secrets.token_hex(16))}"


def account() -> Account | None:
    """The account signed in here, or None; a renewed password or a closed account ends it."""
    known = session.get("account")
    found = db.session.get(Account, known) if known else None
    return found if found and found.closed_at is None and found.epoch == session.get("account_epoch") else None


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


def role(*allowed: str) -> Callable[[Callable[P, R]], Callable[P, R | Response]]:
    """Only for a signed-in account in one of these roles; who is not signed in is led to the sign-in page and back."""

    def guard(view: Callable[P, R]) -> Callable[P, R | Response]:
        @wraps(view)
        def guarded(*args: P.args, **named: P.kwargs) -> R | Response:
            if (known := account()) is None:
                return redirect(url_for("organizers.sign_in", next=request.full_path.rstrip("?")))
            if not acts_as(known.role, allowed) or not _is_admitted(known, named.get("contest_id")):
                abort(403)
            return view(*args, **named)

        return guarded

    return guard


def _is_admitted(known: Account, contest_id: object) -> bool:
    return not isinstance(contest_id, int) or known.is_admitted(contest_id)


def check_admitted(known: Account, contest_id: int) -> None:
    """Refused(contest_not_yours) for an account that is let into other contests only."""
    if not known.is_admitted(contest_id):
        raise Refused.because("contest_not_yours")


organizer = role(ORGANIZER)
#: Who may see the desk: the organizer runs it, the chief judge and the supervisor look on.
DESK_ROLES = (ORGANIZER, CHIEF, SUPERVISOR)
desk = role(*DESK_ROLES)
anyone = role(*ROLES)


def signed_in() -> Account:
    """The account of a view that only signed-in accounts reach (see `role`)."""
    known = account()
    assert known is not None
    return known


def may(*roles: str) -> bool:
    """Whether the signed-in account acts in one of these roles."""
    return acts_as(signed_in().role, roles)


def check_may(*roles: str) -> None:
    """Answers 403 where a view is open to more roles than may do this."""
    if not may(*roles):
        abort(403)


def actor() -> Actor:
    """How the signed-in account signs what it does."""
    return account_actor(signed_in())


def account_actor(who: Account) -> Actor:
    """How an account signs what it does."""
    return Actor(signature_of(who.name), role=who.role)


def actor_now(account_id: int, contest_id: int) -> Actor:
    """How the account acts in the contest now; Refused(not_signed_in) if it was closed, or contest_not_yours."""
    found = db.session.get(Account, account_id)
    if found is None or found.closed_at is not None:
        raise Refused.because("not_signed_in")
    check_admitted(found, contest_id)
    return account_actor(found)


def seat_actor(seat_id: int, holder: str | None = None) -> Actor:
    """How a seat signs what its tablet does: this browser, unless another holder is named."""
    return Actor(f"seat:{seat_id}", seat_id=seat_id, holder=tablet() if holder is None else holder)


def seat_of_socket(auth: Mapping[str, Any]) -> tuple[SeatAtDoor, str]:
    """The seat that a tablet's socket may act for, and that tablet: by the key, or by the cookie and the seat's id.

    Whoever has the key may take the seat from another tablet.
    """
    if isinstance(key := auth.get("key"), str):
        return _led_to(key), _named_tablet(auth.get("tablet"))
    wanted = auth.get("seat")
    if not is_number(wanted):
        raise Refused.because("seat_not_yours")
    found = seat_by_epoch(wanted, session.get("seats", {}).get(str(wanted)))
    check_held(found, tablet())
    return found, tablet()


def _led_to(key: str) -> SeatAtDoor:
    """The seat that a key opens, as `seat_by_key`."""
    found = stored_seat_at_door_by_key(key)
    if found is None:
        raise _wrong_key()
    return seat_now(seat_by_key(key).id) if found.moves else found


def is_number(given: object) -> TypeGuard[int]:
    """Whether this is a whole number as messages have them, from 0 to the largest id; true and false are none."""
    return isinstance(given, int) and not isinstance(given, bool) and 0 <= given <= LARGEST_ID


def _named_tablet(name: object) -> str:
    """A program's tablet by the name it gives itself; one without a name is its newest connection."""
    if name is None:
        return BY_KEY
    if not isinstance(name, str) or not 8 <= len(name) <= 64 or not name.isascii():
        raise Refused.because("payload_malformed")
    return f"client:{name}"


def account_of_socket(auth: Mapping[str, Any]) -> Account:
    """The account that a desk's socket may act for: by name and password, or by the browser's cookie."""
    name, password = auth.get("name"), auth.get("password")
    if isinstance(name, str) and isinstance(password, str):
        return account_by_password(name, password)
    if (known := account()) is None:
        raise Refused.because("not_signed_in")
    return known


def sees_desk(who: Account) -> bool:
    """Whether the account sees the whole desk, or only its clocks; Refused(role_may_not) if neither.

    Tallier and checker hear with the clocks that something has changed; their pages show what they may see of it.
    """
    if not acts_as(who.role, (*DESK_ROLES, TIMEKEEPER, TALLIER, CHECKER)):
        raise Refused.because("role_may_not")
    return acts_as(who.role, DESK_ROLES)
