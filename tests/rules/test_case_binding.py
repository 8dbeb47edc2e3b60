"""Case-file binding (案卷装订) as the domain page describes it, from settings to ranking."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from scoring.rules.agreement import settlement
from scoring.rules.checklist import Checklist
from scoring.rules.explanation import Explanation
from scoring.rules.formats.base import PenaltyFacts
from scoring.rules.inspection import read_inspection
from scoring.rules.panel import Standing
from scoring.rules.refusal import Problem

from .cast import refusal, refusals
from .cast_binding import ALONE, FORMAT, FOUND, ITEMS, bench, final, lost, scored, settings, sheet


def test_the_checklist_is_the_domain_pages_hundred_points() -> None:
    checklist = Checklist.from_data(FORMAT.defaults()["checklist"])
    assert [(item.zh, int(item.maximum), [str(d.points) for d in item.defects]) for item in checklist.items] == [
        ("封面封底", 10, ["1", "2"]),
        ("卷内目录", 15, ["1", "1"]),
        ("材料齐全", 20, ["3", "2"]),
        ("排列顺序", 20, ["2"]),
        ("编页", 15, ["1", "0.5"]),
        ("备考表", 5, ["5", "1"]),
        ("装订工艺", 15, ["1", "2", "5", "3", "1", "2"]),
    ]
    assert checklist.maximum == 100


def test_the_other_defaults_are_the_domain_pages() -> None:
    defaults = FORMAT.defaults()
    assert defaults["overtime"] == {
        "free_seconds": 0,
        "step_seconds": 60,
        "points_per_step": "2",
        "most": "10",
        "stop_seconds": 300,
    }
    assert defaults["bonus"] == {"given": False, "step_seconds": 60, "points_per_step": "0.2", "most": "5"}
    assert [(cap["key"], cap["limit"]) for cap in defaults["caps"]] == [("lost_original", "60")]
    assert defaults["ties"] == ["exact_value", "format_step", "play_off", "shared_rank"]
    assert [(clock["zh"], clock["seconds"], clock["kind"]) for clock in defaults["clocks"]] == [
        ("装订", 3600, "shared")
    ]


def test_the_defaults_are_editable_data_that_passes_its_own_check() -> None:
    through_json = json.loads(json.dumps(FORMAT.defaults()))
    assert through_json == FORMAT.defaults()
    FORMAT.check_settings(through_json)


def test_the_items_are_the_column_heads() -> None:
    rubric = FORMAT.rubric(settings(), "")
    assert [c.key for c in rubric.criteria] == list(ITEMS)
    names = ["Covers", "Index", "Completeness", "Order", "Pagination", "Remarks sheet", "Binding craft"]
    assert [c.en for c in rubric.criteria] == names
    assert rubric.maximum == 100
    assert (FORMAT.subject, FORMAT.parts(settings())) == ("bench", ALONE)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"checklist": []}, "checklist_empty", "checklist"),
        ({"overtime": {"step_seconds": 0}}, "step_not_positive", "overtime.step_seconds"),
        ({"overtime": {"points_per_step": "0.125"}}, "penalty_too_fine", "overtime.points_per_step"),
        ({"bonus": {"given": "yes"}}, "setting_not_a_flag", "bonus.given"),
        ({"bonus": {"step_seconds": 0}}, "step_not_positive", "bonus.step_seconds"),
        ({"bonus": {"points_per_step": "0"}}, "points_not_positive", "bonus.points_per_step"),
        ({"bonus": {"most": "0"}}, "most_not_positive", "bonus.most"),
        ({"bonus": {"most": "0.001"}}, "penalty_too_fine", "bonus.most"),
        ({"caps": [{"key": "lost", "zh": "失", "limit": "0"}]}, "limit_not_positive", "caps.0.limit"),
        ({"caps": [{"key": "", "zh": "失", "limit": "60"}]}, "ruling_key_missing", "caps.0.key"),
        ({"caps": [{"key": "lost", "limit": "60"}]}, "ruling_name_missing", "caps.0.zh"),
        ({"caps": [{"key": "lost", "zh": "失", "limit": "60"}] * 2}, "ruling_key_twice", "caps.1.key"),
        ({"caps": "lost"}, "settings_malformed", "caps"),
        ({"decimals": 7}, "decimals_out_of_range", "decimals"),
        ({"decimals": "2"}, "decimals_out_of_range", "decimals"),
        ({"ties": ["key_criterion"]}, "tie_step_not_offered", "ties.0"),
        ({"publication": "never"}, "unknown_publication", "publication"),
        ({"clocks": [{"key": "rest", "zh": "休息", "seconds": 60}]}, "clock_missing", "clocks"),
    ],
)
def test_settings_that_cannot_be_followed_are_refused_in_their_place(
    changes: dict[str, Any], code: str, field: str
) -> None:
    problem = refusal(lambda: FORMAT.check_settings(settings(**changes)))
    assert (problem.code, problem.field) == (code, field)


def test_points_finer_than_a_score_shows_are_refused_wherever_they_stand() -> None:
    # With whole points only: a wrong corner's 0.5 and the bonus's 0.2 cannot be shown.
    problems = refusals(lambda: FORMAT.check_settings(settings(decimals=0)))
    assert [(p.code, p.field) for p in problems] == [
        ("penalty_too_fine", "checklist.4.defects.1.points"),
        ("penalty_too_fine", "bonus.points_per_step"),
    ]


def test_settings_with_something_missing_or_unknown_are_refused() -> None:
    broken = settings(colour="red")
    del broken["checklist"]
    problems = refusals(lambda: FORMAT.check_settings(broken))
    assert [(p.code, p.field) for p in problems] == [("unknown_setting", "colour"), ("setting_missing", "checklist")]


def test_a_sheet_is_read_clean_and_drafts_are_answered() -> None:
    assert FORMAT.read_sheet(settings(), ALONE, FOUND) == FOUND
    assert FORMAT.running_total(settings(), ALONE, FOUND) == Decimal("91.5")
    assert FORMAT.running_total(settings(), ALONE, {}) == 100
    assert FORMAT.draft_problems(settings(), ALONE, {"order.misplaced": "x"}) == (
        Problem("count_not_whole", "order.misplaced"),
    )
    assert refusal(lambda: FORMAT.read_sheet(settings(), ("left",), FOUND)) == Problem("unknown_part", "left")


def test_each_entry_of_a_sheet_is_called_by_its_item_and_defect_in_both_languages() -> None:
    names = FORMAT.entry_names(settings())
    assert FOUND.keys() <= names.keys()
    assert names["index.nothing_found"] == {"zh": "卷内目录：未发现问题", "en": "Index: nothing found"}
    checklist = Checklist.from_data(settings()["checklist"])
    assert len(names) == len(checklist.items) + sum(len(item.defects) for item in checklist.items)


def test_the_agreed_checklist_is_the_result() -> None:
    explained = scored(bench())
    assert (explained.method, explained.final, explained.exact) == ("checklist", Decimal("91.50"), Fraction(183, 2))
    assert [(item.key, str(item.deducted), str(item.left)) for item in explained.items if item.deducted] == [
        ("covers", "2", "8"),
        ("index", "3", "12"),
        ("completeness", "3", "17"),
        ("pagination", "0.5", "14.5"),
    ]
    assert explained.figures == {"seconds": "3600", "limit_seconds": "3600"}


def test_an_item_costs_no_more_than_it_is_worth() -> None:
    # Remarks sheet absent 5 and unsigned 1 would be 6 of 5; eleven misplaced documents 22 of 20: 100 − 5 − 20 = 75.
    worn = sheet(remarks__absent="1", remarks__unsigned_or_undated="1", order__misplaced="11")
    explained = scored(bench(worn, worn))
    assert explained.final == 75
    assert [(item.key, item.capped) for item in explained.items if item.defects] == [("order", True), ("remarks", True)]


def test_inspectors_own_totals_are_shown_and_count_no_further() -> None:
    explained = scored(bench())
    assert [(line.seat, line.fate, line.total) for line in explained.judges] == [
        ("1", "compared", Decimal("91.5")),
        ("2", "compared", Decimal("91.5")),
    ]
    assert explained.judges[0].marks["index"] == 12


def settlements(first: dict[str, str], second: dict[str, str], **counts: str) -> dict[str, Any]:
    checklist = Checklist.from_data(FORMAT.defaults()["checklist"])
    pair = {"1": read_inspection(checklist, first), "2": read_inspection(checklist, second)}
    lines = {name.replace("__", "."): count for name, count in counts.items()}
    return {line: settlement(pair, line, count, "主任核对原卷") for line, count in lines.items()}


OTHER = sheet(covers__blank_or_wrong_field="2", index__wrong_entry="4", pagination__wrong_corner="1")


def test_while_differences_are_open_there_is_no_score() -> None:
    problem = refusal(lambda: scored(bench(FOUND, OTHER)))
    figures = {"open": "2", "lines": "index.wrong_entry, completeness.missing_item"}
    assert problem == Problem("differences_open", "", figures)


def test_what_the_chief_settled_is_the_result_with_the_reason() -> None:
    # Settled at 4 wrong entries and no missing item: 100 − 2 − 4 − 0.5 = 93.5, neither one's total nor their mean.
    made = settlements(FOUND, OTHER, index__wrong_entry="4", completeness__missing_item="0")
    outcome = FORMAT.score(settings(), bench(FOUND, OTHER, settlements=made))
    explained = outcome.scores[""].explanation
    assert explained.final == Decimal("93.50")
    assert [line.total for line in explained.judges] == [Decimal("91.5"), Decimal("93.5")]
    assert [d.reason for item in explained.items for d in item.defects if d.reason] == ["主任核对原卷"] * 2
    assert outcome.verdict == {
        "agreed": {"covers.blank_or_wrong_field": 2, "index.wrong_entry": 4, "pagination.wrong_corner": 1},
        "settled": ["index.wrong_entry", "completeness.missing_item"],
    }


def test_a_settlement_made_before_a_correction_does_not_count() -> None:
    made = settlements(FOUND, OTHER, index__wrong_entry="4", completeness__missing_item="0")
    corrected = {**OTHER, "index.wrong_entry": "5"}
    problem = refusal(lambda: scored(bench(FOUND, corrected, settlements=made)))
    assert problem.figures == {"open": "1", "lines": "index.wrong_entry"}


def test_while_an_inspector_is_missing_there_is_no_score_and_it_says_who() -> None:
    problem = refusal(lambda: scored(bench(FOUND, Standing.MISSING)))
    assert problem == Problem("missing_sheets", "", {"seats": "2"})


def test_one_inspector_or_three_are_refused() -> None:
    problem = refusal(lambda: scored(bench(FOUND, Standing.RECUSED)))
    assert problem == Problem("two_inspectors_needed", "", {"valid": "1"})
    assert refusal(lambda: scored(bench(FOUND, FOUND, FOUND))).figures == {"valid": "3"}


def test_a_reserve_takes_the_place_of_a_recused_inspector_who_is_shown_as_such() -> None:
    explained = scored(bench(FOUND, Standing.RECUSED, FOUND))
    assert [(line.seat, line.fate, line.total) for line in explained.judges] == [
        ("1", "compared", Decimal("91.5")),
        ("2", "recused", None),
        ("3", "compared", Decimal("91.5")),
    ]


def test_a_sheet_that_was_never_complete_is_refused_with_its_seat() -> None:
    problem = refusal(lambda: scored(bench(FOUND, {**FOUND, "order.nothing_found": ""})))
    assert problem == Problem("item_not_said", "2.order")


def test_other_penalties_come_off_after_the_checklist() -> None:
    explained = scored(bench(seconds=3630, penalties=(PenaltyFacts("", "other", Decimal("1.5"), "喧哗"),)))
    assert [(line.kind, str(line.points), line.reason) for line in explained.penalties] == [
        ("overtime", "2", ""),
        ("other", "1.5", "喧哗"),
    ]
    assert explained.final == 88


@pytest.mark.parametrize(("points", "code"), [("0", "penalty_not_positive"), ("0.125", "penalty_too_fine")])
def test_a_penalty_that_cannot_be_shown_is_refused(points: str, code: str) -> None:
    assert refusal(lambda: scored(bench(penalties=(PenaltyFacts("", "other", Decimal(points)),)))).code == code


def test_a_penalty_for_another_part_is_refused() -> None:
    stray = (PenaltyFacts("left", "other", Decimal(1)),)
    assert refusal(lambda: scored(bench(penalties=stray))) == Problem("unknown_part", "left")


def test_a_lost_original_caps_the_total_at_sixty() -> None:
    (cap,) = scored(bench(caps=lost())).caps
    assert (cap.kind, cap.reason) == ("lost_original", "起诉书原件遗失")
    assert (cap.limit, cap.before) == (Decimal(60), Fraction(183, 2))
    assert cap.bites
    assert final(bench(caps=lost())) == 60


def test_a_cap_that_takes_nothing_away_is_still_shown() -> None:
    # 20 order + 20 completeness + 5 remarks = 45 lost, 55 left.
    poor = sheet(order__misplaced="10", completeness__missing_item="7", remarks__absent="1")
    explained = scored(bench(poor, poor, caps=lost()))
    assert (explained.final, [cap.bites for cap in explained.caps]) == (Decimal("55.00"), [False])


@pytest.mark.parametrize(
    ("caps", "code", "field"),
    [
        ("lost_original", "fact_malformed", "caps"),
        (["lost_original"], "fact_malformed", "caps.0"),
        ([{"kind": "burnt", "reason": "火"}], "unknown_ruling", "caps.0.kind"),
        ([{"kind": "lost_original", "reason": " "}], "reason_missing", "caps.0.reason"),
        ([{"kind": "lost_original", "reason": "因" * 401}], "reason_too_long", "caps.0.reason"),
        (lost() * 2, "cap_twice", "caps.1.kind"),
    ],
)
def test_a_cap_that_nobody_can_have_ruled_is_refused(caps: Any, code: str, field: str) -> None:
    problem = refusal(lambda: scored(bench(caps=caps)))
    assert (problem.code, problem.field) == (code, field)


def test_settlements_that_are_none_are_refused() -> None:
    assert refusal(lambda: scored(bench(settlements=["x"]))) == Problem("fact_malformed", "settlements")


def test_a_contestant_binds_once() -> None:
    assert refusal(lambda: FORMAT.contender(settings(), "a", [], {})) == Problem("not_one_score", "", {"scores": "0"})


def test_the_explanation_survives_json_and_keeps_its_last_line() -> None:
    made = settlements(FOUND, OTHER, index__wrong_entry="4", completeness__missing_item="0")
    facts = bench(FOUND, OTHER, seconds=3700, settlements=made, caps=lost())
    explained = scored(facts)
    back = Explanation.from_data(json.loads(json.dumps(explained.to_data())))
    assert back == explained
    assert back.mean - back.penalty_sum == back.final
    assert back.exact == 56


def test_an_edited_checklist_is_what_counts() -> None:
    # One item of 50 points with a defect of 4: 50 − 3 × 4 = 38.
    one = [{"key": "whole", "zh": "全卷", "maximum": "50", "defects": [{"key": "any", "zh": "差错", "points": "4"}]}]
    marked = {"whole.any": "3"}
    assert final(bench(marked, marked), checklist=one) == 38
