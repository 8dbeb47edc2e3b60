"""How many turns may be public: at once, one behind, at the end."""

from __future__ import annotations

import pytest

from scoring.rules.publication import publishable
from scoring.rules.refusal import Problem

from .cast import refusal


@pytest.mark.parametrize(
    ("publication", "after_each_of_seven"),
    [
        ("at_once", [0, 1, 2, 3, 4, 5, 6, 7]),
        # The first three together; no. 4 when no. 5 has performed, …; the last when it has itself.
        ("one_behind", [0, 0, 0, 3, 3, 4, 5, 7]),
        ("at_end", [0, 0, 0, 0, 0, 0, 0, 7]),
    ],
)
def test_scores_become_public_as_the_contest_chose(publication: str, after_each_of_seven: list[int]) -> None:
    assert [publishable(publication, performed, 7) for performed in range(8)] == after_each_of_seven


def test_a_contest_of_two_is_public_when_both_have_performed() -> None:
    assert [publishable("one_behind", performed, 2) for performed in range(3)] == [0, 0, 2]


def test_an_unknown_way_to_publish_is_refused() -> None:
    problem = refusal(lambda: publishable("never", 1, 7))
    assert problem == Problem("unknown_publication", "", {"publication": "never"})
