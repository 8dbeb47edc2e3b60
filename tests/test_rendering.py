"""Templates are compiled before anybody waits, and kept for the next start."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from jinja2 import Environment

from scoring import create_app
from scoring.pages.rendering import make_templates_ready


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates that are compiled, by name."""
    names: list[str] = []
    compile_one = Environment.compile

    def note(self: Environment, source: str, name: str, *rest: Any, **named: Any) -> object:
        names.append(name)
        return compile_one(self, source, name, *rest, **named)

    monkeypatch.setattr(Environment, "compile", note)
    return names


def started(folder: Path) -> Flask:
    """An application of an installation that has no templates yet but its own."""
    app = create_app(INSTANCE=str(folder))
    app.jinja_env.bytecode_cache = None
    make_templates_ready(app)
    return app


def test_every_template_is_compiled_once_at_the_first_start_and_never_again(
    tmp_path: Path, compiled: list[str]
) -> None:
    app = started(tmp_path)
    assert sorted(compiled) == sorted(app.jinja_env.list_templates())
    assert all(app.jinja_env.get_template(name) for name in app.jinja_env.list_templates())
    started(tmp_path)
    assert len(compiled) == len(app.jinja_env.list_templates())


def test_what_is_kept_of_them_is_nobody_elses(tmp_path: Path) -> None:
    started(tmp_path)
    kept = tmp_path / "templates"
    assert {path.stat().st_mode & 0o077 for path in (kept, *kept.iterdir())} == {0}
