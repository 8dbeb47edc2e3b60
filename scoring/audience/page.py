"""Renders a screen from one snapshot, so that page, words and later pushes agree."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, render_template

from scoring.audience.places import Places
from scoring.audience.words import words


def page(template: str, **figures: Any) -> Response:
    """The template as an answer that browsers ask for again, because its figures move."""
    said = words()
    response = make_response(render_template(template, words=said, places=Places(said), **figures))
    response.cache_control.no_cache = True
    response.vary.update(("Accept-Language", "Cookie"))
    return response
