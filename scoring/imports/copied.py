"""The table that WPS and Excel copy beside the plain text: it knows what is merged, hidden and struck through."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from scoring.imports.delimited import TEXT
from scoring.imports.grid import HIDDEN, STRUCK, WIDE, Cell, Grid

COLUMNS_MOST = 60
_STRIKES = ("s", "strike", "del")
_CLASS = re.compile(r"\.([\w-]+)\s*\{([^}]*)\}")
_STRUCK = re.compile(r"text-decoration[^;]*line-through")
_HIDDEN = re.compile(r"display\s*:\s*none")


@dataclass
class _Cell:
    """A cell as it is written: its text, how much of it is struck through, and over how many others it is merged."""

    wide: int = 1
    high: int = 1
    struck: bool = False
    parts: list[str] = field(default_factory=list)
    plain: bool = False

    @property
    def text(self) -> str:
        lines = " ".join("".join(self.parts).split(" ")).split("\n")
        return "\n".join(" ".join(line.split()) for line in lines if line.strip())

    @property
    def is_struck(self) -> bool:
        return bool(self.text) and (self.struck or not self.plain)


@dataclass
class _Line:
    hidden: bool = False
    cells: list[_Cell] = field(default_factory=list)


class _Table(HTMLParser):
    """The lines of the first table of a page; a table inside one of its cells is text of that cell."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[_Line] = []
        self.found = False
        self._depth = self._strikes = 0
        self._cell: _Cell | None = None
        self._styles = self._ended = False
        self._struck: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self._styles = tag == "style"
        if tag == "table":
            self._depth += 1
            self.found = True
        elif tag == "tr" and self._depth == 1 and not self._ended:
            self._cell = None
            self.lines.append(_Line(bool(_HIDDEN.search(told.get("style", "")))))
        elif tag in ("td", "th") and self._depth == 1 and self.lines and not self._ended:
            self._cell = _Cell(_span(told, "colspan"), _span(told, "rowspan"), self._is_struck(told))
            self.lines[-1].cells.append(self._cell)
        elif tag == "br" and self._cell:
            self._cell.parts.append("\n")
        elif tag in _STRIKES:
            self._strikes += 1

    def handle_endtag(self, tag: str) -> None:
        self._styles = False
        if tag == "table":
            self._depth -= 1
            self._ended = self._ended or self._depth == 0
        elif tag in _STRIKES:
            self._strikes = max(0, self._strikes - 1)
        if tag == "table" or (tag in ("td", "th", "tr") and self._depth == 1):
            self._cell = None if self._depth < 2 else self._cell

    def handle_data(self, data: str) -> None:
        if self._styles:
            self._struck |= {name for name, style in _CLASS.findall(data) if _STRUCK.search(style)}
        elif self._cell is not None:
            self._cell.parts.append(" ".join(re.split(r"[\r\n\t ]+", data)))  # such blanks only part words
            self._cell.plain = self._cell.plain or (bool(data.strip()) and not self._strikes)

    def handle_comment(self, data: str) -> None:
        """Excel keeps its styles in a comment."""
        if self._styles:
            self.handle_data(data)

    def _is_struck(self, told: Mapping[str, str]) -> bool:
        return bool(_STRUCK.search(told.get("style", ""))) or bool(self._struck & set(told.get("class", "").split()))


def _span(told: Mapping[str, str], name: str) -> int:
    return max(1, int(told[name])) if re.fullmatch("[0-9]{1,4}", told.get(name, "")) else 1


def table_of(page: str, most: int) -> Grid | None:
    """The table in what was copied, cut off after `most` lines; None where there is none."""
    table = _Table()
    table.feed(page)
    table.close()
    if not table.found:
        return None
    lines = dict(enumerate(_laid_out(table.lines[:most]), 1))
    filled = {line: cells for line, cells in lines.items() if any(cell.text for cell in cells)}
    marks = {line: tuple(_marks(table.lines[line - 1])) for line in filled}
    return Grid(TEXT, filled, {line: found for line, found in marks.items() if found})


def _marks(line: _Line) -> Iterator[str]:
    if line.hidden:
        yield HIDDEN
    filled = [cell for cell in line.cells if cell.text]
    if filled and all(cell.is_struck for cell in filled):
        yield STRUCK
    if any(cell.wide > 1 for cell in line.cells):
        yield WIDE


def _laid_out(lines: list[_Line]) -> Iterator[list[Cell]]:
    """The cells of each line in their columns; one that is merged over several lines stands in each of them."""
    above: dict[int, tuple[int, str]] = {}  # by column: for how many more lines, and the text
    for line in lines:
        row = {place: Cell(text, note="cell_merged" if text else "") for place, (_, text) in above.items()}
        over = {place: (left - 1, text) for place, (left, text) in above.items() if left > 1}
        place = 0
        for cell in line.cells:
            while place in above:
                place += 1
            if place >= COLUMNS_MOST:
                break
            row[place] = Cell(cell.text, note="cell_struck" if cell.is_struck else "")
            for beside in range(place, min(place + cell.wide, COLUMNS_MOST)):
                if cell.high > 1:
                    over[beside] = cell.high - 1, cell.text if beside == place else ""
            place += cell.wide
        above = over
        yield [row.get(place, Cell()) for place in range(max(row, default=-1) + 1)]
