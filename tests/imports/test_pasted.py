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


EXCEL = """<html><head><style>
<!--
.xl65 {mso-style-parent:style0; text-align:center;}
.xl66 {mso-style-parent:style0; text-decoration:line-through;}
--></style></head><body><table border=0>
<!--StartFragment-->
 <tr height=19><td colspan=3 class=xl65>参赛选手名单</td></tr>
 <tr height=19><td class=xl65>编号</td><td class=xl65>姓名</td><td class=xl65>单位</td></tr>
 <tr height=19><td>01</td><td>陈思远</td><td rowspan=3>江北区
  人民检察院</td></tr>
 <tr height=0 style='display:none'><td>02</td><td>林晓彤</td></tr>
 <tr height=19><td class=xl66>03</td><td><s>周子涵</s></td></tr>
 <tr height=19><td>04</td><td>王<br style='mso-data-placement:same-cell'>珊</td><td></td></tr>
<!--EndFragment-->
</table></body></html>"""


def test_the_table_that_a_spreadsheet_copies_tells_merged_hidden_and_struck_cells():
    found = reading_of(KINDS["contestants"], [pasted("编号\t姓名\n01\t陈思远", EXCEL)]).rows
    assert [(row.line, row.cells["number"], row.cells["name"], row.cells["office"]) for row in found] == [
        (3, "01", "陈思远", "江北区人民检察院"),
        (4, "02", "林晓彤", "江北区人民检察院"),
        (5, "03", "周子涵", "江北区人民检察院"),
        (6, "04", "王珊", ""),
    ]
    assert [[note.code for note in row.notes] for row in found[1:3]] == [
        ["row_hidden", "cell_merged"],
        ["row_struck", "cell_struck", "cell_struck", "cell_merged"],
    ]
    assert [row.skipped for row in found] == [False, False, True, False]


@pytest.mark.parametrize("table", ["", "<p>编号", "<table></table>", "<table><tr><td colspan=9999 rowspan=9999>"])
def test_where_no_table_was_copied_the_text_is_read(table):
    assert len(reading_of(KINDS["contestants"], [pasted("编号\t姓名\n01\t陈思远", table)]).rows) == 1
