"""The browser that asks: what its cookie calls it, at which seats it was let in, and which tablet it is to them.

The cookie holds a random name, the database the name's hash. A browser gets another name when it is first let in: who
gave it the one that it had before must not act for it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Collection, Mapping

from flask import current_app, request, session

from scoring.access import noting
from scoring.actions.site import sessions
from scoring.actions.transaction import perform
from scoring.store.sessions import AT_SEAT, KnownBrowser, browser_called
from scoring.store.steady import steady

#: The name, and the seats, which say who waits for whom (recognised.py) and open nothing.
_NAME, _AT = "browser", "at"
_KEPT = noting.BROWSER


def known_browser() -> KnownBrowser | None:
    """The browser that asks as it was let in at seats, None for a stranger; looked up once for each request."""
    asked = request.environ
    if _KEPT not in asked:
        name = session.get(_NAME)
        asked[_KEPT] = browser_called(name) if isinstance(name, str) else None
    return asked[_KEPT]


def forget_look_up() -> None:
    """Look it up anew: a socket's request lasts for hours."""
    request.environ.pop(_KEPT, None)


def tablet() -> str:
    """The name of this browser as a seat knows its holder: all its tabs are one tablet. A stranger has one to be."""
    known = known_browser()
    return f"browser:{known.tablet if known else _derived('tablet', _next_name())[:32]}"


def epoch_at(seat_id: int) -> int | None:
    """The epoch of the code by which this browser was let in at the seat; None where it was not, or too long ago."""
    known = known_browser()
    return None if known is None or steady() - known.begun > AT_SEAT else known.seats.get(seat_id)


def let_in_at(seats: Mapping[int, int]) -> None:
    """The browser has shown the codes of these seats, by their ids, of these epochs."""
    known, former = known_browser(), _name()
    name = former if known else _next_name()
    own = known.tablet if known else _derived("tablet", name)[:32]
    perform(sessions.let_in, former, name, own, seats)
    session[_NAME], session[_AT] = name, sorted({*session.get(_AT, []), *seats})
    forget_look_up()


def own_name(purpose: str) -> str:
    """What this browser is called for one purpose alone: who gave it the name in its cookie does not know this one."""
    return _derived(purpose, _name())


def let_out_of(seat_ids: Collection[int]) -> None:
    """The browser is not let in at these seats any more."""
    if (known := known_browser()) is not None:
        perform(sessions.let_out, known.id, seat_ids)
    session[_AT] = [one for one in session.get(_AT, []) if one not in seat_ids]
    forget_look_up()


def _name() -> str:
    """What the cookie calls this browser; a new one gets a name."""
    session.permanent = True
    return str(session.setdefault(_NAME, secrets.token_urlsafe(32)))


def _next_name() -> str:
    """What a stranger is called once it is let in: two presses of one button come to the same."""
    return _derived("renamed", _name())


def _derived(purpose: str, name: str) -> str:
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(secret, f"{purpose}:{name}".encode(), hashlib.sha256).hexdigest()
