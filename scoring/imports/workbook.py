"""XLSX workbooks: the package guarded before anything parses it, then its sheets with every cell's value."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any
from warnings import catch_warnings, simplefilter

from openpyxl import load_workbook
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.utils import range_boundaries

from scoring.documents.guarded_xml import Guard, local, tree
from scoring.documents.package import is_xml, unpacked
from scoring.imports.grid import FILTERED, HIDDEN, STRUCK, WIDE, Cell, Grid
from scoring.imports.number_formats import shown
from scoring.rules.refusal import Refused

MAIN_TYPE = b"spreadsheetml.sheet.main+xml"
MACRO_TYPES = (b"macroenabled", b"vbaproject")
ELEMENTS_MOST = 600_000
COLUMNS_MOST = 60
LOWEST_SEEN = 2  # points
#: What other packages hold, so that their sentence says how to make a workbook of them.
OTHERS = (
    (r"word/document\.xml", "import_is_word"),
    (r"content\.xml", "import_is_ods"),
    (r".*\.iwa", "import_is_numbers"),
)


class SheetGuard(Guard):
    """Also counts the rows of a sheet that hold something."""

    def __init__(self) -> None:
        super().__init__(ELEMENTS_MOST)
        self.rows = 0
        self._filled = True

    def _start(self, *found: object) -> None:
        super()._start(*found)
        name = str(found[0]).rpartition(" ")[2]
        if name == "row":
            self._filled = False
        elif name in ("v", "is", "f") and not self._filled:
            self._filled, self.rows = True, self.rows + 1


def grids_of(content: bytes, most: int) -> list[Grid]:
    """The sheets in order, with those that are hidden marked so.

    Raises Refused: document_zip_bomb, document_encrypted, document_broken, document_hostile_xml, document_too_complex,
    import_kind_unknown, import_has_macros, import_too_many_rows (sheet, rows, most).
    """
    _check_parts(unpacked(content), most)
    try:
        with catch_warnings():
            simplefilter("ignore")  # about styles and extensions that openpyxl leaves out
            values = load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
            formulas = load_workbook(io.BytesIO(content), keep_links=False)
        return [_grid(sheet, formulas[sheet.title]) for sheet in values.worksheets]
    except Refused:
        raise
    except Exception as error:  # whatever openpyxl stumbles over in a file that somebody has damaged
        raise Refused.because("document_broken") from error


def _check_parts(parts: dict[str, bytes], most: int) -> None:
    types = parts.get("[Content_Types].xml", b"")
    if any(mark in types.lower() for mark in MACRO_TYPES):
        raise Refused.because("import_has_macros")
    if MAIN_TYPE not in types:
        found = (code for pattern, code in OTHERS if any(re.fullmatch(pattern, name) for name in parts))
        raise Refused.because(next(found, "import_kind_unknown"))
    elements = 0
    for name, content in parts.items():
        if is_xml(name, content):
            guard = SheetGuard()
            guard.elements = elements
            guard.check(content)
            elements = guard.elements
            if "worksheets/" in name and guard.rows > 2 * most:
                raise Refused.because("import_too_many_rows", sheet=_sheet(parts, name), rows=guard.rows, most=most)


def _sheet(parts: dict[str, bytes], part: str) -> str:
    """What the sheet in this part is called; the part's own name where the workbook does not tell."""
    links = tree(parts.get("xl/_rels/workbook.xml.rels", b"<none/>"))
    ids = [link.get("Id") for link in links if str(link.get("Target")).endswith(part.rpartition("/")[2])]
    sheets = [one for one in tree(parts.get("xl/workbook.xml", b"<none/>")).iter() if local(one.tag) == "sheet"]
    named = [str(one.get("name")) for one in sheets if set(ids) & set(one.attrib.values())]
    return named[0] if named else part


def _grid(values: Any, formulas: Any) -> Grid:
    lines = dict(_lines(values, formulas))
    marks = {line: found for line in lines if (found := tuple(_marks(values, line)))}
    for merged in values.merged_cells.ranges:
        _fill(lines, marks, *range_boundaries(str(merged)))
    return Grid(str(values.title), lines, marks, values.sheet_state != "visible")


def _lines(values: Any, formulas: Any) -> Iterator[tuple[int, list[Cell]]]:
    wide = min(values.max_column, COLUMNS_MOST)
    rows = zip(*(sheet.iter_rows(min_row=1, max_col=wide) for sheet in (values, formulas)), strict=True)
    for number, (row, written) in enumerate(rows, 1):
        cells = [_cell(*pair) for pair in zip(row, written, strict=True)]
        if any(cell.text.strip() or cell.problem for cell in cells):
            yield number, cells


def _marks(sheet: Any, line: int) -> Iterator[str]:
    """Whether the line is hidden, by a filter or by hand, or struck through from end to end."""
    if sheet.row_dimensions[line].hidden or _is_too_low(sheet.row_dimensions[line].height):
        yield FILTERED if sheet.auto_filter.ref else HIDDEN
    filled = [cell for cell in sheet[line] if cell.value is not None]
    if filled and all(cell.has_style and cell.font.strike for cell in filled):
        yield STRUCK


def _is_too_low(points: float | None) -> bool:
    """Whether a line was drawn together so far that nobody sees it, which some programs keep as a height alone."""
    return points is not None and points < LOWEST_SEEN


def _fill(
    lines: dict[int, list[Cell]], marks: dict[int, tuple[str, ...]], left: Any, top: Any, right: Any, bottom: Any
) -> None:
    """A cell that is merged over several lines stands in each of them; one merged across columns makes a line wide."""
    place = left - 1
    if top == bottom:
        marks[top] = (*marks.get(top, ()), WIDE)
    elif top in lines and place < len(lines[top]) and lines[top][place].text.strip():
        for line in [line for line in lines if top < line <= bottom]:
            lines[line][place] = replace(lines[top][place], note="cell_merged")


def _cell(shown: Any, written: Any) -> Cell:
    """A formula counts with the value that the spreadsheet last worked out; where none is kept nobody knows it."""
    is_formula = getattr(written, "data_type", "") == "f"
    value = shown.value
    if is_formula and value is None:
        return Cell(problem="cell_formula")
    if isinstance(value, str) and value in ERROR_CODES:
        return Cell(problem="cell_error")
    if isinstance(value, date | time | timedelta):
        return Cell(str(value), problem="cell_date")
    text = _text(value, str(getattr(shown, "number_format", "")))
    is_struck = value is not None and shown.has_style and shown.font.strike
    return Cell(text, note="cell_formula_value" if is_formula else "cell_struck" if is_struck else "")


def _text(value: Any, number_format: str) -> str:
    """A value as the sheet shows it: 1 with the format 00 is 01, and 1.0 is 1."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return shown(value, number_format) if isinstance(value, int) else str(value)
