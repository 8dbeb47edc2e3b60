"""Which sheets of a workbook are read, and which are only named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import openpyxl
import pytest

from scoring.imports import Choices, read
from scoring.rules.refusal import Refused
from tests.imports.making import CAST, HEADINGS, kept

JUDGES = [("序号", "姓名", "单位"), (1, "李国栋", "市院")]
LEADERS = [("序号", "领队", "电话"), (1, "王珊", "138")]


def book(hidden: tuple[str, ...] = (), **sheets: Sequence[Iterable[Any]]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    return kept(made)


def why(content: bytes, kind: str = "contestants", **chosen: bool) -> dict[str, str]:
    choices = Choices(sheets={key.removeprefix("at"): read for key, read in chosen.items()})
    return {sheet.name: sheet.code for sheet in read(kind, content, choices).sheets}


def test_a_hidden_sheet_is_named_and_read_only_where_somebody_says_so():
    content = book(("去年",), 今年=CAST, 去年=[HEADINGS, ("09", "去年的")])
    assert why(content) == {"今年": "", "去年": "sheet_hidden"}
    assert why(content, at1=True) == {"今年": "", "去年": ""}
    found = read("contestants", content, Choices(sheets={"1": True}))
    assert [row.cells["name"] for row in found.rows] == ["陈思远", "林晓彤", "去年的"]


def test_a_workbook_whose_sheets_are_all_but_empty_and_hidden_is_refused_with_their_names():
    with pytest.raises(Refused) as refused:
        read("contestants", book(("名单",), 名单=CAST, Sheet2=[]))
    assert [(one.code, one.figures) for one in refused.value.problems] == [("import_all_hidden", {"sheets": "名单"})]


@pytest.mark.parametrize(("kind", "other"), [("contestants", "评委名单"), ("judges", "参赛选手")])
def test_a_sheet_that_by_its_name_is_another_list_is_left_out_and_can_be_read(kind, other):
    content = book(参赛选手=CAST, 评委名单=JUDGES)
    assert [name for name, code in why(content, kind).items() if code == "sheet_of_others"] == [other]
    assert set(why(content, kind, at0=True, at1=True).values()) == {""}


def test_a_sheet_alone_is_read_whatever_it_is_called():
    assert why(book(评委名单=CAST)) == {"评委名单": ""}


def test_sheets_without_known_headings_do_not_stop_one_that_has_them():
    content = book(选手=CAST, 领队=LEADERS, 电话=[("x", "y"), ("张", "13")])
    assert why(content) == {"选手": "", "领队": "sheet_without_columns", "电话": "sheet_without_columns"}
    assert not read("contestants", content).problems


def test_a_sheet_is_left_out_by_hand_but_never_the_last_one():
    content = book(一院=CAST[:2], 二院=[HEADINGS, CAST[2]])
    assert why(content, at0=False) == {"一院": "sheet_put_out", "二院": ""}
    assert why(content, at0=False, at1=False) == {"一院": "", "二院": "sheet_put_out"}
