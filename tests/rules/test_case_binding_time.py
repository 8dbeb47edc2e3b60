"""The time of a bench: overtime, the hard stop, the bonus for being early, the shorter time in a tie."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from scoring.rules.bonus import SpeedBonus, bonus_points
from scoring.rules.formats.base import PenaltyFacts, TurnFacts
from scoring.rules.formats.case_binding import read_seconds
from scoring.rules.ranking import rank
from scoring.rules.refusal import Problem

from .cast import refusal
from .cast_binding import BONUS, FORMAT, bench, final, lost, scored, settings, sheet


@pytest.mark.parametrize(
    ("seconds", "points"),
    [(3600, "0"), (3601, "2"), (3660, "2"), (3661, "4"), (3840, "8"), (3841, "10"), (3900, "10")],
)
def test_each_started_minute_over_the_hour_costs_two_points(seconds: int, points: str) -> None:
    explained = scored(bench(seconds=seconds))
    assert explained.penalty_sum == Decimal(points)
    assert [line.kind for line in explained.penalties] == ["overtime"] * (points != "0")
    assert explained.final == Decimal("91.5") - Decimal(points)


@pytest.mark.parametrize(
    ("seconds", "problem"),
    [
        (None, Problem("seconds_missing", "seconds")),
        (3901, Problem("past_hard_stop", "seconds", {"most": "3900"})),
        (-1, Problem("seconds_not_whole", "seconds")),
        ("3600", Problem("seconds_not_whole", "seconds")),
        (True, Problem("seconds_not_whole", "seconds")),
        (3599.5, Problem("seconds_not_whole", "seconds")),
    ],
)
def test_a_time_that_cannot_be_is_refused(seconds: Any, problem: Problem) -> None:
    assert refusal(lambda: scored(bench(seconds=seconds))) == problem
    assert refusal(lambda: read_seconds(settings(), seconds)) == problem


def test_overtime_follows_from_the_time_and_cannot_be_entered_as_well() -> None:
    by_hand = (PenaltyFacts("", "overtime", Decimal(2)),)
    assert refusal(lambda: scored(bench(penalties=by_hand))) == Problem("overtime_from_time", "overtime")


def test_overtime_still_costs_under_the_cap() -> None:
    # Capped at 60, then two started minutes: 56.
    assert final(bench(seconds=3661, caps=lost())) == 56


def test_by_default_being_early_earns_nothing() -> None:
    assert final(bench(seconds=1800)) == Decimal("91.50")


@pytest.mark.parametrize(
    ("seconds", "points"),
    # 0.2 for each whole minute; 25 minutes reach the most.
    [(3600, "0"), (3541, "0"), (3540, "0.2"), (3000, "2"), (2100, "5"), (600, "5")],
)
def test_where_it_is_switched_on_each_whole_minute_early_earns_a_fifth_of_a_point(seconds: int, points: str) -> None:
    explained = scored(bench(seconds=seconds), bonus=BONUS)
    assert sum(line.points for line in explained.bonuses) == Decimal(points)
    assert explained.final == Decimal("91.5") + Decimal(points)
    assert explained.counted_sum == Decimal("91.5")


def test_a_bonus_never_lifts_a_total_above_the_scale() -> None:
    # 98 + 5 = 103, shown as 100 with the cap that did it.
    nearly = sheet(order__misplaced="1")
    explained = scored(bench(nearly, nearly, seconds=1800), bonus=BONUS)
    assert explained.final == 100
    assert [(cap.kind, cap.limit, cap.before) for cap in explained.caps] == [("maximum", Decimal(100), Fraction(103))]


def test_a_bonus_does_not_lift_a_lost_original_above_its_cap() -> None:
    assert final(bench(seconds=1800, caps=lost()), bonus=BONUS) == 60


@pytest.mark.parametrize("seconds", [-1, "60", True])
def test_a_bonus_for_no_time_at_all_is_refused(seconds: Any) -> None:
    assert refusal(lambda: bonus_points(seconds, SpeedBonus(given=True))).code == "seconds_not_whole"


def ranked(**benches: TurnFacts) -> list[tuple[str, int, str | None]]:
    field = [
        FORMAT.contender(settings(), key, [FORMAT.score(settings(), facts).scores[""]], {})
        for key, facts in benches.items()
    ]
    return [(r.key, r.rank, r.decided_by) for r in rank(field, FORMAT.chain(settings()))]


def test_of_equal_totals_the_shorter_time_comes_first() -> None:
    places = ranked(slow=bench(seconds=3500), quick=bench(seconds=3000), best=bench(sheet(), sheet(), seconds=3600))
    assert places == [("best", 1, None), ("quick", 2, "format_step"), ("slow", 3, "format_step")]


def test_equal_totals_in_equal_time_share_a_rank() -> None:
    assert ranked(b=bench(), a=bench()) == [("a", 1, "shared_rank"), ("b", 1, "shared_rank")]
