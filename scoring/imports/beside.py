"""Lists that stand side by side in one sheet, to be printed on one page: each is read as a sheet of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from scoring.imports.columns import Kind, plain_heading
from scoring.imports.grid import Cell, Grid

#: The columns that say who a row is about.
WHO = ("name", "judge")

#: The headings stand in one of these lines.
WITHIN = 20


def lists_in(kind: Kind, grid: Grid) -> Iterator[Grid]:
    """The sheet as it is, or once for each list in it, with only that list's cells left in their places."""
    starts = next((found for line in sorted(grid.lines)[:WITHIN] if (found := _starts(kind, grid.lines[line]))), [])
    if not starts:
        yield grid
        return
    wide = max(len(cells) for cells in grid.lines.values())
    for begin, end in pairwise([0, *starts[1:], wide]):
        lines = {line: _only(cells, begin, end) for line, cells in grid.lines.items()}
        yield replace(grid, lines={line: cells for line, cells in lines.items() if any(cell.text for cell in cells)})


def _starts(kind: Kind, cells: Sequence[Cell]) -> list[int]:
    """Where the lists begin in a line of headings: at each return of its first one; [] where there is one list.

    Each must have a name: 一辩, 单位, 二辩, 单位 is one list.
    """
    heads = [plain_heading(cell.text) for cell in cells]
    first = next((head for head in heads if head), "")
    starts = [place for place, head in enumerate(heads) if head and head == first]
    if len(starts) < 2 or not any(one.fit(first) for one in kind.meanings):
        return []
    names = [column for column in kind.required if column.key in WHO]
    parts = [heads[begin:end] for begin, end in pairwise([*starts, len(heads)])]
    named = all(any(column.fit(head) for head in part for column in names) for part in parts)
    return starts if named else []


def _only(cells: Sequence[Cell], begin: int, end: int) -> list[Cell]:
    return [cell if begin <= place < end else Cell() for place, cell in enumerate(cells)]
