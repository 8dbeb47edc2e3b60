"""Who a socket acts for: what it says of itself when it connects."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from scoring.access.accounts import CODE, PASSWORD, account_by_password, this_sign_in, what_is_awaited
from scoring.access.browser import forget_look_up, tablet
from scoring.access.door_codes import use_sent_door_code
from scoring.access.factors import check_code
from scoring.access.seats import Opened, held_seat, seat_at_door_by_handover, seat_at_door_by_key
from scoring.access.terminals import check_terminal
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Account
from scoring.store.at_door import SeatAtDoor
from scoring.store.model import LARGEST_ID

SHORTEST_NAME, LONGEST_NAME = 16, 64


def seat_of_socket(auth: Mapping[str, Any]) -> tuple[Opened[SeatAtDoor], str]:
    """The seat that a tablet's socket may act for, and that tablet: by a key, or by the cookie.

    The key is the card's or a handover's; with the cookie goes the seat's id.

    Raises Refused: key_unknown, handover_over, too_many_attempts, tablet_unnamed, seat_not_yours, seat_moved.
    """
    for door, opens in (("key", seat_at_door_by_key), ("handover", seat_at_door_by_handover)):
        if isinstance(key := auth.get(door), str):
            return opens(key), _named_tablet(auth.get("tablet"))
    forget_look_up()
    wanted = auth.get("seat")
    if not is_number(wanted):
        raise Refused.because("seat_not_yours")
    return Opened(held_seat(wanted)), tablet()


def is_number(given: object) -> TypeGuard[int]:
    """Whether this is a whole number as messages have them, from 0 to the largest id; true and false are none."""
    return isinstance(given, int) and not isinstance(given, bool) and 0 <= given <= LARGEST_ID


def _named_tablet(name: object) -> str:
    """A program's tablet by the name that it alone knows; what is kept does not tell the name."""
    if not isinstance(name, str) or not SHORTEST_NAME <= len(name) <= LONGEST_NAME or not name.isascii():
        raise Refused.because("tablet_unnamed")
    return f"client:{hashlib.sha256(name.encode()).hexdigest()}"


@dataclass(frozen=True)
class Joined:
    """For whom a desk's socket is let in: the account, and the session of its browser; None if it has a password."""

    account: Account
    sign_in: int | None


def account_of_socket(auth: Mapping[str, Any]) -> Joined:
    """For whom a desk's socket may act: by name and password, or by the session of the browser's cookie.

    An idle one is let in to look on. With a password goes the code of a second factor where the account has one, and a
    door code where new devices must wait.

    Raises Refused: no_desk_here, not_signed_in, door_code_unknown, code_missing, password_to_change, factor_to_set_up,
    and as `account_by_password` and `check_code`.
    """
    check_terminal()
    name, password = auth.get("name"), auth.get("password")
    if isinstance(name, str) and isinstance(password, str):
        use_sent_door_code(auth)
        return Joined(_account_of_program(name, password, auth.get("code")), None)
    if (known := this_sign_in(fresh=True)) is None:
        raise Refused.because("not_signed_in")
    return Joined(db.session.get_one(Account, known.account_id), known.id)


def _account_of_program(name: str, password: str, code: object) -> Account:
    """The account of a program, which can show a code but cannot change a password."""
    account = account_by_password(name, password)
    if (awaited := what_is_awaited(account)) == CODE:
        if not isinstance(code, str):
            raise Refused.because("code_missing")
        check_code(account, code)
        awaited = what_is_awaited(account, CODE)
    if awaited:
        raise Refused.because("password_to_change" if awaited == PASSWORD else "factor_to_set_up")
    return account
