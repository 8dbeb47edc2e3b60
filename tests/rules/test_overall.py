"""The editable rules of an overall result: what fits a contest's events, one scale, and the tie value of a total."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from scoring.rules.composite import OfficeRule, Weighting, composite
from scoring.rules.explanation import Score
from scoring.rules.explanation_terms import Term
from scoring.rules.overall import OverallRules, heaviest, on_hundred
from scoring.rules.terms import put_together

from .cast import refusal

THREE = Weighting({"1": Decimal(40), "2": Decimal(30), "3": Decimal(30)})


def scored(points: str) -> Score:
    return put_together("sum", [Term("", Fraction(points), Decimal("0"))], 2)


def test_the_only_event_of_a_contest_is_its_whole_result() -> None:
    assert OverallRules.from_data({}, ["1"]).weighting == Weighting({"1": Decimal(100)})
    assert OverallRules.from_data({}, ["1", "2"]).weighting is None


def test_the_rules_are_editable_data() -> None:
    rules = OverallRules(THREE, ("exact_value", "shared_rank"), OfficeRule(best=2))
    assert OverallRules.from_data(rules.to_data(), ["1", "2", "3"]) == rules


@pytest.mark.parametrize(
    ("data", "code", "field"),
    [
        ({"weighting": {"percent": {"1": "50", "2": "50"}}}, "weights_missing", "3"),
        ({"weighting": {"percent": {"1": "40", "2": "30", "3": "20", "song": "10"}}}, "event_unknown", "song"),
        ({"ties": "exact_value"}, "settings_malformed", "ties"),
        ({"ties": ["format_step"]}, "tie_step_not_offered", "ties"),
        ({"ties": ["key_criterion", "exact_value"]}, "exact_value_not_first", "1"),
        ({"offices": {"best": 0}}, "best_not_positive", "best"),
        ({"music": 1}, "unknown_setting", "music"),
    ],
)
def test_rules_that_do_not_fit_are_refused(data: dict[str, Any], code: str, field: str) -> None:
    problem = refusal(lambda: OverallRules.from_data(data, ["1", "2", "3"]))
    assert (problem.code, problem.field) == (code, field)


def test_a_score_is_taken_on_a_scale_of_a_hundred_and_rounded_once() -> None:
    # 40 of 60 is 66.666… of 100.
    score = on_hundred(scored("40"), Decimal(60))
    assert (score.exact, str(score.final)) == (Fraction(200, 3), "66.67")
    assert score.explanation.terms[0].weight == Fraction(5, 3)
    whole = scored("90")
    assert on_hundred(whole, Decimal(100)) is whole


def test_the_tie_value_of_a_total_is_the_result_that_weighs_most() -> None:
    totals = composite(THREE, {"1": {"a": scored("90")}, "2": {"a": scored("80")}, "3": {"a": scored("70")}})
    assert heaviest(totals) == {"a": {"key_criterion": Fraction(90)}}
    even = Weighting({"1": Decimal(50), "2": Decimal(50)})
    totals = composite(even, {"1": {"a": scored("70")}, "2": {"a": scored("80")}})
    assert heaviest(totals) == {"a": {"key_criterion": Fraction(70)}}
