"""More than one total dropped, each criterion by itself, median, sum, small panels, the floor: by hand and by law."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from statistics import median

import pytest
from hypothesis import given
from hypothesis import settings as trial
from hypothesis import strategies as st

from scoring.rules import formats
from scoring.rules.after_mean import Penalty
from scoring.rules.explanation import Explanation
from scoring.rules.figures import round_half_up
from scoring.rules.panel import JudgeSheet, PanelRules, PanelScore, Standing, score_panel
from scoring.rules.refusal import Problem

from .cast import panel_of, refusal, refusals

#: A dive as it is explained to the public: seven awards, the two highest and the two lowest are crossed out, the rest
#: are added up (World Aquatics, diving; the figures are those of a printed worked example, 22.0).
DIVE = ("6.5", "7.0", "7.0", "7.5", "7.5", "8.0", "8.0")
DIVING = PanelRules(drop_high=2, drop_low=2, trim_from=7, figure="sum", decimals=1)
#: A school speech contest whose ten marks are published with four ways to count them.
SPEECH = ("7.0", "7.8", "3.2", "8.0", "8.4", "8.4", "9.8", "8.0", "8.4", "8.0")
TWO = PanelRules(drop_high=2, drop_low=2)


def sheets_of(*marks: tuple[str, str]) -> list[JudgeSheet]:
    """Seats 1, 2, … with their marks in law and pace."""
    return [
        JudgeSheet(str(seat), Standing.COUNTED, {"law": Decimal(law), "pace": Decimal(pace)})
        for seat, (law, pace) in enumerate(marks, start=1)
    ]


def test_a_dive_drops_two_awards_at_each_end_and_adds_up_the_rest() -> None:
    score = score_panel(panel_of(*DIVE), [], DIVING)
    assert (score.explanation.method, str(score.final)) == ("trimmed_sum", "22.0")
    assert [line.fate for line in score.explanation.judges].count("counted") == 3
    assert score.explanation.announcement() == {
        "judges": "7", "counted": "3", "rule": "sum", "is_sum": "1", "high": "2", "low": "2",
        "highest_all": "8 / 8", "lowest_all": "6.5 / 7", "counted_sum": "22", "mean": "22.0",
        "penalty_sum": "0", "final": "22.0",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rules", "published"),
    [
        (PanelRules(trim=False, decimals=1), "7.7"),  # 77 / 10
        (PanelRules(decimals=1), "8.0"),  # without 3.2 and 9.8: 64 / 8
        (PanelRules(trim=False, figure="median", decimals=1), "8.0"),
    ],
)
def test_the_ways_to_count_a_school_contest_agree_with_its_published_figures(rules: PanelRules, published: str) -> None:
    assert str(score_panel(panel_of(*SPEECH), [], rules).final) == published


def test_each_criterion_can_be_trimmed_by_itself() -> None:
    # law 10 20 21 22 30: 20 + 21 + 22 = 63; pace 9 1 6 7 4: 6 + 7 + 4 = 17; 80 / 3 = 26.67.
    # By totals, 19 21 27 29 34, it would be 21 + 27 + 29 = 77, / 3 = 25.67.
    sheets = sheets_of(("10", "9"), ("20", "1"), ("21", "6"), ("22", "7"), ("30", "4"))
    score = score_panel(sheets, [], PanelRules(by="criterion"))
    explained = score.explanation
    assert (str(score.final), explained.method) == ("26.67", "criterion")
    assert (explained.counted, explained.counted_sum) == (3, 80)
    assert [line.fate for line in explained.judges] == ["counted"] * 5
    assert {line.seat: line.dropped for line in explained.judges if line.dropped} == {
        "1": {"law": "low", "pace": "high"},
        "2": {"pace": "low"},
        "5": {"law": "high"},
    }
    assert explained.announcement()["by_criterion"] == "1"


def test_the_key_criterion_of_a_tie_is_that_of_the_marks_that_count() -> None:
    kind, settings = formats.get("legal_explanation"), formats.get("legal_explanation").defaults()
    settings["rubric"] = settings["rubric"][:2]
    settings["panel"] |= {"by": "criterion"}
    line = {"facts": Decimal(9), "law": Decimal(20)}
    sheets = [
        JudgeSheet(str(n), Standing.COUNTED, line | {"law": Decimal(law)}) for n, law in enumerate((1, 20, 21, 22, 25))
    ]
    score = score_panel(sheets, [], PanelRules.from_data(settings["panel"]))
    assert kind.tie_values(settings, score)["key_criterion"] == 21


@pytest.mark.parametrize(
    ("short", "final", "method"),
    [
        ("plain", "90.00", "plain"),  # 80 + 90 + 91 + 99 = 360, / 4
        ("trim", "90.50", "trimmed"),  # 90 + 91 = 181, / 2
    ],
)
def test_a_recusal_in_a_panel_of_five_counts_as_the_owner_chose(short: str, final: str, method: str) -> None:
    sheets = [*panel_of("80", "90", "91", "99"), JudgeSheet("5", Standing.RECUSED)]
    score = score_panel(sheets, [], PanelRules(short=short))
    assert (str(score.final), score.explanation.method) == (final, method)


def test_where_a_reserve_judge_has_to_step_in_there_is_no_score_until_it_did() -> None:
    rules = PanelRules(short="reserve")
    sheets = [*panel_of("80", "90", "91", "99"), JudgeSheet("5", Standing.RECUSED)]
    problem = refusal(lambda: score_panel(sheets, [], rules))
    assert problem == Problem("reserve_needed", "", {"valid": "4", "minimum": "5"})
    reserve = JudgeSheet("R1", Standing.COUNTED, {"whole": Decimal(92)})
    assert str(score_panel([*sheets, reserve], [], rules).final) == "91.00"  # 90 + 91 + 92 = 273, / 3


def test_trimming_all_the_same_stops_where_nothing_would_be_left() -> None:
    rules = PanelRules(drop_high=2, drop_low=2, short="trim")
    assert score_panel(panel_of("80", "90", "91", "99"), [], rules).explanation.method == "plain"
    assert str(score_panel(panel_of("80", "90", "91", "92", "99"), [], rules).final) == "91.00"


def test_a_sum_is_of_as_many_sheets_for_everybody() -> None:
    fewer = refusal(lambda: score_panel(panel_of(*DIVE[:6]), [], DIVING))
    assert fewer == Problem("reserve_needed", "", {"valid": "6", "minimum": "7"})
    more = refusal(lambda: score_panel(panel_of(*DIVE, "7"), [], DIVING))
    assert more == Problem("too_many_for_sum", "", {"valid": "8", "minimum": "7"})


def test_a_sum_goes_into_a_total_on_the_scale_of_one_sheet() -> None:
    # 22 of three sheets is 22 / 3 = 7.33 of one.
    kind = formats.get("legal_explanation")
    score = score_panel(panel_of(*DIVE), [], DIVING)
    assert kind.points({}, {"1": score}).exact == Fraction(22, 3)
    mean = score_panel(panel_of(*DIVE), [], PanelRules())
    assert kind.points({}, {"1": mean}) is mean


@pytest.mark.parametrize("key", ["debate", "suggestion_review"])
def test_where_some_have_more_sheets_than_others_a_sum_is_refused(key: str) -> None:
    settings = formats.get(key).defaults()
    settings["panel"] |= {"figure": "sum"}
    refused = refusals(lambda: formats.get(key).check_settings(settings))
    assert Problem("sum_not_here", "panel.figure") in refused


def test_penalties_stop_at_nought_where_the_rule_says_so() -> None:
    # 2.5 / 4 = 0.625, shown 0.63; less 2 would be -1.37.
    four, off = panel_of("0.5", "0.5", "0.5", "1"), [Penalty("overtime", Decimal(2))]
    score = score_panel(four, off, PanelRules(floor=True))
    explained = Explanation.from_data(json.loads(json.dumps(score.explanation.to_data())))
    assert (score.exact, str(score.final), explained.exact) == (0, "0.00", 0)
    assert (explained.penalty_sum, dict(explained.figures)) == (2, {"floor": "0"})
    assert "floor" not in score_panel(four, off[:0], PanelRules(floor=True)).explanation.figures


@pytest.mark.parametrize(
    ("data", "place", "figures"),
    [
        ({"drop_high": 2, "drop_low": 2, "trim_from": 3}, "trim_from", {"minimum": "5"}),
        ({"drop_high": 0}, "drop_high", {"minimum": "1", "maximum": "9"}),
        ({"drop_low": 10}, "drop_low", {"minimum": "1", "maximum": "9"}),
        ({"figure": "mode"}, "figure", {"choice": "mode"}),
        ({"by": "judge"}, "by", {"choice": "judge"}),
        ({"short": "wait"}, "short", {"choice": "wait"}),
    ],
)
def test_rules_that_cannot_be_followed_are_refused_at_their_place(
    data: dict[str, object], place: str, figures: dict[str, str]
) -> None:
    (problem,) = refusals(lambda: PanelRules.from_data(data))
    assert (problem.field, problem.figures) == (place, figures)


def test_what_an_earlier_release_wrote_of_a_panel_counts_as_it_did() -> None:
    before = {"trim": True, "trim_from": 5, "minimum_valid": 3, "decimals": 2, "wide": 15}
    assert PanelRules.from_data(before) == PanelRules()
    told = score_panel(panel_of("80", "90", "91", "92", "99"), [], PanelRules.from_data(before)).explanation.to_data()
    assert {"figures", "dropped"} & {*told, *told["judges"][0]} == set()


halves = st.integers(0, 20).map(lambda n: Decimal(n) / 2)
marks = st.fixed_dictionaries({"law": halves, "pace": halves, "poise": halves})
ends = st.integers(1, 3)
ruled = st.builds(
    lambda high, low, over, by, figure, short: PanelRules(
        True, high + low + over, 1, 4, 15, high, low, by, figure, short
    ),
    ends, ends, st.integers(1, 3), st.sampled_from(["total", "criterion"]), st.sampled_from(["mean", "median"]),
    st.sampled_from(["plain", "trim"]),
)  # fmt: skip


def figure_again(values: list[Decimal], rules: PanelRules) -> Fraction:
    """One column of figures counted again, by removing extremes one by one."""
    left = list(values)
    if len(left) >= rules.trim_from or (rules.short == "trim" and len(left) > rules.drop_high + rules.drop_low):
        for _ in range(rules.drop_high):
            left.remove(max(left))
        for _ in range(rules.drop_low):
            left.remove(min(left))
    return Fraction(median(left)) if rules.figure == "median" else Fraction(sum(left)) / len(left)


def counted_again(sheets: list[dict[str, Decimal]], rules: PanelRules) -> Fraction:
    """The panel's figure without a line of the rulebook."""
    if rules.by == "total":
        return figure_again([sum(sheet.values(), Decimal(0)) for sheet in sheets], rules)
    return sum((figure_again([sheet[key] for sheet in sheets], rules) for key in sheets[0]), Fraction(0))


