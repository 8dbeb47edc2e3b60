"""Columns that lists write into one: office, department and post, however the heading puts them together."""

from __future__ import annotations

import pytest

from scoring.imports import read
from tests.imports.making import text


@pytest.mark.parametrize("heading", ["部门及职务", "部门职务", "部门/职务", "部 门 及 职 务", "所在部门及职务"])
def test_department_and_post_in_one_column_are_both_read(heading):
    content = text([("序号", "姓名", "单位", heading), ("1", "李国栋", "江北区院", "第一检察部副主任")]).encode()
    (judge,) = read("judges", content).rows
    assert (judge.cells["seat"], judge.cells["department"], judge.cells["title"]) == ("1", "第一检察部", "副主任")
    (contestant,) = read("contestants", content).rows
    assert contestant.cells["department"] == "第一检察部"


PUT_TOGETHER = (
    *("所在部门职务", "所在部门、职务", "现任部门及职务", "工作部门和职务", "科室/职务", "内设机构及职务职级"),
    *("职务及部门", "职务、所在部门", "部门及现任职务", "部门、职级", "所在处室及岗位", "部门 以及 职务"),
)


@pytest.mark.parametrize("heading", PUT_TOGETHER)
@pytest.mark.parametrize("written", ["第一检察部副主任", "副主任、第一检察部", "副主任 第一检察部"])
def test_department_and_post_are_read_however_the_heading_puts_them_together(heading, written):
    (judge,) = read(
        "judges", text([("席位", "姓名", "单位", heading), ("1", "李国栋", "江北区院", written)]).encode()
    ).rows
    assert (judge.cells["department"], judge.cells["title"], judge.notes) == ("第一检察部", "副主任", ())


@pytest.mark.parametrize(
    "heading", ["单位、部门及职务", "单位部门职务", "工作单位、所在部门及职务", "单位及部门、现任职务"]
)
@pytest.mark.parametrize(
    "written", ["江北区检察院第三检察部主任", "江北区检察院 第三检察部 主任", "江北区检察院、第三检察部、主任"]
)
def test_office_department_and_post_in_one_column_are_all_read(heading, written):
    content = text([("席位", "姓名", heading), ("1", "李国栋", written)]).encode()
    (judge,) = read("judges", content).rows
    found = tuple(judge.cells[key] for key in ("office", "department", "title"))
    assert (found, judge.notes) == (("江北区检察院", "第三检察部", "主任"), ())
    (contestant,) = read("contestants", content).rows
    assert (contestant.cells["office"], contestant.cells["department"]) == ("江北区检察院", "第三检察部")


@pytest.mark.parametrize("heading", ["单位、部门及职务", "单位及职务"])
def test_what_cannot_be_told_apart_in_one_column_is_asked_about(heading):
    content = text([("席位", "姓名", heading), ("1", "李国栋", "明州大学教授")]).encode()
    (judge,) = read("judges", content).rows
    assert judge.cells["office"] == "明州大学教授"
    assert [(note.code, note.field) for note in judge.notes] == [("cell_not_parted", "office")]


@pytest.mark.parametrize("heading", ["选送单位及职务", "所在单位、职务", "工作单位及现任职务"])
def test_office_and_post_are_read_however_the_heading_puts_them_together(heading):
    content = text([("席位", "姓名", heading), ("1", "李国栋", "江北区检察院副检察长")]).encode()
    (judge,) = read("judges", content).rows
    assert (judge.cells["office"], judge.cells["title"]) == ("江北区检察院", "副检察长")


def test_posts_that_name_departments_are_read_as_both_where_no_column_has_the_departments():
    rows = [
        ("席位", "姓名", "单位", "职务"),
        ("1", "李国栋", "江北区院", "检委会委员、第一检察部主任"),
        ("2", "周文", "明州大学", "教授"),
    ]
    found = [(row.cells["department"], row.cells["title"]) for row in read("judges", text(rows).encode()).rows]
    assert found == [("第一检察部", "检委会委员、主任"), ("", "教授")]
    contestant = read("contestants", text(rows).encode()).rows[0]
    assert contestant.cells["department"] == "第一检察部"
    with_departments = [(*rows[0], "部门"), (*rows[1], "第二检察部")]
    (judge,) = read("judges", text(with_departments).encode()).rows
    assert (judge.cells["department"], judge.cells["title"]) == ("第二检察部", "检委会委员、第一检察部主任")


def test_office_and_department_in_one_column_are_both_read():
    content = text([("编号", "姓名", "单位及部门"), ("1", "甲某", "江北区检察院第三检察部")]).encode()
    (row,) = read("contestants", content).rows
    assert (row.cells["office"], row.cells["department"]) == ("江北区检察院", "第三检察部")
    content = text([("编号", "姓名", "单位及职务"), ("1", "甲某", "江北区检察院第三检察部主任")]).encode()
    (row,) = read("judges", content).rows
    assert (row.cells["office"], row.cells["title"]) == ("江北区检察院第三检察部", "主任")
