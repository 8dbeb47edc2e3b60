"""Copies rows with whatever they refer to: what was copied as well is referred to as its copy."""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import inspect

from scoring.extensions import db

Row = TypeVar("Row")


class Copies:
    """The copies that were made so far, by table and id of what they are copies of."""

    def __init__(self) -> None:
        """Nothing is copied yet."""
        self._made: dict[tuple[str, Any], Any] = {}

    def add(self, row: Row, **instead: Any) -> Row:
        """Store a copy of the row, with other values where some are named; whatever it belongs to comes first."""
        mapper = inspect(type(row))
        values: dict[str, Any] = {}
        for column in mapper.local_table.columns:
            name = mapper.get_property_by_column(column).key
            if not (column.primary_key and not column.foreign_keys):
                values[name] = self._referred(column, getattr(row, name))
        copy = type(row)(**values | instead)
        db.session.add(copy)
        db.session.flush()
        if hasattr(row, "id"):
            self._made[mapper.local_table.name, row.id] = copy.id  # type: ignore[attr-defined]
        return copy

    def _referred(self, column: Any, value: Any) -> Any:
        for key in column.foreign_keys:
            return self._made.get((key.column.table.name, value), value)
        return value

    def of(self, row: Any) -> Any:
        """The id of the row's copy; raises KeyError where it was not copied."""
        return self._made[inspect(type(row)).local_table.name, row.id]
