"""Who goes on: published cuts, the last place by each rule, and what holds for any ranking."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.rules.promotion import LAST_PLACES, LOTS, StageRule, check_no_circle, next_up, promoted
from scoring.rules.ranking import Contender, Ranked, rank
from scoring.rules.refusal import Problem
from tests.rules.cast import refusal


def ranking(scores: Sequence[int], steps: Sequence[int] = ()) -> list[Ranked]:
    """Entrants a, b, … with these scores and, where they are level, these values of the key criterion."""
    values = [*steps, *[0] * len(scores)]
    named = zip(map(chr, range(97, 97 + len(scores))), scores, values, strict=False)
    return rank(
        [Contender(key, Fraction(s), Decimal(s), {"key_criterion": Fraction(v)}) for key, s, v in named],
        ["exact_value", "key_criterion", "shared_rank"],
    )


@pytest.mark.parametrize(("field", "first"), [(104, 20), (24, 10), (60, 20)])
def test_published_cuts_of_a_field_without_ties(field: int, first: int) -> None:
    # Seen: 104 → 20; 24 → first 10; first 60 → first 20.
    ranks = rank([Contender(f"{n:03}", Fraction(1000 - n), Decimal(1000 - n)) for n in range(field)], [])
    found = promoted(StageRule(1, "first", Decimal(first)), ranks)
    assert found.goes == tuple(f"{n:03}" for n in range(first))
    assert len(found.stays) == field - first


#                                   a   b   c   d   e      c, d and e are level; the key criterion tells c apart.
LEVEL = ranking([95, 90, 88, 88, 88], [0, 0, 3, 2, 2])


@pytest.mark.parametrize(
    ("last", "places", "goes"),
    [
        ("all", 3, "abcde"),  # 末位并列一并进入
        ("ties", 3, "abc"),
        ("ties", 4, "abcde"),  # d and e are level in every step: both go on
        ("play_off", 3, "abc"),
        ("lots", 3, "abc"),
    ],
)
def test_the_last_place_by_each_rule(last: str, places: int, goes: str) -> None:
    assert "".join(promoted(StageRule(1, "first", Decimal(places), last), LEVEL, "314159").goes) == goes


def test_a_play_off_is_waited_for_and_lots_take_as_many_as_there_are_places() -> None:
    rule = StageRule(1, "first", Decimal(4), "play_off")
    assert refusal(lambda: promoted(rule, LEVEL)) == Problem("promotion_tied", "", {"rank": "4", "level": "2"})
    found = {seed: promoted(StageRule(1, "first", Decimal(4), LOTS), LEVEL, seed) for seed in map(str, range(20))}
    assert {one.goes[3] for one in found.values()} == {"d", "e"}
    assert {one.drawn for one in found.values()} == {("d", "e")}


def test_a_share_gives_one_more_for_a_fraction_and_a_score_takes_all_who_reach_it() -> None:
    assert promoted(StageRule(1, "share", Decimal(30)), ranking([9, 8, 7, 6])).goes == ("a", "b")  # 1.2 are 2
    assert promoted(StageRule(1, "score", Decimal(88)), LEVEL).goes == tuple("abcde")
    assert promoted(StageRule(1, "score", Decimal("88.01")), LEVEL).stays == tuple("cde")
    assert promoted(StageRule(1, "score", Decimal(99)), LEVEL).goes == ()


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        ({"take": "best"}, Problem("stage_take_unknown", "take")),
        ({"last": "age"}, Problem("stage_last_unknown", "last")),
        ({"value": "0"}, Problem("stage_value_wrong", "value", {"most": "9999"})),
        ({"value": "2.5"}, Problem("stage_value_wrong", "value", {"most": "9999"})),
        ({"take": "share", "value": "101"}, Problem("stage_value_wrong", "value", {"most": "100"})),
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused(rule: dict[str, str], problem: Problem) -> None:
    assert refusal(lambda: StageRule.from_data({"source": 1, **rule})) == problem


def test_more_than_there_are_nobody_at_all_and_stages_that_wait_for_each_other_are_refused() -> None:
    rule = StageRule(1, "first", Decimal(6))
    assert refusal(lambda: promoted(rule, LEVEL)) == Problem("promotion_too_many", "value", {"value": "6", "size": "5"})
    assert refusal(lambda: promoted(rule, [])).code == "promotion_of_nobody"
    assert refusal(lambda: check_no_circle(2, {2: 1, 1: 3, 3: 2})).code == "stages_wait"
    assert refusal(lambda: check_no_circle(2, {2: 2})).code == "stages_wait"
    check_no_circle(3, {3: 2, 2: 1})


@given(
    st.lists(st.integers(0, 6), min_size=1, max_size=12),
    st.integers(1, 100),
    st.sampled_from((*LAST_PLACES[:2], LOTS)),
)
def test_nobody_goes_on_before_somebody_better_and_all_places_are_filled(
    scores: list[int], share: int, last: str
) -> None:
    ranks = ranking(scores)
    found = promoted(StageRule(1, "share", Decimal(share), last), ranks, "7")
    exact = dict(zip(map(chr, range(97, 110)), scores, strict=False))
    places = ceil(Fraction(share * len(scores), 100))
    assert {*found.goes, *found.stays} == {one.key for one in ranks}
    worst = min(exact[key] for key in found.goes)
    assert all(exact[key] <= worst for key in found.stays)
    # Recomputed by hand: the score of the last place, and who is above it or level with it.
    line = sorted(scores, reverse=True)[places - 1]
    above, level = sum(s > line for s in scores), sum(s == line for s in scores)
    assert len(found.goes) == (places if last == LOTS else above + level)


@given(st.lists(st.integers(0, 4), min_size=1, max_size=12), st.sampled_from((*LAST_PLACES[:2], LOTS)))
def test_whoever_moves_up_is_the_best_of_those_who_stayed(scores: list[int], last: str) -> None:
    found = next_up(StageRule(1, "share", Decimal(50), last), ranking(scores), "7")
    exact = dict(zip(map(chr, range(97, 110)), scores, strict=False))
    best = [key for key, score in exact.items() if score == max(scores)]
    assert {*found.goes} <= {*best}
    assert len(found.goes) == (1 if last == LOTS else len(best))


def test_nobody_moves_up_below_a_score_and_two_who_are_level_play_off_first() -> None:
    score = StageRule(1, "score", Decimal(80))
    assert next_up(score, ranking([79, 70])).goes == ()
    assert next_up(score, []).goes == ()
    play_off = StageRule(1, "first", Decimal(20), "play_off")
    assert refusal(lambda: next_up(play_off, ranking([79, 79]))) == Problem(
        "promotion_tied", "", {"rank": "1", "level": "2"}
    )


def test_half_of_ten_stay_five_places_when_two_have_withdrawn() -> None:
    assert len(promoted(StageRule(1, "share", Decimal(50)), ranking([9, 8, 7, 6, 5, 4, 3, 2]), field=10).goes) == 5
