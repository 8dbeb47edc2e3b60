"""Who is asking: an organizer's account, a judge's seat, or anybody.

One browser may hold an account and any number of seats at once: the address says which seat is meant, the signed
session cookie proves that this browser was let in there.
"""

from scoring.access.accounts import (
    account,
    account_actor,
    account_by_password,
    actor,
    actor_now,
    begin_session,
    check_admitted,
    check_session,
    last_name,
    sign_in_account,
    sign_out_account,
    signed_in,
    this_sign_in,
)
from scoring.access.browser import epoch_at, known_browser, tablet
from scoring.access.guessing import guessing
from scoring.access.password_checks import hashed, in_turn, matches
from scoring.access.roles import DESK_ROLES, anyone, check_may, may, organizer, role, sees_desk
from scoring.access.seats import (
    Opened,
    check_epoch,
    check_free,
    check_held,
    known_seat,
    let_in,
    let_out,
    seat,
    seat_actor,
    seat_by_epoch,
    seat_by_handover,
    seat_by_key,
    seat_by_pin,
    seat_now,
)
from scoring.access.sockets import Joined, account_of_socket, is_number, seat_of_socket

__all__ = [
    "DESK_ROLES",
    "Joined",
    "Opened",
    "account",
    "account_actor",
    "account_by_password",
    "account_of_socket",
    "actor",
    "actor_now",
    "anyone",
    "begin_session",
    "check_admitted",
    "check_epoch",
    "check_free",
    "check_held",
    "check_may",
    "check_session",
    "epoch_at",
    "guessing",
    "hashed",
    "in_turn",
    "is_number",
    "known_browser",
    "known_seat",
    "last_name",
    "let_in",
    "let_out",
    "matches",
    "may",
    "organizer",
    "role",
    "seat",
    "seat_actor",
    "seat_by_epoch",
    "seat_by_handover",
    "seat_by_key",
    "seat_by_pin",
    "seat_now",
    "seat_of_socket",
    "sees_desk",
    "sign_in_account",
    "sign_out_account",
    "signed_in",
    "tablet",
    "this_sign_in",
]
