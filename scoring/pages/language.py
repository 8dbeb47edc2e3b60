"""Which language a visitor reads: the one chosen with the switch, else the browser's, else Chinese."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, current_app, has_request_context, make_response, redirect, request
from jinja2 import pass_context
from jinja2.runtime import Context
from werkzeug.wrappers import Response

from scoring.extensions import csrf

LANGUAGES = ("zh", "en")

bp = Blueprint("languages", __name__)


def chosen() -> str:
    """The visitor's language, "zh" or "en"; Chinese where nobody visits, as in a command."""
    if not has_request_context():
        return LANGUAGES[0]
    kept = request.cookies.get(current_app.config["LANGUAGE_COOKIE_NAME"])
    if kept in LANGUAGES:
        return str(kept)
    return request.accept_languages.best_match(LANGUAGES) or "zh"


def blank() -> str:
    """What stands between two sentences of a page: nothing in Chinese, whose full stop is as wide as a sign."""
    return "" if chosen() == "zh" else " "


def read_anew(reading: Callable[..., Any]) -> Callable[..., Any]:
    """A filter of the templates that says something in the reader's language.

    A filter of a constant is worked out once, when the template is put together, and kept for every reader; a filter
    that asks for the context is not.
    """

    @pass_context
    @wraps(reading)
    def read(_context: Context, *given: Any, **named: Any) -> Any:
        return reading(*given, **named)

    return read


def of_page(said: object) -> str:
    """The language of the page that a socket serves, as the page says it; the visitor's where it says none of ours."""
    return said[:2] if isinstance(said, str) and said[:2] in LANGUAGES else chosen()


@bp.post("/language", endpoint="switch")
@csrf.exempt
def switch() -> Response:
    """Remember the chosen language and go back to the page the visitor came from.

    Without a token, so that pages which are the same for everybody can hold the switch: whoever sends somebody here
    from elsewhere changes the language of the pages and nothing else.
    """
    answer = make_response(redirect(local_path(request.form.get("next"))))
    wanted = request.form.get("language")
    if wanted in LANGUAGES:
        name = current_app.config["LANGUAGE_COOKIE_NAME"]
        answer.set_cookie(
            name, str(wanted), max_age=365 * 24 * 3600, samesite="Lax", httponly=True, secure=request.is_secure
        )
    return answer


def wanted_next() -> str:
    """The page that is wanted after this one: as the form says it, or, where a page is asked for, its address."""
    said = request.form if request.method == "POST" else request.args
    return said.get("next", "")


def local_path(wanted: str | None) -> str:
    """A path on this server; anything that would lead elsewhere becomes the home page."""
    text = (wanted or "").replace("\\", "/")
    parts = urlsplit(text)
    if parts.scheme or parts.netloc or not text.startswith("/") or text.startswith("//") or not text.isprintable():
        return "/"
    return text
