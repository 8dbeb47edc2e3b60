"""Importing judges: seats and their codes, what is wrong with a row, and whoever comes late."""

from __future__ import annotations

import pytest

from scoring.rules.refusal import Refused
from tests.actions.test_imports import (
    JUDGES,
    LATE,
    drafted,
    entries,
    imported,
    late_import,
    shown,
    states,
    wrong,
)


def test_judges_come_to_their_seats_and_new_seats_have_codes(venue):
    rows = [JUDGES, ("1", "李国栋", "江北区院", "第一检察部", "检委会委员", ""), ("8", "韩冰", "", "", "", "是")]
    assert states(venue, rows, "judges") == ["new", "new"]
    imported(venue, rows, "judges")
    first, reserve = venue.seat(1), venue.seat(8)
    assert (first.name, first.office, first.department, first.title) == (
        "李国栋",
        "江北区院",
        "第一检察部",
        "检委会委员",
    )
    assert (reserve.name, reserve.reserve) == ("韩冰", True)
    assert reserve not in venue.turn("01").panel
    assert states(venue, rows, "judges") == ["same", "same"]


def test_judges_without_seats_sit_down_in_the_lists_order(venue):
    rows = [("姓名", "单位"), ("李国栋", "江北区院"), ("韩冰", "慈溪县院")]
    imported(venue, rows, "judges")
    assert [venue.seat(number).name for number in (1, 2)] == ["李国栋", "韩冰"]
    assert states(venue, [rows[0], rows[2], rows[1]], "judges") == ["same", "same"]


def test_a_seat_is_one_however_it_is_typed(venue):
    imported(venue, [JUDGES, ("０1", "李国栋"), ("2号", "韩冰")], "judges")
    assert [venue.seat(number).name for number in (1, 2)] == ["李国栋", "韩冰"]


@pytest.mark.parametrize(("one", "other"), [("候补", "候补"), ("候补1", "候补2"), ("候补评委", "候补评委2")])
def test_a_reserve_in_the_column_of_seats_is_a_reserve_behind_all_seats(venue, one, other):
    rows = [JUDGES, ("1", "李国栋"), (one, "韩冰"), (other, "郑和")]
    imported(venue, rows, "judges")
    assert [(venue.seat(number).name, venue.seat(number).reserve) for number in (1, 8, 9)] == [
        ("李国栋", False),
        ("韩冰", True),
        ("郑和", True),
    ]
    assert states(venue, rows, "judges") == ["same", "same", "same"]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (("0", "李国栋"), ("seat", "seat_out_of_range")),
        (("一", "李国栋"), ("seat", "seat_out_of_range")),
        (("1", "李国栋", "", "", "", "也许"), ("reserve", "cell_not_yes_or_no")),
    ],
)
def test_what_is_wrong_with_a_judges_row_is_told_at_its_column(venue, row, problem):
    assert wrong(venue, [JUDGES, row], "judges") == [(2, *problem)]


def test_a_room_that_is_not_there_is_told_with_those_that_are(venue):
    planned = shown(drafted(venue, [("赛场", "席位", "姓名"), ("第九赛场", "1", "李国栋")], "judges")).planned
    assert planned[0].problems[0].code == "room_unknown"
    assert planned[0].problems[0].figures["rooms"] == "第一赛场"


def test_one_seat_for_two_judges_is_wrong(venue):
    found = wrong(venue, [JUDGES, ("1", "李国栋"), ("1", "韩冰")], "judges")
    assert found == [(2, "seat", "row_twice"), (3, "seat", "row_twice")]


def test_once_marking_has_begun_a_new_seat_comes_late_and_nobody_becomes_a_reserve(venue):
    venue.call("01")
    assert [one.late for one in shown(drafted(venue, [JUDGES, ("8", "韩冰")], "judges")).planned] == [True]
    with pytest.raises(Refused, match="reason_missing"):
        imported(venue, [JUDGES, ("8", "韩冰")], "judges")
    late_import(venue, [JUDGES, ("8", "韩冰")], LATE, "judges")
    panels = [[seat.number for seat in venue.turn(number).panel] for number in ("01", "02")]
    assert panels == [[1, 2, 3, 4, 5, 6, 7], [1, 2, 3, 4, 5, 6, 7, 8]]
    assert next(one for one in entries() if one.verb == "add_seat").details["since"] == "02"
    assert wrong(venue, [JUDGES, ("7", "韩冰", "", "", "", "是")], "judges") == [(2, "reserve", "reserve_too_late")]
    assert states(venue, [JUDGES, ("9", "白露", "", "", "", "是")], "judges") == ["new"]
