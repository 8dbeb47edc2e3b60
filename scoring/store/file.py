"""Watches that the database is still the file that was opened.

SQLite goes on writing to a deleted or replaced file as if nothing had happened: what it acknowledges then is nowhere.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import DisconnectionError

from scoring.extensions import db


def watch_file(app: Flask) -> None:
    """Leave connections to a file that is not in its place any more, and make no empty one in the place of a lost one.

    Nothing is watched where the database is no file. A disposed engine begins afresh.
    """
    with app.app_context():
        engine = db.engine
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return
    path = Path(engine.url.database)
    opened: set[Path] = set()

    @event.listens_for(engine, "do_connect")
    def make_none(_dialect: Any, _record: Any, _positional: Any, _named: Any) -> None:
        if opened and not path.exists():
            raise sqlite3.OperationalError(f"the database {path} is gone")

    @event.listens_for(engine, "checkout")
    def compare(_connection: Any, record: Any, _proxy: Any) -> None:
        opened.add(path)
        now = _identity(path)
        if record.info.setdefault("file", now) != now:
            raise DisconnectionError(f"the database {path} is not the file that was opened")

    @event.listens_for(engine, "engine_disposed")
    def begin_afresh(_engine: Any) -> None:
        opened.clear()


def _identity(path: Path) -> tuple[int, int] | None:
    """The device and number of the file in this place; None if there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
