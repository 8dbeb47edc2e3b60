"""One row of a list as it was read, and a line that is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scoring.rules.refusal import Problem


@dataclass(frozen=True)
class Row:
    """One row: its key, where it stands, its text by column, the letters of its columns, problems and notes by column.

    `skipped` rows are shown and not imported; `mended` are the columns that somebody corrected in the preview.
    """

    sheet: str
    line: int
    cells: Mapping[str, str]
    columns: Mapping[str, str]
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    key: str = ""
    skipped: bool = False
    mended: tuple[str, ...] = ()


@dataclass(frozen=True)
class LeftOut:
    """A line that is no row of the list: a remark, a sum, a number without a name. `code` says why."""

    key: str
    sheet: str
    line: int
    text: str
    code: str
