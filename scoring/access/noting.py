"""What is noted for the log of access: collected in memory at every door, stored in batches, never in anybody's way.

A flood is counted and not written down. What somebody did who is let in always stands there with page, contest and
address: of too many different devices in a minute only the device is left out. Of those who were turned away it is
counted apart by address, so that no stranger's flood hides what an account does or where others come from.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import Flask, has_request_context, request
from sqlalchemy import select

from scoring.access.sending import send
from scoring.actions.site.access_log import store_access
from scoring.actions.transaction import perform
from scoring.extensions import db
from scoring.rules.duties import EXCLUSIONS
from scoring.rules.refusal import Refused
from scoring.services import Service
from scoring.store import Account
from scoring.store.access_log import NOT_SIGNED_IN, OTHERS, REFUSED, SEAT_REFUSED, Noted, Times
from scoring.store.ledger import signature_of
from scoring.store.model import is_storable, now
from scoring.store.sessions import LONGEST_ADDRESS, LONGEST_DEVICE

P = ParamSpec("P")
R = TypeVar("R")
#: Where a request keeps whose session it is, and at which seats its browser was let in (accounts.py, browser.py).
SIGN_IN, BROWSER = "saiping.sign_in", "saiping.browser"
#: Different things of one sender in a minute that are noted with the device; the double is noted without.
MOST_OF_ONE = 30
#: Addresses that are told apart in a minute among those who were turned away.
MOST_ADDRESSES = 300
#: What is noted of somebody who was turned away, whoever he said he was.
TURNED = frozenset({NOT_SIGNED_IN, SEAT_REFUSED, REFUSED})
#: Refusals that turn somebody away, whatever was asked for; every other one is about what was typed.
TURNED_AWAY = frozenset(
    {
        "role_may_not",
        "contest_not_yours",
        "not_signed_in",
        "session_idle",
        "seat_not_yours",
        "own_rights",
        "joining_asked_by_you",
        "no_desk_here",
        # what no page of ours sends, whatever was typed there
        "payload_malformed",
        "verb_unknown",
        "request_malformed",
        "field_not_a_flag",
    }
) | {one.code for one in EXCLUSIONS}


class AccessLog:
    """What was noted and is not stored yet."""

    def __init__(self) -> None:
        self._waiting: dict[Noted, Times] = {}
        self._minute = 0
        self._of: dict[tuple[str, str], set[Noted]] = {}
        self._addresses: set[str] = set()

    def add(self, noted: Noted) -> None:
        """Note it once more."""
        self.put(self._kept_small(noted), Times(now(), now()))

    def put(self, noted: Noted, times: Times) -> None:
        """Count it together with what waits already."""
        known = self._waiting.setdefault(noted, times)
        if known is not times:
            known.last, known.count = max(known.last, times.last), known.count + times.count

    def take(self) -> dict[Noted, Times]:
        """All that waits; nothing waits after it."""
        taken, self._waiting = self._waiting, {}
        return taken

    def _kept_small(self, noted: Noted) -> Noted:
        minute = int(time.monotonic() // 60)
        if minute != self._minute:
            self._minute, self._of, self._addresses = minute, {}, set()
        bare = replace(noted, device="")
        if noted.who and noted.kind not in TURNED:
            return noted if self._is_few((noted.who, ""), noted, MOST_OF_ONE) else bare
        if noted.address not in self._addresses and len(self._addresses) >= MOST_ADDRESSES:
            return Noted(noted.kind, OTHERS, noted.who)
        self._addresses.add(noted.address)
        return self._of_a_stranger(noted, bare)

    def _of_a_stranger(self, noted: Noted, bare: Noted) -> Noted:
        sender = ("", noted.address)
        if self._is_few(sender, noted, MOST_OF_ONE):
            return noted
        if self._is_few(sender, bare, 2 * MOST_OF_ONE):
            return bare
        return Noted(noted.kind, OTHERS, noted.who, address=noted.address)

    def _is_few(self, sender: tuple[str, str], noted: Noted, most: int) -> bool:
        """Whether it is one of the first `most` different things that this sender did in this minute."""
        seen = self._of.setdefault(sender, set())
        if noted not in seen and len(seen) >= most:
            return False
        seen.add(noted)
        return True


_LOG: Service[AccessLog] = Service("access_log", AccessLog)


def access_log() -> AccessLog:
    """The log of this process."""
    return _LOG.of()


def flush() -> None:
    """Store what waits, and send it on; what cannot be stored now is stored with the next."""
    batch = access_log().take()
    if not batch:
        return
    try:
        perform(store_access, batch)
    except Refused:
        for noted, times in batch.items():
            access_log().put(noted, times)
        return
    send(batch)


def note(kind: str, about: str = "", who: str | None = None, contest_id: int | None = None) -> None:
    """Note what whoever asks has done, unless somebody else is named; nothing outside of a request."""
    if not has_request_context():
        return
    from_here = {"address": (request.remote_addr or "")[:LONGEST_ADDRESS], "device": _device()}
    access_log().add(Noted(kind, about[:60], _who() if who is None else who, contest_id, **from_here))


def noting_floods(app: Flask) -> Callable[[str], None]:
    """Notes the addresses of strangers that were cut off or turned away because they had sent too much."""

    def flooded(address: str) -> None:
        with app.app_context():
            access_log().add(Noted(REFUSED, "flood", address=address[:LONGEST_ADDRESS]))

    return flooded


def note_of_seat(seat_id: int, about: str, address: str) -> None:
    """Note what the tablet at a seat has sent on the short way, on which there is no request to ask."""
    access_log().add(Noted(REFUSED, about, f"seat:{seat_id}", address=address[:LONGEST_ADDRESS]))


def note_refusal(refused: Refused) -> None:
    """Note a refusal, if it turns somebody away."""
    if refused.code in TURNED_AWAY:
        note(REFUSED, refused.code, contest_id=contest_here())


def contest_here() -> int | None:
    """The contest that the page's address names."""
    found = (request.view_args or {}).get("contest_id")
    return found if isinstance(found, int) else None


