"""How migrations reach the database: through the application's own engine and tables."""

from __future__ import annotations

from typing import Any

from alembic import context

from scoring.extensions import db
from scoring.store.model import Moment


def render(kind: str, item: Any, _context: Any) -> str | bool:
    """A migration must not change when the application's own types do, so it writes the plain one."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, Moment) else False


def run() -> None:
    """Run the migrations in one transaction, so that a broken one leaves the database as it was."""
    with db.engine.connect() as connection:
        context.configure(connection=connection, target_metadata=db.metadata, render_item=render, render_as_batch=True)
        with context.begin_transaction():
            context.run_migrations()


run()
