"""The workbook that a list can be entered in: its headings with one example, and a sheet that explains each column."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import xlsxwriter

from scoring.imports.columns import Column, Kind
from scoring.imports.kinds import EXPLAINED

#: Rows of the template whose cells are text from the start, so that 01 stays 01.
ROWS_READY = 1000
BASICS = {
    "第一行是表头，第二行是示例：请删除或改写。": "Headings in the first row, an example in the second: replace it.",
    "带 * 的列必填。顺序随意，多余的列不读。": "Columns with a * must be filled in; in any order.",
    "标题行、合并单元格、页脚说明可以保留；公式请粘贴为数值。": "Titles, merged cells, remarks may stay; paste values.",
    "上传后先预览，可修改或跳过某行，确认之前不会写入。": "Rows can be mended in the preview first.",
}


def template(kind: Kind) -> bytes:
    """The workbook as bytes: a sheet for the list, and one in Chinese and English about it."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        heading = book.add_format({"bold": True, "bg_color": "#12305E", "font_color": "#FFFFFF", "border": 1})
        text = book.add_format({"num_format": "@"})
        _list(book.add_worksheet(kind.zh), kind, heading, text)
        _explanation(book.add_worksheet(EXPLAINED), kind, heading, book.add_format({"text_wrap": True}))
    return file.getvalue()


def _list(sheet: Any, kind: Kind, heading: Any, text: Any) -> None:
    for place, column in enumerate(kind.columns):
        sheet.write_string(0, place, heading_of(column), heading)
        sheet.set_column(place, place, max(12, min(column.longest // 3, 30)), text)
        sheet.write_string(1, place, column.example, text)
    sheet.freeze_panes(1, 0)
    sheet.ignore_errors({"number_stored_as_text": f"A1:Z{ROWS_READY}"})


def heading_of(column: Column) -> str:
    """The column's heading in the template."""
    return f"{column.zh}*" if column.required else column.zh


def _explanation(sheet: Any, kind: Kind, heading: Any, wrapped: Any) -> None:
    sheet.set_column(0, 2, 22)
    sheet.set_column(3, 4, 44)
    for place, name in enumerate(("列", "Column", "最多字数 characters at most", "含义", "meaning")):
        sheet.write_string(0, place, name, heading)
    for line, column in enumerate(kind.columns, 1):
        for place, words in enumerate((heading_of(column), column.en, str(column.longest), *column.about)):
            sheet.write_string(line, place, words, wrapped)
    for line, (zh, en) in enumerate(BASICS.items(), len(kind.columns) + 2):
        sheet.write_string(line, 3, zh, wrapped)
        sheet.write_string(line, 4, en, wrapped)
