"""The application without its doors: settings, database and words, as all that is done beside the server needs them."""

from __future__ import annotations

from typing import Any

from flask import Flask

from scoring import config
from scoring.board.reading.frames import rest
from scoring.extensions import babel, db
from scoring.pages import language
from scoring.store.file import watch_file
from scoring.store.writer import WRITER, InlineWriter, watch_transactions


def bare_app(**overrides: Any) -> Flask:
    """Build it; `overrides` replace settings by Flask's names."""
    app = Flask(
        __name__,
        static_folder=None,
        template_folder=str(config.ROOT / "templates"),
        instance_path=str(config.instance_folder()),
    )
    app.config.from_mapping(config.settings() | overrides)
    db.init_app(app)
    babel.init_app(app, locale_selector=language.chosen)
    watch_transactions(app)
    watch_file(app)
    WRITER.put(app, InlineWriter(app))
    app.teardown_appcontext(lambda _error: rest())
    return app
