"""Pairs typed by hand."""

from __future__ import annotations

import pytest

from scoring.rules.pairs_by_hand import read_pairs
from scoring.rules.refusal import Problem

from .cast import refusal

ENTERED = ["01", "02", "11", "12"]
CAMPS = {"01": "甲", "02": "甲", "11": "乙", "12": "乙"}


def test_pairs_are_read_as_people_write_them() -> None:
    assert read_pairs(["1 对 11", " 02：12号 "], ENTERED, CAMPS) == (("01", "11"), ("02", "12"))
    assert read_pairs(["12,01"], ENTERED, {}) == (("12", "01"),), "whoever is in no pair waits"


@pytest.mark.parametrize(
    ("lines", "code", "figures"),
    [
        ([], "pairs_missing", {}),
        (["01"], "pair_malformed", {"line": "01"}),
        (["01 11 12"], "pair_malformed", {"line": "01 11 12"}),
        (["01 13"], "pair_unknown", {"number": "13"}),
        (["01 1"], "pair_itself", {"number": "01"}),
        (["01 11", "12 1"], "pair_twice", {"number": "01"}),
        (["01 02"], "pair_of_camp", {"first": "01", "second": "02"}),
    ],
)
def test_what_is_no_pair_is_refused_with_its_number(lines, code, figures) -> None:
    assert refusal(lambda: read_pairs(lines, ENTERED, CAMPS)) == Problem(code, "pairs", figures)
