"""Pairings by draw, sides by draw, and the round robin."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import settings as trial
from hypothesis import strategies as st

from scoring.rules.pairings import Debated, Meetings, Pairing, deal_motions, draw_pairs, draw_sides, round_robin
from scoring.rules.refusal import Problem

from .cast import refusal

few = trial(max_examples=100, deadline=None)
fields = st.lists(st.integers(1, 99).map(str), min_size=2, max_size=17, unique=True)
seeds = st.integers(0, 10**6).map(str)


def test_the_sides_are_those_of_the_tickets_anybody_can_work_out() -> None:
    # The lower SHA-256 of seed, purpose and name, line by line, is the prosecution.
    digits = {name: sha256(f"2026\nsides 07 12\n{name}".encode()).hexdigest() for name in ("07", "12")}
    first, second = sorted(digits, key=lambda name: digits[name])
    assert draw_sides("2026", "12", "07") == draw_sides("2026", "07", "12") == Pairing(first, second)


def test_nobody_meets_themselves_and_no_draw_is_made_without_a_seed() -> None:
    assert refusal(lambda: draw_sides("2026", "07", "07")).code == "drawn_twice"
    assert refusal(lambda: draw_sides(" ", "07", "12")).code == "seed_missing"


def test_a_low_ticket_in_one_match_says_nothing_about_the_next() -> None:
    sides = {draw_sides("2026", "07", str(opponent)).control == "07" for opponent in range(20, 40)}
    assert sides == {True, False}


def test_a_hundred_and_four_make_fifty_two_pairs() -> None:
    drawn = draw_pairs("2026", [str(n) for n in range(104)])
    assert (len(drawn.pairs), drawn.resting) == (52, ())


def test_the_odd_one_out_rests_and_is_named() -> None:
    drawn = draw_pairs("2026", ["a", "b", "c"])
    assert len(drawn.pairs) == len(drawn.resting) == 1


@pytest.mark.parametrize("contestants", [[], ["a"]])
def test_one_alone_has_nobody_to_meet(contestants: list[str]) -> None:
    figures = {"contestants": str(len(contestants)), "minimum": "2"}
    for attempt in (lambda: draw_pairs("2026", contestants), lambda: round_robin(contestants)):
        assert refusal(attempt) == Problem("too_few_contestants", "", figures)


def test_a_contestant_named_twice_is_refused() -> None:
    assert refusal(lambda: draw_pairs("2026", ["a", "b", "a"])) == Problem("drawn_twice", "", {"name": "a"})
    assert refusal(lambda: round_robin(["a", "b", "a"])) == Problem("contender_twice", "", {"key": "a"})


def test_four_teams_meet_in_three_rounds_of_the_circle() -> None:
    # a stays; b c d move on: facing a are d, then c, then b.
    assert round_robin(["a", "b", "c", "d"]) == (
        Meetings((("a", "d"), ("b", "c"))),
        Meetings((("a", "c"), ("d", "b"))),
        Meetings((("a", "b"), ("c", "d"))),
    )


def test_three_teams_rest_one_by_one() -> None:
    # An empty place makes four: facing it are a, then b (a faces c), then c (a faces b).
    assert round_robin(["a", "b", "c"]) == (
        Meetings((("b", "c"),), ("a",)),
        Meetings((("a", "c"),), ("b",)),
        Meetings((("a", "b"),), ("c",)),
    )


@few
@given(fields, seeds, st.randoms(use_true_random=False))
def test_the_same_seed_gives_the_same_pairs_whatever_the_order(field: list[str], seed: str, chance: object) -> None:
    moved = list(field)
    chance.shuffle(moved)  # type: ignore[attr-defined]
    drawn = draw_pairs(seed, field)
    assert draw_pairs(seed, moved) == drawn
    seated = [name for pair in drawn.pairs for name in pair]
    assert sorted([*seated, *drawn.resting]) == sorted(field)
    assert len(drawn.resting) == len(field) % 2


@few
@given(fields)
def test_in_a_round_robin_everybody_meets_everybody_exactly_once(field: list[str]) -> None:
    met = Counter(frozenset(pair) for r in round_robin(field) for pair in r.pairs)
    assert met == Counter(frozenset(pair) for pair in combinations(field, 2))


@few
@given(fields)
def test_in_each_round_everybody_plays_or_rests_once(field: list[str]) -> None:
    rounds = round_robin(field)
    for meetings in rounds:
        assert sorted([n for pair in meetings.pairs for n in pair] + list(meetings.resting)) == sorted(field)
    rests = Counter(name for r in rounds for name in r.resting)
    assert rests == (Counter(field) if len(field) % 2 else Counter())


MOTIONS = ("正当防卫是否过当", "数额是否应当累计", "自首能否认定")


def test_each_motion_is_the_first_ticket_among_those_used_least() -> None:
    # For the match 1.1 the lowest SHA-256 of seed, "motion 1.1" and the motion; for 1.2 among the two others.
    def lots(key: str, motions: set[str]) -> str:
        return min(motions, key=lambda motion: sha256(f"2026\nmotion {key}\n{motion}".encode()).hexdigest())

    dealt = deal_motions("2026", [("1.1", ("A", "D")), ("1.2", ("B", "C"))], MOTIONS)
    first = lots("1.1", set(MOTIONS))
    assert dealt == {"1.1": first, "1.2": lots("1.2", set(MOTIONS) - {first})}


def test_the_order_in_which_motions_are_listed_never_matters() -> None:
    matches = [("1", ("A", "B")), ("2", ("C", "D"))]
    assert deal_motions("7", matches, MOTIONS) == deal_motions("7", matches, MOTIONS[::-1])


def test_nobody_debates_a_motion_again_while_another_is_left() -> None:
    before = [Debated("A", "B", MOTIONS[0]), Debated("C", "D", MOTIONS[1])]
    for seed in ("1", "2", "3", "4"):
        assert deal_motions(seed, [("2.1", ("A", "C"))], MOTIONS, before) == {"2.1": MOTIONS[2]}


def test_no_motions_are_dealt_where_none_are_listed_and_none_twice_in_the_list() -> None:
    assert deal_motions("7", [("1", ("A", "B"))], ()) == {}
    assert refusal(lambda: deal_motions("7", [("1", ("A", "B"))], ("甲", "甲"))).code == "drawn_twice"


@few
@given(field=fields, seed=seeds, count=st.integers(1, 6))
def test_in_a_round_every_motion_is_used_as_often_as_any_other_give_or_take_one(field, seed, count) -> None:
    motions = [f"辩题{place}" for place in range(count)]
    pairs = draw_pairs(seed, field).pairs
    dealt = deal_motions(seed, [(str(place), pair) for place, pair in enumerate(pairs)], motions)
    used = Counter(dict.fromkeys(motions, 0)) + Counter(dealt.values())
    counts = [used[motion] for motion in motions]
    assert max(counts) - min(counts) <= 1
    assert len(dealt) == len(pairs)


@few
@given(field=fields, seed=seeds)
def test_in_a_round_robin_nobody_debates_a_motion_twice_as_long_as_there_are_enough(field, seed) -> None:
    pairs = [pair for meetings in round_robin(field) for pair in meetings.pairs]
    motions = [f"辩题{place}" for place in range(2 * len(field))]
    dealt = deal_motions(seed, [(str(place), pair) for place, pair in enumerate(pairs)], motions)
    heard = Counter((number, dealt[str(place)]) for place, pair in enumerate(pairs) for number in pair)
    assert max(heard.values()) == 1
