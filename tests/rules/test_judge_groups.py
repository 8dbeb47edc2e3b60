"""Judges in weighed groups: each makes its own figure, the weights make the score; by hand and by law."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as trial
from hypothesis import strategies as st

from scoring.rules import formats
from scoring.rules.explanation import Explanation
from scoring.rules.judge_groups import read_seats, write_seats
from scoring.rules.panel import JudgeSheet, PanelRules, Standing, score_panel
from scoring.rules.refusal import Problem, Refused

from .cast import counted, panel_of, refusal, refusals


def group(key: str, weight: str, seats: str, **more: Any) -> dict[str, Any]:
    """A group as it stands in the settings, named by its key."""
    return {"key": key, "zh": key, "en": key, "weight": weight, "seats": seats, **more}


#: Five professional judges without their highest and lowest, two experts, the public's median.
TRIMMED = {"drop_high": 1, "drop_low": 1, "trim_from": 4}
THREE = [
    group("panel", "70", "1-5", **TRIMMED),
    group("experts", "20", "6、7"),
    group("public", "10", "8-10", figure="median"),
]
MARKED = ("80", "90", "91", "92", "99", "88", "90", "70", "85", "99")


def rules_of(groups: list[dict[str, Any]] = THREE, **more: Any) -> PanelRules:
    return PanelRules.from_data({"groups": groups, **more})


def test_each_group_makes_its_figure_and_the_weights_make_the_score() -> None:
    # Panel (90 + 91 + 92) / 3 = 91; experts (88 + 90) / 2 = 89; public 85: 63.7 + 17.8 + 8.5 = 90.
    score = score_panel(panel_of(*MARKED), [], rules_of())
    told = score.explanation
    assert (str(score.final), told.method, told.valid, told.counted) == ("90.00", "groups", 10, 8)
    assert [(one.key, one.share, one.exact, one.counted) for one in told.groups] == [
        ("panel", Fraction(7, 10), 91, 3),
        ("experts", Fraction(1, 5), 89, 2),
        ("public", Fraction(1, 10), 85, 3),
    ]
    assert [line.fate for line in told.judges][:5] == ["dropped_low", "counted", "counted", "counted", "dropped_high"]
    # Nothing dropped: 452 / 5 = 90.4, 89, 254 / 3; by the weights 63.28 + 17.8 + 8.4667 = 89.5467.
    assert score.untrimmed_exact == Fraction("63.28") + Fraction("17.8") + Fraction(254, 30)
    assert told.announcement()["rule"] == "groups"


@pytest.mark.parametrize(
    ("judges", "public", "published"),
    [(("90", "92", "94", "95", "88"), "87", "89.0"), (("89", "86", "87", "94", "91"), "88", "88.4")],
)
def test_judges_and_the_public_together_agree_with_a_printed_worked_problem(
    judges: tuple[str, ...], public: str, published: str
) -> None:
    """A school textbook's choice of a monitor: 演讲答辩 of five judges without the extremes 40 %, 民主测评 60 %."""
    groups = [group("judges", "40", "1-5", **TRIMMED), group("public", "60", "6")]
    assert str(score_panel(panel_of(*judges, public), [], rules_of(groups, decimals=1)).final) == published


def test_a_group_without_a_sheet_waits_for_a_reserve_or_leaves_its_weight_to_the_others() -> None:
    sheets = [*panel_of(*MARKED[:5]), JudgeSheet("6", Standing.RECUSED), JudgeSheet("7", Standing.AWAY)]
    sheets += [counted("8", "70"), counted("9", "85"), counted("10", "99")]
    problem = refusal(lambda: score_panel(sheets, [], rules_of()))
    names = {"group": "experts", "group.en": "experts"}
    assert problem == Problem("group_short", "", {**names, "valid": "0", "minimum": "1"})
    # 70 and 10 share: (91 × 70 + 85 × 10) / 80 = 90.25.
    shared = score_panel(sheets, [], rules_of(empty="share"))
    assert str(shared.final) == "90.25"
    assert [one.share for one in shared.explanation.groups] == [Fraction(7, 8), 0, Fraction(1, 8)]


