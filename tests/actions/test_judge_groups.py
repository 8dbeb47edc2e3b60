"""Judges in weighed groups on the day: recused, away, replaced, added; and what desk, check list and relations say."""

from __future__ import annotations

from typing import Any

import pytest

from scoring.actions.running import late_panels, releases
from scoring.actions.setting_up import event_settings, panels
from scoring.actions.transaction import perform
from scoring.board.conditions.conflicts import relations as relations_view
from scoring.board.conditions.set_up import set_up_of
from scoring.board.reading.examination import examine
from scoring.extensions import db
from scoring.rules.judge_groups import read_seats
from scoring.store import Event
from scoring.wording.announcing import announced
from tests.actions.test_relations import sits
from tests.conftest import DESK, Venue, marks_worth
from tests.refusals import refusal

GROUPS = (("professional", "70", "1-4"), ("experts", "20", "5-6"), ("public", "10", "7"))


def grouped(venue: Venue, groups: Any = GROUPS, **panel: Any) -> None:
    """The event's judges sit in these groups; the professional ones drop their highest and lowest."""
    rows = [{"key": key, "zh": key, "en": key, "weight": weight, "seats": seats} for key, weight, seats in groups]
    rows[0] |= {"drop_high": 1, "drop_low": 1, "trim_from": 4}
    settings = event().settings
    settings = {**settings, "panel": settings["panel"] | {"groups": rows} | panel}
    perform(event_settings.change_settings, DESK, venue.contest_id, settings, "100")
    db.session.rollback()


def event() -> Event:
    db.session.rollback()
    return db.session.query(Event).one()


def seats_of(key: str) -> tuple[int, ...]:
    rows = {row["key"]: row["seats"] for row in event().settings["panel"]["groups"]}
    return read_seats(rows[key])


def first(venue: Venue) -> Any:
    return next(row for row in venue.audience()["rows"] if row["number"] == "01")


@pytest.fixture
def reserve(venue: Venue) -> int:
    """A reserve judge in the room: seat 8."""
    perform(panels.add_reserve, DESK, venue.contest_id, venue.seat(1).room_id, {"name": "韩冰"})
    return 8


def stands_in(venue: Venue, number: str, judge: int, reserve: int, onward: bool = False) -> None:
    args = venue.turn(number).id, venue.seat(judge).id, venue.seat(reserve).id, "abstained", "临时有公务", onward
    perform(panels.seat_reserve, DESK, *args)
    db.session.rollback()


def test_everybody_sees_what_each_group_made_and_weighed(venue):
    grouped(venue)
    venue.call("01")
    venue.all_submit("01", ["80", "90", "92", "99", "88", "90", "70"])
    venue.release("01")
    # (90 + 92) / 2 = 91, (88 + 90) / 2 = 89, 70: 63.7 + 17.8 + 7 = 88.5.
    row = first(venue)
    assert row["score"] == "88.50"
    told = [(one["zh"], one["weight"], one["shown"]) for one in row["explanation"]["groups"]]
    assert told == [("professional", "70", "91.00"), ("experts", "20", "89.00"), ("public", "10", "70.00")]
    assert announced(row)[1] == "各评委类别的得分按权重合成，为 88.50 分。"


def test_a_group_that_a_recusal_leaves_empty_is_told_beforehand_with_whom_it_concerns(venue):
    grouped(venue)
    sits(venue, 7, "李国栋", "慈溪县院")
    (small,) = relations_view(venue.contest_id)["small"]
    public = {"zh": "public", "en": "public"}
    assert small == {"number": "02", "free": 0, "least": 1, "trimmed": 0, "group": public, "shared": False}
    grouped(venue, empty="share")
    assert relations_view(venue.contest_id)["small"][0]["shared"] is True


def test_a_group_too_small_to_drop_is_told_beforehand(venue):
    grouped(venue)
    sits(venue, 1, "李国栋", "慈溪县院")
    (small,) = relations_view(venue.contest_id)["small"]
    assert (small["group"]["en"], small["free"], small["trimmed"]) == ("professional", 3, 4)


