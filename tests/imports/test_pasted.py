"""What is pasted from WPS or Excel into the page is read as a sheet is."""

from __future__ import annotations

import pytest

from scoring.imports import KINDS, pasted, reading_of


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("陈思远\n林 晓 彤\n", [("", "陈思远"), ("", "林晓彤")]),
        ("张 三\n李 四", [("", "张三"), ("", "李四")]),
        ("1、陈思远\n2、林晓彤", [("1", "陈思远"), ("2", "林晓彤")]),
        ("01 陈思远 江北区院\n02 林晓彤 慈溪县院", [("01", "陈思远"), ("02", "林晓彤")]),
        ("1\t陈思远\t江北区院\n2\t林晓彤\t慈溪县院", [("1", "陈思远"), ("2", "林晓彤")]),
        ('编号\t姓名\n1\t"陈\n思远"\n2\t林晓彤', [("1", "陈思远"), ("2", "林晓彤")]),
        ('编号\t姓名\n1\t"陈思远\n2\t林晓彤', [("1", '"陈思远'), ("2", "林晓彤")]),
    ],
)
def test_pasted_lines_are_read_with_and_without_headings(typed, read_as):
    found = reading_of(KINDS["contestants"], [pasted(typed)])
    assert [(row.cells.get("number", ""), row.cells["name"]) for row in found.rows] == read_as
