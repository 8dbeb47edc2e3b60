"""How migrations reach the database: through the application's own engine and tables."""

from __future__ import annotations

from typing import Any

from alembic import context
from sqlalchemy import Connection

from scoring.extensions import db
from scoring.store.model import Moment


def render(kind: str, item: Any, _context: Any) -> str | bool:
    """A migration must not change when the application's own types do, so it writes the plain one."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, Moment) else False


def run() -> None:
    """Run the migrations in one transaction, so that a broken one leaves the database as it was."""
    with db.engine.connect() as connection:
        watch_no_foreign_keys(connection)
        context.configure(connection=connection, target_metadata=db.metadata, render_item=render, render_as_batch=True)
        with context.begin_transaction():
            context.run_migrations()
            check(connection)


def watch_no_foreign_keys(connection: Connection) -> None:
    """SQLite changes a table by putting a copy in its place, which foreign keys forbid once rows point to it.

    Set before the transaction, inside it has no effect; and for this connection alone, which no pool gets back.
    """
    if connection.dialect.name == "sqlite":
        connection.detach()
        driver: Any = connection.connection.dbapi_connection
        driver.execute("PRAGMA foreign_keys=OFF")


def check(connection: Connection) -> None:
    """Refuse a migration that leaves a row pointing to nothing."""
    if connection.dialect.name == "sqlite" and (lost := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
        raise RuntimeError(f"rows point to nothing: {lost}")


run()
