"""Re-review: reviews too far apart, and how the further reviewer's or the chair's enters."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as trial
from hypothesis import strategies as st

from scoring.rules.explanation import Explanation
from scoring.rules.formats.base import TurnFacts
from scoring.rules.panel import Standing
from scoring.rules.refusal import Problem

from .cast import refusal
from .cast_review import ALONE, FORMAT, by, document, explained, fates, final, outcome, settings

few = trial(max_examples=100, deadline=None)
totals = st.integers(100, 200).map(lambda halves: str(Decimal(halves) / 2))


def test_a_range_of_the_threshold_itself_is_no_discrepancy() -> None:
    assert outcome(document("75", "90")).verdict == {"range": "15", "threshold": "15"}


def test_over_the_threshold_there_is_no_score_until_somebody_reads_it_again() -> None:
    problem = refusal(lambda: outcome(document("74.5", "90")))
    assert problem == Problem("rereview_needed", "", {"range": "15.5", "threshold": "15"})
    assert final(document("74.5", "90"), rereview={"threshold": "20"}) == "82.25"


def test_the_range_is_that_of_all_valid_reviews_and_not_of_recused_ones() -> None:
    # 70 would be dropped of five; the discrepancy is there all the same.
    assert refusal(lambda: outcome(document("70", "85", "86", "87", "90"))).code == "rereview_needed"
    assert final(document("85", Standing.RECUSED, "90")) == "87.50"


def test_until_the_further_review_is_in_it_is_a_missing_sheet() -> None:
    waiting = document("70", "90", Standing.MISSING, rereview=by("reviewer"))
    assert refusal(lambda: outcome(waiting)) == Problem("missing_sheets", "", {"seats": "3"})


def test_a_third_reviewer_decides_with_the_nearer_of_two() -> None:
    # 86 lies nearer to 90 than to 70: (86 + 90) / 2 = 88.
    facts = document("70", "90", "86", rereview=by("reviewer"))
    assert final(facts) == "88.00"
    assert fates(facts) == ["set_aside", "counted", "counted"]
    assert outcome(facts).verdict == {"range": "20", "threshold": "15", "rereview": "reviewer", "rereview_seat": "3"}


def test_a_third_review_right_in_the_middle_sets_nobody_aside() -> None:
    # 70, 90 and 80 have the mean 80.
    facts = document("70", "90", "80", rereview=by("reviewer"))
    assert (final(facts), fates(facts)) == ("80.00", ["counted"] * 3)


def test_a_further_reviewer_of_three_sets_the_farthest_aside() -> None:
    # 84 is 14 from 70, 4 from 88 and 6 from 90: (84 + 88 + 90) / 3 = 87.333…
    facts = document("70", "88", "90", "84", rereview=by("reviewer", "4"))
    assert (final(facts), fates(facts)) == ("87.33", ["set_aside", "counted", "counted", "counted"])


def test_where_extremes_are_dropped_the_further_review_simply_joins() -> None:
    # 70, 84, 88, 89 and the further 86: without 70 and 89, 84 + 86 + 88 = 258; / 3 = 86.
    facts = document("70", "84", "88", "89", "86", rereview=by("reviewer", "5"))
    assert (final(facts), fates(facts)) == ("86.00", ["dropped_low", "counted", "counted", "dropped_high", "counted"])


def test_the_chairs_review_alone_decides() -> None:
    facts = document("70", "90", "83.5", rereview=by("chair"))
    assert (final(facts), fates(facts)) == ("83.50", ["set_aside", "set_aside", "counted"])


def test_a_review_that_was_set_aside_is_shown_with_its_marks() -> None:
    (first, _, _) = explained(document("70", "90", "86", rereview=by("reviewer"))).judges
    assert (first.total, sum(first.marks.values())) == (Decimal(70), Decimal(70))


def test_a_further_review_whose_seat_is_recused_decides_nothing() -> None:
    recused = document("70", "90", Standing.RECUSED, rereview=by("chair"))
    assert refusal(lambda: outcome(recused)).code == "rereview_needed"
    agreeing = document("85", "90", Standing.RECUSED, rereview=by("chair"))
    assert (final(agreeing), fates(agreeing)) == ("87.50", ["counted", "counted", "recused"])


def test_a_further_review_that_was_ordered_counts_also_where_the_range_is_small() -> None:
    assert final(document("85", "90", "80", rereview=by("chair"))) == "80.00"


@pytest.mark.parametrize(
    ("fact", "problem"),
    [
        ("3", Problem("fact_malformed", "rereview")),
        ({"by": "chair"}, Problem("fact_malformed", "rereview")),
        ({"seat": "3", "by": "audience"}, Problem("fact_malformed", "rereview.by")),
        ({"seat": "9", "by": "chair"}, Problem("rereview_seat_unknown", "rereview", {"seat": "9"})),
    ],
)
def test_a_further_review_that_cannot_be_is_refused(fact: Any, problem: Problem) -> None:
    assert refusal(lambda: outcome(document("70", "90", "86", rereview=fact))) == problem


def test_tie_values_leave_out_what_was_set_aside() -> None:
    # The chair's 86 alone: 20 points of operability once 65 are used up by the lines before it.
    score = outcome(document("70", "90", "86", rereview=by("chair"))).scores[""]
    assert FORMAT.tie_values(settings(), score) == {"untrimmed_mean": 86, "key_criterion": 20}


totals = st.integers(100, 200).map(lambda halves: str(Decimal(halves) / 2))
wide = {"rereview": {"threshold": "100"}}


@few
@given(st.lists(totals, min_size=2, max_size=6), totals, st.sampled_from(["reviewer", "chair"]), st.randoms())
def test_a_further_review_gives_the_same_in_any_order_and_everybody_is_shown(
    first: list[str], last: str, who: str, chance: Any
) -> None:
    seat = str(len(first) + 1)
    facts = document(*first, last, rereview=by(who, seat))
    shuffled = list(facts.sheets)
    chance.shuffle(shuffled)
    result = explained(facts)
    assert explained(TurnFacts(ALONE, tuple(shuffled), (), facts.facts)) == result
    assert [line.seat for line in result.judges] == [str(n) for n in range(1, len(first) + 2)]
    assert [line.fate for line in result.judges].count("set_aside") == len(first) or who == "reviewer"
    assert Explanation.from_data(json.loads(json.dumps(result.to_data()))) == result
