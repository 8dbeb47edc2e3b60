"""Refusals carry stable codes, places and figures."""

from __future__ import annotations

import json

import pytest

from scoring.rules.refusal import Problem, Refused, problems_of, refuse_any


def test_a_refusal_names_its_first_problem_and_keeps_all_of_them() -> None:
    refused = Refused(Problem("mark_empty", "law"), Problem("mark_off_step", "pace", {"step": "0.5"}))
    assert refused.code == "mark_empty"
    assert [p.code for p in refused.problems] == ["mark_empty", "mark_off_step"]
    assert str(refused) == "mark_empty (law), mark_off_step (pace)"


def test_a_refusal_with_one_cause_writes_its_figures_as_text() -> None:
    (problem,) = Refused.because("too_few_judges", valid=2, minimum=3).problems
    assert problem == Problem("too_few_judges", "", {"valid": "2", "minimum": "3"})


def test_a_problem_seen_from_further_out_names_the_whole_way() -> None:
    assert Problem("maximum_not_positive", "maximum").under("0").under("rubric").field == "rubric.0.maximum"
    assert Problem("rubric_empty").under("rubric").field == "rubric"


def test_a_problem_travels_as_json() -> None:
    data = Problem("mark_off_step", "law", {"below": "7.5", "above": "8"}).to_data()
    expected = {"code": "mark_off_step", "field": "law", "figures": {"below": "7.5", "above": "8"}}
    assert json.loads(json.dumps(data)) == expected


def test_nothing_wrong_means_no_refusal() -> None:
    refuse_any([])
    with pytest.raises(Refused):
        refuse_any([Problem("rubric_empty")])


def test_the_problems_of_an_attempt_are_told_without_raising() -> None:
    def attempt() -> None:
        raise Refused.because("rubric_empty")

    assert problems_of(attempt) == (Problem("rubric_empty"),)
    assert problems_of(lambda: 1) == ()
