"""What a page asks for by its address, or the answer that there is no such thing."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from flask import abort

P = ParamSpec("P")
R = TypeVar("R")


def found(ask: Callable[P, R], *args: P.args, **named: P.kwargs) -> R:
    """What `ask` answers; the page is a 404 where it raises LookupError: there is no such contest, event or turn."""
    try:
        return ask(*args, **named)
    except LookupError:
        abort(404)
