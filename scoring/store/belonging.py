"""Which rows of a table belong to a contest, however far: by the columns that point from one table to the next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import BindParameter, Select, Table, select


def rows_of(table: Table, contest_id: int | BindParameter[int]) -> Select[Any] | None:
    """The primary keys of the rows of a table that belong to a contest, however far; None where no row ever does."""
    if table.name == "contest":
        return select(table.c.id).where(table.c.id == contest_id)
    for column, owner in _owners(table):
        if (belonging := rows_of(owner, contest_id)) is not None:
            return select(*table.primary_key).where(column.in_(belonging))
    return None


def _owners(table: Table) -> Iterator[tuple[Any, Table]]:
    """The columns that are never empty and point to another table, with that table."""
    for column in sorted(table.c, key=lambda one: one.name):
        for key in column.foreign_keys:
            if not column.nullable and key.column.table is not table:
                yield column, key.column.table
