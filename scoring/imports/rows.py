"""From a sheet's cells to rows by column, each with its place and with what is wrong about its cells."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scoring.imports.grid import Cell, Grid, column_name
from scoring.imports.kinds import EXPLAINED, Column, Kind, plain_heading
from scoring.rules.refusal import Problem, Refused

#: The headings stand in one of these lines; what is above them is a title.
HEADING_WITHIN = 20
ROWS_MOST = 2000
"""The largest selection seen has 456 entrants; a list that is four times as long is some other list."""
BETWEEN_CHINESE = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")


@dataclass(frozen=True)
class Row:
    """One row: where it stands, its text by column, the letters of its columns, problems and notes by column."""

    sheet: str
    line: int
    cells: Mapping[str, str]
    columns: Mapping[str, str]
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()

    def to_data(self) -> dict[str, Any]:
        """JSON-able."""
        told = {"problems": [p.to_data() for p in self.problems], "notes": [p.to_data() for p in self.notes]}
        return {**vars(self), "cells": dict(self.cells), "columns": dict(self.columns), **told}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Row:
        """From `to_data`'s shape."""
        told = {name: tuple(Problem(**one) for one in data[name]) for name in ("problems", "notes")}
        return cls(**{**data, **told})


@dataclass(frozen=True)
class Reading:
    """What was read of a file: the rows of the sheets that were read, and the names of those that were not."""

    rows: tuple[Row, ...]
    skipped: tuple[str, ...] = field(default=())

    def to_data(self) -> dict[str, Any]:
        """JSON-able."""
        return {"rows": [row.to_data() for row in self.rows], "skipped": list(self.skipped)}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Reading:
        """From `to_data`'s shape."""
        return cls(tuple(Row.from_data(row) for row in data["rows"]), tuple(data["skipped"]))


def reading_of(kind: Kind, grids: Sequence[Grid]) -> Reading:
    """The rows of every sheet that has the kind's headings.

    Raises Refused: import_empty, import_headings_missing (sheet, missing, found), and for a sheet that has them:
    import_column_twice, import_merged, import_too_many_rows, import_no_rows.
    """
    filled = [grid for grid in grids if grid.lines and grid.name != EXPLAINED]
    if not filled:
        raise Refused.because("import_empty")
    headed = [(grid, line) for grid in filled if (line := _heading(kind, grid))]
    if not headed:
        raise _without_headings(kind, filled)
    rows = tuple(row for grid, line in headed for row in _rows(kind, grid, line))
    if not rows:
        raise Refused.because("import_no_rows", sheet=headed[0][0].name)
    if len(rows) > ROWS_MOST:
        names = ", ".join(grid.name for grid, _ in headed)
        raise Refused.because("import_too_many_rows", sheet=names, rows=len(rows), most=ROWS_MOST)
    read = [grid.name for grid, _ in headed]
    return Reading(rows, tuple(grid.name for grid in filled if grid.name not in read))


def _heading(kind: Kind, grid: Grid) -> int | None:
    """The line of the headings: the first that has every required column."""
    for line in _first_lines(grid):
        if all(_places(column, grid.lines[line]) for column in kind.required):
            return line
    return None


def _first_lines(grid: Grid) -> list[int]:
    return sorted(grid.lines)[:HEADING_WITHIN]


def _places(column: Column, cells: Sequence[Cell]) -> list[int]:
    return [place for place, cell in enumerate(cells) if column.is_called(cell.text)]


def _without_headings(kind: Kind, grids: Sequence[Grid]) -> Refused:
    """Says of the sheet that comes closest which columns it lacks, and in which line their headings were sought."""
    candidates = [(grid, line) for grid in grids for line in _first_lines(grid)]
    grid, line = max(candidates, key=lambda at: sum(bool(_places(one, at[0].lines[at[1]])) for one in kind.columns))
    cells = grid.lines[line]
    missing = [one for one in kind.required if not _places(one, cells)]
    found = [cell.text.strip()[:20] for cell in cells if plain_heading(cell.text)][:8]
    figures = {
        "sheet": grid.name,
        "line": str(line),
        "missing": ", ".join(f"{one.zh} {one.en}" for one in missing),
        "found": ", ".join(found),
    }
    return Refused(Problem("import_headings_missing", "", figures))


def _rows(kind: Kind, grid: Grid, heading: int) -> list[Row]:
    at = _columns(kind, grid, heading)
    merged = next((merge for merge in grid.merges if merge.last >= heading), None)
    if merged is not None:
        raise Refused.because("import_merged", sheet=grid.name, range=merged.name)
    lines = [line for line in sorted(grid.lines) if line > heading]
    found = [_row(kind, grid, line, at) for line in lines]
    return [row for row in found if row.problems or any(row.cells.values())]


def _columns(kind: Kind, grid: Grid, heading: int) -> dict[str, int]:
    """The place of each column that the sheet has."""
    at: dict[str, int] = {}
    for column in kind.columns:
        places = _places(column, grid.lines[heading])
        if len(places) > 1:
            letters = ", ".join(column_name(place) for place in places)
            raise Refused.because("import_column_twice", sheet=grid.name, line=heading, columns=letters, name=column.zh)
        if places:
            at[column.key] = places[0]
    return at


def _row(kind: Kind, grid: Grid, line: int, at: Mapping[str, int]) -> Row:
    cells = grid.lines[line]
    here = {key: cells[place] if place < len(cells) else Cell() for key, place in at.items()}
    texts = {key: clean(cell.text) for key, cell in here.items()}
    is_blank = not any(texts.values()) and not any(cell.problem for cell in here.values())
    problems = [] if is_blank else [one for column in kind.columns if column.key in at for one in _wrong(column, here)]
    notes = [Problem(cell.note, key) for key, cell in here.items() if cell.note]
    letters = {key: column_name(place) for key, place in at.items()}
    return Row(grid.name, line, texts, letters, tuple(problems), tuple(notes))


def _wrong(column: Column, here: Mapping[str, Cell]) -> list[Problem]:
    cell = here[column.key]
    text = clean(cell.text)
    if cell.problem:
        return [Problem(cell.problem, column.key)]
    if column.required and not text:
        return [Problem("cell_missing", column.key)]
    if len(text) > column.longest:
        return [Problem("cell_too_long", column.key, {"most": str(column.longest)})]
    return [] if text.isprintable() else [Problem("cell_unprintable", column.key)]


def clean(text: str) -> str:
    """Text without outer blanks; line breaks and blanks inside are one blank, and none between Chinese characters.

    Lists pad names of two characters with a blank so that they stand below those of three. A byte order mark inside a
    file and the blanks of zero width that web pages leave are nothing that anybody wrote.
    """
    bare = text.translate(dict.fromkeys((0xFEFF, 0x200B, 0x200C, 0x200D, 0x2060)))
    joined = " ".join(unicodedata.normalize("NFC", bare).split())
    return BETWEEN_CHINESE.sub("", joined)
