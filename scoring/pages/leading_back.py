"""Whoever opens an address that only takes forms is led to the page that those forms stand on."""

from __future__ import annotations

from collections.abc import Iterator

from flask import current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect


def page_here() -> str | None:
    """The nearest page above the address that is asked for, with what was asked beside it; None where it is no form's.

    A form that was refused is answered at its own address. That address is what a browser asks for again.
    """
    ways = current_app.url_map.bind_to_environ(request.environ)
    try:
        _, sent = ways.match(request.path, method="POST")
    except HTTPException:
        return None
    for above in _above(request.path):
        try:
            _, found = ways.match(above, method="GET")
        except RequestRedirect as elsewhere:
            return elsewhere.new_url
        except HTTPException:
            continue
        if found.items() <= sent.items():  # not where any word would do, and this one means nothing
            return f"{above}?{request.query_string.decode()}".removesuffix("?")
    return None


def _above(path: str) -> Iterator[str]:
    """The addresses that a path goes through, the nearest first, the home page last."""
    while path.strip("/"):
        path = path.rstrip("/").rpartition("/")[0]
        yield path or "/"
