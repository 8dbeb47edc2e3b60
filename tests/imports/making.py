"""Makes the lists that the tests upload, good and bad."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl

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
