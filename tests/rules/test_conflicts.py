"""Conflicts: who may not mark whom, worked out by hand for one panel and one entry list."""

from __future__ import annotations

import pytest

from scoring.rules.conflicts import RELATIONS, Conflict, conflicts
from scoring.rules.offices import Belonging, Offices

LI = Belonging("李", "明州市江北区人民检察院", "第一检察部")
HAN = Belonging("韩")
CHEN = Belonging("01", "明州市江北区院", "第一检察部")
LIN = Belonging("02", "明州市慈溪县院", "第一检察部")


def grounds(judge, contestant, *declared, levels=RELATIONS, offices=()):
    found = conflicts([judge], [contestant], declared, levels, Offices.of(offices))
    return [one.ground for one in found]


def test_whoever_shares_department_and_office_is_recused_on_both_the_closer_one_first():
    assert grounds(LI, CHEN) == ["department", "office"]


def test_the_first_departments_of_two_offices_are_not_one_department():
    assert grounds(LI, LIN) == []


def test_a_department_counts_where_one_of_the_offices_is_not_recorded():
    assert grounds(Belonging("李", "", "第一检察部"), CHEN) == ["department"]


def test_what_is_not_recorded_relates_nobody():
    assert grounds(HAN, CHEN) == []
    assert grounds(HAN, Belonging("03")) == []


@pytest.mark.parametrize("written", ["江北区院", "江北区检察院", " 江北区人民 检察院", "江北区"])
def test_an_office_is_the_same_however_it_is_written(written):
    assert grounds(Belonging("李", written), Belonging("01", "江北区人民检察院")) == ["office"]


def test_a_short_name_of_the_list_of_offices_stands_for_the_full_one():
    listed = [("明州市江北区人民检察院", "江北院")]
    assert grounds(Belonging("李", "江北院"), CHEN, offices=listed) == ["office"]
    assert grounds(Belonging("李", "江北院"), CHEN) == []


def test_an_office_whose_whole_name_is_its_ending_is_still_an_office():
    assert grounds(Belonging("李", "检察院"), Belonging("01", "检察院")) == ["office"]


def test_kin_and_mentors_are_recused_as_declared():
    declared = (Conflict("韩", "01", "mentor"), Conflict("韩", "01", "kin"), Conflict("李", "02", "kin"))
    assert grounds(HAN, CHEN, *declared) == ["kin", "mentor"]


@pytest.mark.parametrize(("levels", "left"), [(("office",), ["office"]), (("kin",), ["kin"]), ((), [])])
def test_only_the_levels_of_the_contest_apply(levels, left):
    assert grounds(LI, CHEN, Conflict("李", "01", "kin"), levels=levels) == left


def test_they_come_by_contestant_and_then_by_judge():
    found = conflicts(
        [LI, Belonging("王", "慈溪县院")], [CHEN, Belonging("02", "慈溪县院")], (), ("office",), Offices()
    )
    assert [(one.contestant, one.judge) for one in found] == [("01", "李"), ("02", "王")]
