"""Awards by quota, with shared ranks at the border."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as trial
from hypothesis import strategies as st

from scoring.rules.awards import (
    DEBATERS,
    MODELS_AND_EXPERTS,
    OFFICES,
    PRIZES,
    TEAMS,
    TOP_TEN,
    Award,
    give,
    read_awards,
)
from scoring.rules.ranking import Contender, Ranked, rank
from scoring.rules.refusal import Problem

from .cast import refusal, refusals

few = trial(max_examples=100, deadline=None)


def ranking(*points: int) -> list[Ranked]:
    """Contestants a, b, … with these points."""
    field = [Contender(chr(ord("a") + place), Fraction(point), Decimal(point)) for place, point in enumerate(points)]
    return rank(field, ("exact_value",))


def awards(*quotas: int) -> tuple[Award, ...]:
    return tuple(Award(f"award_{n}", f"奖{n}", f"Award {n}", quota) for n, quota in enumerate(quotas, start=1))


def winners(ranked: list[Ranked], *quotas: int) -> list[str]:
    return ["".join(awarded.winners) for awarded in give(ranked, awards(*quotas))]


def test_twenty_three_entrants_make_six_models_and_six_experts() -> None:
    models, experts = give(ranking(*range(23, 0, -1)), MODELS_AND_EXPERTS)
    assert ("".join(models.winners), "".join(experts.winners)) == ("abcdef", "ghijkl")
    assert (models.award.zh, experts.award.zh) == ("业务标兵", "业务能手")
    assert (models.beyond, experts.beyond) == (0, 0)


def test_a_shared_rank_at_the_border_is_not_split_and_the_next_award_has_fewer() -> None:
    # Ranks 1 2 2 4 5 with quotas 2 and 2: a b c get the first, d the second.
    first, second = give(ranking(9, 8, 8, 7, 6), awards(2, 2))
    assert (first.winners, first.beyond) == (("a", "b", "c"), 1)
    assert (second.winners, second.beyond) == (("d",), 0)


def test_a_shared_first_rank_can_leave_an_award_empty() -> None:
    # Ranks 1 1 1 4 with quotas 1, 2, 1: nobody has rank 2 or 3.
    assert winners(ranking(9, 9, 9, 8), 1, 2, 1) == ["abc", "", "d"]


def test_fewer_contestants_than_awards_leave_the_last_ones_out() -> None:
    assert winners(ranking(9, 8), 1, 3, 5) == ["a", "b", ""]
    assert winners([], 1) == [""]


def test_the_best_debater_is_the_first_and_the_excellent_ones_follow() -> None:
    best, excellent = give(ranking(9, 8, 7, 6, 5), DEBATERS)
    assert (best.award.zh, best.winners) == ("最佳辩手", ("a",))
    assert (excellent.award.zh, excellent.winners) == ("优秀辩手", ("b", "c", "d"))
    assert give(ranking(5, 9), TEAMS)[0].winners == ("b",)


def test_the_quotas_are_editable_data() -> None:
    for preset in (PRIZES, MODELS_AND_EXPERTS, TOP_TEN, DEBATERS, TEAMS, OFFICES):
        assert read_awards([award.to_data() for award in preset]) == preset


def test_an_award_named_in_one_language_has_that_name_in_both() -> None:
    assert read_awards([{"key": "a", "zh": "风采奖", "quota": 2}])[0].en == "风采奖"


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"key": ""}, "award_key_missing", "0.key"),
        ({"zh": "", "en": ""}, "award_name_missing", "0.zh"),
        ({"quota": 0}, "quota_not_positive", "0.quota"),
        ({"quota": "2"}, "setting_not_whole", "0.quota"),
        ({"colour": "red"}, "unknown_setting", "0.colour"),
    ],
)
def test_an_award_that_makes_no_sense_is_refused_at_its_place(changes: dict[str, Any], code: str, field: str) -> None:
    data = [{**PRIZES[0].to_data(), **changes}]
    problem = refusals(lambda: read_awards(data))[0]
    assert (problem.code, problem.field) == (code, field)


def test_awards_of_one_key_and_what_are_no_awards_are_refused() -> None:
    twice = [PRIZES[0], PRIZES[0]]
    problem = Problem("award_key_twice", "1.key", {"key": "first_prize"})
    assert refusal(lambda: give(ranking(1), twice)) == problem
    assert refusal(lambda: read_awards([a.to_data() for a in twice])) == problem
    assert refusal(lambda: read_awards("first")).code == "settings_malformed"


@few
@given(st.lists(st.integers(0, 12), max_size=20), st.lists(st.integers(1, 5), min_size=1, max_size=4))
def test_better_ranks_get_better_awards_and_equal_ranks_the_same(points: list[int], quotas: list[int]) -> None:
    ranked = ranking(*points)
    given_to = {key: n for n, award in enumerate(give(ranked, awards(*quotas))) for key in award.winners}
    places = [(r.rank, given_to.get(r.key, len(quotas))) for r in ranked]
    assert places == sorted(places)
    assert len({(r, a) for r, a in places}) == len({r for r, _ in places})
    assert len(given_to) >= min(len(points), sum(quotas))
