"""Calibration: the first turn's sheets may be unlocked once, and only then."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from scoring.rules.calibration import TurnToCalibrate, check_calibration
from scoring.rules.refusal import Problem

from .cast import refusal, refusals

FIRST = TurnToCalibrate(position=1, missing=0, submitted=7, next_called=False, released=False, unlocked=0)


def test_the_first_turn_may_be_unlocked_once_all_have_marked() -> None:
    check_calibration(FIRST)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"position": 2}, Problem("calibration_not_first", "", {"position": "2"})),
        ({"missing": 3}, Problem("calibration_sheets_open", "", {"missing": "3"})),
        ({"submitted": 0}, Problem("calibration_no_sheets")),
        ({"next_called": True}, Problem("calibration_over")),
        ({"released": True}, Problem("calibration_released")),
        ({"unlocked": 1}, Problem("calibration_used")),
    ],
)
def test_no_other_unlocking_is_calibration(change: dict[str, Any], problem: Problem) -> None:
    assert refusal(lambda: check_calibration(replace(FIRST, **change))) == problem


def test_all_that_stands_against_it_is_said_at_once() -> None:
    late = replace(FIRST, next_called=True, released=True, unlocked=1)
    codes = [problem.code for problem in refusals(lambda: check_calibration(late))]
    assert codes == ["calibration_over", "calibration_released", "calibration_used"]
