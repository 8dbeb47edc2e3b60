"""Lists of other shapes: side by side, a row for each member of a team, several names in a cell."""

from __future__ import annotations

import pytest

from scoring.imports import read
from tests.imports.making import text, xlsx


def rows(kind: str, *lines: tuple[str, ...]) -> list[list[str]]:
    found = read(kind, text(list(lines)).encode())
    assert not found.problems
    assert not [problem for row in found.rows for problem in row.problems]
    return [[one for one in row.cells.values() if one] for row in found.rows]


def problems(kind: str, *lines: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(one.field, one.code) for row in read(kind, text(list(lines)).encode()).rows for one in row.problems]


def test_two_lists_side_by_side_are_read_one_after_the_other_with_their_own_columns():
    heads = ("编号", "姓名", "单位", "", "编号", "姓名", "单位")
    lines = [["选手名单"], heads, ("01", "陈思远", "甲院", "", "03", "张三", "乙院"), ("02", "林晓彤", "甲院")]
    reading = read("contestants", xlsx(lines))
    found = reading.rows
    assert [count for _, count in reading.beside] == [2]
    assert [(row.cells["number"], row.cells["name"], row.cells["office"]) for row in found] == [
        ("01", "陈思远", "甲院"),
        ("02", "林晓彤", "甲院"),
        ("03", "张三", "乙院"),
    ]
    assert [(row.line, row.columns["name"]) for row in found] == [(3, "B"), (4, "B"), (3, "F")]
    assert len({row.key for row in found}) == 3


def test_a_column_that_returns_without_a_name_makes_no_second_list():
    heads = ("队号", "队名", "一辩", "单位", "二辩", "单位")
    assert rows("teams", heads, ("1", "江北队", "甲某", "甲院", "乙某", "乙院")) == [
        ["1", "江北队", "甲院", "甲某", "乙某"]
    ]


@pytest.mark.parametrize(
    "lines",
    [
        [("队号", "队名", "姓名"), ("1", "江北队", "甲某"), ("1", "江北队", "乙某"), ("2", "慈溪队", "丙某")],
        [("队号", "队名", "姓名"), ("1", "江北队", "甲某"), ("", "", "乙某"), ("2", "慈溪队", "丙某")],
        [
            ("队号", "代表队", "辩位", "队员"),
            ("1", "江北队", "二辩", "乙某"),
            ("", "", "一辩", "甲某"),
            ("2", "慈溪队", "一辩", "丙某"),
        ],
        [("队号", "队名", "队员"), ("1", "江北队", "甲某、乙某"), ("2", "慈溪队", "丙某")],
        [("队号", "队名", "队员"), ("1", "江北队", "甲某 乙某"), ("2", "慈溪队", "丙某")],
    ],
)
def test_members_in_rows_of_their_own_or_in_one_cell_are_the_speakers_of_their_team(lines):
    assert rows("teams", *lines) == [["1", "江北队", "甲某", "乙某"], ["2", "慈溪队", "丙某"]]


def test_a_running_number_of_the_members_is_no_number_of_their_teams():
    heads = ("序号", "代表队", "姓名")
    lines = [("1", "江北队", "甲某"), ("2", "江北队", "乙某"), ("3", "慈溪队", "丙某"), ("4", "慈溪队", "丁某")]
    assert rows("teams", heads, *lines) == [["江北队", "甲某", "乙某"], ["慈溪队", "丙某", "丁某"]]


def test_merged_names_of_teams_gather_their_members():
    def merge(sheet):
        sheet.merge_cells("A2:A3")
        sheet.merge_cells("B2:B3")

    lines = [("队号", "队名", "姓名"), ("1", "江北队", "甲某"), (None, None, "乙某")]
    (team,) = read("teams", xlsx(lines, touch=merge)).rows
    assert (team.cells["name"], team.cells["speaker1"], team.cells["speaker2"]) == ("江北队", "甲某", "乙某")


def test_a_team_of_more_members_than_may_speak_is_pointed_out():
    assert problems("teams", ("队号", "队名", "队员"), ("1", "江北队", "甲某、乙某、丙某、丁某、戊某")) == [
        ("speaker4", "team_too_large")
    ]


@pytest.mark.parametrize("cell", ["张三、李四", "张三，李四", "张三/李四", "张三 李四", "张三\n李四", "张 三 李 四"])
@pytest.mark.parametrize(
    ("kind", "heads", "key"),
    [
        ("contestants", ("编号", "姓名"), "name"),
        ("judges", ("席位", "姓名"), "name"),
        ("teams", ("队号", "一辩", "队名"), "speaker1"),
    ],
)
def test_two_names_in_the_cell_of_one_person_are_never_read_as_one(kind, heads, key, cell):
    line = ("1", cell, "江北队") if len(heads) > 2 else ("1", cell)
    assert problems(kind, heads, line) == [(key, "cell_several_names")]


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("张　三", "张三"),
        ("欧阳 静怡", "欧阳静怡"),
        ("诸葛 亮", "诸葛亮"),
        ("王 小 明", "王小明"),
        ("阿迪力·买买提", "阿迪力·买买提"),
    ],
)
def test_one_name_that_is_written_apart_is_one(cell, name):
    assert rows("contestants", ("编号", "姓名"), ("01", cell)) == [["01", name]]


@pytest.mark.parametrize(
    "lines",
    [
        [("序号", "单位", "姓名"), ("1", "甲院", "甲某"), ("2", "甲院", "乙某"), ("3", "乙院", "丙某")],
        [("队号", "单位", "参赛选手"), ("1", "甲院", "甲某、乙某"), ("2", "乙院", "丙某")],
    ],
)
def test_teams_without_names_of_their_own_are_called_by_their_offices(lines):
    found = [[row.cells[key] for key in ("name", "office", "speaker1")] for row in read("teams", xlsx(lines)).rows]
    assert found == [["甲院", "甲院", "甲某"], ["乙院", "乙院", "丙某"]]
    assert not read("teams", xlsx(lines)).problems
