"""Suggestion review (检察建议书评比) as the domain page describes it, from settings to ranking."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as trial
from hypothesis import strategies as st

from scoring.rules.formats.base import PenaltyFacts, SheetFacts, TurnFacts
from scoring.rules.panel import Standing
from scoring.rules.ranking import rank
from scoring.rules.refusal import Problem

from .cast import refusal, refusals
from .cast_review import ALONE, FORMAT, GOOD, ON_THE_DAY, document, explained, final, outcome, settings

few = trial(max_examples=100, deadline=None)
totals = st.integers(100, 200).map(lambda halves: str(Decimal(halves) / 2))
wide = {"rereview": {"threshold": "100"}}


def test_sent_in_the_rubric_is_the_domain_pages_hundred_points() -> None:
    rubric = FORMAT.rubric(settings(), "")
    assert [(c.zh, int(c.maximum)) for c in rubric.criteria] == [
        ("选题与监督必要性", 10),
        ("事实认定与调查核实", 20),
        ("问题剖析与法律依据", 20),
        ("说理论证", 15),
        ("建议针对性与可操作性", 20),
        ("格式要素与文字", 10),
        ("采纳落实成效", 5),
    ]
    assert rubric.maximum == 100
    assert all(c.hint_zh and c.hint_en for c in rubric.criteria)


def test_written_on_the_day_uptakes_five_points_go_to_operability() -> None:
    rubric = FORMAT.rubric(settings(**ON_THE_DAY), "")
    assert [(c.key, int(c.maximum)) for c in rubric.criteria] == [
        ("choice", 10),
        ("facts", 20),
        ("analysis", 20),
        ("reasoning", 15),
        ("operability", 25),
        ("form", 10),
    ]
    assert rubric.maximum == 100


def test_the_shift_follows_the_edited_rubric() -> None:
    edited = FORMAT.defaults()["rubric"]
    edited[6]["maximum"], edited[3]["maximum"] = "10", "10"
    rubric = FORMAT.rubric(settings(rubric=edited, **ON_THE_DAY), "")
    assert rubric.criterion("operability").maximum == 30
    assert rubric.maximum == 100


def test_the_other_defaults_are_the_domain_pages() -> None:
    defaults = FORMAT.defaults()
    assert defaults["panel"] == {
        "trim": True, "trim_from": 5, "minimum_valid": 2, "decimals": 2, "wide": 15,
        "drop_high": 1, "drop_low": 1, "by": "total", "figure": "mean", "short": "plain", "floor": True,
        "groups": [], "empty": "reserve",
    }  # fmt: skip
    assert defaults["reviewers"] == {"per_document": 3, "avoid": ["office", "department"]}
    assert defaults["rereview"] == {"threshold": "15"}
    assert [(p["key"], p["points"]) for p in defaults["penalties"]] == [("late", "5"), ("identity_mark", "10")]
    assert [(c["key"], c["limit"]) for c in defaults["caps"]] == [("wrong_addressee", "60"), ("repealed_law", "60")]
    assert [v["key"] for v in defaults["voids"]] == ["identity_mark", "plagiarism"]
    assert defaults["severity"] == {"shown": False, "least_reviews": 3}
    assert [(c["zh"], c["seconds"]) for c in defaults["clocks"]] == [("现场写作", 7200)]


@pytest.mark.parametrize("mode", ["on_the_day", "sent_in"])
def test_the_defaults_are_editable_data_that_passes_its_own_check(mode: str) -> None:
    through_json = json.loads(json.dumps(FORMAT.defaults()))
    assert through_json == FORMAT.defaults()
    FORMAT.check_settings({**through_json, "mode": mode})


LINES = FORMAT.defaults()["rubric"]


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"mode": "by_post"}, "unknown_mode", "mode"),
        ({"mode": ["sent_in"]}, "unknown_mode", "mode"),
        ({"rubric": []}, "rubric_empty", "rubric"),
        (
            {"rubric": [*LINES, {"key": "comment", "zh": "评语", "maximum": "5"}]},
            "criterion_key_reserved",
            "rubric.7.key",
        ),
        ({"sent_in_only": {"criterion": "charm"}}, "unknown_criterion", "sent_in_only.criterion"),
        ({"sent_in_only": {"onto": "charm"}}, "unknown_criterion", "sent_in_only.onto"),
        ({"sent_in_only": {"onto": "uptake"}}, "criteria_alike", "sent_in_only.onto"),
        ({"sent_in_only": {"from": "uptake"}}, "unknown_setting", "sent_in_only.from"),
        ({"panel": {"minimum_valid": 0}}, "minimum_valid_too_low", "panel.minimum_valid"),
        ({"reviewers": {"per_document": 0}}, "per_document_not_positive", "reviewers.per_document"),
        ({"reviewers": {"per_document": "3"}}, "setting_not_whole", "reviewers.per_document"),
        ({"reviewers": {"per_document": 1}}, "per_document_below_minimum", "reviewers.per_document"),
        ({"rereview": {"threshold": "0"}}, "threshold_not_positive", "rereview.threshold"),
        ({"penalties": [{"key": "late", "zh": "逾期", "points": "0"}]}, "points_not_positive", "penalties.0.points"),
        ({"penalties": [{"key": "late", "zh": "逾期", "points": "0.125"}]}, "penalty_too_fine", "penalties.0.points"),
        ({"penalties": [{"key": "", "zh": "逾期", "points": "5"}]}, "ruling_key_missing", "penalties.0.key"),
        ({"caps": [{"key": "law", "limit": "60"}]}, "ruling_name_missing", "caps.0.zh"),
        ({"voids": [{"key": "copy", "zh": "抄袭"}] * 2}, "ruling_key_twice", "voids.1.key"),
        ({"severity": {"least_reviews": 1}}, "least_reviews_too_low", "severity.least_reviews"),
        ({"ties": ["format_step"]}, "tie_step_not_offered", "ties.0"),
        ({"publication": "never"}, "unknown_publication", "publication"),
        ({"clocks": [{"key": "w", "zh": "写", "seconds": 0}]}, "seconds_not_positive", "clocks.0.seconds"),
    ],
)
def test_settings_that_cannot_be_followed_are_refused_in_their_place(
    changes: dict[str, Any], code: str, field: str
) -> None:
    problem = refusal(lambda: FORMAT.check_settings(settings(**changes)))
    assert (problem.code, problem.field) == (code, field)


def test_a_key_criterion_that_the_mode_takes_away_is_refused() -> None:
    # Uptake decides ties: fine for documents sent in, a promise that cannot be kept on the day.
    lines = [{**line, "decides_ties": line["key"] == "uptake"} for line in LINES]
    FORMAT.check_settings(settings(rubric=lines))
    problem = refusal(lambda: FORMAT.check_settings(settings(rubric=lines, **ON_THE_DAY)))
    assert problem == Problem("tie_criterion_missing", "rubric")


def test_settings_with_something_missing_or_unknown_are_refused() -> None:
    broken = settings(colour="red")
    del broken["voids"]
    problems = refusals(lambda: FORMAT.check_settings(broken))
    assert [(p.code, p.field) for p in problems] == [("unknown_setting", "colour"), ("setting_missing", "voids")]


def test_a_sheet_holds_marks_and_comments_and_reading_it_again_changes_nothing() -> None:
    typed = {**GOOD, "facts": "１７．５", "facts.comment": " 证据充分 ", "form.comment": "  ", "comment": "总体较好"}
    clean = FORMAT.read_sheet(settings(), ALONE, typed)
    assert clean == {**GOOD, "facts.comment": "证据充分", "comment": "总体较好"}
    assert FORMAT.read_sheet(settings(), ALONE, clean) == clean
    assert FORMAT.running_total(settings(), ALONE, typed) == 87


def test_all_that_is_wrong_with_a_sheet_is_said_at_once() -> None:
    typed: dict[str, Any] = {
        **GOOD,
        "facts": "20.5",
        "form": "",
        "facts.comment": "字" * 501,
        "comment": "字" * 2001,
        "form.comment": 7,
        "charm.comment": "好",
    }
    problems = refusals(lambda: FORMAT.read_sheet(settings(), ALONE, typed))
    assert [(p.code, p.field, dict(p.figures)) for p in problems] == [
        ("unknown_criterion", "charm.comment", {}),
        ("mark_out_of_range", "facts", {"minimum": "0", "maximum": "20"}),
        ("mark_empty", "form", {}),
        ("comment_too_long", "facts.comment", {"most": "500"}),
        ("comment_not_text", "form.comment", {}),
        ("comment_too_long", "comment", {"most": "2000"}),
    ]
    draft = [p.code for p in FORMAT.draft_problems(settings(), ALONE, typed)]
    assert draft == [p.code for p in problems if p.code != "mark_empty"]


def test_a_sheet_of_the_other_mode_or_for_another_part_is_refused() -> None:
    problem = refusal(lambda: FORMAT.read_sheet(settings(**ON_THE_DAY), ALONE, GOOD))
    assert problem == Problem("unknown_criterion", "uptake")
    assert refusal(lambda: FORMAT.read_sheet(settings(), ("left",), GOOD)).code == "unknown_part"
    assert refusal(lambda: FORMAT.read_sheet(settings(), ALONE, "87")).code == "sheet_malformed"


@pytest.mark.parametrize(
    ("totals", "mean"),
    [
        (("80", "85"), "82.50"),
        (("80", "85", "87"), "84.00"),
        # 80 + 85 + 87 + 90 = 342; / 4 = 85.5.
        (("80", "85", "87", "90"), "85.50"),
        # Five: without 80 and 90, 85 + 86 + 87 = 258; / 3 = 86.
        (("80", "85", "86", "87", "90"), "86.00"),
    ],
)
def test_up_to_four_reviewers_have_their_plain_mean_and_five_are_trimmed(totals: tuple[str, ...], mean: str) -> None:
    assert final(document(*totals)) == mean


def test_one_reviewer_is_too_few_and_how_many_are_enough_is_data() -> None:
    problem = refusal(lambda: outcome(document("80", Standing.RECUSED)))
    assert problem == Problem("too_few_judges", "", {"valid": "1", "minimum": "2"})
    strict = {"panel": {"minimum_valid": 3}}
    assert refusal(lambda: outcome(document("80", "85"), **strict)).figures == {"valid": "2", "minimum": "3"}


def test_a_missing_review_blocks_the_score_and_says_whose() -> None:
    problem = refusal(lambda: outcome(document("80", Standing.MISSING, "85")))
    assert problem == Problem("missing_sheets", "", {"seats": "2"})


LATE = (PenaltyFacts("", "late", Decimal(5), "逾期一天"),)


def law(kind: str = "repealed_law") -> list[dict[str, str]]:
    return [{"kind": kind, "reason": "所引规定已废止"}]


def test_being_late_costs_five_points_after_averaging() -> None:
    assert final(document("80", "85", penalties=LATE)) == "77.50"


def test_a_repealed_law_caps_the_mean_and_being_late_still_costs() -> None:
    # 82.5 is capped at 60; five off for being late.
    result = explained(document("80", "85", penalties=LATE, caps=law()))
    assert (str(result.mean), str(result.final)) == ("60.00", "55.00")
    (cap,) = result.caps
    assert (cap.kind, cap.limit, cap.before) == ("repealed_law", Decimal(60), Fraction(165, 2))
    assert [(line.kind, line.points, line.reason) for line in result.penalties] == [("late", 5, "逾期一天")]
    assert result.untrimmed_mean == Decimal("82.50")


def test_two_caps_are_both_shown_and_take_it_to_the_same_limit() -> None:
    result = explained(document("80", "85", caps=law() + law("wrong_addressee")))
    assert (str(result.final), [cap.bites for cap in result.caps]) == ("60.00", [True, False])


@pytest.mark.parametrize(
    ("caps", "code", "field"),
    [
        (law("typo"), "unknown_ruling", "caps.0.kind"),
        ([{"kind": "repealed_law"}], "reason_missing", "caps.0.reason"),
        (law() * 2, "cap_twice", "caps.1.kind"),
    ],
)
def test_a_cap_that_nobody_can_have_ruled_is_refused(caps: Any, code: str, field: str) -> None:
    problem = refusal(lambda: outcome(document("80", "85", caps=caps)))
    assert (problem.code, problem.field) == (code, field)


def test_plagiarism_leaves_no_score_even_while_reviews_are_missing() -> None:
    result = outcome(document("80", Standing.MISSING, void={"kind": "plagiarism", "reason": "与他人文书雷同"}))
    assert result.scores == {}
    assert result.verdict == {
        "void": {"kind": "plagiarism", "zh": "抄袭", "en": "Plagiarism", "reason": "与他人文书雷同"}
    }


@pytest.mark.parametrize(
    ("void", "code", "field"),
    [
        ("plagiarism", "fact_malformed", "void"),
        ({"kind": "boredom", "reason": "x"}, "unknown_ruling", "void.kind"),
        ({"kind": "plagiarism", "reason": ""}, "reason_missing", "void.reason"),
        ({"kind": "plagiarism", "reason": 7}, "fact_malformed", "void"),
    ],
)
def test_a_void_on_no_ground_or_without_a_reason_is_refused(void: Any, code: str, field: str) -> None:
    problem = refusal(lambda: outcome(document("80", "85", void=void)))
    assert (problem.code, problem.field) == (code, field)


def test_a_wrong_sheet_or_penalty_is_refused_in_its_place() -> None:
    broken = TurnFacts(ALONE, (SheetFacts("1", Standing.COUNTED, {**GOOD, "form": ""}),))
    assert refusal(lambda: outcome(broken)) == Problem("mark_empty", "1.form")
    stray = (PenaltyFacts("left", "late", Decimal(5)),)
    assert refusal(lambda: outcome(document("80", "85", penalties=stray))).code == "unknown_part"


def test_equal_documents_are_told_apart_by_operability_then_by_the_untrimmed_mean() -> None:
    def held(key: str, *sheets: dict[str, str]) -> Any:
        seats = tuple(SheetFacts(str(n), Standing.COUNTED, sheet) for n, sheet in enumerate(sheets, start=1))
        return FORMAT.contender(settings(), key, [outcome(TurnFacts(ALONE, seats)).scores[""]], {})

    operable = {**GOOD, "operability": "18.5", "analysis": "16"}
    ranked = rank([held("a", GOOD, GOOD), held("b", operable, operable)], FORMAT.chain(settings()))
    assert [(r.key, r.rank, r.decided_by) for r in ranked] == [("b", 1, "key_criterion"), ("a", 2, "key_criterion")]


def test_without_a_key_criterion_only_the_untrimmed_mean_tells_equals_apart() -> None:
    lines = [{**line, "decides_ties": False} for line in LINES]
    edited = settings(rubric=lines, ties=["untrimmed_mean"])
    FORMAT.check_settings(edited)
    score = FORMAT.score(edited, document("80", "85")).scores[""]
    assert FORMAT.tie_values(edited, score) == {"untrimmed_mean": Fraction(165, 2)}


def test_a_void_document_cannot_be_ranked() -> None:
    assert refusal(lambda: FORMAT.contender(settings(), "a", [], {})).code == "not_one_score"


@few
@given(st.lists(totals, min_size=2, max_size=7), st.randoms(use_true_random=False))
def test_who_reviews_first_never_matters(given_totals: list[str], chance: Any) -> None:
    moved = list(given_totals)
    chance.shuffle(moved)
    before, after = (outcome(document(*order), **wide) for order in (given_totals, moved))
    assert after.scores[""].exact == before.scores[""].exact
    assert after.verdict == before.verdict


@few
@given(st.lists(totals, min_size=2, max_size=6), st.booleans(), st.booleans())
def test_a_cap_is_never_exceeded_and_the_last_line_always_holds(
    given_totals: list[str], capped: bool, late: bool
) -> None:
    result = explained(document(*given_totals, penalties=LATE * late, caps=law() * capped), **wide)
    assert result.mean <= (60 if capped else 100)
    assert result.final == result.mean - 5 * late
