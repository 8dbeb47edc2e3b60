"""Bodies: how much a request may bring, decided before a byte of it is read, by who asks and for which form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, abort, current_app, redirect, request, url_for
from flask_wtf.csrf import CSRFError, validate_csrf
from werkzeug.wrappers import Response
from wtforms import ValidationError

from scoring import access
from scoring.rules.refusal import Refused
from scoring.store.people import acts_as

#: Bytes of the forms that anybody may fill in: to sign in, to choose a language.
STRANGERS = 64 * 1024
#: Bytes of a form without a file, of somebody who is signed in or has a seat.
FORMS = 4 * 1024 * 1024
READING = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True)
class Large:
    """A form with files: how many bytes it may bring, and who may send it, told by what stands in its address."""

    most: int
    may: Callable[..., bool]


_large: dict[str, Large] = {}


def allow(endpoint: str, most: int, may: Callable[..., bool]) -> None:
    """Let the form at this endpoint bring files; `token` in its address is the form's token."""
    _large[endpoint] = Large(most, may)


def roles_may(*roles: str) -> Callable[..., bool]:
    """Accounts in these roles, of contests that they are let into."""

    def may(contest_id: int, **_address: Any) -> bool:
        known = access.account()
        return known is not None and acts_as(known.role, roles) and known.is_admitted(contest_id)

    return may


def watch(app: Flask) -> None:
    """Ask before every request, and before the guard of forms, which reads the body to find its token."""
    app.before_request(check_body)


def check_body() -> Response | None:
    """Set how much of the body is read. Aborts 403 for who may not send files here; raises CSRFError.

    Who is signed in no more is led to the sign-in page, as by a link.
    """
    if request.method in READING:
        return None
    large = _large.get(request.endpoint or "")
    if large is None:
        request.max_content_length = FORMS if access.this_sign_in() or access.known_browser() else STRANGERS
        _check_size(request.max_content_length)
        return None
    if not large.may(**(request.view_args or {})):
        if request.blueprint == "organizers" and access.account() is None:
            return redirect(url_for("organizers.sign_in"))
        abort(403)
    _check_token()
    request.max_content_length = large.most
    return None


def _check_size(most: int) -> None:
    """A tablet whose session ended is told that, and not that its photo is too large."""
    if (request.content_length or 0) > most and request.blueprint == "judges":
        raise Refused.because("seat_not_yours")


def _check_token() -> None:
    """The token of a form with files stands in its address or a header: it is asked for before the files are read."""
    if not current_app.config["WTF_CSRF_ENABLED"]:
        return
    try:
        validate_csrf(request.args.get("token") or request.headers.get("X-CSRFToken"))
    except ValidationError as wrong:
        raise CSRFError(str(wrong)) from None
