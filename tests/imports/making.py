"""Makes the lists that the tests upload, good and bad."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
from openpyxl.styles import Font

HEADINGS = ("编号", "姓名", "单位", "部门")
CAST = (HEADINGS, ("01", "陈思远", "江北区院", "第一检察部"), ("02", "林晓彤", "慈溪县院", "第二检察部"))
Rows = Sequence[Sequence[Any]]


def xlsx(rows: Rows = CAST, title: str = "选手", touch: Callable[[Any], Any] = lambda sheet: None) -> bytes:
    """A workbook with one sheet; `touch` may change the sheet before it is kept."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    touch(sheet)
    return kept(book)


def book_of(**sheets: Rows) -> bytes:
    """A workbook with several sheets by name."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    return kept(book)


def kept(book: Any) -> bytes:
    """The workbook as bytes."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def text(rows: Rows = CAST, delimiter: str = ",") -> str:
    """The same as text."""
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue()


def with_part(workbook: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part of its package changed, or added."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            new.writestr(one, change(old.read(one)) if one == name else old.read(one))
        if name not in old.namelist():
            new.writestr(name, change(b""))
    return made.getvalue()


def packed(*names: str) -> bytes:
    """A ZIP package with these parts, of no kind that is known."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name in names:
            package.writestr(name, b"<x/>" if name.endswith(".xml") else b"x")
    return made.getvalue()


SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈卫蒋", ("思远", "晓彤", "明")
PLACES = ("江北区", "慈溪县", "余姚市", "镇海区", "鄞州区", "象山县")


def as_wps_writes_it() -> bytes:
    """36 contestants of 6 offices as a clerk keeps them in WPS.

    A title merged over the columns, 序号, 部门及职务, offices merged over six rows, a row without a name in the middle
    of them (line 9), a hidden row (line 20), one that is struck through (line 25), an empty row and remarks below.
    """
    people = [
        (
            place + 1,
            f"{SURNAMES[place % 12]} {GIVEN[place // 12]}"
            if place // 12 == 2
            else f"{SURNAMES[place % 12]}{GIVEN[place // 12]}",
        )
        for place in range(36)
    ]
    rows: list[Sequence[Any]] = [
        ["明州市检察机关释法说理竞赛参赛选手名单"],
        ["序号", "姓名", "单位", "部门及职务", "备注"],
        *(
            [
                number,
                name,
                f"{PLACES[place // 6]}人民检察院" if place % 6 == 0 else None,
                f"第{'一二三四'[place % 4]}检察部检察官助理",
                None,
            ]
            for place, (number, name) in enumerate(people)
        ),
        [],
        ["注：以上名单由各院政治部报送，如有变动请及时联系。"],
        ["填表人：王珊", None, None, "填报日期：2026年11月20日"],
    ]

    def touch(sheet: Any) -> None:
        sheet.merge_cells("A1:E1")
        sheet.merge_cells("A40:E40")
        for place in range(6):
            sheet.merge_cells(start_row=3 + 6 * place, end_row=8 + 6 * place, start_column=3, end_column=3)
        sheet["B9"] = None
        sheet.row_dimensions[20].hidden = True
        for cell in sheet[25]:
            cell.font = Font(strike=True)

    return xlsx(rows, "选手名单", touch)
