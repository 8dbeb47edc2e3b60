"""The knockout bracket, filled by its results."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import settings as trial
from hypothesis import strategies as st

from scoring.rules.bracket import Rounds, bracket, champion, check_seeds, placings, ranked_by_places, ready_matches
from scoring.rules.ranking import Ranked
from scoring.rules.refusal import Problem

from .cast import refusal, refusals

few = trial(max_examples=100, deadline=None)
FIVE = ["a", "b", "c", "d", "e"]
sizes = st.integers(2, 33)


def pairs(rounds: Rounds) -> list[list[tuple[str | None, str | None]]]:
    return [[(m.first, m.second) for m in matches] for matches in rounds]


def names(size: int) -> list[str]:
    return [f"seed {n}" for n in range(1, size + 1)]


def played(seeds: list[str], choices: st.DataObject | None = None) -> Rounds:
    """Play to the end; without choices the better seed always wins."""
    winners: dict[str, str] = {}
    while ready := ready_matches(bracket(seeds, winners)):
        for match in ready:
            sides = sorted((str(match.first), str(match.second)), key=seeds.index)
            winners[match.key] = sides[0] if choices is None else choices.draw(st.sampled_from(sides))
    return bracket(seeds, winners)


def test_five_contestants_give_byes_to_the_first_three() -> None:
    # Places for eight in the order 1 8 4 5 2 7 3 6; there are no seeds 6, 7 and 8.
    rounds = bracket(FIVE, {})
    assert pairs(rounds) == [
        [("a", None), ("d", "e"), ("b", None), ("c", None)],
        [("a", None), ("b", "c")],
        [(None, None)],
    ]
    assert [m.winner for m in rounds[0]] == ["a", None, "b", "c"]
    assert [m.key for m in ready_matches(rounds)] == ["1.2", "2.2"]


def test_the_next_round_fills_itself_from_the_results() -> None:
    rounds = bracket(FIVE, {"1.2": "e", "2.2": "c"})
    assert pairs(rounds)[1:] == [[("a", "e"), ("b", "c")], [(None, "c")]]
    rounds = bracket(FIVE, {"1.2": "e", "2.2": "c", "2.1": "e", "3.1": "c"})
    assert (pairs(rounds)[2], champion(rounds)) == ([("e", "c")], "c")


def test_places_are_shared_by_those_who_lost_in_the_same_round() -> None:
    rounds = bracket(FIVE, {"1.2": "e", "2.2": "c", "2.1": "e", "3.1": "c"})
    assert placings(rounds) == {"c": 1, "e": 2, "a": 3, "b": 3, "d": 5}
    assert list(placings(rounds)) == ["c", "e", "a", "b", "d"]


def before(key: str, rank: int, shared: bool = False, decided_by: str | None = None) -> Ranked:
    """A place in the ranking with which the knockout began."""
    return Ranked(key, rank, shared, Fraction(90), Decimal(90), "90", decided_by, {})


def test_after_a_knockout_the_ranking_is_how_far_each_came_and_as_before_among_those_who_went_out_together() -> None:
    ranked = [
        *(
            before("a", 1),
            before("b", 2),
            before("c", 3),
            before("d", 4),
            before("e", 5),
            before("f", 6, decided_by="law"),
        ),
        *(before("g", 7, shared=True), before("h", 7, shared=True), before("i", 9)),
    ]
    places = {"d": 1, "a": 2, "b": 3, "c": 3, "g": 5, "h": 5, "f": 5}
    said = ranked_by_places(ranked, places, 9)
    assert [(one.key, one.rank, one.shared, one.decided_by, dict(one.tie_figures)) for one in said] == [
        ("d", 1, False, "knockout", {"knockout": "1"}),
        ("a", 2, False, "knockout", {"knockout": "2"}),
        ("b", 3, False, "knockout", {"knockout": "3"}),
        ("c", 4, False, "knockout", {"knockout": "3"}),
        ("f", 5, False, "law", {"knockout": "5"}),
        ("g", 6, True, "knockout", {"knockout": "5"}),
        ("h", 6, True, "knockout", {"knockout": "5"}),
        ("e", 9, False, None, {}),
        ("i", 10, False, None, {}),
    ]


def test_only_settled_places_are_given() -> None:
    assert placings(bracket(FIVE, {"1.2": "e"})) == {"d": 5}
    assert champion(bracket(FIVE, {"1.2": "e"})) is None


def test_two_contestants_have_only_a_final() -> None:
    assert pairs(bracket(["a", "b"], {})) == [[("a", "b")]]
    assert champion(bracket(["a", "b"], {"1.1": "b"})) == "b"


@pytest.mark.parametrize(
    ("winners", "code", "field", "figures"),
    [
        ({"9.1": "a"}, "match_unknown", "9.1", {}),
        ({"1.1": "a"}, "match_is_bye", "1.1", {"key": "a"}),
        ({"2.1": "a"}, "match_not_ready", "2.1", {}),
        ({"1.2": "a"}, "winner_not_in_match", "1.2", {"key": "a"}),
    ],
)
def test_a_result_that_cannot_be_is_refused(
    winners: dict[str, str], code: str, field: str, figures: dict[str, str]
) -> None:
    assert refusal(lambda: bracket(FIVE, winners)) == Problem(code, field, figures)


def test_an_early_result_corrected_shows_each_later_one_it_makes_impossible() -> None:
    corrected = {"1.2": "d", "2.2": "c", "2.1": "e", "3.1": "e"}
    found = [(p.code, p.field) for p in refusals(lambda: bracket(FIVE, corrected))]
    assert found == [("winner_not_in_match", "2.1")]


def test_a_bracket_needs_two_different_contestants() -> None:
    assert refusal(lambda: check_seeds(["a"])).code == "too_few_contestants"
    assert refusal(lambda: check_seeds(["a", "b", "a"])) == Problem("contender_twice", "", {"key": "a"})


@few
@given(sizes)
def test_byes_go_to_the_top_seeds_and_fill_the_places_up_to_a_power_of_two(size: int) -> None:
    seeds = names(size)
    first = bracket(seeds, {})[0]
    byes = sorted((str(m.first) for m in first if m.bye), key=seeds.index)
    assert byes == seeds[: len(first) * 2 - size]
    assert len(first) * 2 in {2, 4, 8, 16, 32, 64}
    assert sorted(n for m in first for n in (m.first, m.second) if n) == sorted(seeds)


@few
@given(sizes)
def test_if_the_better_seed_always_wins_the_top_seeds_meet_as_late_as_they_can(size: int) -> None:
    seeds = names(size)
    rounds = played(seeds)
    for back, matches in enumerate(reversed(rounds)):
        left = {n for m in matches for n in (m.first, m.second) if n}
        assert left == set(seeds[: 2 ** (back + 1)])


@few
@given(sizes, st.data())
def test_nobody_meets_twice_and_every_winner_goes_on(size: int, data: st.DataObject) -> None:
    seeds = names(size)
    rounds = played(seeds, data)
    met = [frozenset((m.first, m.second)) for matches in rounds for m in matches if not m.bye]
    assert len(met) == len(set(met)) == size - 1
    for before, after in pairwise(rounds):
        assert [m.winner for m in before] == [n for m in after for n in (m.first, m.second)]
    places = placings(rounds)
    assert set(places) == set(seeds)
    assert places[str(champion(rounds))] == 1


@few
@given(sizes, st.data())
def test_places_never_fall_behind_those_who_lost_earlier(size: int, data: st.DataObject) -> None:
    rounds = played(names(size), data)
    places, out = placings(rounds), {m.loser: n for n, matches in enumerate(rounds) for m in matches if m.loser}
    for one, another in combinations(out, 2):
        assert (places[str(one)] < places[str(another)]) == (out[one] > out[another])
