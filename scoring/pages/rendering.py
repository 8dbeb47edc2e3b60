"""How templates are rendered: none is compiled while judges wait, and long pages let them go first between parts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import FileSystemBytecodeCache
from jinja2.runtime import Context

from scoring.loop.stepping_aside import give_way


class GivingWay(Context):
    """Looks round whenever a template calls a macro, a word or a function: that is, many times in each row."""

    def call(__self, __obj: Callable[..., Any], *args: Any, **named: Any) -> Any:
        """See Context."""
        give_way()
        return super().call(__obj, *args, **named)


def give_way_in_templates(app: Flask) -> None:
    """Render all pages of this application so."""
    app.jinja_env.context_class = GivingWay


def make_templates_ready(app: Flask) -> None:
    """Compile all templates before anybody waits: the first page of each kind would stand in the loop for it.

    What they compile to is kept in the installation's folder, so that a restart takes a tenth of a second for it.
    """
    if app.jinja_env.bytecode_cache is None:
        folder = Path(app.config["INSTANCE"]) / "templates"
        folder.mkdir(mode=0o700, exist_ok=True)
        app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(folder))
    for name in app.jinja_env.list_templates():
        app.jinja_env.get_template(name)
