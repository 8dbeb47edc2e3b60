"""The draw: anybody can work it out again, and it never depends on who wrote the list down first."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from random import Random

import pytest
from hypothesis import given
from hypothesis import settings as trial
from hypothesis import strategies as st

from scoring.rules.draw import case_tickets, draw, draw_cases, draw_late, draw_order, read_seed, tickets
from scoring.rules.refusal import Problem

from .cast import refusal

few = trial(max_examples=100, deadline=None)
seeds = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20)
names = st.lists(st.text(min_size=1, max_size=6), min_size=1, max_size=12, unique=True)


def test_a_ticket_is_what_sha256sum_prints_for_seed_purpose_and_name() -> None:
    # printf '20260612\norder\n007' | sha256sum
    (ticket,) = tickets("20260612", "order", ["007"])
    assert ticket.digits == "28acd04e0d126cd31bbd224044d7bcffb95bbbf6c2efe64799ca1fed9df94877"


def test_the_lowest_ticket_comes_first() -> None:
    drawn = tickets("八月八日", "order", ["张", "李", "王"])
    digits = {name: sha256(f"八月八日\norder\n{name}".encode()).hexdigest() for name in ("张", "李", "王")}
    assert {ticket.name: ticket.digits for ticket in drawn} == digits
    assert [ticket.name for ticket in drawn] == sorted(digits, key=lambda name: digits[name])
    assert draw_order("八月八日", ["王", "张", "李"]) == tuple(ticket.name for ticket in drawn)


def test_the_seed_is_read_without_outer_spaces() -> None:
    assert read_seed(" 20260612 ") == "20260612"
    assert draw_order(" 7", ["a", "b", "c"]) == draw_order("7 ", ["a", "b", "c"])


@pytest.mark.parametrize(
    ("seed", "problem"),
    [
        ("", Problem("seed_missing", "seed")),
        ("   ", Problem("seed_missing", "seed")),
        ("7" * 65, Problem("seed_malformed", "seed", {"most": "64"})),
        ("7\norder", Problem("seed_malformed", "seed", {"most": "64"})),
        (7, Problem("seed_malformed", "seed", {"most": "64"})),
    ],
)
def test_a_seed_that_is_no_line_of_text_is_refused(seed: object, problem: Problem) -> None:
    assert refusal(lambda: read_seed(seed)) == problem
    assert refusal(lambda: draw(seed, "order", ["a"])) == problem  # type: ignore[arg-type]


def test_nobody_to_draw_and_a_name_that_is_in_twice_are_refused() -> None:
    assert refusal(lambda: draw_order("7", [])) == Problem("nothing_to_draw")
    assert refusal(lambda: draw_order("7", ["a", "b", "a"])) == Problem("drawn_twice", "", {"name": "a"})


def test_with_cases_enough_nobody_gets_a_case_that_is_used() -> None:
    dealt = draw_cases("7", ["1", "2", "3"], ["A", "B", "C", "D"])
    assert list(dealt) == ["1", "2", "3"]
    assert len(set(dealt.values())) == 3


def test_with_fewer_cases_the_pack_is_drawn_afresh_when_it_is_used_up() -> None:
    # 36 contestants and 5 cases: seven whole packs and one case more.
    order = [str(number) for number in range(1, 37)]
    dealt = list(draw_cases("7", order, ["A", "B", "C", "D", "E"]).values())
    packs = [tuple(dealt[start : start + 5]) for start in range(0, 35, 5)]
    assert {tuple(sorted(pack)) for pack in packs} == {("A", "B", "C", "D", "E")}
    assert len(set(packs)) > 1
    assert sorted(Counter(dealt).values()) == [7, 7, 7, 7, 8]


def test_cases_cannot_be_drawn_without_cases_or_contestants() -> None:
    assert refusal(lambda: draw_cases("7", ["1"], [])).code == "cases_missing"
    assert refusal(lambda: draw_cases("7", [], ["A"])).code == "nothing_to_draw"
    assert refusal(lambda: draw_cases("7", ["1", "1"], ["A"])).code == "drawn_twice"
    assert refusal(lambda: draw_cases("7", ["1"], ["A", "A"])).code == "drawn_twice"


@few
@given(seeds, names, st.randoms(use_true_random=False))
def test_the_order_of_the_list_never_matters(seed: str, entered: list[str], chance: Random) -> None:
    shuffled = list(entered)
    chance.shuffle(shuffled)
    assert draw_order(seed, shuffled) == draw_order(seed, entered)
    assert sorted(draw_order(seed, entered)) == sorted(entered)


@few
@given(seeds, names)
def test_taking_one_name_out_leaves_the_others_in_their_order(seed: str, entered: list[str]) -> None:
    drawn = draw_order(seed, entered)
    for left in entered if len(entered) > 1 else ():
        remaining = [name for name in entered if name != left]
        assert draw_order(seed, remaining) == tuple(name for name in drawn if name != left)


@few
@given(seeds, names, names)
def test_every_case_is_used_equally_often_give_or_take_one(seed: str, order: list[str], cases: list[str]) -> None:
    dealt = draw_cases(seed, order, cases)
    used = Counter(dict.fromkeys(cases, 0))
    used.update(dealt.values())
    assert list(dealt) == order
    assert max(used.values()) - min(used.values()) <= 1


def test_different_seeds_and_purposes_draw_differently() -> None:
    entered = [str(number) for number in range(1, 37)]
    drawn = {draw(seed, purpose, entered) for seed in ("7", "8", "9") for purpose in ("order", "sides")}
    assert len(drawn) == 6


def test_the_tickets_of_the_cases_are_those_by_which_they_were_dealt() -> None:
    # Two cases for three contestants: the pack is drawn afresh for the third.
    order, cases = draw_order("7", ["01", "02", "03"]), ("甲案", "乙案")
    dealt = draw_cases("7", order, cases)
    found = case_tickets("7", order, dealt)
    for place, name in enumerate(order):
        text = f"7\ncases {place // 2 + 1}\n{dealt[name]}"
        assert found[name].digits == sha256(text.encode()).hexdigest()
    assert case_tickets("7", order, {}) == {}


def test_the_lots_of_latecomers_are_drawn_for_a_purpose_of_their_own() -> None:
    waiting, late = [f"{number:02d}" for number in range(1, 9)], ["31", "32"]
    lots = draw("2718", "late", [*waiting, *late])
    order = draw_late("2718", waiting, late)
    assert [order.index(name) for name in late] == [lots.index(name) for name in late]
    assert order != draw_late("2719", waiting, late)
