"""Migrations on a database that is in use: what was stored before is there afterwards."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from flask_migrate import upgrade

from scoring.extensions import db

FIRST = "0001"
KEPT = ("contest", "event", "contestant", "room", "round", "seat", "turn", "appearance", "sheet", "sheet_version")


def fill_every_table(database: sqlite3.Connection) -> None:
    """One row with the id 1 in every table, so that every foreign key that is 1 points to a row."""
    tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in tables:
        if table == "alembic_version":
            continue
        columns = database.execute(f"PRAGMA table_info({table})").fetchall()
        names = ", ".join(f'"{column[1]}"' for column in columns)
        places = ", ".join("?" * len(columns))
        database.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", [plain(column[2]) for column in columns])
    database.commit()


def plain(kind: str) -> int | str:
    if kind.startswith("DATETIME"):
        return "2026-01-01 09:00:00.000000"
    return "{}" if kind == "JSON" else 1


def test_a_database_with_a_contest_is_brought_up_to_date_and_loses_nothing(app):
    with app.app_context():
        file = Path(db.engine.url.database)
        db.engine.dispose()
        file.unlink()
        upgrade(revision=FIRST)
        with sqlite3.connect(file) as database:
            fill_every_table(database)
        upgrade()
        with sqlite3.connect(file) as database:
            assert {
                table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in KEPT
            } == dict.fromkeys(KEPT, 1)
            assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.session.connection().exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
