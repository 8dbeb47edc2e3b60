"""A sheet as cells with their places, whatever kind of file it came from."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, as text; `problem` and `note` are codes of what is wrong or remarkable about it."""

    text: str = ""
    problem: str = ""
    note: str = ""


@dataclass(frozen=True)
class Merge:
    """A range of merged cells such as "C2:C5", and the last of its lines."""

    name: str
    last: int


@dataclass(frozen=True)
class Grid:
    """One sheet: its name ("CSV" in a text file), its lines from 1 on with their cells, and its merged ranges."""

    name: str
    lines: dict[int, list[Cell]]
    merges: tuple[Merge, ...] = field(default=())


def column_name(place: int) -> str:
    """The letters of the column at this place from 0 on: A, B, … Z, AA."""
    name = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        name = chr(ord("A") + letter) + name
    return name
