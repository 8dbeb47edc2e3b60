"""From the cells of sheets to rows by column, each with its place and with what is wrong about its cells."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from scoring.imports.beside import lists_in
from scoring.imports.choices import Choices
from scoring.imports.columns import TOGETHER, UNSEEN, Column, Kind, plain_heading
from scoring.imports.grid import FILTERED, HIDDEN, STRUCK, WIDE, Cell, Each, Grid
from scoring.imports.headings import HeadedColumn, columns_of, heading_line, names_of
from scoring.imports.kinds import EXPLAINED, OFFICES, SEATS, TEAMS
from scoring.imports.members import gathered, names_in, with_departments
from scoring.imports.row import LeftOut, Row
from scoring.imports.sheets import Headed, SheetOf, sheets_chosen
from scoring.rules.folding import without_radicals, written_plainly
from scoring.rules.offices import department_and_post, office_and_post, office_department_post, parted
from scoring.rules.refusal import Problem, Refused

ROWS_MOST = 2000
"""The largest selection seen has 456 entrants; a list that is four times as long is some other list."""
BETWEEN_CHINESE = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
#: How the lines below a list begin: remarks, sums, who filled it in.
FOOT = re.compile(
    r"[※*]|(注|备注|说明|附注|附|填表人?|填报人?|制表人?|审核人?|审批人?|联系人|联系电话|报送人|负责人|领导签字|日期|填报日期)[:：]"
    r"|注\d|(合计|总计|共计|小计)|(填表|填报|报送|报名)(日期|时间|单位[:：])"
)
#: A line with one cell that is longer than any name is a remark.
LONGEST_WORD = 20
MARKED = {HIDDEN: "row_hidden", FILTERED: "row_filtered", STRUCK: "row_struck"}
#: The columns that are numbered through where a list has no numbers.
NUMBERED = {"contestants": "number", "teams": "number", "judges": "seat"}
#: Whoever's name is struck through is struck off the list.
NAMES = ("name", "judge")
_SPLIT = {
    "department_post": department_and_post,
    "office_department": parted,
    "office_post": office_and_post,
    "office_department_post": office_department_post,
}
#: What cannot be told apart is asked about: the whole cell stands in the first of its columns.
_ASKED = frozenset({"office_post", "office_department_post"})


@dataclass(frozen=True)
class Reading:
    """What was read of a list: its rows, its columns, the lines that were left out, its sheets, and what it lacks.

    `guessed` says that no heading was understood, so that somebody should look at what the columns mean; `beside` names
    the sheets in which several lists stand side by side, each with how many were read.
    """

    rows: tuple[Row, ...]
    columns: tuple[HeadedColumn, ...]
    left_out: tuple[LeftOut, ...] = field(default=())
    sheets: tuple[SheetOf, ...] = field(default=())
    problems: tuple[Problem, ...] = field(default=())
    guessed: bool = False
    beside: tuple[tuple[str, int], ...] = field(default=())

    @property
    def counted(self) -> tuple[Row, ...]:
        """The rows that are to be imported."""
        return tuple(row for row in self.rows if not row.skipped)


def reading_of(kind: Kind, grids: Sequence[Grid], choices: Choices | None = None, each: Each = iter) -> Reading:
    """The rows of every sheet that is read: by its headings, or as somebody chose; where none has any, of the first.

    `each` goes through the rows: whoever reads where others wait lets them go first between two of them.
    Raises Refused: import_empty, import_all_hidden (sheets), import_no_rows (sheet), import_too_many_rows (sheet, rows,
    most). What can be mended on the page is no refusal: `problems` has column_missing and column_assigned_twice.
    """
    chosen = choices or Choices()
    lists = [_List(kind, place, *one) for place, one in enumerate(_lists(kind, grids))]
    which = _which(kind, [one for one in lists if one.grid.lines and one.grid.name != EXPLAINED], chosen)
    keys = {sheet.key for sheet in which if not sheet.code}
    read = [one for one in lists if str(one.at) in keys and one.grid.lines]
    read = [one for one in read if one.heading] or read
    sheets = [_Sheet(kind, one.place, one.grid, one.heading, chosen) for one in read]
    rows = tuple(each(row for sheet in sheets for row in sheet.rows()))
    left_out = tuple(one for sheet in sheets for one in sheet.left_out)
    if not rows and not left_out:
        raise Refused.because("import_no_rows", sheet=read[0].grid.name)
    if len(rows) > ROWS_MOST:
        names = ", ".join(one.grid.name for one in read)
        raise Refused.because("import_too_many_rows", sheet=names, rows=len(rows), most=ROWS_MOST)
    columns = tuple(column for sheet in sheets for column in sheet.columns)
    problems = tuple(problem for sheet in sheets for problem in sheet.problems())
    guessed = not any(one.named for one in read)
    lists_of = Counter(one.grid.name for one in read)
    beside = tuple((name, count) for name, count in lists_of.items() if count > 1)
    return Reading(rows, columns, left_out, which, problems, guessed, beside)


class _List:
    """A list in a sheet: its place among all lists, that of its sheet in the workbook, and its line of headings."""

    def __init__(self, kind: Kind, place: int, at: int, grid: Grid) -> None:
        self.place, self.at, self.grid = place, at, grid
        self.heading = heading_line(kind, grid)
        self.named = set(names_of(kind, grid, self.heading))


def _lists(kind: Kind, grids: Sequence[Grid]) -> Iterator[tuple[int, Grid]]:
    """Each list with the place of its sheet in the workbook."""
    return ((at, part) for at, grid in enumerate(grids) for part in lists_in(kind, grid))


def _which(kind: Kind, lists: Sequence[_List], chosen: Choices) -> tuple[SheetOf, ...]:
    """The sheets that hold something, with why each is not read. Raises Refused: import_empty, import_all_hidden."""
    by_sheet: dict[int, list[_List]] = defaultdict(list)
    for one in lists:
        by_sheet[one.at].append(one)
    number = {NUMBERED.get(kind.key)}
    sheets = [
        Headed(at, here[0].grid, any(one.heading for one in here), any(one.named - number for one in here))
        for at, here in by_sheet.items()
    ]
    if not sheets:
        raise Refused.because("import_empty")
    which = sheets_chosen(kind, sheets, chosen.sheets)
    if all(sheet.code for sheet in which):
        raise Refused.because("import_all_hidden", sheets=", ".join(sheet.name for sheet in which))
    return which


class _Sheet:
    """One sheet on its way to rows."""

    def __init__(self, kind: Kind, place: int, grid: Grid, heading: int, choices: Choices) -> None:
        self.kind, self.place, self.grid, self.heading, self.choices = kind, place, grid, heading, choices
        self.columns = columns_of(kind, place, grid, heading, choices.columns)
        self.left_out: list[LeftOut] = []
        self._by_key = {column.key: column for column in (*kind.columns, *kind.parts)}
        self._sources = {column.meaning: column for column in self.columns if column.meaning}

    def problems(self) -> Iterator[Problem]:
        """What the sheet as a whole lacks, so that no row of it can be written."""
        for column in self.kind.required:
            given = column.key == NUMBERED.get(self.kind.key) or (
                column is self._by_key.get("name") and self._by_office()
            )
            if not given and not any(column.key in _keys(one.meaning) for one in self.columns):
                called = {"called": column.key, "called.zh": column.zh, "called.en": column.en}
                yield Problem("column_missing", column.key, {"sheet": self.grid.name, **called})
        meanings = [column.meaning for column in self.columns if column.meaning]
        for meaning in sorted({one for one in meanings if meanings.count(one) > 1}):
            letters = ", ".join(column.letters for column in self.columns if column.meaning == meaning)
            yield Problem("column_assigned_twice", meaning, {"sheet": self.grid.name, "columns": letters})

    def _by_office(self) -> bool:
        """Whether the teams are called by their offices, as lists do that have no names of teams."""
        filled = {key for column in self.columns for key in _keys(column.meaning)}
        return self.kind is TEAMS and "name" not in filled and "office" in filled

    def rows(self) -> Iterator[Row]:
        """The rows in order, a team's members as one; lines that are none are noted in `left_out`."""
        number = self._sources.get("number")
        counted = number is None or number.ordinal
        if "member" in self._sources:
            return gathered(self._lines(), counted)
        return map(with_departments, self._lines()) if self.kind is TEAMS else self._lines()

    def _lines(self) -> Iterator[Row]:
        """The lines that are rows; where nothing is merged, a blank office below a given one may have been."""
        merged = "member" in self._sources or any(  # members' rows are filled down by their team
            cell.note == "cell_merged" for cells in self.grid.lines.values() for cell in cells
        )
        above = ""
        for row in self._rows_of_lines():
            office = row.cells.get("office", "")
            blank = not merged and above and not office and "office" in row.cells
            yield replace(row, notes=(*row.notes, Problem("cell_blank_below", "office"))) if blank else row
            above = office or above

    def _rows_of_lines(self) -> Iterator[Row]:
        for line in sorted(line for line in self.grid.lines if line > self.heading):
            row = self._row(line)
            code = self._no_row(line, row)
            if code and row.key not in self.choices.taken:
                if code not in ("row_empty", "row_headings"):
                    texts = [clean(cell.text) for cell in self.grid.lines[line] if cell.text.strip()]
                    self.left_out.append(LeftOut(row.key, self.grid.name, line, " · ".join(texts)[:200], code))
            elif code != "row_empty":
                yield row

    def _no_row(self, line: int, row: Row) -> str:
        """Why a line is no row of the list, or ""."""
        cells, texts = self.grid.lines[line], [one for one in row.cells.values() if one]
        if not texts and not row.problems:
            return "row_beside" if any(cell.text.strip() for cell in cells) else "row_empty"
        if self.heading and len(texts) > 1 and self._repeats_headings(cells):
            return "row_headings"
        filled = [clean(cell.text) for cell in cells if cell.text.strip()]
        if not filled:
            return ""  # somebody has typed into an empty line
        if FOOT.match(written_plainly(filled[0])):
            return "row_foot"
        wide = WIDE in self.grid.marks.get(line, ()) or len(filled[0]) > LONGEST_WORD
        if len(filled) == 1 and wide and len(self._sources) > 1:
            return "row_foot"
        ordinal = {column.meaning for column in self.columns if column.ordinal}
        only = [key for key, text in row.cells.items() if text]
        return "row_number_only" if ordinal and only == list(ordinal) and not row.mended else ""

    def _repeats_headings(self, cells: Sequence[Cell]) -> bool:
        """Lists that are printed on several pages repeat them."""
        heads = [plain_heading(column.heading) for column in self.columns if column.meaning]
        here = [plain_heading(_at(cells, column.place).text) for column in self.columns if column.meaning]
        return heads == here

    def _row(self, line: int) -> Row:
        key = f"{self.place}.{line}"
        mended = {name: text for name, text in self.choices.cells.get(key, {}).items() if name in self._by_key}
        here = self._cells(line)
        typed = {name: cell.text for name, cell in here.items()} | mended
        texts = {name: "、".join(names_in(text)) if name == "member" else clean(text) for name, text in typed.items()}
        blank = not any(texts.values()) and not any(cell.problem for cell in here.values())
        wrong = [] if blank else [one for name, text in texts.items() for one in self._wrong(name, text, here, mended)]
        wrong += [] if blank else list(self._several(typed))
        marks = self.grid.marks.get(line, ())
        if STRUCK not in marks and any(here.get(name, Cell()).note == "cell_struck" for name in NAMES):
            marks = (*marks, STRUCK)
        skipped = key in self.choices.skipped or (STRUCK in marks and key not in self.choices.taken)
        return Row(
            self.grid.name,
            line,
            texts,
            {name: self._letters(name) for name in texts},
            tuple(wrong),
            tuple(self._notes(here, marks, mended)),
            key,
            skipped,
            tuple(mended),
        )

    def _cells(self, line: int) -> dict[str, Cell]:
        """The line's cells by column of the kind; a cell that holds several columns is parted."""
        cells = self.grid.lines[line]
        found: dict[str, Cell] = {}
        for column in (*self.kind.columns, *self.kind.parts):
            source = self._sources.get(column.key)
            if source is not None:
                found[column.key] = _at(cells, source.place)
        for one in TOGETHER:
            source = self._sources.get(one.key)
            if source is not None:
                cell = _at(cells, source.place)
                for key, text in zip(one.parts, _SPLIT[one.key](clean(cell.text)), strict=True):
                    if key in self._by_key and not found.get(key, Cell()).text.strip():
                        untold = one.key in _ASKED and key == "office" and text and "院" not in text
                        found[key] = Cell(text, cell.problem, "cell_not_parted" if untold else cell.note)
        if self._by_office() and (office := found.get("office", Cell()).text.strip()):
            found["name"] = Cell(office, note="team_of_office")
        return found

    def _letters(self, key: str) -> str:
        source = next((one for one in self.columns if key in _keys(one.meaning)), None)
        return source.letters if source else ""

    def _wrong(self, key: str, text: str, here: Mapping[str, Cell], mended: Mapping[str, str]) -> list[Problem]:
        column, cell = self._by_key[key], here.get(key, Cell())
        if cell.problem and key not in mended:
            return [Problem(cell.problem, key)]
        return _wrong_text(column, text)

    def _several(self, typed: Mapping[str, str]) -> Iterator[Problem]:
        """A cell for one person that names several would be one wrong person."""
        people = SEATS if self.kind is TEAMS else NAMES if self.kind is not OFFICES else ()
        for key in people:
            names = names_in(typed.get(key, ""))
            if len(names) > 1:
                yield Problem("cell_several_names", key, {"names": "、".join(names)[:60], "count": str(len(names))})

    def _notes(self, here: Mapping[str, Cell], marks: Sequence[str], mended: Mapping[str, str]) -> Iterator[Problem]:
        yield from (Problem(MARKED[mark]) for mark in marks if mark in MARKED)
        yield from (Problem(cell.note, key) for key, cell in here.items() if cell.note and key not in mended)


def _keys(meaning: str) -> tuple[str, ...]:
    """The columns of the kind that a column of the sheet fills."""
    return next((one.parts for one in TOGETHER if one.key == meaning), (meaning,))


def _at(cells: Sequence[Cell], place: int) -> Cell:
    return cells[place] if place < len(cells) else Cell()


def _wrong_text(column: Column, text: str) -> list[Problem]:
    if column.required and not text:
        return [Problem("cell_missing", column.key)]
    if len(text) > column.longest:
        return [Problem("cell_too_long", column.key, {"most": str(column.longest)})]
    return [] if text.isprintable() else [Problem("cell_unprintable", column.key)]


def clean(text: str) -> str:
    """Text without outer blanks; line breaks and blanks inside are one blank, and none between Chinese characters.

    Lists pad names of two characters with a blank so that they stand below those of three. Unseen signs and radicals
    for words are nothing that anybody meant.
    """
    bare = without_radicals(text).translate(UNSEEN)
    return BETWEEN_CHINESE.sub("", " ".join(bare.split()))
