"""Whether anything still points to a record, so that it is not taken away from under others."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import literal, select

from scoring.extensions import db
from scoring.store.model import Model


def tables_pointing_to(record: Model, besides: Collection[str] = ()) -> list[str]:
    """The names of the tables, but those `besides`, with a row that points to this stored record."""
    target = record.__table__
    found = []
    for table in db.metadata.sorted_tables:
        columns = [key.parent for key in table.foreign_keys if key.column.table is target]
        pointing = [column == record.id for column in columns]  # type: ignore[attr-defined]
        if table.name not in besides and any(
            db.session.scalar(select(literal(1)).select_from(table).where(one)) for one in pointing
        ):
            found.append(table.name)
    return found