def refused_sign_ins(door: Callable[P, R]) -> Callable[P, R]:
    """Note whose password or code was refused; the door's first argument is the account, or its name as it was typed.

    A name that no account has is not kept: somebody may have typed the password there.
    """

    @wraps(door)
    def noting(*args: P.args, **named: P.kwargs) -> R:
        with _refused_as(NOT_SIGNED_IN, lambda: _known(args[0])):
            return door(*args, **named)

    return noting


def refused_seats(door: Callable[P, R]) -> Callable[P, R]:
    """Note that a PIN, a card or a handover opened nothing."""

    @wraps(door)
    def noting(*args: P.args, **named: P.kwargs) -> R:
        with _refused_as(SEAT_REFUSED, _who):
            return door(*args, **named)

    return noting


@contextmanager
def _refused_as(kind: str, who: Callable[[], str]) -> Iterator[None]:
    try:
        yield
    except Refused as refused:
        note(kind, refused.code, who())
        raise


def _known(name: object) -> str:
    """How the account of this name signs, "" where there is none."""
    if isinstance(name, Account):
        return signature_of(name.name)
    if not isinstance(name, str) or not is_storable(name):
        return ""
    found = db.session.scalar(select(Account.name).where(Account.name == name))
    return signature_of(found) if found else ""


def _who() -> str:
    """Who asks, as far as this request has found out already: the account, else the seat that the page is about."""
    if (known := request.environ.get(SIGN_IN)) is not None:
        return signature_of(known.name)
    seat_id, browser = (request.view_args or {}).get("seat_id"), request.environ.get(BROWSER)
    return f"seat:{seat_id}" if browser is not None and seat_id in browser.seats else ""


def _device() -> str:
    """What the browser says of itself, on one line."""
    said = "".join(sign if sign.isprintable() else " " for sign in request.user_agent.string)
    return said[:LONGEST_DEVICE] if is_storable(said) else ""
