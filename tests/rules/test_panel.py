"""From the panel's sheets to one score, worked out by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from scoring.rules.after_mean import Penalty
from scoring.rules.panel import JudgeSheet, PanelRules, Standing, round_half_up, score_panel
from scoring.rules.refusal import Problem

from .cast import counted, panel_of, refusal, refusals

RULES = PanelRules()
SEVEN = ("91", "92.5", "90", "93.5", "88", "95", "92")


def fates(sheets: list[JudgeSheet], key: str = "") -> dict[str, str]:
    return {line.seat: line.fate for line in score_panel(sheets, [], RULES, key).explanation.judges}


def test_of_seven_judges_one_highest_and_one_lowest_are_dropped_and_the_rest_averaged() -> None:
    # Without 95 and 88: 91 + 92.5 + 90 + 93.5 + 92 = 459; 459 / 5 = 91.8.
    score = score_panel(panel_of(*SEVEN), [], RULES)
    explained = score.explanation
    assert (explained.method, explained.valid, explained.counted) == ("trimmed", 7, 5)
    assert [explained.highest, explained.lowest, explained.counted_sum] == [95, 88, 459]
    assert score.exact == score.mean_exact == Fraction("91.8")
    assert (str(score.mean), str(score.final)) == ("91.80", "91.80")


def test_the_untrimmed_mean_keeps_all_valid_judges() -> None:
    # 459 + 95 + 88 = 642; 642 / 7 = 91.714285…
    score = score_panel(panel_of(*SEVEN), [], RULES)
    assert score.untrimmed_exact == Fraction(642, 7)
    assert str(score.explanation.untrimmed_mean) == "91.71"


@pytest.mark.parametrize(
    ("totals", "mean"),
    [
        (("80", "90", "91", "92", "99"), "91.00"),  # 5: 90 + 91 + 92 = 273; / 3
        (("70", "90", "90", "91", "91", "92", "92", "93", "99"), "91.29"),  # 9: 639 / 7 = 91.2857…
        (("70", "90", "90", "90", "91", "91", "91", "92", "92", "92", "99"), "91.00"),  # 11: 819 / 9
    ],
)
def test_panels_of_other_sizes_drop_one_at_each_end_too(totals: tuple[str, ...], mean: str) -> None:
    assert str(score_panel(panel_of(*totals), [], RULES).mean) == mean


def test_if_several_judges_share_the_extreme_only_one_is_dropped() -> None:
    # One 95 and one 85 go: 95 + 92 + 90 + 90 + 85 = 452; / 5 = 90.4. All four gone would give 90.67.
    score = score_panel(panel_of("95", "95", "92", "90", "90", "85", "85"), [], RULES)
    assert str(score.final) == "90.40"
    dropped = [line.fate for line in score.explanation.judges if line.fate != "counted"]
    assert sorted(dropped) == ["dropped_high", "dropped_low"]


def test_if_all_judges_agree_still_one_high_and_one_low_are_dropped() -> None:
    score = score_panel(panel_of("90", "90", "90", "90", "90"), [], RULES)
    assert [score.explanation.counted, score.explanation.counted_sum] == [3, 270]
    assert str(score.final) == "90.00"


def test_of_equal_extremes_the_seat_decides_who_is_dropped_in_the_order_of_numbers() -> None:
    # Lowest: seats 2 and 10 with 85, the first goes. Highest: seats 3 and 11 with 95, the last goes.
    sheets = [
        counted(seat, total)
        for seat, total in zip(("10", "2", "3", "11", "1"), ("85", "85", "95", "95", "90"), strict=True)
    ]
    assert fates(sheets) == {
        "1": "counted",
        "2": "dropped_low",
        "3": "counted",
        "10": "counted",
        "11": "dropped_high",
    }


def test_of_equal_extremes_the_more_extreme_key_mark_is_dropped_whoever_gave_it() -> None:
    def sheet(seat: str, law: str, pace: str) -> JudgeSheet:
        return JudgeSheet(seat, Standing.COUNTED, {"law": Decimal(law), "pace": Decimal(pace)})

    # Seats 1 and 2 both total 33, seats 4 and 5 both 25: the 24 and the 15 in law go.
    sheets = [
        sheet("1", "24", "9"),
        sheet("2", "23", "10"),
        sheet("3", "20", "9"),
        sheet("4", "16", "9"),
        sheet("5", "15", "10"),
    ]
    assert fates(sheets, "law") == {
        "1": "dropped_high",
        "2": "counted",
        "3": "counted",
        "4": "counted",
        "5": "dropped_low",
    }


def test_with_four_judges_nothing_is_dropped() -> None:
    # 80 + 90 + 91 + 99 = 360; / 4 = 90.
    score = score_panel(panel_of("80", "90", "91", "99"), [], RULES)
    explained = score.explanation
    assert (explained.method, explained.valid, explained.counted) == ("plain", 4, 4)
    assert (explained.highest, explained.lowest) == (None, None)
    assert str(score.final) == "90.00"


def test_with_three_judges_the_plain_mean_counts() -> None:
    # 90 + 91 + 91.5 = 272.5; / 3 = 90.8333…
    score = score_panel(panel_of("90", "91", "91.5"), [], RULES)
    assert (score.explanation.method, str(score.final)) == ("plain", "90.83")
    assert score.explanation.mean_exact == "545/6"


def test_with_two_judges_there_is_no_score() -> None:
    problem = refusal(lambda: score_panel(panel_of("90", "91"), [], RULES))
    assert problem == Problem("too_few_judges", "", {"valid": "2", "minimum": "3"})


def test_without_any_judge_there_is_no_score() -> None:
    assert refusal(lambda: score_panel([], [], RULES)).code == "no_judge_marks"


def test_the_trim_can_be_switched_off_and_its_floor_moved() -> None:
    # All five: 80 + 90 + 91 + 92 + 99 = 452; / 5 = 90.4. Trimmed it would be 91.
    five = panel_of("80", "90", "91", "92", "99")
    assert str(score_panel(five, [], PanelRules(trim=False)).final) == "90.40"
    assert str(score_panel(five, [], PanelRules(trim_from=6)).final) == "90.40"
    # Three with the floor at three: only 91 is left.
    three = panel_of("80", "91", "99")
    assert str(score_panel(three, [], PanelRules(trim_from=3)).final) == "91.00"


def test_a_half_is_rounded_up() -> None:
    # 91 + 91 + 91 + 91.5 = 364.5; / 4 = 91.125.
    assert str(score_panel(panel_of("91", "91", "91", "91.5"), [], RULES).final) == "91.13"


def test_the_places_shown_are_a_rule_of_the_contest() -> None:
    # 545 / 6 = 90.8333…
    three = panel_of("90", "91", "91.5")
    shown = [str(score_panel(three, [], PanelRules(decimals=places)).final) for places in (0, 1, 3)]
    assert shown == ["91", "90.8", "90.833"]


def test_penalties_are_taken_off_the_mean() -> None:
    # 91.8 - 0.5 - 1 = 90.3; taken off the sum first it would be (459 - 1.5) / 5 = 91.5.
    taken_off = [Penalty("overtime", Decimal("0.5"), "超时 12 秒"), Penalty("other", Decimal(1), "携带资料")]
    score = score_panel(panel_of(*SEVEN), taken_off, RULES)
    assert (str(score.mean), str(score.final)) == ("91.80", "90.30")
    assert score.exact == Fraction("90.3")
    assert score.explanation.penalty_sum == Decimal("1.5")
    assert [(p.kind, p.reason) for p in score.explanation.penalties] == [
        ("overtime", "超时 12 秒"),
        ("other", "携带资料"),
    ]


def test_a_penalty_never_changes_who_is_dropped_or_the_mean() -> None:
    plainly = score_panel(panel_of(*SEVEN), [], RULES)
    punished = score_panel(panel_of(*SEVEN), [Penalty("overtime", Decimal(3))], RULES)
    assert punished.explanation.judges == plainly.explanation.judges
    assert punished.mean == plainly.mean
    assert punished.untrimmed_exact == plainly.untrimmed_exact


def test_the_shown_mean_less_the_penalty_is_the_shown_final_even_at_a_half() -> None:
    # 91.125 shown 91.13; less 0.5 is 90.625, shown 90.63.
    score = score_panel(panel_of("91", "91", "91", "91.5"), [Penalty("overtime", Decimal("0.5"))], RULES)
    assert (str(score.mean), str(score.final)) == ("91.13", "90.63")


def test_more_penalties_than_points_go_below_nought_and_still_add_up() -> None:
    # 0.5 + 0.5 + 0.5 + 1 = 2.5; / 4 = 0.625, shown 0.63; less 2 is -1.375, shown -1.37.
    score = score_panel(panel_of("0.5", "0.5", "0.5", "1"), [Penalty("overtime", Decimal(2))], RULES)
    assert (str(score.mean), str(score.final)) == ("0.63", "-1.37")


def test_a_penalty_finer_than_the_shown_places_is_refused() -> None:
    problem = refusal(lambda: score_panel(panel_of(*SEVEN), [Penalty("overtime", Decimal("0.125"))], RULES))
    assert problem == Problem("penalty_too_fine", "overtime", {"decimals": "2"})


def test_a_penalty_with_idle_noughts_is_not_too_fine() -> None:
    score = score_panel(panel_of(*SEVEN), [Penalty("overtime", Decimal("0.5000"))], RULES)
    assert str(score.final) == "91.30"


@pytest.mark.parametrize("points", ["0", "-1", "NaN", "Infinity"])
def test_a_penalty_that_takes_nothing_off_is_refused(points: str) -> None:
    problem = refusal(lambda: score_panel(panel_of(*SEVEN), [Penalty("overtime", Decimal(points))], RULES))
    assert problem == Problem("penalty_not_positive", "overtime")


def test_a_missing_sheet_blocks_the_score_and_says_who() -> None:
    sheets = panel_of(*SEVEN)
    sheets[4] = JudgeSheet("5", Standing.MISSING)
    sheets[2] = JudgeSheet("3", Standing.MISSING)
    sheets.append(JudgeSheet("10", Standing.MISSING))
    problem = refusal(lambda: score_panel(sheets[::-1], [], RULES))
    assert problem == Problem("missing_sheets", "", {"seats": "3, 5, 10"})


def test_a_draft_that_was_not_handed_in_is_a_missing_sheet() -> None:
    sheets = [*panel_of(*SEVEN[:6]), JudgeSheet("7", Standing.MISSING, {"whole": Decimal(92)})]
    assert refusal(lambda: score_panel(sheets, [], RULES)).figures == {"seats": "7"}


def test_a_sheet_said_to_be_in_without_marks_is_missing() -> None:
    sheets = [*panel_of(*SEVEN[:6]), JudgeSheet("7", Standing.COUNTED, None)]
    assert refusal(lambda: score_panel(sheets, [], RULES)).code == "missing_sheets"


def test_a_missing_sheet_is_told_before_too_few_judges() -> None:
    sheets = [*panel_of("90"), JudgeSheet("2", Standing.MISSING)]
    assert refusal(lambda: score_panel(sheets, [], RULES)).code == "missing_sheets"


def test_a_sheet_with_a_criterion_less_than_the_others_is_refused() -> None:
    full = {"law": Decimal(20), "pace": Decimal(9)}
    sheets = [JudgeSheet(str(seat), Standing.COUNTED, full) for seat in range(1, 6)]
    sheets.append(JudgeSheet("6", Standing.COUNTED, {"law": Decimal(20)}))
    sheets.append(JudgeSheet("7", Standing.COUNTED, {}))
    assert refusal(lambda: score_panel(sheets, [], RULES)) == Problem("sheets_differ", "", {"seats": "6, 7"})


def test_two_sheets_from_one_seat_are_refused() -> None:
    sheets = [*panel_of(*SEVEN), counted("2", "93")]
    assert refusal(lambda: score_panel(sheets, [], RULES)) == Problem("seat_twice", "", {"seats": "2"})


@pytest.mark.parametrize("standing", [Standing.RECUSED, Standing.ABSTAINED])
def test_a_recused_or_abstaining_judge_is_shown_and_never_counted_as_nought(standing: Standing) -> None:
    # The six others without 95 and 90: 91 + 92.5 + 93.5 + 92 = 369; / 4 = 92.25.
    sheets = panel_of(*SEVEN)
    sheets[4] = JudgeSheet("5", standing)
    score = score_panel(sheets, [], RULES)
    assert (score.explanation.valid, score.explanation.counted, str(score.final)) == (6, 4, "92.25")
    line = score.explanation.judges[4]
    assert (line.seat, line.standing, line.fate, line.total, line.marks) == (
        "5",
        standing,
        standing,
        None,
        {},
    )


def test_marks_given_before_a_recusal_neither_count_nor_show() -> None:
    sheets = panel_of(*SEVEN)
    sheets[4] = JudgeSheet("5", Standing.RECUSED, {"whole": Decimal(88)})
    score = score_panel(sheets, [], RULES)
    assert str(score.final) == "92.25"
    assert (score.explanation.judges[4].total, score.explanation.judges[4].marks) == (None, {})


def test_recusals_can_bring_the_panel_under_the_trim_floor() -> None:
    # Five seats, one recused: the plain mean of 80, 90, 91 and 99 is 90.
    sheets = [*panel_of("80", "90", "91", "99"), JudgeSheet("5", Standing.RECUSED)]
    score = score_panel(sheets, [], RULES)
    assert (score.explanation.method, str(score.final)) == ("plain", "90.00")


def test_recusals_can_leave_too_few_judges() -> None:
    sheets = [*panel_of("90", "91"), JudgeSheet("3", Standing.RECUSED), JudgeSheet("4", Standing.ABSTAINED)]
    problem = refusal(lambda: score_panel(sheets, [], RULES))
    assert problem == Problem("too_few_judges", "", {"valid": "2", "minimum": "3"})


def test_a_reserve_judge_counts_beside_the_recused_seat() -> None:
    # Seat 5 is recused, the reserve gives 88 in its stead: the same seven totals as before.
    sheets = panel_of(*SEVEN)
    sheets[4] = JudgeSheet("5", Standing.RECUSED)
    score = score_panel([*sheets, counted("R1", "88")], [], RULES)
    assert (score.explanation.valid, str(score.final)) == (7, "91.80")
    assert [line.seat for line in score.explanation.judges][-2:] == ["7", "R1"]


def test_a_sheet_has_a_total_only_while_it_counts() -> None:
    marks = {"law": Decimal("22.5"), "pace": Decimal(9)}
    totals = {standing: JudgeSheet("1", standing, marks).total for standing in Standing}
    assert totals == {
        Standing.COUNTED: Decimal("31.5"),
        Standing.MISSING: None,
        Standing.RECUSED: None,
        Standing.AWAY: None,
        Standing.ABSTAINED: None,
    }


def test_panel_rules_survive_their_data_form() -> None:
    rules = PanelRules(trim=False, trim_from=7, minimum_valid=5, decimals=3)
    assert PanelRules.from_data(rules.to_data()) == rules
    assert PanelRules.from_data({}) == RULES == PanelRules(True, 5, 3, 2)


@pytest.mark.parametrize(
    ("data", "code", "field"),
    [
        ({"trim_from": 2}, "trim_from_too_low", "trim_from"),
        ({"minimum_valid": 0}, "minimum_valid_too_low", "minimum_valid"),
        ({"decimals": -1}, "decimals_out_of_range", "decimals"),
        ({"decimals": 7}, "decimals_out_of_range", "decimals"),
        ({"decimals": "2"}, "setting_not_whole", "decimals"),
        ({"minimum_valid": 3.0}, "setting_not_whole", "minimum_valid"),
        ({"trim_from": True}, "setting_not_whole", "trim_from"),
        ({"trim": 1}, "setting_not_a_flag", "trim"),
        ({"drop": 2}, "unknown_setting", "drop"),
        (["trim"], "settings_malformed", ""),
    ],
)
def test_panel_rules_that_make_no_sense_are_refused(data: object, code: str, field: str) -> None:
    problem = refusal(lambda: PanelRules.from_data(data))
    assert (problem.code, problem.field) == (code, field)


def test_panel_rules_are_refused_with_all_their_problems() -> None:
    problems = refusals(lambda: PanelRules(trim_from=1, minimum_valid=0, decimals=9))
    assert [p.field for p in problems] == ["trim_from", "minimum_valid", "decimals"]


def test_the_panels_rounding_is_the_rulebooks() -> None:
    assert str(round_half_up(Fraction(459, 5), 2)) == "91.80"
