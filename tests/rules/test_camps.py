"""Opponents of different camps, and sides that are fixed by camp."""

from __future__ import annotations

from functools import cache, partial

from hypothesis import given
from hypothesis import settings as trial
from hypothesis import strategies as st

from scoring.rules.camps import Entered, MeetingRules, camps, draw_across, round_robin_across, stand
from scoring.rules.pairings import Pairing, draw_pairs
from scoring.rules.refusal import Problem

from .cast import refusal

few = trial(max_examples=150, deadline=None)
fields = st.dictionaries(st.integers(1, 99).map(str), st.sampled_from("甲乙丙"), min_size=2, max_size=9)
seeds = st.integers(0, 10**6).map(str)
PROCURATORS = MeetingRules("fixed", ("江北区院",))


def most_by_trying(camp_of: dict[str, str]) -> int:
    """The most pairs of different camps, by trying every way to pair."""

    @cache
    def best(left: frozenset[str]) -> int:
        if len(left) < 2:
            return 0
        first, *others = sorted(left)
        met = [1 + best(left - {first, one}) for one in others if camp_of[one] != camp_of[first]]
        return max([best(left - {first}), *met])

    return best(frozenset(camp_of))


@few
@given(seeds, fields)
def test_nobody_plays_twice_or_meets_the_own_camp_and_no_pair_is_left_that_could_be_made(seed, camp_of) -> None:
    drawn = draw_across(seed, list(camp_of), camp_of)
    playing = [one for pair in drawn.pairs for one in pair]
    assert sorted([*playing, *drawn.resting]) == sorted(camp_of)
    assert all(camp_of[one] != camp_of[two] for one, two in drawn.pairs)
    assert len(drawn.pairs) == most_by_trying(camp_of)
    assert draw_across(seed, sorted(camp_of), camp_of) == drawn, "the order of the list says nothing"


@few
@given(seeds, fields)
def test_with_everybody_a_camp_of_their_own_it_is_the_draw_as_it_always_was(seed, entered) -> None:
    assert draw_across(seed, list(entered), {one: one for one in entered}) == draw_pairs(seed, list(entered))
    assert draw_across(seed, list(entered), {}) == draw_pairs(seed, list(entered))


@few
@given(seeds, fields)
def test_no_side_is_ever_against_its_fix(seed, camp_of) -> None:
    sides = {one: "control" if camp == "甲" else "defence" for one, camp in camp_of.items()}
    for pair in draw_across(seed, list(sides), sides).pairs:
        standing = stand(seed, pair, sides, PROCURATORS)
        assert (sides[standing.control], sides[standing.defence]) == ("control", "defence")


def test_of_a_camp_that_is_larger_those_left_over_rest() -> None:
    camp_of = {"01": "甲", "02": "甲", "03": "甲", "11": "乙"}
    drawn = draw_across("2026", list(camp_of), camp_of)
    assert len(drawn.pairs) == 1
    assert len(drawn.resting) == 2
    assert {camp_of[one] for one in drawn.resting} == {"甲"}


def test_everybody_meets_everybody_of_the_other_camp() -> None:
    camp_of = {"01": "甲", "02": "甲", "11": "乙", "12": "乙"}
    met = {frozenset(pair) for pair in round_robin_across(list(camp_of), camp_of)}
    assert met == {frozenset((one, two)) for one in ("01", "02") for two in ("11", "12")}


def test_procurators_always_prosecute_by_office_department_or_number() -> None:
    entered = [Entered("01", "江北区院"), Entered("02", "明州律所", "刑事部"), Entered("03", "明州律所", "民事部")]
    assert camps(PROCURATORS, entered) == {"01": "control", "02": "defence", "03": "defence"}
    assert camps(MeetingRules("fixed", ("03", "刑事部")), entered) == {
        "01": "defence",
        "02": "control",
        "03": "control",
    }
    assert stand("7", ("02", "01"), {"01": "control", "02": "defence"}, PROCURATORS) == Pairing("01", "02")
    assert camps(MeetingRules(), entered) == {}


def test_rules_that_cannot_be_kept_are_refused() -> None:
    one, two = Entered("01", "江北区院"), Entered("02", "江北区院")
    assert refusal(lambda: MeetingRules("fixed")) == Problem("control_missing", "control")
    assert refusal(lambda: MeetingRules("lots")) == Problem("unknown_choice", "by", {"choice": "lots"})
    assert refusal(lambda: camps(MeetingRules("fixed", ("律所",)), [one])) == Problem(
        "control_unknown", "", {"name": "律所"}
    )
    assert refusal(lambda: camps(MeetingRules("department"), [one])) == Problem("camp_missing", "", {"number": "01"})
    for rules in (PROCURATORS, MeetingRules("office")):
        assert refusal(partial(camps, rules, [one, two])).code == "camps_one_sided"
