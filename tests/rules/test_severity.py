"""Severity: strict and mild reviewers put on one scale, beside the plain result."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import settings as trial
from hypothesis import strategies as st

from scoring.rules.after_mean import Penalty
from scoring.rules.explanation import Explanation
from scoring.rules.panel import JudgeSheet, PanelRules, Standing, score_panel
from scoring.rules.refusal import Problem
from scoring.rules.rulings import Cap
from scoring.rules.severity import SeverityRules, normalise, square_root

from .cast import refusal

few = trial(max_examples=100, deadline=None)
RULES = SeverityRules()
PANEL = PanelRules(minimum_valid=1)


def reviewed(**totals: str) -> Explanation:
    """A document with the totals of reviewers s (strict), m (mild) and so on."""
    return ruled([], "", **totals)


def ruled(penalties: list[Penalty], cap: str, **totals: str) -> Explanation:
    sheets = [JudgeSheet(seat, Standing.COUNTED, {"whole": Decimal(total)}) for seat, total in totals.items()]
    caps = [(Cap("law", "废止", "Repealed", Decimal(cap)), "查实")] if cap else []
    return score_panel(sheets, penalties, PANEL, caps=caps).explanation


# s gives 60, 70, 80: mean 70, variance 200/3. m gives 85, 90, 95: mean 90, variance 50/3.
# All: mean 80, variance (200/3 + 50/3) / 2 = 125/3. Factors: √(125/200) = √0.625 and √(125/50) = √2.5.
THREE = {"A": reviewed(s="60", m="85"), "B": reviewed(s="70", m="90"), "C": reviewed(s="80", m="95")}


def test_the_means_and_spreads_of_reviewers_are_what_a_hand_finds() -> None:
    found = normalise(THREE, RULES)
    strict, mild = found.reviewers["s"], found.reviewers["m"]
    assert (strict.reviews, strict.mean, strict.variance) == (3, Fraction(70), Fraction(200, 3))
    assert (mild.reviews, mild.mean, mild.variance) == (3, Fraction(90), Fraction(50, 3))
    assert (found.mean, found.variance) == (Fraction(80), Fraction(125, 3))
    assert strict.factor == Fraction(7905694150, 10**10)
    assert mild.factor == Fraction(15811388300, 10**10)
    # √(200/3) = 8.16496580927…
    assert strict.spread == Fraction(81649658092, 10**10)


def test_each_document_is_shown_beside_its_plain_result() -> None:
    # C: s 80 → 80 + 10 × 0.790569415 = 87.90569415; m 95 → 80 + 5 × 1.58113883 = 87.90569415.
    found = normalise(THREE, RULES).documents
    assert {key: (str(one.plain), str(one.final)) for key, one in found.items()} == {
        "A": ("72.50", "72.09"),
        "B": ("80.00", "80.00"),
        "C": ("87.50", "87.91"),
    }
    assert found["C"].totals == {"s": Fraction("87.90569415"), "m": Fraction("87.90569415")}


def test_meeting_only_strict_reviewers_no_longer_costs_a_document() -> None:
    # s is 10 stricter than m throughout, with the same spread; X met s alone, Y met m alone.
    pairs = {str(n): reviewed(s=str(total), m=str(total + 10)) for n, total in enumerate((60, 70, 80))}
    found = normalise({**pairs, "X": reviewed(s="70"), "Y": reviewed(m="80")}, RULES).documents
    assert [str(found[key].plain) for key in "XY"] == ["70.00", "80.00"]
    assert found["X"].exact == found["Y"].exact == 75


def test_caps_and_penalties_hold_for_the_normalised_result_too() -> None:
    capped = ruled([Penalty("late", Decimal(5))], "60", s="80", m="95")
    found = normalise({**THREE, "C": capped}, RULES).documents["C"]
    assert (str(found.plain), str(found.final)) == ("55.00", "55.00")


def test_a_reviewer_of_too_few_documents_is_left_alone_and_judges_nobody_else() -> None:
    with_guest = {**THREE, "D": reviewed(g="50"), "E": reviewed(g="100")}
    found = normalise(with_guest, RULES)
    assert not found.reviewers["g"].judged
    assert [str(found.documents[key].final) for key in "DE"] == ["50.00", "100.00"]
    assert (found.mean, found.variance) == (Fraction(80), Fraction(125, 3))
    assert normalise(with_guest, SeverityRules(least_reviews=2)).reviewers["g"].judged


def test_a_reviewer_who_gave_every_document_the_same_is_only_shifted() -> None:
    # s gives 70 throughout, m 80, 90, 100: all together 80; every 70 becomes 80.
    found = normalise({k: reviewed(s="70", m=m) for k, m in (("A", "80"), ("B", "90"), ("C", "100"))}, RULES)
    assert found.reviewers["s"].factor == 1
    assert [one.totals["s"] for one in found.documents.values()] == [80, 80, 80]


def test_dropped_reviews_tell_about_their_reviewers_but_do_not_count() -> None:
    five = {key: reviewed(a="60", b="80", c="81", d="82", e="99") for key in ("A", "B", "C")}
    found = normalise(five, RULES)
    assert found.reviewers["a"].mean == 60
    assert sorted(found.documents["A"].totals) == ["b", "c", "d"]


def test_a_recused_reviewer_tells_nothing() -> None:
    sheets = [JudgeSheet("s", Standing.COUNTED, {"whole": Decimal(60)}), JudgeSheet("r", Standing.RECUSED)]
    found = normalise({**THREE, "D": score_panel(sheets, [], PANEL).explanation}, RULES)
    assert sorted(found.reviewers) == ["m", "s"]


def test_where_nobody_can_be_judged_nothing_changes() -> None:
    found = normalise({"A": reviewed(s="60", m="85")}, RULES)
    assert (found.documents["A"].final, found.mean, found.variance) == (Decimal("72.50"), Fraction(0), Fraction(0))
    assert normalise({}, RULES).documents == {}


@pytest.mark.parametrize(
    ("value", "root"),
    [
        (Fraction(0), Fraction(0)),
        (Fraction(1), Fraction(1)),
        (Fraction(4, 9), Fraction(2, 3)),
        (Fraction(2), Fraction(14142135623, 10**10)),
        (Fraction(1, 3), Fraction(5773502691, 10**10)),
    ],
)
def test_square_roots_are_exact_for_squares_and_else_cut_to_ten_places(value: Fraction, root: Fraction) -> None:
    assert square_root(value) == root


def test_there_is_no_root_below_nothing() -> None:
    with pytest.raises(ValueError, match="nonnegative"):
        square_root(Fraction(-1))


def test_the_rules_are_data_and_off_by_default() -> None:
    assert json.loads(json.dumps(RULES.to_data())) == {"shown": False, "least_reviews": 3}
    assert SeverityRules.from_data({"shown": True}) == SeverityRules(shown=True)
    problem = refusal(lambda: SeverityRules.from_data({"least_reviews": 1}))
    assert problem == Problem("least_reviews_too_low", "least_reviews", {"minimum": "2"})
    assert refusal(lambda: SeverityRules.from_data({"shown": "yes"})).code == "setting_not_a_flag"


halves = st.integers(100, 200).map(lambda n: Decimal(n) / 2)


@few
@given(st.lists(halves, min_size=3, max_size=8), st.integers(2, 5), st.randoms(use_true_random=False))
def test_equally_severe_reviewers_change_nothing(totals: list[Decimal], reviewers: int, chance: Random) -> None:
    # Each reviewer gives the same totals, in an order of their own: same mean, same spread.
    columns = [chance.sample(totals, len(totals)) for _ in range(reviewers)]
    documents = {
        str(n): reviewed(**{f"r{place}": str(total) for place, total in enumerate(row)})
        for n, row in enumerate(zip(*columns, strict=True))
    }
    for key, one in normalise(documents, RULES).documents.items():
        assert one.exact == documents[key].exact
        assert one.final == one.plain


@few
@given(st.lists(st.tuples(halves, halves), min_size=3, max_size=8), st.integers(-40, 40))
def test_a_reviewer_who_is_milder_by_a_constant_changes_no_order(
    rows: list[tuple[Decimal, Decimal]], milder: int
) -> None:
    def normalised(shift: int) -> list[Fraction]:
        documents = {str(n): reviewed(a=str(a), b=str(b + shift)) for n, (a, b) in enumerate(rows)}
        found = normalise(documents, RULES)
        return [one.exact - found.mean for one in found.documents.values()]

    assert normalised(milder) == normalised(0)


@few
@given(st.lists(st.tuples(halves, halves), min_size=3, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_documents_never_matters(rows: list[tuple[Decimal, Decimal]], chance: Random) -> None:
    documents = {str(n): reviewed(a=str(a), b=str(b)) for n, (a, b) in enumerate(rows)}
    keys = list(documents)
    chance.shuffle(keys)
    assert normalise({key: documents[key] for key in keys}, RULES).documents == normalise(documents, RULES).documents
