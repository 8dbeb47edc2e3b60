"""Who a socket acts for: what it says of itself when it connects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeGuard

from flask import session

from scoring.access.accounts import account, account_by_password
from scoring.access.browser import tablet
from scoring.access.seats import check_held, seat_by_epoch, seat_by_key, seat_now, wrong_key
from scoring.rules.refusal import Refused
from scoring.store import Account
from scoring.store.at_door import SeatAtDoor
from scoring.store.codes import seat_at_door_by_key as stored_seat_at_door_by_key
from scoring.store.model import LARGEST_ID

BY_KEY = "key"  # the holder of a seat whose key alone was shown


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
        raise wrong_key()
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
