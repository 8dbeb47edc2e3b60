"""Assignment of reviewers: balanced, repeatable, never a recused one, and a clear no where it cannot be done."""

from __future__ import annotations

from itertools import combinations, product
from random import Random

import pytest
from hypothesis import given
from hypothesis import settings as trial
from hypothesis import strategies as st

from scoring.rules.assignment import assign, check_assignment, loads_of
from scoring.rules.refusal import Problem

from .cast import refusal, refusals

few = trial(max_examples=100, deadline=None)
REVIEWERS = ("赵", "钱", "孙", "李", "周", "吴", "郑", "王")
DOCUMENTS = tuple(f"D{number:02}" for number in range(1, 25))


def test_twenty_four_documents_by_five_of_eight_reviewers_are_fifteen_each() -> None:
    # 24 × 5 = 120 reviews; 120 / 8 = 15.
    assigned = assign(DOCUMENTS, REVIEWERS, 5, {}, "20260612")
    assert list(assigned) == list(DOCUMENTS)
    assert {len(set(names)) for names in assigned.values()} == {5}
    assert set(loads_of(assigned, REVIEWERS).values()) == {15}


def test_a_number_that_does_not_divide_differs_by_one() -> None:
    # 5 documents × 2 = 10 reviews for 3 reviewers: 3, 3 and 4.
    assert sorted(loads_of(assign(DOCUMENTS[:5], REVIEWERS[:3], 2, {}, "7"), REVIEWERS[:3]).values()) == [3, 3, 4]


def test_nobody_reviews_a_document_they_are_recused_from() -> None:
    recusals = {document: {"赵", "钱"} for document in DOCUMENTS[:12]}
    assigned = assign(DOCUMENTS, REVIEWERS, 5, recusals, "7")
    assert not any({"赵", "钱"} & set(assigned[document]) for document in DOCUMENTS[:12])
    # 赵 and 钱 can have at most the other 12; the six share 120 − 24 = 96, which is 16 each.
    assert loads_of(assigned, REVIEWERS) == dict.fromkeys(REVIEWERS, 16) | {"赵": 12, "钱": 12}


def test_a_document_is_passed_on_through_somebody_in_between() -> None:
    # Only c is free for D03. With D02 too, c cannot relieve itself to a directly: c passes D02 to b, and b D01 to a.
    recusals = {"D01": {"c"}, "D02": {"a"}, "D03": {"a", "b"}}
    for seed in map(str, range(20)):
        assigned = assign(("D01", "D02", "D03"), ("a", "b", "c"), 1, recusals, seed)
        assert loads_of(assigned, ("a", "b", "c")) == {"a": 1, "b": 1, "c": 1}


def test_what_cannot_be_assigned_is_refused_with_the_document_and_who_is_recused() -> None:
    recusals = {"D01": {"赵", "钱", "孙"}, "D03": {"赵", "李"}}
    problems = refusals(lambda: assign(("D01", "D02", "D03"), REVIEWERS[:4], 3, recusals, "7"))
    assert problems == [
        Problem("too_few_reviewers", "D01", {"needed": "3", "free": "1", "recused": "赵, 钱, 孙"}),
        Problem("too_few_reviewers", "D03", {"needed": "3", "free": "2", "recused": "赵, 李"}),
    ]


@pytest.mark.parametrize("wrong", [0, -1, True, "3"])
def test_a_number_of_reviewers_that_is_none_is_refused(wrong: int) -> None:
    problem = refusal(lambda: assign(DOCUMENTS, REVIEWERS, wrong, {}, "7"))
    assert problem == Problem("per_document_not_positive", "per_document")


def test_names_in_twice_no_documents_and_no_seed_are_refused() -> None:
    assert refusal(lambda: assign(("D01", "D01"), REVIEWERS, 2, {}, "7")).code == "drawn_twice"
    assert refusal(lambda: assign(("D01",), ("赵", "钱", "赵"), 2, {}, "7")).code == "drawn_twice"
    assert refusal(lambda: assign((), REVIEWERS, 2, {}, "7")).code == "nothing_to_draw"
    assert refusal(lambda: assign(DOCUMENTS, REVIEWERS, 2, {}, " ")).code == "seed_missing"


def test_an_assignment_edited_by_hand_may_be_uneven_but_not_wrong() -> None:
    check_assignment({"D01": ("赵", "钱"), "D02": ("赵", "孙", "钱")}, REVIEWERS, 2, {"D01": {"李"}})


def test_an_assignment_edited_wrongly_is_refused_with_every_problem() -> None:
    edited = {"D01": ("赵", "赵"), "D02": ("钱", "冯"), "D03": ("孙", "李"), "D04": ("周",)}
    problems = refusals(lambda: check_assignment(edited, REVIEWERS, 2, {"D03": {"李"}}))
    assert problems == [
        Problem("reviewer_twice", "D01", {"reviewer": "赵"}),
        Problem("unknown_reviewer", "D02", {"reviewer": "冯"}),
        Problem("reviewer_recused", "D03", {"reviewer": "李"}),
        Problem("reviewers_not_enough", "D04", {"needed": "2", "given": "1"}),
    ]


def test_loads_name_those_who_have_nothing() -> None:
    assert loads_of({"D01": ("赵",), "D02": ("赵",)}, ("赵", "钱")) == {"赵": 2, "钱": 0}


seeds = st.integers(0, 999).map(str)


@few
@given(st.integers(1, 9), st.integers(2, 6), st.data())
def test_without_recusals_loads_differ_by_at_most_one(documents: int, reviewers: int, data: st.DataObject) -> None:
    per_document = data.draw(st.integers(1, reviewers))
    assigned = assign(DOCUMENTS[:documents], REVIEWERS[:reviewers], per_document, {}, data.draw(seeds))
    loads = loads_of(assigned, REVIEWERS[:reviewers]).values()
    assert max(loads) - min(loads) <= 1
    assert sum(loads) == documents * per_document


recusals_of_five = st.fixed_dictionaries(
    {document: st.sets(st.sampled_from(REVIEWERS[:4]), max_size=2) for document in DOCUMENTS[:5]}
)


@few
@given(recusals_of_five, seeds, st.randoms(use_true_random=False))
def test_the_same_seed_gives_the_same_however_the_lists_are_written(
    recusals: dict[str, set[str]], seed: str, chance: Random
) -> None:
    documents, reviewers = list(DOCUMENTS[:5]), list(REVIEWERS[:4])
    before = assign(documents, reviewers, 2, recusals, seed)
    chance.shuffle(documents)
    chance.shuffle(reviewers)
    after = assign(documents, reviewers, 2, recusals, seed)
    assert {d: set(names) for d, names in after.items()} == {d: set(names) for d, names in before.items()}
    check_assignment(after, reviewers, 2, recusals)


@few
@given(recusals_of_five, seeds)
def test_with_recusals_no_other_assignment_is_fairer(recusals: dict[str, set[str]], seed: str) -> None:
    reviewers = REVIEWERS[:4]
    assigned = assign(DOCUMENTS[:5], reviewers, 2, recusals, seed)
    free = [[r for r in reviewers if r not in recusals[document]] for document in DOCUMENTS[:5]]
    others = product(*(combinations(names, 2) for names in free))
    fairest = min(unfairness(dict(zip(DOCUMENTS[:5], other, strict=True))) for other in others)
    assert unfairness(assigned) == fairest


def unfairness(assigned: dict[str, tuple[str, ...]]) -> int:
    """The sum of the squared loads: with as many reviews in all, the least is the most even."""
    return sum(load**2 for load in loads_of(assigned, REVIEWERS[:4]).values())
