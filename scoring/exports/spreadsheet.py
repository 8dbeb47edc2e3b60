"""The ranking as a workbook: the ranking, every mark, how each score came about, and what was corrected."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from scoring.exports import tables, words
from scoring.exports.corrected import corrections
from scoring.exports.event_tables import tables_of

A4 = 9
# A spreadsheet keeps no more digits of a number; a longer figure is written as text rather than changed.
DIGITS_KEPT = 15
NARROWEST, WIDEST = 6, 34
TITLE_ROW, HEADING_ROW = 0, 1

Styles = dict[str, Any]


def ranking_xlsx(record: tables.Record) -> bytes:
    """The workbook of an event as bytes; needs the board's record_of_marks."""
    wanted = tables_of(record)
    return workbook(record, [*wanted, corrections(record)] if record.get("corrections") else wanted)


def workbook(record: tables.Record, sheets: Sequence[tables.Table]) -> bytes:
    """A workbook with a sheet for each table, named after the record's contest.

    Text is never read as a formula, and every number is stored with the decimals that the screen shows.
    """
    file = BytesIO()
    safe = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    title = words.named(record["contest"]["title"])
    with xlsxwriter.Workbook(file, safe) as book:
        book.set_properties({"title": title})
        styles: Styles = {}
        for table in sheets:
            _add_sheet(book, styles, record, table)
    return file.getvalue()


def _add_sheet(book: Any, styles: Styles, record: tables.Record, table: tables.Table) -> None:
    contest, duties = record["contest"], words.duties(record.get("duties"))
    title = words.named(contest["title"])
    heading = " · ".join(part for part in (title, table.name, words.held(contest), duties) if part)
    sheet = book.add_worksheet(table.name)
    sheet.write_string(TITLE_ROW, 0, heading, _style(book, styles, "title"))
    for place, name in enumerate(table.headings):
        sheet.write_string(HEADING_ROW, place, name, _style(book, styles, "heading"))
        sheet.set_column(place, place, _width([name, *(row[place] for row in table.rows)]))
    for line, row in enumerate(table.rows, HEADING_ROW + 1):
        for place, cell in enumerate(row):
            _write(book, styles, sheet, line, place, cell)
    sheet.set_row(TITLE_ROW, 26)
    sheet.freeze_panes(HEADING_ROW + 1, 3)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})  # no. 07 is a name
    _set_up_print(sheet, title)


def _write(book: Any, styles: Styles, sheet: Any, line: int, place: int, cell: str) -> None:
    if not cell:
        sheet.write_blank(line, place, None, _style(book, styles, "text"))
    elif isinstance(cell, tables.Figure) and sum(sign.isdigit() for sign in cell) <= DIGITS_KEPT:
        # A Decimal is written with its own digits; a float would be written as 92.43000000000001.
        sheet.write_number(line, place, Decimal(cell), _style(book, styles, number_format(cell)))
    else:
        sheet.write_string(line, place, str(cell), _style(book, styles, "text"))


def number_format(figure: str) -> str:
    """The spreadsheet's format that shows a figure with just its own decimals."""
    decimals = len(figure.partition(".")[2])
    return f"0.{'0' * decimals}" if decimals else "0"


def _style(book: Any, styles: Styles, name: str) -> Any:
    """The cell style of that name, made once a workbook; what is no name is a number format."""
    if name not in styles:
        ruled = {"border": 1, "border_color": "#D9DDE5", "valign": "vcenter"}
        named = {
            "title": {"bold": True, "font_size": 16, "font_color": "#12305E", "valign": "vcenter"},
            "heading": {
                **ruled,
                "bold": True,
                "font_color": "#FFFFFF",
                "bg_color": "#12305E",
                "text_wrap": True,
                "align": "center",
            },
            "text": {**ruled, "text_wrap": True},
        }
        styles[name] = book.add_format(named.get(name, {**ruled, "num_format": name}))
    return styles[name]


def _width(cells: list[str]) -> int:
    """Room for the longest cell, where a Chinese character takes two places; longer text wraps."""
    longest = max(sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in cell) for cell in cells)
    return min(max(longest + 2, NARROWEST), WIDEST)


def _set_up_print(sheet: Any, title: str) -> None:
    """A4 across, as wide as one page, with title, headings and page numbers on each."""
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(TITLE_ROW, HEADING_ROW)
    sheet.set_footer(f"&L{title.replace('&', '&&')}&R&P / &N")