def scored(sheets: list[dict[str, Decimal]], rules: PanelRules) -> PanelScore:
    return score_panel([JudgeSheet(str(n), Standing.COUNTED, one) for n, one in enumerate(sheets, 1)], [], rules, "law")


@trial(max_examples=200, deadline=None)
@given(st.lists(marks, min_size=1, max_size=11), ruled)
def test_every_rule_agrees_with_counting_again(sheets: list[dict[str, Decimal]], rules: PanelRules) -> None:
    score = scored(sheets, rules)
    assert score.exact == counted_again(sheets, rules)
    explained = Explanation.from_data(json.loads(json.dumps(score.explanation.to_data())))
    assert explained == score.explanation
    kept = [mark for line in explained.judges for key, mark in line.marks.items() if line.counts(key)]
    assert sum(kept, Decimal(0)) == explained.counted_sum
    if rules.figure == "mean":
        assert round_half_up(Fraction(explained.counted_sum) / explained.counted, 4) == explained.mean


@trial(max_examples=100, deadline=None)
@given(st.lists(marks, min_size=1, max_size=11), ruled, st.data())
def test_raising_one_mark_never_lowers_the_score(
    sheets: list[dict[str, Decimal]], rules: PanelRules, data: st.DataObject
) -> None:
    seat = data.draw(st.integers(0, len(sheets) - 1))
    raised = {**sheets[seat], "law": sheets[seat]["law"] + data.draw(halves)}
    assert scored([*sheets[:seat], raised, *sheets[seat + 1 :]], rules).exact >= scored(sheets, rules).exact
