"""Scores without judges: points as they were entered, measures turned into points, and both weighed like any event."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.rules import formats
from scoring.rules.composite import Weighting, composite
from scoring.rules.explanation import Explanation
from scoring.rules.formats.base import PenaltyFacts, SheetFacts, TurnFacts
from scoring.rules.measures import Measures
from scoring.rules.panel import Standing
from scoring.rules.refusal import Problem, problems_of
from tests.rules.cast import refusal

TEST = formats.get("written_test")
PAPER, TYPING = (start.settings() for start in TEST.all_starts)


def entered(settings: dict[str, Any], typed: dict[str, str], *penalties: PenaltyFacts) -> Any:
    sheet = SheetFacts("1", Standing.COUNTED, TEST.read_sheet(settings, ("",), typed))
    return TEST.score(settings, TurnFacts(("",), (sheet,), penalties)).scores[""]


def test_points_count_as_they_were_entered_less_what_is_taken_off() -> None:
    score = entered(PAPER, {"points": "86.5"}, PenaltyFacts("", "conduct", Decimal("1.5")))
    assert (score.exact, score.final) == (Fraction(85), Decimal("85.00"))
    assert score.explanation.untrimmed_mean == Decimal("86.50")
    assert Explanation.from_data(score.explanation.to_data()) == score.explanation


def test_what_was_measured_stays_on_the_sheet_and_its_points_follow_from_the_table() -> None:
    # 128 characters a minute reach 120: 48 points; 4 errors are no more than 5: 30 points.
    assert TEST.read_sheet(TYPING, ("",), {"speed": "128", "errors": "4"}) == {"speed": "128", "errors": "4"}
    score = entered(TYPING, {"speed": "128", "errors": "4"})
    assert score.final == Decimal("78.00")
    assert score.explanation.judges[0].marks == {"speed": Decimal(48), "errors": Decimal(30)}
    assert TEST.tie_values(TYPING, score) == {"key_criterion": Fraction(48)}
    assert entered(TYPING, {"speed": "59.99", "errors": "20.01"}).final == 0
    assert entered(TYPING, {"speed": "400", "errors": "0"}).final == 100


def test_a_test_of_forty_percent_weighs_as_any_event_does() -> None:
    # Seen: 40/30/30. 82.5 × 0.4 + 90 × 0.3 + 88.4 × 0.3 = 33 + 27 + 26.52 = 86.52.
    of = {"1": "82.5", "2": "90", "3": "88.4"}
    settings = PAPER | {"rubric": [PAPER["rubric"][0] | {"step": "0.1"}]}
    results = {event: {"a": entered(settings, {"points": points})} for event, points in of.items()}
    weighting = Weighting({"1": Decimal(40), "2": Decimal(30), "3": Decimal(30)})
    assert composite(weighting, results).scores["a"].final == Decimal("86.52")


@pytest.mark.parametrize(
    ("settings", "typed", "problem"),
    [
        (PAPER, {"points": ""}, Problem("mark_empty", "points")),
        (PAPER, {"points": "ninety"}, Problem("mark_not_a_number", "points")),
        (PAPER, {"points": "101"}, Problem("mark_out_of_range", "points", {"minimum": "0", "maximum": "100"})),
        (PAPER, {"points": "1", "mood": "2"}, Problem("unknown_criterion", "mood")),
        (TYPING, {"speed": "1e9", "errors": "0"}, Problem("mark_not_a_number", "speed")),
        (
            TYPING,
            {"speed": "100000", "errors": "0"},
            Problem("measure_out_of_range", "speed", {"most": "99999", "decimals": "2"}),
        ),
        (
            TYPING,
            {"speed": "1", "errors": "0.001"},
            Problem("measure_out_of_range", "errors", {"most": "99999", "decimals": "2"}),
        ),
    ],
)
def test_what_cannot_have_been_meant_is_refused_at_its_place(settings: Any, typed: Any, problem: Problem) -> None:
    assert refusal(lambda: TEST.read_sheet(settings, ("",), typed)) == problem


def test_a_result_that_was_not_entered_is_missing_and_one_of_an_absent_person_has_no_score() -> None:
    facts = TurnFacts(("",), (SheetFacts("1", Standing.MISSING),))
    assert refusal(lambda: TEST.score(PAPER, facts)).code == "missing_sheets"


def step(criterion: str, better: str, value: str, points: str) -> dict[str, str]:
    return {"criterion": criterion, "better": better, "value": value, "points": points}


@pytest.mark.parametrize(
    ("steps", "place"),
    [
        ([step("speed", "more", "1", "2")], "measure_direction_unknown measures.0.better"),
        ([step("speed", "at_least", "-1", "2")], "measure_negative measures.0.value"),
        ([step("speed", "at_least", "1", "-2")], "points_negative measures.0.points"),
        ([step("speed", "at_least", "1", "61")], "measure_above_maximum measures.0.points"),
        ([step("mood", "at_least", "1", "2")], "unknown_criterion measures.0.criterion"),
        (
            [step("speed", "at_least", "1", "2"), step("speed", "at_most", "3", "2")],
            "measure_directions_mixed measures.1.better",
        ),
        ([step("speed", "at_least", "1", "2"), step("speed", "at_least", "1", "3")], "measure_twice measures.1.value"),
        ([step("speed", "at_least", "1", "2"), step("speed", "at_least", "3", "1")], "measure_falls measures.1.points"),
        ([step("errors", "at_most", "1", "2"), step("errors", "at_most", "3", "4")], "measure_falls measures.1.points"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused_at_its_row(steps: list[dict[str, str]], place: str) -> None:
    found = problems_of(lambda: TEST.check_settings(TYPING | {"measures": steps}))
    assert [f"{one.code} {one.field}" for one in found] == [place]


ROWS = st.dictionaries(st.integers(0, 300), st.integers(0, 60), min_size=1, max_size=8)


@given(ROWS, st.sampled_from(["at_least", "at_most"]), st.decimals(0, 310, places=2))
def test_the_table_gives_what_a_walk_through_its_rows_gives_and_never_less_for_more(
    rows: dict[int, int], better: str, measured: Decimal
) -> None:
    values, points = sorted(rows), sorted(rows.values(), reverse=better == "at_most")
    table = Measures.from_data([step("speed", better, str(v), str(p)) for v, p in zip(values, points, strict=True)])
    expected = 0
    for value, worth in (
        zip(values, points, strict=True) if better == "at_least" else reversed([*zip(values, points, strict=True)])
    ):
        if (measured >= value) if better == "at_least" else (measured <= value):
            expected = worth
    assert table.points("speed", measured) == expected
    further = measured + 1 if better == "at_least" else max(measured - 1, Decimal(0))
    assert table.points("speed", further) >= table.points("speed", measured)
