"""What an import would do to each row: the same for the preview and for the writing."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scoring.imports import Reading, Row
from scoring.loop.stepping_aside import give_way
from scoring.rules.refusal import Problem
from scoring.store import Contest

NEW, CHANGED, SAME, WRONG = "new", "changed", "same", "wrong"
#: The notes of rows that come late.
COMES_LATE, SEAT_COMES_LATE = "comes_late", "seat_comes_late"
LATE = (COMES_LATE, SEAT_COMES_LATE)


@dataclass(frozen=True)
class Planned:
    """What becomes of one row: the record that it is about (None for a new one), as it is and as it will be."""

    row: Row
    state: str
    before: Mapping[str, str]
    after: Mapping[str, str]
    target: int | None = None
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()

    @property
    def late(self) -> bool:
        """Whether the row adds somebody to a contest whose order stands, or a seat to a panel that has begun."""
        return self.state == NEW and any(note.code in LATE for note in self.notes)

    @property
    def changes(self) -> dict[str, tuple[str, str]]:
        """What changes, by column: before and after."""
        pairs = {key: (self.before.get(key, ""), text) for key, text in self.after.items()}
        return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}


Planner = Callable[[Contest, Sequence[Row]], list[Planned]]
Writer = Callable[[Contest, Sequence[Planned]], None]


@dataclass(frozen=True)
class Preview:
    """All rows of an import with what becomes of each; `digest` changes with any of it and with what is skipped."""

    planned: tuple[Planned, ...]
    reading: Reading
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        digest = hashlib.sha256()
        for told in (*map(_told, self.planned), *([row.key] for row in self.skipped)):
            digest.update(json.dumps(told, ensure_ascii=False, sort_keys=True).encode() + b"\n")
            give_way()
        object.__setattr__(self, "digest", digest.hexdigest())

    @property
    def skipped(self) -> tuple[Row, ...]:
        """The rows that are shown and not imported."""
        return tuple(row for row in self.reading.rows if row.skipped)

    def count(self, state: str) -> int:
        """How many rows are in this state."""
        return sum(one.state == state for one in self.planned)


def _told(one: Planned) -> list[Any]:
    problems = [problem.to_data() for problem in one.problems]
    return [one.state, one.target, dict(one.before), dict(one.after), problems]


def planned(
    row: Row,
    before: Mapping[str, str] | None,
    after: Mapping[str, str],
    target: int | None = None,
    problems: Sequence[Problem] = (),
    notes: Sequence[Problem] = (),
) -> Planned:
    """The row with its state; `before` is None where there is no such record yet. Between rows others go first."""
    give_way()
    found = (*row.problems, *problems)
    if found:
        state = WRONG
    elif before is None:
        state = NEW
    else:
        state = CHANGED if any(before.get(key, "") != text for key, text in after.items()) else SAME
    return Planned(row, state, before or {}, after, target, found, (*row.notes, *notes))


def kept(row: Row, keys: Sequence[str], before: Mapping[str, str] | None) -> dict[str, str]:
    """The row's text by column; what a column that the sheet lacks, or an empty cell, says nothing about stays."""
    old = before or {}
    return {key: row.cells.get(key) or old.get(key, "") for key in keys}


def twice(rows: Sequence[Row], keys: Sequence[str], column: str) -> list[list[Problem]]:
    """For each row, in order, a problem where another row has the same key: it says where that one stands."""
    same: dict[str, list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        same[key].append(place)
    return [_other(rows, place, key, same[key], column) for place, key in enumerate(keys)]


def _other(rows: Sequence[Row], place: int, key: str, places: Sequence[int], column: str) -> list[Problem]:
    others = [rows[one] for one in places if one != place]
    if not key or not others:
        return []
    return [Problem("row_twice", column, {"key": key, "sheet": others[0].sheet, "line": str(others[0].line)})]
