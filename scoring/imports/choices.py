"""What a person decided about a list that was read: which sheets and rows count, what columns mean and cells say."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Choices:
    """By the key of a column or row ("0.3": the fourth column, or line 3, of the first sheet).

    `columns` are meanings ("" for a column that is not read), `cells` texts by row and column of the kind, `skipped`
    rows that are left out, `taken` rows that count although they look as if they should not, `sheets` whether a sheet
    is read, by its place in the workbook.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    skipped: frozenset[str] = frozenset()
    taken: frozenset[str] = frozenset()
    sheets: Mapping[str, bool] = field(default_factory=dict)

    def changed(
        self,
        columns: Mapping[str, str],
        cells: Mapping[str, Mapping[str, str]],
        skip: Collection[str],
        take: Collection[str],
        sheets: Mapping[str, bool],
    ) -> Choices:
        """These choices with what was decided after them."""
        mended = {row: {**self.cells.get(row, {}), **cells.get(row, {})} for row in {**self.cells, **cells}}
        skipped = (self.skipped | set(skip)) - set(take)
        taken = (self.taken | set(take)) - set(skip)
        read = {**self.sheets, **sheets}
        return Choices({**self.columns, **columns}, mended, frozenset(skipped), frozenset(taken), read)

    def to_data(self) -> dict[str, Any]:
        """JSON-able."""
        cells = {row: dict(told) for row, told in self.cells.items()}
        rows = {"skipped": sorted(self.skipped), "taken": sorted(self.taken)}
        return {"columns": dict(self.columns), "cells": cells, "sheets": dict(self.sheets), **rows}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Choices:
        """From `to_data`'s shape; what is absent was not decided."""
        rows = {name: frozenset(data.get(name, ())) for name in ("skipped", "taken")}
        return cls(data.get("columns", {}), data.get("cells", {}), **rows, sheets=data.get("sheets", {}))
