"""Renders a screen from one snapshot, so that page, words and later pushes agree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, make_response, render_template

from scoring import board
from scoring.audience.places import Places
from scoring.audience.words import words


def page(template: str | Sequence[str], **figures: Any) -> Response:
    """The template, or the first that there is of several, as an answer that browsers ask for again.

    The page of a contest, which has a `board`, also knows the contest's events.
    """
    said = words()
    if "board" in figures:
        figures["contest_events"] = board.events_of(figures["board"]["contest"]["id"])
    wanted: Any = template if isinstance(template, str) else list(template)
    response = make_response(render_template(wanted, words=said, places=Places(said), **figures))
    response.cache_control.no_cache = True
    response.vary.update(("Accept-Language", "Cookie"))
    return response
