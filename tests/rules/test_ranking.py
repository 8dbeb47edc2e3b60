"""Ranks 1-2-2-4 on exact values, and the chain that decides ties."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pytest

from scoring.rules.explanation import TieLine
from scoring.rules.figures import round_half_up
from scoring.rules.ranking import TIE_STEPS, Contender, Ranked, check_chain, rank
from scoring.rules.refusal import Problem

from .cast import refusal, refusals

CHAIN = ("exact_value", "key_criterion", "untrimmed_mean", "format_step", "play_off", "shared_rank")


def contender(key: str, exact: str, **tie_values: str) -> Contender:
    value = Fraction(exact)
    return Contender(key, value, round_half_up(value, 2), {k: Fraction(v) for k, v in tie_values.items()})


def places(ranked: Sequence[Ranked]) -> list[tuple[str, int]]:
    return [(r.key, r.rank) for r in ranked]


def test_the_higher_exact_value_ranks_first() -> None:
    ranked = rank([contender("a", "90"), contender("b", "91.8"), contender("c", "88.5")], CHAIN)
    assert places(ranked) == [("b", 1), ("a", 2), ("c", 3)]
    assert [(r.shared, r.decided_by, r.tie) for r in ranked] == [(False, None, None)] * 3
    assert [r.shown_precise for r in ranked] == ["91.80", "90.00", "88.50"]


def test_those_whom_nothing_tells_apart_share_a_rank_and_the_next_one_is_skipped() -> None:
    ranked = rank([contender("d", "88"), contender("c", "90"), contender("b", "90"), contender("a", "92")], CHAIN)
    assert places(ranked) == [("a", 1), ("b", 2), ("c", 2), ("d", 4)]
    assert [r.shared for r in ranked] == [False, True, True, False]
    assert [r.decided_by for r in ranked] == [None, "shared_rank", "shared_rank", None]


def test_ranks_follow_exact_values_and_the_extra_digits_are_shown() -> None:
    # 638.65 / 7 = 91.235714… and 91.238: both are shown as 91.24, three places tell them apart.
    ranked = rank(
        [
            Contender("a", Fraction("638.65") / 7, Decimal("91.24")),
            contender("b", "91.238"),
            contender("c", "91.2"),
        ],
        CHAIN,
    )
    assert places(ranked) == [("b", 1), ("a", 2), ("c", 3)]
    assert [r.shown_precise for r in ranked] == ["91.238", "91.236", "91.20"]
    assert [r.decided_by for r in ranked] == ["exact_value", "exact_value", None]
    assert ranked[0].tie == TieLine("exact_value", False, {"exact_value": "91.238"})


def test_a_tie_in_exact_value_goes_to_the_better_key_criterion() -> None:
    ranked = rank(
        [
            contender("a", "90", key_criterion="22.4", untrimmed_mean="91"),
            contender("b", "90", key_criterion="22.8", untrimmed_mean="90"),
        ],
        CHAIN,
    )
    assert places(ranked) == [("b", 1), ("a", 2)]
    assert [r.decided_by for r in ranked] == ["key_criterion"] * 2
    assert ranked[0].tie_figures == {"exact_value": "90.00", "key_criterion": "22.80"}


def test_the_exact_value_comes_before_any_other_step() -> None:
    ranked = rank([contender("a", "90.001", key_criterion="10"), contender("b", "90", key_criterion="25")], CHAIN)
    assert places(ranked) == [("a", 1), ("b", 2)]


@pytest.mark.parametrize("step", ["key_criterion", "untrimmed_mean", "format_step", "play_off"])
def test_each_step_puts_the_higher_value_first(step: str) -> None:
    ranked = rank([contender("a", "90", **{step: "1"}), contender("b", "90", **{step: "2"})], (step,))
    assert places(ranked) == [("b", 1), ("a", 2)]
    assert ranked[0].decided_by == step


def test_the_steps_are_asked_in_the_order_of_the_chain() -> None:
    tied = [
        contender("a", "90", key_criterion="22", untrimmed_mean="91"),
        contender("b", "90", key_criterion="23", untrimmed_mean="89"),
    ]
    assert places(rank(tied, ("key_criterion", "untrimmed_mean"))) == [("b", 1), ("a", 2)]
    assert places(rank(tied, ("untrimmed_mean", "key_criterion"))) == [("a", 1), ("b", 2)]
    assert places(rank(tied, ())) == [("a", 1), ("b", 1)]


def test_each_contestant_is_told_which_step_decided_for_it() -> None:
    # All show 90.00. a is ahead exactly; b and the others tie there; b wins the key criterion;
    # c has the better untrimmed mean than d and e, who share what is left.
    ranked = rank(
        [
            contender("a", "90.004", key_criterion="20", untrimmed_mean="90"),
            contender("b", "90", key_criterion="23", untrimmed_mean="90"),
            contender("c", "90", key_criterion="22", untrimmed_mean="91"),
            contender("d", "90", key_criterion="22", untrimmed_mean="90"),
            contender("e", "90", key_criterion="22", untrimmed_mean="90"),
        ],
        CHAIN,
    )
    assert places(ranked) == [("a", 1), ("b", 2), ("c", 3), ("d", 4), ("e", 4)]
    decided = ["exact_value", "key_criterion", "untrimmed_mean", "shared_rank", "shared_rank"]
    assert [r.decided_by for r in ranked] == decided
    assert ranked[0].tie_figures == {"exact_value": "90.004"}
    assert ranked[1].tie_figures == {"exact_value": "90.000", "key_criterion": "23.00"}
    assert ranked[4].tie_figures == {
        "exact_value": "90.000",
        "key_criterion": "22.00",
        "untrimmed_mean": "90.00",
    }


def test_a_steps_figures_have_the_digits_that_tell_them_apart() -> None:
    # 68.5 / 3 = 22.8333… against 22.834: two places show both as 22.83.
    ranked = rank(
        [
            Contender("a", Fraction(90), Decimal("90.00"), {"key_criterion": Fraction("68.5") / 3}),
            contender("b", "90", key_criterion="22.834"),
        ],
        CHAIN,
    )
    assert [r.tie_figures["key_criterion"] for r in ranked] == ["22.834", "22.833"]
    assert [r.shown_precise for r in ranked] == ["90.00", "90.00"]


def test_a_play_off_decides_once_it_is_recorded_for_all_who_are_tied() -> None:
    waiting = [contender("a", "90"), contender("b", "90")]
    assert places(rank(waiting, CHAIN)) == [("a", 1), ("b", 1)]
    half_done = [contender("a", "90"), contender("b", "90", play_off="85")]
    assert places(rank(half_done, CHAIN)) == [("a", 1), ("b", 1)]
    played = [contender("a", "90", play_off="84.5"), contender("b", "90", play_off="85")]
    assert places(rank(played, CHAIN)) == [("b", 1), ("a", 2)]


def test_a_step_without_a_value_for_all_passes_the_tie_on() -> None:
    tied = [
        contender("a", "90", key_criterion="25", untrimmed_mean="89"),
        contender("b", "90", untrimmed_mean="90"),
    ]
    ranked = rank(tied, CHAIN)
    assert (places(ranked), ranked[0].decided_by) == ([("b", 1), ("a", 2)], "untrimmed_mean")


def test_a_step_value_of_nought_is_a_value() -> None:
    tied = [contender("a", "90", format_step="-3600"), contender("b", "90", format_step="0")]
    assert places(rank(tied, CHAIN)) == [("b", 1), ("a", 2)]


def test_a_tie_further_down_starts_at_its_own_place() -> None:
    scores = {"a": "95", "b": "92", "c": "92", "d": "92", "e": "90", "f": "90", "g": "80"}
    ranked = rank([contender(key, exact) for key, exact in scores.items()], CHAIN)
    assert [r.rank for r in ranked] == [1, 2, 2, 2, 5, 5, 7]


def test_nobody_to_rank_is_an_empty_ranking() -> None:
    assert rank([], CHAIN) == []


def test_one_alone_is_first_without_a_tie() -> None:
    (only,) = rank([contender("a", "90")], CHAIN)
    assert (only.rank, only.shared, only.decided_by, only.shown_precise) == (1, False, None, "90.00")


def test_the_same_contestant_twice_is_refused() -> None:
    twice = [contender("a", "90"), contender("a", "91")]
    assert refusal(lambda: rank(twice, CHAIN)) == Problem("contender_twice", "", {"key": "a"})


def test_an_unknown_tie_step_is_refused() -> None:
    problem = refusal(lambda: rank([contender("a", "90")], ("exact_value", "coin_toss")))
    assert problem == Problem("unknown_tie_step", "1", {"step": "coin_toss"})


@pytest.mark.parametrize(
    ("chain", "code", "place"),
    [
        (("key_criterion", "exact_value"), "exact_value_not_first", "1"),
        (("shared_rank", "key_criterion"), "shared_rank_not_last", "0"),
        (("key_criterion", "key_criterion"), "tie_step_twice", "1"),
        ((["key_criterion"],), "unknown_tie_step", "0"),
    ],
)
def test_a_chain_that_cannot_be_followed_is_refused(chain: Sequence[str], code: str, place: str) -> None:
    problem = refusal(lambda: check_chain(chain))
    assert (problem.code, problem.field) == (code, place)


def test_a_chain_is_refused_with_all_its_problems() -> None:
    problems = refusals(lambda: check_chain(("dice", "shared_rank", "exact_value")))
    assert [p.code for p in problems] == ["unknown_tie_step", "shared_rank_not_last", "exact_value_not_first"]


def test_each_tie_step_cites_its_rule() -> None:
    assert tuple(TIE_STEPS) == CHAIN
    assert all(step.source.startswith("domain page 1") for step in TIE_STEPS.values())
