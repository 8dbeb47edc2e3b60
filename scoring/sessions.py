"""The signed session cookie, which outlives a clock that is put right in the middle of a contest.

Its age is measured by the installation's own time (store/steady.py), and the browser is told how long it is good for,
not until when: neither the server's clock on the wall nor the tablet's has to be right.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, overload

from flask import Flask, Response
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from itsdangerous import SignatureExpired, TimestampSigner, URLSafeTimedSerializer

from scoring.store.steady import steady


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


class Sessions(SecureCookieSessionInterface):
    """Flask's own sessions, signed by a patient signer."""

    _made: tuple[object, Any] | None = None

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