def test_without_the_only_judge_of_a_group_nothing_is_released_until_a_reserve_stepped_in(venue, reserve):
    grouped(venue)
    venue.recuse(7, "01")
    venue.call("01")
    venue.all_submit("01", ["80", "90", "92", "99", "88", "90"])
    assert refusal(releases.release, venue.turn("01").id).code == "group_short"
    stands_in(venue, "01", 7, reserve)
    assert seats_of("public") == (7, 8)
    venue.submits(8, "01", marks_worth("70"))
    venue.release("01")
    assert first(venue)["score"] == "88.50"
    assert examine({}) == {}


def test_where_the_rule_says_so_the_other_groups_share_the_weight(venue):
    grouped(venue, empty="share")
    venue.recuse(7, "01")
    venue.call("01")
    venue.all_submit("01", ["80", "90", "92", "99", "88", "90"])
    venue.release("01")
    # (91 × 70 + 89 × 20) / 90 = 90.5556.
    assert first(venue)["score"] == "90.56"


def test_a_reserve_who_stays_in_the_place_keeps_its_group(venue, reserve):
    grouped(venue)
    stands_in(venue, "01", 3, reserve, onward=True)
    assert seats_of("professional") == (1, 2, 3, 4, 8)
    venue.call("02")
    for judge in (1, 2, 4, 5, 6, 7, 8):
        venue.submits(judge, "02", marks_worth("90"))
    venue.release("02")
    assert venue.audience()["rows"][0]["score"] == "90.00"


def test_a_reserve_of_another_group_does_not_step_in(venue, reserve):
    grouped(venue, (*GROUPS[:2], ("public", "10", "7-8")))
    args = venue.turn("01").id, venue.seat(3).id, reserve_id(venue), "abstained", "公务", False
    problem = refusal(panels.seat_reserve, *args)
    assert (problem.code, problem.problems[0].figures["group"]) == ("reserve_of_other_group", "public")


def reserve_id(venue: Venue) -> int:
    return venue.seat(8).id


def test_a_seat_that_is_added_on_the_day_says_its_group(venue):
    grouped(venue)
    room, about = venue.seat(1).room_id, ("韩冰", "增补一名评委")
    assert refusal(late_panels.add_seat, venue.contest_id, room, *about).code == "group_needed"
    perform(late_panels.add_seat, DESK, venue.contest_id, room, *about, group="public")
    assert seats_of("public") == (7, 8)


def test_a_seat_whose_number_stands_in_a_group_belongs_to_that(venue):
    grouped(venue, (*GROUPS[:2], ("public", "10", "7-9")))
    room, about = venue.seat(1).room_id, ("韩冰", "增补一名评委")
    args = venue.contest_id, room, *about, "", "", "", "experts"
    assert refusal(late_panels.add_seat, *args).code == "seat_of_other_group"
    perform(late_panels.add_seat, DESK, venue.contest_id, room, *about)
    assert seats_of("public") == (7, 8, 9)


def missing(venue: Venue) -> dict[str, dict[str, str]]:
    db.session.rollback()
    return {problem.code: dict(problem.figures) for problem in set_up_of(venue.contest_id).missing}


def test_the_check_list_names_seats_without_a_group_and_groups_without_judges(venue):
    grouped(venue, (("professional", "90", "1-4"), ("public", "10", "8-9")))
    found = missing(venue)
    assert found["seats_ungrouped"]["seats"] == "5, 6, 7"
    assert (found["group_judges_missing"]["group"], found["group_judges_missing"]["given"]) == ("public", "0")
    grouped(venue)
    assert {"seats_ungrouped", "group_judges_missing"} & missing(venue).keys() == set()


def test_groups_can_come_into_force_and_go_after_marking_as_a_new_version(venue):
    venue.call("01")
    venue.all_submit("01", ["80", "90", "92", "99", "88", "90", "70"])
    venue.release("01")
    plain = event().settings
    rows = [{"key": key, "zh": key, "en": key, "weight": weight, "seats": seats} for key, weight, seats in GROUPS]
    settings = {**plain, "panel": plain["panel"] | {"groups": rows}}
    perform(event_settings.renew_settings, DESK, venue.contest_id, settings, "100", "通知：按类别加权", "shifa")
    # 361 / 4 = 90.25, 89, 70: 63.175 + 17.8 + 7 = 87.975.
    assert first(venue)["score"] == "87.98"
    perform(event_settings.renew_settings, DESK, venue.contest_id, dict(plain), "100", "撤回", "shifa")
    assert first(venue)["score"] == "88.00"  # 80 90 92 88 90 = 440, / 5
