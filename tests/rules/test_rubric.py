"""Criteria, their ranges and steps, and every way a mark can be wrong."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from scoring.rules.refusal import Problem
from scoring.rules.rubric import (
    Criterion,
    Rubric,
    draft_problems,
    read_mark,
    read_marks,
    running_total,
    sheet_total,
)

from .cast import LAW, PACE, TWO_LINES, refusal, refusals


def test_a_mark_within_range_and_on_the_step_is_exact() -> None:
    assert read_mark(LAW, "22.5") == Decimal("22.5")
    assert read_mark(LAW, 22) == Decimal(22)
    assert read_mark(LAW, "２２。５") == Decimal("22.5")


def test_the_lowest_and_the_highest_mark_are_allowed() -> None:
    assert read_mark(LAW, "0") == 0
    assert read_mark(LAW, "25") == 25


@pytest.mark.parametrize("raw", ["25.5", "-0.5", 26, -1, "999999999999"])
def test_a_mark_out_of_range_is_refused_with_the_range(raw: object) -> None:
    assert refusal(lambda: read_mark(LAW, raw)) == Problem(
        "mark_out_of_range", "law", {"minimum": "0", "maximum": "25"}
    )


def test_a_mark_off_the_step_is_refused_with_its_neighbours() -> None:
    figures = {"step": "0.5", "below": "22", "above": "22.5"}
    assert refusal(lambda: read_mark(LAW, "22.3")) == Problem("mark_off_step", "law", figures)


def test_steps_are_counted_from_the_minimum() -> None:
    # From 1 in steps of 2 up to 9: 1, 3, 5, 7, 9.
    odd = Criterion("odd", "单", "Odd", Decimal(9), step=Decimal(2), minimum=Decimal(1))
    assert read_mark(odd, "7") == 7
    figures = {"step": "2", "below": "3", "above": "5"}
    assert refusal(lambda: read_mark(odd, "4")) == Problem("mark_off_step", "odd", figures)
    assert refusal(lambda: read_mark(odd, "0")).code == "mark_out_of_range"


@pytest.mark.parametrize("raw", ["", "  ", "\u3000"])
def test_an_empty_mark_is_refused_as_empty(raw: str) -> None:
    assert refusal(lambda: read_mark(LAW, raw)) == Problem("mark_empty", "law")


@pytest.mark.parametrize("raw", ["abc", "1e1", "NaN", "Infinity", 12.5, True, None, "22,5", "1" * 13, []])
def test_what_is_not_a_plain_number_is_refused_as_such(raw: object) -> None:
    assert refusal(lambda: read_mark(LAW, raw)) == Problem("mark_not_a_number", "law")


def test_a_whole_sheet_is_read_in_the_rubrics_order() -> None:
    marks = read_marks(TWO_LINES, {"pace": "9", "law": "22.5"})
    assert list(marks.items()) == [("law", Decimal("22.5")), ("pace", Decimal(9))]
    assert sheet_total(marks) == Decimal("31.5")


def test_a_sheet_is_refused_with_all_its_problems_at_once() -> None:
    problems = refusals(lambda: read_marks(TWO_LINES, {"law": "25.5", "pace": "", "charm": "9"}))
    assert [(p.code, p.field) for p in problems] == [
        ("unknown_criterion", "charm"),
        ("mark_out_of_range", "law"),
        ("mark_empty", "pace"),
    ]


def test_a_criterion_left_out_is_an_empty_mark_not_a_zero() -> None:
    assert refusal(lambda: read_marks(TWO_LINES, {"law": "20"})) == Problem("mark_empty", "pace")


@pytest.mark.parametrize("raw", [None, [], "law=20", 5])
def test_what_is_no_sheet_at_all_is_refused(raw: object) -> None:
    assert refusal(lambda: read_marks(TWO_LINES, raw)) == Problem("sheet_malformed")
    assert draft_problems(TWO_LINES, raw) == (Problem("sheet_malformed"),)
    assert running_total(TWO_LINES, raw) == 0


def test_a_draft_may_have_gaps_but_its_wrong_marks_are_told() -> None:
    assert draft_problems(TWO_LINES, {}) == ()
    assert draft_problems(TWO_LINES, {"law": "20", "pace": " "}) == ()
    (problem,) = draft_problems(TWO_LINES, {"law": "20.2", "pace": ""})
    assert (problem.code, problem.field) == ("mark_off_step", "law")


def test_the_running_total_adds_the_good_marks_only() -> None:
    assert running_total(TWO_LINES, {"law": "20", "pace": "8.5"}) == Decimal("28.5")
    assert running_total(TWO_LINES, {"law": "20", "pace": "99", "charm": "5"}) == 20
    assert running_total(TWO_LINES, {}) == 0


def test_a_rubric_knows_its_maximum_and_its_key_criterion() -> None:
    assert TWO_LINES.maximum == 35
    assert TWO_LINES.tie_criterion is LAW
    assert Rubric((PACE,)).tie_criterion is None
    assert TWO_LINES.criterion("pace") is PACE
    assert refusal(lambda: TWO_LINES.criterion("charm")) == Problem("unknown_criterion", "charm")


def test_a_rubric_survives_json() -> None:
    rubric = Rubric((Criterion("a", "甲", "A", Decimal("9.5"), Decimal("0.1"), Decimal(1), True, "示", "Hint"),))
    data = json.loads(json.dumps(rubric.to_data()))
    assert data[0]["maximum"] == "9.5"
    assert Rubric.from_data(data) == rubric


def line(**changes: object) -> dict[str, Any]:
    return {"key": "law", "zh": "法律", "en": "Law", "maximum": "25", **changes}


def test_a_criterion_has_half_point_steps_from_nought_unless_it_says_otherwise() -> None:
    criterion = Criterion.from_data(line())
    assert (criterion.step, criterion.minimum, criterion.decides_ties) == (Decimal("0.5"), Decimal(0), False)


def test_a_criterion_named_in_one_language_has_that_name_in_both() -> None:
    assert Criterion.from_data(line(en="")).en == "法律"
    assert Criterion.from_data(line(zh=" ")).zh == "Law"


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"maximum": "0"}, "maximum_not_positive", "maximum"),
        ({"maximum": "-5"}, "maximum_not_positive", "maximum"),
        ({"step": "0"}, "step_not_positive", "step"),
        ({"step": "-0.5"}, "step_not_positive", "step"),
        ({"minimum": "-1"}, "minimum_negative", "minimum"),
        ({"minimum": "25"}, "minimum_not_below_maximum", "minimum"),
        ({"step": "0.3"}, "step_does_not_divide", "step"),
        ({"step": "2", "minimum": "2"}, "step_does_not_divide", "step"),
        ({"key": ""}, "criterion_key_malformed", "key"),
        ({"key": "The Law"}, "criterion_key_malformed", "key"),
        ({"key": "law\n"}, None, None),
        ({"zh": "", "en": " "}, "criterion_name_missing", "zh"),
        ({"maximum": 25.0}, "setting_not_a_number", "maximum"),
        ({"maximum": "many"}, "setting_not_a_number", "maximum"),
        ({"maximum": None}, "setting_not_a_number", "maximum"),
        ({"decides_ties": "yes"}, "setting_not_a_flag", "decides_ties"),
        ({"hint_zh": 5}, "setting_not_text", "hint_zh"),
        ({"hint_en": "x" * 501}, "setting_not_text", "hint_en"),
        ({"weight": "2"}, "unknown_setting", "weight"),
    ],
)
def test_a_malformed_criterion_is_refused_at_its_place(
    changes: dict[str, object], code: str | None, field: str | None
) -> None:
    if code is None:  # white space around a key is dropped, not refused
        assert Criterion.from_data(line(**changes)).key == "law"
        return
    problem = refusal(lambda: Rubric.from_data([line(key="first"), line(**changes)]))
    assert (problem.code, problem.field) == (code, f"1.{field}")


def test_a_criterion_without_a_maximum_is_refused() -> None:
    data = line()
    del data["maximum"]
    assert refusal(lambda: Criterion.from_data(data)) == Problem("maximum_not_positive", "maximum")


def test_a_malformed_rubric_is_refused_with_all_its_problems() -> None:
    problems = refusals(lambda: Rubric.from_data([line(maximum="0"), "law", line(step="x", decides_ties=1)]))
    assert [(p.code, p.field) for p in problems] == [
        ("maximum_not_positive", "0.maximum"),
        ("settings_malformed", "1"),
        ("setting_not_a_number", "2.step"),
        ("setting_not_a_flag", "2.decides_ties"),
    ]


def test_a_rubric_without_criteria_is_refused() -> None:
    assert refusal(lambda: Rubric.from_data([])) == Problem("rubric_empty")


def test_two_criteria_with_one_key_are_refused() -> None:
    problem = refusal(lambda: Rubric.from_data([line(), line()]))
    assert problem == Problem("criterion_key_twice", "1.key", {"key": "law"})


def test_two_key_criteria_for_ties_are_refused() -> None:
    data = [line(decides_ties=True), line(key="pace", decides_ties=True)]
    assert refusal(lambda: Rubric.from_data(data)) == Problem("two_tie_criteria")


@pytest.mark.parametrize("data", [None, "law", 5, {"law": {}}])
def test_what_is_no_list_of_criteria_is_refused(data: object) -> None:
    assert refusal(lambda: Rubric.from_data(data)) == Problem("settings_malformed")
