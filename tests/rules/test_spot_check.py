"""The spot check: the first ten and a drawn share of the rest, rounded up; over five per cent of errors ask for all."""

from __future__ import annotations

from decimal import Decimal
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.rules.draw import draw
from scoring.rules.refusal import Refused
from scoring.rules.spot_check import PURPOSE, SpotCheckRule, asks_for_all, choose

RULE = SpotCheckRule()
THIRTY_SIX = {f"{rank:02}": rank for rank in range(1, 37)}


def test_of_thirty_six_the_first_ten_and_four_of_the_rest_are_checked():
    chosen = choose(RULE, THIRTY_SIX, "20261122")
    assert chosen.top == tuple(f"{rank:02}" for rank in range(1, 11))
    assert len(chosen.drawn) == 4  # 15 % of 26 is 3.9


def test_the_drawn_ones_can_be_drawn_again_from_the_seed_alone():
    rest = [name for name, rank in THIRTY_SIX.items() if rank > 10]
    assert choose(RULE, THIRTY_SIX, "7").drawn == draw("7", "spot check", rest)[:4]
    assert PURPOSE == "spot check"


def test_a_shared_tenth_rank_is_in_with_all_who_share_it():
    ranks = {f"{place:02}": min(place, 10) for place in range(1, 14)}
    assert len(choose(RULE, ranks, "7").top) == 13


def test_of_ten_or_fewer_all_are_checked_and_nothing_is_drawn():
    chosen = choose(RULE, {"01": 1, "02": 2}, "7")
    assert (chosen.top, chosen.drawn) == (("01", "02"), ())


def test_one_more_than_ten_is_enough_for_one_to_be_drawn():
    assert choose(RULE, {f"{rank:02}": rank for rank in range(1, 12)}, "7").drawn == ("11",)


@pytest.mark.parametrize(
    ("errors", "checked", "all_of_them"), [(0, 14, False), (1, 14, True), (1, 20, False), (1, 19, True), (2, 40, False)]
)
def test_over_five_per_cent_of_errors_ask_for_a_full_check(errors, checked, all_of_them):
    assert asks_for_all(RULE, errors, checked) is all_of_them


def test_the_rule_is_data_and_reads_back():
    rule = SpotCheckRule(3, Decimal("20.5"), Decimal(0))
    assert SpotCheckRule.from_data(rule.to_data()) == rule
    assert SpotCheckRule.from_data({}) == RULE
    assert (RULE.top, RULE.share, RULE.errors) == (10, 15, 5)


@pytest.mark.parametrize(
    ("data", "code", "field"),
    [
        ({"top": -1}, "top_negative", "top"),
        ({"share": "101"}, "percent_out_of_range", "share"),
        ({"errors": "-0.1"}, "percent_out_of_range", "errors"),
        ({"top": "ten"}, "setting_not_whole", "top"),
        ({"share": "much"}, "setting_not_a_number", "share"),
        ({"luck": 1}, "unknown_setting", "luck"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(data, code, field):
    with pytest.raises(Refused) as refused:
        SpotCheckRule.from_data(data)
    assert [(problem.code, problem.field) for problem in refused.value.problems] == [(code, field)]


def test_a_seed_is_needed_where_something_is_drawn():
    with pytest.raises(Refused, match="seed_missing"):
        choose(RULE, THIRTY_SIX, " ")


ranks_of_any_contest = st.integers(0, 60).map(lambda many: {f"{place:02}": place for place in range(1, many + 1)})
rules = st.builds(SpotCheckRule, st.integers(0, 70), st.integers(0, 100).map(Decimal), st.integers(0, 100).map(Decimal))


@given(rules, ranks_of_any_contest, st.text("0123456789", min_size=1, max_size=8))
def test_nobody_is_chosen_twice_and_the_share_is_never_less_than_asked(rule, ranks, seed):
    chosen = choose(rule, ranks, seed)
    rest = [name for name in ranks if ranks[name] > rule.top]
    assert set(chosen.top) == set(ranks) - set(rest)
    assert len(set(chosen.drawn)) == len(chosen.drawn) == ceil(len(rest) * rule.share / 100)
    assert set(chosen.drawn) <= set(rest)


@given(rules, st.integers(0, 200), st.integers(1, 200))
def test_more_errors_never_ask_for_less(rule, errors, checked):
    assert asks_for_all(rule, errors + 1, checked) or not asks_for_all(rule, errors, checked)
