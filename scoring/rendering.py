"""How templates are rendered: a long page lets whoever waits for the loop go first, between two of its parts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask
from jinja2.runtime import Context

from scoring.stepping_aside import give_way


class GivingWay(Context):
    """Looks round whenever a template calls a macro, a word or a function: that is, many times in each row."""

    def call(__self, __obj: Callable[..., Any], *args: Any, **named: Any) -> Any:
        """See Context."""
        give_way()
        return super().call(__obj, *args, **named)


def give_way_in_templates(app: Flask) -> None:
    """Render all pages of this application so."""
    app.jinja_env.context_class = GivingWay
