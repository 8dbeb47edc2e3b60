"""Awards by quota, with shared ranks at the border."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as trial
from hypothesis import strategies as st

from scoring.rules.awards import (
    DEBATERS,
    FIVE_OFFICES,
    LAST_PLACES,
    MODELS_AND_EXPERTS,
    NATIONAL,
    OFFICES,
    PRIZES,
    TEAMS,
    TOP_TEN,
    Award,
    Awarded,
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
    for preset in (PRIZES, MODELS_AND_EXPERTS, TOP_TEN, NATIONAL, DEBATERS, TEAMS, OFFICES, FIVE_OFFICES):
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


def letters(found: tuple[Awarded, ...]) -> list[str]:
    return ["".join(one.winners) for one in found]


def test_the_national_review_gives_ten_ten_and_forty_and_five_offices() -> None:
    found = give([*ranking(*range(97, 0, -1))], NATIONAL)
    assert [(one.award.zh, len(one.winners)) for one in found] == [("十佳", 10), ("提名", 10), ("优秀", 40)]
    assert [(one.award.zh, len(one.winners)) for one in give(ranking(*range(9)), FIVE_OFFICES)] == [("组织奖", 5)]


def test_an_award_of_a_class_goes_to_the_best_of_that_class_who_have_none_yet() -> None:
    # a to f by rank; a, c, e and f are 检察官助理: a has the first prize already.
    of_class = Award("assistant", "优秀检察官助理", "Best assistants", 2, of="检察官助理")
    classes = dict.fromkeys("acef", "检察官助理") | dict.fromkeys("bd", "检察官")
    first, third = Award("first", "一等奖", "First", 1), Award("third", "三等奖", "Third", 2)
    assert letters(give(ranking(9, 8, 7, 6, 5, 4), (first, of_class, third), classes)) == ["a", "ce", "bd"]
    assert letters(give(ranking(9, 8, 7), (of_class,), {})) == [""]


def test_a_share_is_of_those_who_are_ranked_and_rounded_down_to_whole_persons() -> None:
    def share(percent: str, of: str = "") -> Award:
        return Award("a", "奖", "Award", percent=Decimal(percent), of=of)

    # 30 % of 9 are 2.7, and 12.5 % of 8 are exactly 1.
    assert letters(give(ranking(*range(9, 0, -1)), (share("30"),))) == ["ab"]
    assert letters(give(ranking(*range(8, 0, -1)), (share("12.5"),))) == ["a"]
    assert letters(give(ranking(9, 8, 7, 6), (share("50", "x"),), {"b": "x", "d": "x"})) == ["b"]


def test_an_award_with_a_least_score_stays_empty_below_it() -> None:
    best = Award("a", "奖", "Award", 3, least=Decimal("84.5"))
    rest = Award("b", "鼓励奖", "Merit", 1)
    assert letters(give(ranking(90, 85, 84, 80), (best, rest))) == ["ab", "c"]


@pytest.mark.parametrize(
    ("last", "expected"), [("all", ["abc", "d"]), ("beside", ["abc", "de"]), ("nobody", ["a", "bc"])]
)
def test_who_is_level_at_the_line_is_treated_by_the_rule_of_the_award(last: str, expected: list[str]) -> None:
    # Ranks 1 2 2 4 5 with quotas 2 and 2.
    first = Award("first", "一等奖", "First", 2, last=last)
    assert letters(give(ranking(9, 8, 8, 7, 6), (first, Award("second", "二等奖", "Second", 2)))) == expected


def test_an_award_of_before_is_written_as_it_was() -> None:
    assert PRIZES[0].to_data() == {"key": "first_prize", "zh": "一等奖", "en": "First prize", "quota": 3}
    share = Award("a", "奖", "Award", percent=Decimal("12.5"), of="书记员", least=Decimal(60), last="nobody")
    assert read_awards([share.to_data()]) == (share,)


@few
@given(st.lists(st.integers(0, 12), max_size=20), st.lists(st.integers(1, 5), min_size=1, max_size=4))
def test_awards_of_numbers_alone_reach_as_far_down_the_ranks_as_they_did_before(
    points: list[int], quotas: list[int]
) -> None:
    ranked, reach = ranking(*points), [0]
    for quota in quotas:
        reach.append(reach[-1] + quota)
    before = [[one.key for one in ranked if low < one.rank <= high] for low, high in pairwise(reach)]
    assert [list(one.winners) for one in give(ranked, awards(*quotas))] == before


@few
@given(
    st.lists(st.tuples(st.integers(0, 6), st.sampled_from("xy")), min_size=1, max_size=14),
    st.lists(
        st.tuples(st.integers(1, 4), st.sampled_from(("", "x", "y")), st.sampled_from(LAST_PLACES), st.integers(0, 6)),
        min_size=1,
        max_size=4,
    ),
)
def test_nobody_gets_two_awards_nor_one_of_another_class_or_below_its_least_score_and_level_ones_get_the_same(
    field: list[tuple[int, str]], rules: list[tuple[int, str, str, int]]
) -> None:
    ranked = ranking(*[points for points, _ in field])
    classes = {chr(ord("a") + place): of for place, (_, of) in enumerate(field)}
    points = {one.key: one.exact for one in ranked}
    every = [
        Award(f"award_{n}", "奖", "Award", quota, of=of, last=last, least=Decimal(least))
        for n, (quota, of, last, least) in enumerate(rules)
    ]
    found = give(ranked, every, classes)
    got = [key for one in found for key in one.winners]
    assert len(got) == len(set(got))
    for one in found:
        assert all(one.award.of in ("", classes[key]) for key in one.winners)
        assert all(points[key] >= one.award.least for key in one.winners)
        if one.award.last == "nobody":
            assert not one.beyond
    which = {key: one.award.key for one in found for key in one.winners}
    alike: dict[tuple[Fraction, str], set[str | None]] = {}
    for key, exact in points.items():
        alike.setdefault((exact, classes[key]), set()).add(which.get(key))
    assert all(len(one) == 1 for one in alike.values())


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"percent": "30"}, "award_quota_twice", "0.percent"),
        ({"quota": 0, "percent": "101"}, "award_share_wrong", "0.percent"),
        ({"quota": 0, "percent": "-1"}, "award_share_wrong", "0.percent"),
        ({"quota": 0, "percent": "viel"}, "setting_not_a_number", "0.percent"),
        ({"last": "some"}, "award_last_unknown", "0.last"),
        ({"of": "长" * 61}, "award_class_too_long", "0.of"),
        ({"least": "much"}, "setting_not_a_number", "0.least"),
    ],
)
def test_a_rule_of_an_award_that_cannot_be_meant_is_refused_at_its_place(
    changes: dict[str, Any], code: str, field: str
) -> None:
    problem = refusals(lambda: read_awards([{**PRIZES[0].to_data(), **changes}]))[0]
    assert (problem.code, problem.field) == (code, field)
