"""The signed session cookies, which outlive a clock that is put right in the middle of a contest.

For whom a browser acts stands in cookies of their own, each set only by the answer that changes it: of two tabs that
ask at once, the slow answer would bring back what the other has changed, and a tablet would lose its seat.

Their age is measured by the installation's own time (store/steady.py), and the browser is told how long it is good for,
not until when: neither the server's clock on the wall nor the tablet's has to be right.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime
from typing import Any, Literal, overload

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionInterface, SessionMixin
from itsdangerous import SignatureExpired, TimestampSigner, URLSafeTimedSerializer

from scoring.store.steady import steady

#: What stands in a cookie of its own, by the end of its name: where the browser was let in, and who signed in.
OWN = {"-seats": ("browser", "at"), "-account": ("sign_in", "account")}
#: What Flask keeps in a session whose cookie outlives the browser's window.
_LASTS = "_permanent"


class PatientSigner(TimestampSigner):
    """Refuses what is too old by the installation's own time, and nothing that was signed ahead of it."""

    def get_timestamp(self) -> int:
        """Whole seconds of the installation's own time."""
        return int(steady().timestamp())

    @overload
    def unsign(
        self, signed_value: str | bytes, max_age: int | None = None, return_timestamp: Literal[False] = False
    ) -> bytes: ...

    @overload
    def unsign(
        self, signed_value: str | bytes, max_age: int | None = None, return_timestamp: Literal[True] = True
    ) -> tuple[bytes, datetime]: ...

    def unsign(
        self, signed_value: str | bytes, max_age: int | None = None, return_timestamp: bool = False
    ) -> tuple[bytes, datetime] | bytes:
        """The signed value; raises BadSignature, and SignatureExpired when it is older than `max_age` seconds."""
        value, signed_at = super().unsign(signed_value, None, return_timestamp=True)
        if max_age is not None and self.get_timestamp() - signed_at.timestamp() > max_age:
            raise SignatureExpired("the session is too old", payload=value, date_signed=signed_at)
        return (value, signed_at) if return_timestamp else value


class OneCookie(SecureCookieSessionInterface):
    """Flask's own session in one cookie, whose name ends so, signed by a patient signer."""

    _made: tuple[object, Any] | None = None

    def __init__(self, ending: str = "") -> None:
        self.ending = ending

    def get_cookie_name(self, app: Flask) -> str:
        """The name of this cookie."""
        return super().get_cookie_name(app) + self.ending

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        """Only what has changed is set."""
        return session.modified

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """The serializer of the session cookie, made once for each key: it is asked for twice a request."""
        key = (app.secret_key, app.config["SECRET_KEY_FALLBACKS"])
        if self._made is None or self._made[0] != key:
            made: Any = super().get_signing_serializer(app)
            if made is not None:
                made.signer = PatientSigner
            self._made = key, made
        return self._made[1]

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Set the cookie as Flask does, and say how many seconds it is good for."""
        super().save_session(app, session, response)
        name, seconds = self.get_cookie_name(app), int(app.permanent_session_lifetime.total_seconds())
        cookies = response.headers.getlist("Set-Cookie")
        lasting = [one.startswith(f"{name}=") and "Expires=" in one and "Max-Age=" not in one for one in cookies]
        response.headers.setlist(
            "Set-Cookie",
            [f"{one}; Max-Age={seconds}" if lasts else one for one, lasts in zip(cookies, lasting, strict=True)],
        )


class Whole(SecureCookieSession):
    """What all cookies hold together, and what each held when the request came."""

    came: dict[str, dict[str, Any]]


class Sessions(SessionInterface):
    """One session, kept in several cookies."""

    _cookies = (OneCookie(), *map(OneCookie, OWN))

    def names(self, app: Flask) -> list[str]:
        """The names of the cookies."""
        return [one.get_cookie_name(app) for one in self._cookies]

    def open_session(self, app: Flask, request: Request) -> Whole | None:
        """What the cookies hold that came with the request; None where nothing can be signed."""
        came = {one.ending: one.open_session(app, request) for one in self._cookies}
        held = {ending: dict(session) for ending, session in came.items() if session is not None}
        if len(held) < len(came):
            return None
        whole = Whole({key: value for each in held.values() for key, value in each.items()})
        whole.came, whole.accessed = deepcopy(held), False
        return whole

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Set the cookies whose content has changed."""
        came: dict[str, dict[str, Any]] = getattr(session, "came", {})
        for one in self._cookies:
            part = SecureCookieSession(_part(dict(session), one.ending))
            part.accessed, part.modified = session.accessed, dict(part) != came.get(one.ending, {})
            one.save_session(app, part, response)


def _part(held: dict[str, Any], ending: str) -> dict[str, Any]:
    """What of a session stands in the cookie whose name ends so."""
    if ending:
        own = {key: held[key] for key in OWN[ending] if key in held}
        return own | {_LASTS: True} if own else {}
    elsewhere = {key for keys in OWN.values() for key in keys}
    return {key: value for key, value in held.items() if key not in elsewhere}
