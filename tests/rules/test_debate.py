"""The debate's settings, defaults and sheets as the domain page describes them."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from scoring.rules.clocks import read_clocks
from scoring.rules.formats.debate import defaults_for, running_totals
from scoring.rules.formats.debate.settings import read_rules
from scoring.rules.formats.debate.sheet import fields
from scoring.rules.refusal import Problem

from .cast import refusal, refusals
from .matches import FORMAT, SIDES, duel, settings, speaker, team, teams, votes


def maxima(rubric: Any) -> list[tuple[str, int]]:
    return [(line["zh"], int(line["maximum"])) for line in rubric]


def test_the_individual_sheet_is_the_domain_pages_hundred_points() -> None:
    assert maxima(FORMAT.defaults()["individual_rubric"]) == [
        ("立论与法理", 25),
        ("事实证据运用", 20),
        ("辩驳与应变", 25),
        ("逻辑与针对性", 15),
        ("语言仪态", 15),
    ]


def test_the_team_sheet_is_the_domain_pages_hundred_points() -> None:
    assert maxima(defaults_for(3)["team_rubric"]) == [
        ("立论", 15),
        ("攻辩", 20),
        ("自由辩论", 30),
        ("总结", 15),
        ("团队配合", 10),
        ("语言风度", 10),
    ]


def test_without_cross_examination_its_twenty_points_go_to_the_opening_and_the_free_debate() -> None:
    assert maxima(defaults_for(2)["team_rubric"]) == [
        ("立论", 25),
        ("自由辩论", 40),
        ("总结", 15),
        ("团队配合", 10),
        ("语言风度", 10),
    ]


def test_the_default_script_is_the_domain_pages() -> None:
    clocks = read_clocks(defaults_for(1)["clocks"])
    assert [(c.zh, c.seconds, c.kind, c.side) for c in clocks] == [
        ("备题", 1200, "shared", ""),
        ("控方立论", 180, "single", "control"),
        ("辩方立论", 180, "single", "defence"),
        ("自由辩论", 240, "dual", ""),
        ("控方总结", 180, "single", "control"),
        ("辩方总结", 180, "single", "defence"),
        ("评分", 180, "shared", ""),
    ]
    # A short tone half a minute before the end, except in free debate.
    assert {c.key: c.warn_seconds for c in clocks} == {c.key: 0 if c.key == "free_debate" else 30 for c in clocks}


def test_cross_examination_is_added_from_three_speakers_on() -> None:
    added = [c["zh"] for c in defaults_for(3)["clocks"] if c not in defaults_for(2)["clocks"]]
    assert added == ["控方攻辩", "辩方攻辩"]


def test_one_against_one_ranks_individuals_and_teams_are_decided_by_scores() -> None:
    assert FORMAT.defaults() == defaults_for(1)
    assert [defaults_for(n)["decide"] for n in (1, 2, 3, 4)] == ["individual_ranking", "scores", "scores", "scores"]


@pytest.mark.parametrize("speakers", [1, 2, 3, 4])
def test_the_defaults_are_editable_data_that_passes_its_own_check(speakers: int) -> None:
    through_json = json.loads(json.dumps(defaults_for(speakers)))
    assert through_json == defaults_for(speakers)
    FORMAT.check_settings(through_json)


def test_every_criterion_has_a_hint_in_both_languages() -> None:
    for rubric in ("team_rubric", "individual_rubric"):
        assert all(line["hint_zh"] and line["hint_en"] for line in defaults_for(2)[rubric])


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"speakers": 5}, "speakers_out_of_range", "speakers"),
        ({"speakers": True}, "speakers_out_of_range", "speakers"),
        ({"decide": "dice"}, "unknown_way", "decide"),
        ({"decide": ["scores"]}, "unknown_way", "decide"),
        ({"individual_sheets": 1}, "setting_not_a_flag", "individual_sheets"),
        ({"decide": "sum_of_speakers", "individual_sheets": False}, "individual_sheets_needed", "individual_sheets"),
        ({"team_rubric": []}, "rubric_empty", "team_rubric"),
        ({"individual_rubric": []}, "rubric_empty", "individual_rubric"),
        ({"stage_weights": []}, "settings_malformed", "stage_weights"),
        ({"stage_weights": {"opening": "0"}}, "weight_not_positive", "stage_weights.opening"),
        ({"stage_weights": {"opening": "much"}}, "setting_not_a_number", "stage_weights.opening"),
        ({"stage_weights": {"song": "1"}}, "stage_unknown", "stage_weights.song"),
        ({"silent": {"points": "-1", "from": "side"}}, "points_negative", "silent.points"),
        ({"silent": {"points": "1", "from": "hall"}}, "unknown_score", "silent.from"),
        ({"silent": {"points": "0.125", "from": "side"}}, "penalty_too_fine", "silent.points"),
        ({"silent": {"points": "10", "from": "speaker"}}, "silent_from_not_offered", "silent.from"),
        ({"tied_match": "dice"}, "unknown_tied_match", "tied_match"),
        ({"panel": {"trim_from": 2}}, "trim_from_too_low", "panel.trim_from"),
        ({"overtime": {"most": "1.001"}}, "penalty_too_fine", "overtime.most"),
        ({"ties": ["key_criterion"]}, "tie_step_not_offered", "ties.0"),
        ({"publication": "never"}, "unknown_publication", "publication"),
        (
            {"clocks": [{"key": "a", "zh": "立论", "seconds": 60, "side": "jury"}]},
            "side_unknown",
            "clocks.0.side",
        ),
        ({"motions": "正当防卫"}, "settings_malformed", "motions"),
        ({"motions": ["甲", " "]}, "motion_missing", "motions.1"),
        ({"motions": ["甲", 2]}, "motion_malformed", "motions.1"),
        ({"motions": ["甲\n乙"]}, "motion_malformed", "motions.0"),
        ({"motions": ["甲", "甲 "]}, "motion_twice", "motions.1"),
        ({"motions": ["甲" * 121]}, "motion_too_long", "motions.0"),
        ({"motions": [str(place) for place in range(101)]}, "too_many_motions", "motions"),
        ({"music": True}, "unknown_setting", "music"),
    ],
)
def test_settings_that_make_no_sense_are_refused_at_their_place(changes: dict[str, Any], code: str, field: str) -> None:
    problem = refusal(lambda: FORMAT.check_settings({**settings(2), **changes}))
    assert (problem.code, problem.field) == (code, field)


def test_three_ballots_without_a_stage_to_weigh_are_refused() -> None:
    given = {**settings(2, "three_ballots"), "stage_weights": {}}
    assert refusal(lambda: FORMAT.check_settings(given)) == Problem("stage_weights_missing", "stage_weights")


def test_the_points_of_a_silent_member_cannot_come_twice_off_a_sum_of_speakers() -> None:
    given = {**settings(2, "sum_of_speakers"), "silent": {"points": "10", "from": "both"}}
    assert refusal(lambda: FORMAT.check_settings(given)).code == "silent_from_not_offered"


def test_where_individuals_are_ranked_nothing_comes_off_a_side() -> None:
    given = {**settings(1, "individual_ranking"), "silent": {"points": "10", "from": "side"}}
    assert refusal(lambda: FORMAT.check_settings(given)).code == "silent_from_not_offered"


def test_a_chain_that_asks_for_a_key_criterion_nobody_named_is_refused() -> None:
    rubric = [{**line, "decides_ties": False} for line in FORMAT.defaults()["individual_rubric"]]
    given = {**FORMAT.defaults(), "individual_rubric": rubric}
    assert refusal(lambda: FORMAT.check_settings(given)) == Problem("tie_criterion_missing", "individual_rubric")


def test_the_largest_default_sheet_fits_the_wire() -> None:
    # 4v4: 2 sides × 6 criteria + 8 speakers × 5 + the impression and the deciding ballot = 54.
    given = {**defaults_for(4), "decide": "three_ballots"}
    FORMAT.check_settings(given)
    assert len(fields(read_rules(given))) == 54


def test_a_sheet_longer_than_the_wire_carries_is_refused_when_it_is_set_up() -> None:
    # 8 speakers × 7 criteria = 56, and 2 × 6 for the teams: 68.
    more = [{"key": f"more_{n}", "zh": "更多", "maximum": "5"} for n in (1, 2)]
    given = {**defaults_for(4), "individual_rubric": [*defaults_for(4)["individual_rubric"], *more]}
    problem = refusal(lambda: FORMAT.check_settings(given))
    assert problem == Problem("sheet_too_long", "", {"fields": "68", "maximum": "64"})


def test_the_two_ballots_count_towards_the_longest_sheet() -> None:
    # 8 speakers × 6 criteria + 2 teams × 8 = 64 just fit; with the two ballots it is 66.
    given, line = defaults_for(4), {"zh": "更多", "maximum": "5"}
    given["individual_rubric"].append({**line, "key": "more_1"})
    given["team_rubric"] += [{**line, "key": "more_1"}, {**line, "key": "more_2"}]
    FORMAT.check_settings(given)
    problem = refusal(lambda: FORMAT.check_settings({**given, "decide": "three_ballots"}))
    assert problem == Problem("sheet_too_long", "", {"fields": "66", "maximum": "64"})


@pytest.mark.parametrize(
    ("speakers", "decide", "parts"),
    [
        (2, "scores", SIDES),
        (2, "three_ballots", SIDES),
        (1, "individual_ranking", ("control.1", "defence.1")),
        (2, "sum_of_speakers", (*SIDES, "control.1", "control.2", "defence.1", "defence.2")),
    ],
)
def test_a_matchs_parts_are_what_gets_a_score_of_its_own(speakers: int, decide: str, parts: tuple[str, ...]) -> None:
    assert FORMAT.parts(settings(speakers, decide)) == parts
    assert FORMAT.subject == "match"


def test_each_part_has_its_rubric_and_others_have_none() -> None:
    given = defaults_for(2)
    assert [len(FORMAT.rubric(given, part).criteria) for part in ("control", "defence.2")] == [5, 5]
    assert FORMAT.rubric(given, "control").criterion("opening").maximum == 25
    assert FORMAT.rubric(given, "defence.2").criterion("logic").maximum == 15
    assert FORMAT.rubric(settings(2, "sum_of_speakers"), "control").criterion("logic").maximum == 15
    assert refusal(lambda: FORMAT.rubric(given, "control.3")) == Problem("unknown_part", "control.3")


def read(given: dict[str, Any], raw: object) -> dict[str, Any]:
    return FORMAT.read_sheet(given, FORMAT.parts(given), raw)


def test_a_sheet_is_read_clean_and_reading_it_again_changes_nothing() -> None:
    given = settings(2, "three_ballots")
    typed = votes(teams("３１．５", " 30.0 "), "c", "d") | {"ballot.impression": " control "}
    clean = read(given, typed)
    assert clean == votes(teams("31.5", "30"), "c", "d")
    assert read(given, json.loads(json.dumps(clean))) == clean


def test_a_wrong_sheet_is_refused_field_by_field() -> None:
    given = settings(2, "three_ballots")
    wrong = teams("41", "") | {"defence.manner": "9.3", "ballot.impression": "jury", "control.1.logic": "9"}
    assert [(p.code, p.field) for p in refusals(lambda: read(given, wrong))] == [
        ("unknown_criterion", "control.1.logic"),
        ("mark_out_of_range", "control.free_debate"),
        ("mark_empty", "defence.free_debate"),
        ("mark_off_step", "defence.manner"),
        ("ballot_for_no_side", "ballot.impression"),
        ("ballot_empty", "ballot.deciding"),
    ]


@pytest.mark.parametrize("vote", [None, 1, ["control"], True])
def test_a_ballot_that_is_no_text_is_refused(vote: object) -> None:
    raw = {**votes(teams("30", "31"), "c", "c"), "ballot.deciding": vote}
    problem = refusal(lambda: read(settings(2, "three_ballots"), raw))
    assert (problem.code, problem.field) == ("ballot_for_no_side", "ballot.deciding")


def test_the_stage_ballot_cannot_be_cast_it_follows_from_the_marks() -> None:
    raw = votes(teams("30", "31"), "c", "c") | {"ballot.stage": "control"}
    problem = refusal(lambda: read(settings(2, "three_ballots"), raw))
    assert problem == Problem("unknown_criterion", "ballot.stage")


def test_what_is_no_sheet_at_all_is_refused() -> None:
    assert refusal(lambda: read(settings(2), [])).code == "sheet_malformed"


def test_a_sheet_for_parts_the_match_does_not_have_is_refused() -> None:
    given = settings(2)
    problems = refusals(lambda: FORMAT.read_sheet(given, ("control", "jury"), teams("30", "31")))
    assert problems == [Problem("unknown_part", "jury"), Problem("part_missing", "defence")]


def test_a_draft_is_told_what_is_wrong_and_what_each_part_comes_to() -> None:
    given = {**settings(2, "three_ballots"), "individual_sheets": True}
    draft = team("control", "99") | speaker("control.1", "15") | {"ballot.deciding": "", "ballot.impression": "x"}
    found = FORMAT.draft_problems(given, FORMAT.parts(given), draft)
    assert [(p.code, p.field) for p in found] == [
        ("mark_out_of_range", "control.free_debate"),
        ("ballot_for_no_side", "ballot.impression"),
    ]
    # 25 + 15 + 10 + 10 without the bad mark = 60; 20 + 15 + 20 + 10 + 10 = 75.
    totals = running_totals(given, draft)
    assert (totals["control"], totals["control.1"], totals["defence"]) == (60, 75, 0)
    assert FORMAT.running_total(given, FORMAT.parts(given), draft) is None


def test_nothing_typed_yet_is_nothing_wrong() -> None:
    given = FORMAT.defaults()
    assert FORMAT.draft_problems(given, FORMAT.parts(given), {}) == ()
    assert running_totals(given, {}) == {"control.1": Decimal(0), "defence.1": Decimal(0)}


def test_a_sheet_of_one_against_one_has_the_two_speakers_only() -> None:
    assert read(FORMAT.defaults(), duel("15", "16.5"))["defence.1.evidence"] == "16.5"
