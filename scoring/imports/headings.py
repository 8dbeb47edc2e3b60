"""Which line of a sheet holds the headings, and what each of its columns means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scoring.imports.columns import TOGETHER, Kind, plain_heading
from scoring.imports.grid import Cell, Grid, column_name
from scoring.imports.kinds import DEPARTMENTS, ORDINAL, SEATS
from scoring.rules.numbers import is_figures, written_number
from scoring.rules.offices import department_and_post

#: The headings stand in one of these lines; what is above them is a title.
HEADING_WITHIN = 20
SAMPLES = 3
LONGEST_HEADING = 12
_OF_DEPARTMENTS = frozenset({"department", "department_post"})


@dataclass(frozen=True)
class HeadedColumn:
    """A column of a sheet: its key, letters and heading, what it means ("" if not read), and some of its cells."""

    key: str
    sheet: str
    place: int
    heading: str
    meaning: str
    samples: tuple[str, ...]

    @property
    def letters(self) -> str:
        """As the spreadsheet names it."""
        return column_name(self.place)

    @property
    def ordinal(self) -> bool:
        """Whether it is but the running number that every list has in front."""
        return plain_heading(self.heading) in ORDINAL


def heading_line(kind: Kind, grid: Grid) -> int:
    """The line in which the most columns of the kind are named; 0 where there is no such line.

    One name alone makes a line of headings only where it is a name's and stands alone, or beside other short words,
    and comes not again below: else it may be a title, or a word in a row.
    """
    rated = {line: len(_named(kind, grid.lines[line])) for line in sorted(grid.lines)[:HEADING_WITHIN]}
    best = max(rated, key=lambda line: rated[line], default=0)
    if not best or rated[best] != 1:
        return best if best and rated[best] else _unknown_heading(kind, grid)
    (key, place), words = *_named(kind, grid.lines[best]).items(), [_text([cell], 0) for cell in grid.lines[best]]
    below = {_text(cells, place) for line, cells in grid.lines.items() if line > best}
    filled = [word for word in words if word]
    alone = len(filled) == 1 and key == "name"
    beside = len(filled) > 1 and all(len(word) <= LONGEST_HEADING and not is_figures(word) for word in filled)
    return best if below and words[place] not in below and (alone or beside) else 0


def _named(kind: Kind, cells: Sequence[Cell]) -> dict[str, int]:
    """The place of each meaning that the cells name, the best name first; one cell names one meaning."""
    rated = [
        (one.fit(cell.text), -place, one.key)
        for place, cell in enumerate(cells)
        for one in kind.meanings
        if one.fit(cell.text)
    ]
    named: dict[str, int] = {}
    for _, place, key in sorted(rated, reverse=True):
        if -place not in named.values():
            named.setdefault(key, -place)
    return named


def _unknown_heading(kind: Kind, grid: Grid) -> int:
    """The first line where it names no column that is known, and yet has a word above a column of numbers."""
    lines = sorted(grid.lines)
    guessed = _guessed(kind, [grid.lines[line] for line in lines[1:]])
    places = [place for key, place in guessed.items() if key in ("number", "seat")]
    words = [_text(grid.lines[lines[0]], place) for place in places] if lines else []
    return lines[0] if any(word and not any(sign.isdigit() for sign in word) for word in words) else 0


def columns_of(kind: Kind, sheet: int, grid: Grid, heading: int, chosen: Mapping[str, str]) -> list[HeadedColumn]:
    """All columns of a sheet that hold something, with what they mean by their headings or as somebody chose."""
    rows = [cells for line, cells in sorted(grid.lines.items()) if line > heading]
    wide = max((len(cells) for cells in grid.lines.values()), default=0)
    named = names_of(kind, grid, heading) or _guessed(kind, rows)
    known = {place: key for key, place in _with_departments(named, rows).items()}
    known |= _of_speakers(kind, known, [_text(grid.lines.get(heading, ()), place) for place in range(wide)])
    found = []
    for place in range(wide):
        text = _text(grid.lines.get(heading, ()), place)
        samples = [_text(cells, place) for cells in rows if _text(cells, place)]
        key = f"{sheet}.{place}"
        if text or samples:
            meaning = chosen.get(key, known.get(place, ""))
            found.append(HeadedColumn(key, grid.name, place, text, meaning, tuple(samples[:SAMPLES])))
    return found


def _of_speakers(kind: Kind, known: Mapping[int, str], headings: Sequence[str]) -> dict[int, str]:
    """Where several columns are called 部门, each is that of the speaker to its left."""
    own = [one for one in kind.meanings if one.key in _OF_DEPARTMENTS]
    called = [place for place, text in enumerate(headings) if text and any(one.fit(text) for one in own)]
    if len(called) < 2 or not set(known.values()) & set(SEATS):
        return {}
    found: dict[int, str] = {}
    for place in called:
        seat = next((known[left] for left in range(place - 1, -1, -1) if known.get(left) in SEATS), None)
        if seat is not None and DEPARTMENTS[SEATS.index(seat)] not in (*known.values(), *found.values()):
            found[place] = DEPARTMENTS[SEATS.index(seat)]
    return found


def _with_departments(named: dict[str, int], rows: Sequence[Sequence[Cell]]) -> dict[str, int]:
    """Lists that have no column of departments name them with the posts: 职务 is read as 部门及职务 then."""
    together = {one.key for one in TOGETHER if "department" in one.parts or "office" in one.parts}
    apart = ({"department"} | together).isdisjoint(named)
    if "title" not in named or not apart:
        return named
    if not any(all(department_and_post(_text(cells, named["title"]))) for cells in rows):
        return named
    return {"department_post" if key == "title" else key: place for key, place in named.items()}


def names_of(kind: Kind, grid: Grid, heading: int) -> dict[str, int]:
    """The place of each meaning that the line of headings names; empty where the columns can only be guessed."""
    return _named(kind, grid.lines[heading]) if heading else {}


def _text(cells: Sequence[Cell], place: int) -> str:
    return " ".join(cells[place].text.split()) if place < len(cells) else ""


def _guessed(kind: Kind, rows: Sequence[Sequence[Cell]]) -> dict[str, int]:
    """Without headings: what most cells of a column look like. It is shown, and can be put right by hand."""
    keys = {column.key for column in kind.columns}
    wide = max((len(cells) for cells in rows), default=0)
    found: dict[str, int] = {}
    for place in range(wide):
        texts = [text for cells in rows if (text := _text(cells, place))]
        meaning = _looks_like(texts)
        if meaning in ("number", "name"):
            meaning = {
                "number": "seat" if "seat" in keys else "number",
                "name": "judge" if "judge" in keys else "name",
            }[meaning]
        if meaning in keys:
            found.setdefault(meaning, place)
    return found


def _looks_like(texts: Sequence[str]) -> str:
    most = len(texts) / 2
    if sum(is_figures(written_number(text)) for text in texts) > most:
        return "number"
    if sum(text.endswith("院") for text in texts) > most:
        return "office"
    if sum(text.endswith(("部", "室", "科", "处", "局")) for text in texts) > most:
        return "department"
    return "name" if sum(2 <= len("".join(text.split())) <= 8 for text in texts) > most else ""