def test_sheets_of_a_group_with_too_few_of_them_do_not_count_and_say_so() -> None:
    groups = [group("panel", "70", "1-3"), group("experts", "30", "4-5", minimum_valid=2)]
    sheets = [*panel_of("90", "90", "90"), counted("4", "100"), JudgeSheet("5", Standing.ABSTAINED)]
    score = score_panel(sheets, [], rules_of(groups, empty="share"))
    assert (str(score.final), score.explanation.judges[3].fate) == ("90.00", "no_figure")
    assert score.untrimmed_exact == 90


def test_where_no_group_has_enough_nobody_can_share() -> None:
    groups = [group("panel", "50", "1-2", minimum_valid=2), group("experts", "50", "3-4", minimum_valid=2)]
    sheets = [counted("1", "90"), counted("3", "80")]
    found = refusals(lambda: score_panel(sheets, [], rules_of(groups, empty="share", minimum_valid=1)))
    assert [problem.code for problem in found] == ["group_short", "group_short"]


def test_a_recusal_in_a_group_that_drops_counts_as_the_owner_chose() -> None:
    sheets = [*panel_of(*MARKED[:3]), JudgeSheet("4", Standing.RECUSED), JudgeSheet("5", Standing.RECUSED)]
    groups = [group("panel", "100", "1-5", **TRIMMED)]
    assert str(score_panel(sheets, [], rules_of(groups)).final) == "87.00"  # 80 + 90 + 91 = 261, / 3
    assert str(score_panel(sheets, [], rules_of(groups, short="trim")).final) == "90.00"
    assert refusal(lambda: score_panel(sheets, [], rules_of(groups, short="reserve"))).figures["minimum"] == "4"


def test_a_sheet_of_a_seat_in_no_group_is_never_left_out_silently() -> None:
    problem = refusal(lambda: score_panel([*panel_of(*MARKED), counted("11", "90")], [], rules_of()))
    assert problem == Problem("seats_without_group", "", {"seats": "11"})


def test_ties_are_told_apart_by_the_groups_weights() -> None:
    kind, settings = formats.get("legal_explanation"), formats.get("legal_explanation").defaults()
    groups = [group("panel", "80", "1-2"), group("public", "20", "3")]
    marks = {line["key"]: Decimal(9) for line in settings["rubric"]}
    sheets = [
        JudgeSheet(str(n), Standing.COUNTED, marks | {"law": Decimal(law)}) for n, law in enumerate((20, 22, 11), 1)
    ]
    score = score_panel(sheets, [], rules_of(groups))
    # 21 × 0.8 + 11 × 0.2 = 19; the five others are 9 each.
    assert kind.tie_values(settings, score) == {"untrimmed_mean": 19 + 45, "key_criterion": 19}


@pytest.mark.parametrize(
    ("groups", "code", "place", "figures"),
    [
        ([group("a", "70", "1"), group("b", "20", "2")], "group_weights_not_whole", "groups", {"sum": "90"}),
        ([group("a", "70", "1-3"), group("b", "30", "3-4")], "seat_in_two_groups", "groups.1.seats", {"seats": "3"}),
        ([group("a", "100", "")], "group_without_seats", "groups.0.seats", {}),
        ([group("a", "100", "eins")], "seats_malformed", "groups.0.seats", {}),
        ([group("a", "100", "5-1")], "seats_malformed", "groups.0.seats", {}),
        ([group("a", "0", "1")], "group_weight_out_of_range", "groups.0.weight", {}),
        ([group("a", "100", "1", figure="sum")], "sum_not_in_groups", "groups.0.figure", {}),
        ([group("a", "100", "1", figure="mode")], "unknown_choice", "groups.0.figure", {"choice": "mode"}),
        (
            [group("a", "100", "1", minimum_valid=2)],
            "group_smaller_than_least", "groups.0.minimum_valid", {"given": "1", "least": "2"},
        ),
        (
            [group("a", "100", "1", minimum_valid=0)],
            "minimum_valid_too_low", "groups.0.minimum_valid", {"minimum": "1"},
        ),
        (
            [group("a", "100", "1-3", drop_high=2, drop_low=2, trim_from=5)],
            "group_too_small_to_drop", "groups.0.seats", {"given": "3", "dropped": "4", "minimum": "5"},
        ),
        (
            [group("a", "100", "1-3", drop_high=2, drop_low=2, trim_from=3)],
            "trim_from_too_low", "groups.0.trim_from", {"minimum": "5"},
        ),
        (
            [group("a", "100", "1-3", drop_high=1, trim_from=3)],
            "drop_out_of_range", "groups.0.drop_low", {"minimum": "1", "maximum": "9"},
        ),
        ([group("a", "50", "1"), group("a", "50", "2")], "group_key_twice", "groups.1.key", {"key": "a"}),
    ],
)  # fmt: skip
def test_groups_that_cannot_be_followed_are_refused_at_their_place(
    groups: list[dict[str, Any]], code: str, place: str, figures: dict[str, str]
) -> None:
    (problem,) = refusals(lambda: rules_of(groups))
    assert (problem.code, problem.field, problem.figures) == (code, place, figures)


