"""Overtime: ten free seconds, then half a point per started fifteen, at most three."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scoring.rules.penalties import OvertimeRule, overtime_points
from scoring.rules.refusal import Problem

from .cast import refusal, refusals


@pytest.mark.parametrize(
    ("seconds", "points"),
    [
        (0, "0"),
        (10, "0"),  # the free seconds
        (11, "0.5"),  # the first fifteen have started
        (25, "0.5"),  # … and are just over
        (26, "1"),
        (40, "1"),
        (41, "1.5"),
        (60, "2"),  # stopped here: 50 charged seconds are four started steps
        (85, "2.5"),
        (86, "3"),
        (100, "3"),
        (101, "3"),  # seven steps would be 3.5
        (3600, "3"),
    ],
)
def test_overtime_costs_half_a_point_per_started_fifteen_seconds(seconds: int, points: str) -> None:
    assert str(overtime_points(seconds, OvertimeRule())) == points


def test_overtime_follows_the_contests_own_rule() -> None:
    # Binding's rule: 2 points per started minute, nothing free, at most 10.
    rule = OvertimeRule(free_seconds=0, step_seconds=60, points_per_step=Decimal(2), most=Decimal(10), stop_seconds=300)
    assert [overtime_points(seconds, rule) for seconds in (0, 1, 60, 61, 301)] == [0, 2, 2, 4, 10]


@pytest.mark.parametrize("seconds", [-1, 10.5, "11", True, None, Decimal(11)])
def test_seconds_that_are_no_whole_number_from_nought_are_refused(seconds: int) -> None:
    assert refusal(lambda: overtime_points(seconds, OvertimeRule())) == Problem("seconds_not_whole", "seconds")


def test_an_overtime_rule_survives_its_data_form() -> None:
    rule = OvertimeRule(5, 10, Decimal("0.25"), Decimal("2.5"), 45)
    assert OvertimeRule.from_data(rule.to_data()) == rule
    assert OvertimeRule.from_data({}) == OvertimeRule(10, 15, Decimal("0.5"), Decimal(3), 60)


@pytest.mark.parametrize(
    ("data", "code", "field"),
    [
        ({"free_seconds": -1}, "seconds_negative", "free_seconds"),
        ({"step_seconds": 0}, "step_not_positive", "step_seconds"),
        ({"points_per_step": "0"}, "points_not_positive", "points_per_step"),
        ({"most": "-3"}, "most_not_positive", "most"),
        ({"stop_seconds": 9}, "stop_before_free", "stop_seconds"),
        ({"free_seconds": "10"}, "setting_not_whole", "free_seconds"),
        ({"points_per_step": 0.5}, "setting_not_a_number", "points_per_step"),
        ({"grace": 3}, "unknown_setting", "grace"),
        (None, "settings_malformed", ""),
    ],
)
def test_an_overtime_rule_that_makes_no_sense_is_refused(data: object, code: str, field: str) -> None:
    problem = refusal(lambda: OvertimeRule.from_data(data))
    assert (problem.code, problem.field) == (code, field)


def test_an_overtime_rule_is_refused_with_all_its_problems() -> None:
    problems = refusals(lambda: OvertimeRule.from_data({"free_seconds": -1, "points_per_step": "0", "most": "0"}))
    assert [p.field for p in problems] == ["free_seconds", "points_per_step", "most"]
