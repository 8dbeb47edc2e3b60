"""A device that the desk or the terminal lets try a PIN or a password, although strangers must wait.

The code goes from the desk to the device and never the other way: whoever asks leaves nothing behind that could hide
somebody else, and gains nothing by asking. Nobody guesses 40 bits in a quarter of an hour: wrong ones are not counted.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from flask import current_app, request, session

from scoring.access import noting
from scoring.access.browser import own_name
from scoring.access.code_signs import bare, drawn
from scoring.actions.site import door_codes
from scoring.actions.transaction import Actor, perform
from scoring.rules.refusal import Refused
from scoring.store.access_log import LET_IN
from scoring.store.door_codes import KnownDoorCode, door_code_of, takes
from scoring.store.sessions import digest_of

LENGTH = 8
#: The field of a form in which it is typed.
FIELD = "door_code"
_NAME = "door"


def new_door_code(actor: Actor, *, unlocks: bool) -> str:
    """Make a code, such as "7KQF-M2XA", that is good for one device. Raises Refused: too_many_door_codes."""
    code = drawn(LENGTH)
    perform(door_codes.make_door_code, actor, _digest(code), unlocks=unlocks)
    noting.note(LET_IN, "door_code_made")
    return code


def use_door_code() -> None:
    """Let this device try, if a code was typed in the form; two presses of one button are one.

    Raises Refused: door_code_unknown.
    """
    if typed := request.form.get(FIELD, "").strip():
        _let_try(typed, own_name(_NAME))


def use_sent_door_code(auth: Mapping[str, Any]) -> None:
    """The same for a program's socket, with what it sends of itself: all programs at one address are one device.

    Raises Refused: door_code_unknown.
    """
    if isinstance(typed := auth.get(FIELD), str) and typed.strip():
        _let_try(typed, f"program at {request.remote_addr}")


def _let_try(typed: str, name: str) -> None:
    try:
        _use(_digest(typed), digest_of(name))
    except Refused as refused:
        noting.note(LET_IN, refused.code)
        raise
    session[_NAME] = name
    noting.note(LET_IN, "door_code_used")


def _use(digest: str, device: str) -> None:
    if not takes(digest, device):  # asked before anything is written: a flood of wrong ones writes nothing
        raise Refused.because("door_code_unknown", FIELD)
    perform(door_codes.use_door_code, digest, device)


def door_code_here() -> KnownDoorCode | None:
    """The code that this device has typed, as long as it lets it try."""
    name = session.get(_NAME)
    return door_code_of(digest_of(name)) if isinstance(name, str) else None


def _digest(code: str) -> str:
    key = str(current_app.config["DOORS_KEY"]).encode()
    return hmac.new(key, bare(code).encode(), hashlib.sha256).hexdigest()