@pytest.mark.parametrize("key", ["debate", "suggestion_review"])
def test_where_no_whole_panel_marks_a_performance_groups_are_refused(key: str) -> None:
    settings = formats.get(key).defaults()
    settings["panel"] |= {"groups": [group("a", "100", "1-7")]}
    assert Problem("groups_not_here", "panel.groups") in refusals(lambda: formats.get(key).check_settings(settings))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("1-5, 8", "1-5, 8"), ("１－３、５", "1-3, 5"), ("3 2 1", "1-3"), ("1至4，6", "1-4, 6"), ("", "")],
)
def test_seats_are_read_as_people_write_them(typed: str, kept: str) -> None:
    assert write_seats(read_seats(typed)) == kept


def test_a_panel_without_groups_counts_as_it_did() -> None:
    told = score_panel(panel_of("80", "90", "91", "92", "99"), [], PanelRules()).explanation.to_data()
    assert ("groups" in told, told["method"]) == (False, "trimmed")


totals = st.integers(0, 200).map(lambda n: Decimal(n) / 2)
trims = st.sampled_from(
    [{}, {"drop_high": 1, "drop_low": 1, "trim_from": 3}, {"drop_high": 2, "drop_low": 1, "trim_from": 4}]
)
drawn = st.lists(
    st.tuples(st.lists(st.none() | totals, min_size=4, max_size=7), trims, st.sampled_from(["mean", "median"])),
    min_size=1, max_size=4,
)  # fmt: skip


def again(values: list[Decimal], trim: dict[str, int], figure: str) -> Fraction:
    """One group's figure counted again without a line of the rulebook."""
    left = sorted(map(Fraction, values))
    if trim and len(left) >= trim["trim_from"]:
        left = left[trim["drop_low"] : len(left) - trim["drop_high"]]
    return median(left) if figure == "median" else sum(left, Fraction(0)) / len(left)


@trial(max_examples=200, deadline=None)
@given(drawn, st.data())
def test_every_score_agrees_with_counting_the_groups_again(drawn: list[Any], data: st.DataObject) -> None:
    cuts = sorted(
        data.draw(st.lists(st.integers(1, 99), min_size=len(drawn) - 1, max_size=len(drawn) - 1, unique=True))
    )
    weights = [end - begin for begin, end in zip([0, *cuts], [*cuts, 100], strict=True)]
    groups, sheets, kept, seat = [], [], [], 1
    for place, ((marked, trim, figure), weight) in enumerate(zip(drawn, weights, strict=True)):
        groups.append(group(f"g{place}", str(weight), f"{seat}-{seat + len(marked) - 1}", figure=figure, **trim))
        for total in marked:
            sheets.append(JudgeSheet(str(seat), Standing.RECUSED) if total is None else counted(str(seat), str(total)))
            seat += 1
        if marks := [total for total in marked if total is not None]:
            kept.append((weight, again(marks, trim, figure)))
    rules = rules_of(groups, empty="share", minimum_valid=1)
    if not kept:
        with pytest.raises(Refused, match="no_judge_marks"):
            score_panel(sheets, [], rules)
        return
    score = score_panel(sheets, [], rules)
    assert score.exact == sum(weight * figure for weight, figure in kept) / sum(weight for weight, _ in kept)
    explained = Explanation.from_data(json.loads(json.dumps(score.explanation.to_data())))
    assert explained == score.explanation
    assert sum((line.share * line.exact for line in explained.groups), Fraction(0)) == explained.exact
