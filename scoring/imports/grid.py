"""A sheet as cells with their places, whatever kind of file it came from, and as JSON can keep it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

#: What is remarkable about a whole line of a workbook.
HIDDEN, FILTERED, STRUCK, WIDE = "hidden", "filtered", "struck", "wide"
LONGEST_TEXT = 1000
#: How many things are gone through one by one: at once, or giving way to others now and then.
Each = Callable[[Iterable[Any]], Iterable[Any]]


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, as text; `problem` and `note` are codes of what is wrong or remarkable about it."""

    text: str = ""
    problem: str = ""
    note: str = ""

    def to_data(self) -> Any:
        """JSON-able, and short for the usual cell."""
        text = self.text[:LONGEST_TEXT]
        return [text, self.problem, self.note] if self.problem or self.note else text

    @classmethod
    def from_data(cls, data: Any) -> Cell:
        """From `to_data`'s shape."""
        return cls(data) if isinstance(data, str) else cls(*data)


@dataclass(frozen=True)
class Grid:
    """One sheet: its name ("CSV" in a text file), its lines from 1 on with their cells, and the marks of lines.

    A line is marked as hidden, filtered away, struck through, or wide where cells are merged across its columns; the
    sheet as a whole may be hidden.
    """

    name: str
    lines: Mapping[int, list[Cell]]
    marks: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    hidden: bool = False

    def to_data(self) -> dict[str, Any]:
        """JSON-able."""
        lines = {str(line): [cell.to_data() for cell in cells] for line, cells in self.lines.items()}
        return {
            "name": self.name,
            "lines": lines,
            "marks": {str(line): list(all_) for line, all_ in self.marks.items()},
            "hidden": self.hidden,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any], each: Each = iter) -> Grid:
        """From `to_data`'s shape; `each` goes through the lines."""
        lines = {int(line): [Cell.from_data(cell) for cell in cells] for line, cells in each(data["lines"].items())}
        marks = {int(line): tuple(marks) for line, marks in data["marks"].items()}
        return cls(data["name"], lines, marks, data.get("hidden", False))


def column_name(place: int) -> str:
    """The letters of the column at this place from 0 on: A, B, … Z, AA."""
    name = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        name = chr(ord("A") + letter) + name
    return name
