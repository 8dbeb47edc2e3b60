"""Composite totals and the ranking of offices, counted by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as trial
from hypothesis import strategies as st

from scoring.rules.composite import OfficeRule, Weighting, composite, contenders, office_totals
from scoring.rules.explanation import Explanation, Score
from scoring.rules.explanation_terms import Term
from scoring.rules.ranking import rank
from scoring.rules.refusal import Problem
from scoring.rules.terms import put_together

from .cast import refusal

few = trial(max_examples=100, deadline=None)
THREE = Weighting({"written": Decimal(40), "debate": Decimal(30), "binding": Decimal(30)})


def scored(points: str) -> Score:
    return put_together("sum", [Term("", Fraction(points), Decimal("0"))], 2)


def results(**events: dict[str, str]) -> dict[str, dict[str, Score]]:
    return {event: {key: scored(points) for key, points in scores.items()} for event, scores in events.items()}


def test_forty_thirty_thirty_is_weighed_exactly_and_rounded_once() -> None:
    # 0.4 × 90.005 + 0.3 × 80.1 + 0.3 × 85.55 = 36.002 + 24.03 + 25.665 = 85.697.
    totals = composite(THREE, results(written={"a": "90.005"}, debate={"a": "80.1"}, binding={"a": "85.55"}))
    score = totals.scores["a"]
    assert (score.exact, str(score.final), totals.incomplete) == (Fraction("85.697"), "85.70", {})
    explained = score.explanation
    assert [(t.key, t.weight, str(t.shown)) for t in explained.terms] == [
        ("written", Fraction(2, 5), "90.01"),
        ("debate", Fraction(3, 10), "80.10"),
        ("binding", Fraction(3, 10), "85.55"),
    ]
    assert sum(t.exact * t.weight for t in explained.terms) == score.exact
    assert Explanation.from_data(explained.to_data()) == explained


def test_parts_are_rounded_first_where_the_rule_says_so() -> None:
    # Exactly 85.697, see above. With 90.01, 80.10 and 85.55: 36.004 + 24.03 + 25.665 = 85.699; to three places.
    first = Weighting(THREE.percent, 3, parts_first=True)
    held = results(written={"a": "90.005"}, debate={"a": "80.1"}, binding={"a": "85.55"})
    score = composite(first, held).scores["a"]
    assert (score.exact, str(score.final)) == (Fraction("85.699"), "85.699")
    assert str(composite(Weighting(THREE.percent, 3), held).scores["a"].final) == "85.697"
    assert {str(term.exact) for term in score.explanation.terms} == {"9001/100", "801/10", "1711/20"}
    assert Weighting.from_data({"percent": {"a": "100"}}).parts_first is False, "as earlier releases counted"


@pytest.mark.parametrize(("weights", "final"), [(("80", "20"), "88.00"), (("50", "50"), "85.00")])
def test_eighty_twenty_and_fifty_fifty(weights: tuple[str, str], final: str) -> None:
    # 90 and 80: 0.8 × 90 + 0.2 × 80 = 88; 0.5 × 90 + 0.5 × 80 = 85.
    weighting = Weighting({"one": Decimal(weights[0]), "two": Decimal(weights[1])})
    totals = composite(weighting, results(one={"a": "90"}, two={"a": "80"}))
    assert str(totals.scores["a"].final) == final


def test_totals_are_ranked_on_their_exact_values() -> None:
    # 85.697 against 85.6985: both show 85.70.
    given_results = results(
        written={"a": "90.005", "b": "90.00875"},
        debate={"a": "80.1", "b": "80.1"},
        binding={"a": "85.55", "b": "85.55"},
    )
    ranked = rank(contenders(composite(THREE, given_results), {}), ("exact_value", "play_off"))
    assert [(r.key, str(r.shown), r.shown_precise) for r in ranked] == [
        ("b", "85.70", "85.699"),
        ("a", "85.70", "85.697"),
    ]


def test_a_recorded_play_off_tells_equal_totals_apart() -> None:
    totals = composite(Weighting({"one": Decimal(100)}), results(one={"a": "90", "b": "90"}))
    ranked = rank(contenders(totals, {"a": {"play_off": Fraction(1)}, "b": {"play_off": Fraction(2)}}), ("play_off",))
    assert [r.key for r in ranked] == ["b", "a"]


def test_who_lacks_a_result_has_no_total_and_is_named_with_the_event() -> None:
    totals = composite(THREE, results(written={"a": "90", "b": "80"}, debate={"a": "90"}, binding={"a": "90"}))
    assert list(totals.scores) == ["a"]
    assert totals.incomplete == {"b": ("debate", "binding")}


def test_results_that_do_not_fit_the_weights_are_refused() -> None:
    problem = refusal(lambda: composite(Weighting({"one": Decimal(100)}), results(one={}, song={})))
    assert problem == Problem("event_without_weight", "song")
    problem = refusal(lambda: composite(THREE, results(written={}, debate={})))
    assert problem == Problem("event_missing", "binding")


@pytest.mark.parametrize(
    ("data", "code", "field"),
    [
        ({"percent": {}}, "weights_missing", ""),
        ({"percent": {"one": "60", "two": "30"}}, "weights_not_100", ""),
        ({"percent": {"one": "-1", "two": "101"}}, "weight_negative", "one"),
        ({"percent": {"one": "much"}}, "setting_not_a_number", "percent.one"),
        ({"percent": [100]}, "settings_malformed", "percent"),
        ({"percent": {"one": "100"}, "decimals": 7}, "decimals_out_of_range", "decimals"),
        ({"percent": {"one": "100"}, "music": 1}, "unknown_setting", "music"),
    ],
)
def test_weights_that_make_no_sense_are_refused(data: dict[str, Any], code: str, field: str) -> None:
    problem = refusal(lambda: Weighting.from_data(data))
    assert (problem.code, problem.field) == (code, field)


def test_weights_that_miss_a_hundred_say_what_they_come_to() -> None:
    problem = refusal(lambda: Weighting({"one": Decimal(60), "two": Decimal("30.5")}))
    assert problem.figures == {"sum": "90.5"}


def test_weights_and_the_offices_rule_are_editable_data() -> None:
    assert Weighting.from_data(THREE.to_data()) == THREE
    assert OfficeRule.from_data(OfficeRule().to_data()) == OfficeRule(best=3, decimals=2)


def test_an_office_is_the_mean_of_its_best_entrants() -> None:
    # East: 90 and 85 of 90, 85, 10: 87.5. West: 88 and 86: 87. North has one only.
    offices = {"a": "east", "b": "east", "c": "east", "d": "west", "e": "west", "f": "north"}
    points = {"a": "90", "b": "85", "c": "10", "d": "88", "e": "86", "f": "99"}
    totals = office_totals(OfficeRule(best=2), offices, {key: scored(p) for key, p in points.items()})
    assert {office: str(score.final) for office, score in totals.scores.items()} == {"east": "87.50", "west": "87.00"}
    assert [t.key for t in totals.scores["east"].explanation.terms] == ["a", "b"]
    assert totals.incomplete == {"north": ("f",)}
    assert [r.key for r in rank(contenders(totals, {}), ())] == ["east", "west"]


def test_an_office_none_of_whose_entrants_has_a_score_is_named_too() -> None:
    assert office_totals(OfficeRule(best=1), {"a": "east"}, {}).incomplete == {"east": ()}


def test_a_score_of_nobodys_office_is_refused() -> None:
    for offices in ({}, {"a": ""}):
        problem = refusal(lambda offices=offices: office_totals(OfficeRule(), offices, {"a": scored("1")}))  # type: ignore[misc]
        assert problem == Problem("office_unknown", "a")


@pytest.mark.parametrize(
    ("data", "code"), [({"best": 0}, "best_not_positive"), ({"decimals": -1}, "decimals_out_of_range")]
)
def test_an_offices_rule_that_makes_no_sense_is_refused(data: dict[str, Any], code: str) -> None:
    assert refusal(lambda: OfficeRule.from_data(data)).code == code


points = st.integers(0, 10000).map(lambda n: str(Decimal(n) / 100))


@few
@given(st.lists(points, min_size=2, max_size=5), st.data())
def test_a_total_lies_between_the_lowest_and_the_highest_of_its_events(each: list[str], data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(1, 99), min_size=len(each) - 1, max_size=len(each) - 1, unique=True)))
    weights = [Decimal(high - low) for low, high in zip([0, *cuts], [*cuts, 100], strict=True)]
    weighting = Weighting({str(n): weight for n, weight in enumerate(weights)})
    total = composite(weighting, {str(n): {"a": scored(p)} for n, p in enumerate(each)}).scores["a"]
    assert min(map(Fraction, each)) <= total.exact <= max(map(Fraction, each))


@few
@given(st.lists(points, min_size=3, max_size=8), st.randoms(use_true_random=False))
def test_an_offices_total_does_not_depend_on_the_order_of_its_entrants(each: list[str], chance: Random) -> None:
    scores = {str(n): scored(p) for n, p in enumerate(each)}
    moved = list(scores.items())
    chance.shuffle(moved)
    offices = dict.fromkeys(scores, "east")
    before, after = (office_totals(OfficeRule(), offices, s) for s in (scores, dict(moved)))
    assert before == after
    assert before.scores["east"].exact == sum(sorted(map(Fraction, each), reverse=True)[:3], Fraction(0)) / 3
