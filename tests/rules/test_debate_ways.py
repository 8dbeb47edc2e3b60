"""The four ways to decide a match, each counted by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from scoring.rules.explanation import Explanation
from scoring.rules.formats.debate.settings import read_rules
from scoring.rules.panel import Standing
from scoring.rules.refusal import Problem

from .cast import refusal, refusals
from .matches import FORMAT, duel, match, off, outcome, settings, speaker, teams, votes

BY_SCORES = settings(2)
BY_BALLOTS = settings(2, "three_ballots")
BY_SPEAKERS = settings(2, "sum_of_speakers")
ALONE = FORMAT.defaults()
FIVE = (teams("20", "30"), teams("25", "29"), teams("26", "28"), teams("27", "22"), teams("40", "21"))


def figures(verdict: object, side: str) -> tuple[str, str]:
    assert isinstance(verdict, dict)
    return verdict["sides"][side]["result"], verdict["sides"][side]["figure"]


def test_scores_drop_for_each_side_its_own_highest_and_lowest() -> None:
    # Control 80 85 86 87 100: without 80 and 100, 258 / 3 = 86.
    # Defence 90 89 88 82 81: without 90 and 81, 259 / 3 = 86.333…
    result = outcome(BY_SCORES, *FIVE)
    fates = {
        side: {line.seat: line.fate for line in result.scores[side].explanation.judges if "drop" in line.fate}
        for side in ("control", "defence")
    }
    assert fates["control"] == {"1": "dropped_low", "5": "dropped_high"}
    assert fates["defence"] == {"1": "dropped_high", "5": "dropped_low"}
    assert figures(result.verdict, "control") == ("lost", "86.00")
    assert figures(result.verdict, "defence") == ("won", "86.33")
    assert (result.verdict["winner"], result.verdict["decided_by"]) == ("defence", "scores")
    assert result.verdict["sides"]["defence"]["exact"] == "259/3"


def test_sides_that_look_level_are_told_apart_by_more_digits() -> None:
    # With no decimals shown: 258 / 3 = 86 and 259 / 3 = 86.333… both read 86.
    whole = {"decimals": 0}, {"points_per_step": "1", "most": "3"}
    given = settings(2, panel=whole[0], overtime=whole[1])
    sides = outcome(given, *FIVE).verdict["sides"]
    assert [sides[s]["figure"] for s in ("control", "defence")] == ["86", "86"]
    assert [sides[s]["precise"] for s in ("control", "defence")] == ["86.0", "86.3"]


def test_a_sides_penalties_come_off_that_side_alone() -> None:
    # 86.33 less 0.5 is 85.83: now the control's 86.00 wins.
    result = outcome(BY_SCORES, *FIVE, penalties=(off("defence", "0.5", reason="总结超时"),))
    assert figures(result.verdict, "defence") == ("lost", "85.83")
    assert result.verdict["winner"] == "control"
    (told,) = result.verdict["sides"]["defence"]["penalties"]
    assert told == {"kind": "overtime", "points": "0.5", "reason": "总结超时"}
    assert result.verdict["sides"]["control"]["penalties"] == []


def test_each_member_who_was_silent_costs_the_side_ten_points() -> None:
    # 86.33 − 2 × 10 = 66.33.
    result = outcome(BY_SCORES, *FIVE, silent=["defence.1", "defence.2"])
    assert str(result.scores["defence"].final) == "66.33"
    lines = result.scores["defence"].explanation.penalties
    assert [(p.kind, p.points, p.reason) for p in lines] == [
        ("silent", 10, "defence.1"),
        ("silent", 10, "defence.2"),
    ]
    assert str(result.scores["control"].final) == "86.00"


def test_a_silent_member_can_cost_the_speaker_and_the_side() -> None:
    given = settings(1, silent={"points": "10", "from": "both"}, individual_sheets=True)
    sheet = teams("30", "25") | duel("15", "10")
    result = outcome(given, sheet, sheet, sheet, silent=["control.1"])
    # Side 90 − 10, speaker 75 − 10; the defence keeps 85 and 70.
    assert {part: str(s.final) for part, s in result.scores.items()} == {
        "control": "80.00",
        "defence": "85.00",
        "control.1": "65.00",
        "defence.1": "70.00",
    }
    only_speaker = {**given, "silent": {"points": "10", "from": "speaker"}}
    result = outcome(only_speaker, sheet, sheet, sheet, silent=["control.1"])
    assert [str(result.scores[part].final) for part in ("control", "control.1")] == ["90.00", "65.00"]


def test_a_silent_member_costs_nothing_where_the_points_are_nought() -> None:
    given = settings(2, silent={"points": "0", "from": "side"})
    assert str(outcome(given, *FIVE, silent=["defence.1"]).scores["defence"].final) == "86.33"


THREE = (
    votes(teams("30", "29"), "c", "d"),
    votes(teams("28", "30"), "d", "d"),
    votes(teams("31", "30.5"), "c", "c"),
)


def test_three_ballots_make_nine_of_three_judges_and_nothing_is_dropped() -> None:
    # Judge 1: impression c, stage 70 : 69 c, deciding d. Judge 2: d, 68 : 70 d, d. Judge 3: c, 71 : 70.5 c, c.
    # Control 2 + 0 + 3 = 5, defence 1 + 3 + 0 = 4. Stages are 25 + free debate + 15.
    result = outcome(BY_BALLOTS, *THREE)
    assert figures(result.verdict, "control") == ("won", "5")
    assert figures(result.verdict, "defence") == ("lost", "4")
    assert [(b["impression"], b["stage"], b["deciding"]) for b in result.verdict["ballots"]] == [
        ("control", "control", "defence"),
        ("defence", "defence", "defence"),
        ("control", "control", "control"),
    ]
    assert result.verdict["ballots"][0]["stage_totals"] == {"control": "70", "defence": "69"}


def test_the_ballots_of_a_side_are_explained_judge_by_judge() -> None:
    explained = outcome(BY_BALLOTS, *THREE).scores["control"].explanation
    assert explained.method == "ballots"
    assert [line.total for line in explained.judges] == [2, 0, 3]
    assert explained.judges[0].marks["free_debate"] == 30
    assert (explained.counted_sum, explained.mean_exact, str(explained.final)) == (5, "5", "5")
    assert Explanation.from_data(explained.to_data()) == explained


def test_a_silent_member_turns_no_ballot_unless_the_owner_says_so() -> None:
    # Stage totals 80 : 74, 80 : 74 and 74 : 80, and each judge's other ballots with them: 6 : 3. With ten points off,
    # 70 : 74, 70 : 74 and 64 : 80, the side that two of three judges voted for would lose 4 : 5.
    heavy = {"stage_weights": {"free_debate": "2"}}
    ahead, behind = votes(teams("40", "37"), "c", "c"), votes(teams("37", "40"), "d", "d")
    for changes, reached in ((False, "6"), (True, "4")):
        given = settings(2, "three_ballots", ballot_penalties=changes, **heavy)
        assert figures(outcome(given, ahead, ahead, behind, silent=["control.1"]).verdict, "control")[1] == reached
    before = settings(2, "three_ballots")
    del before["ballot_penalties"]
    assert read_rules(before).ballot_penalties, "as earlier releases counted"
    FORMAT.check_settings(before)


def test_points_taken_off_a_side_can_turn_stage_ballots_but_no_other() -> None:
    # The control loses 1.5: stages 68.5 : 69 d, 66.5 : 70 d, 69.5 : 70.5 d; its other ballots stand: 1 + 0 + 2 = 3.
    counted = settings(2, "three_ballots", ballot_penalties=True)
    result = outcome(counted, *THREE, penalties=(off("control", "1.5"),))
    assert [b["stage"] for b in result.verdict["ballots"]] == ["defence"] * 3
    assert figures(result.verdict, "control") == ("lost", "3")
    explained = result.scores["control"].explanation
    assert (explained.penalty_sum, explained.final) == (0, 3)
    assert result.verdict["sides"]["control"]["penalties"][0]["points"] == "1.5"


def test_equal_stage_totals_of_a_judge_go_with_the_judges_deciding_ballot() -> None:
    level = votes(teams("30", "30"), "c", "d")
    assert outcome(BY_BALLOTS, level, *THREE[1:]).verdict["ballots"][0]["stage"] == "defence"


def test_a_weight_makes_a_stage_count_more() -> None:
    # Openings 25 : 20, free debates 28 : 30. Plainly 68 : 65, with the free debate three times 124 : 125.
    sheet = votes(teams("28", "30") | {"defence.opening": "20"}, "c", "c")
    assert outcome(BY_BALLOTS, sheet, sheet, sheet).verdict["ballots"][0]["stage"] == "control"
    heavy = {**BY_BALLOTS, "stage_weights": {"opening": "1", "free_debate": "3", "closing": "1"}}
    ballot = outcome(heavy, sheet, sheet, sheet).verdict["ballots"][0]
    assert (ballot["stage"], ballot["stage_totals"]) == ("defence", {"control": "124", "defence": "125"})


def test_teamwork_and_manner_are_no_stages() -> None:
    sheet = votes(teams("30", "30") | {"control.teamwork": "5", "control.free_debate": "30.5"}, "d", "d")
    assert outcome(BY_BALLOTS, sheet, sheet, sheet).verdict["ballots"][0]["stage"] == "control"


def test_a_recused_judge_has_no_ballots_and_is_shown() -> None:
    result = outcome(BY_BALLOTS, *THREE, Standing.RECUSED)
    assert len(result.verdict["ballots"]) == 3
    assert [line.fate for line in result.scores["control"].explanation.judges][3] == "recused"


def two_by_two(*evidence: str) -> dict[str, str]:
    parts = ("control.1", "control.2", "defence.1", "defence.2")
    return {f: m for part, mark in zip(parts, evidence, strict=True) for f, m in speaker(part, mark).items()}


SPOKEN = (two_by_two("10", "12", "13", "11"), two_by_two("11", "12", "12", "11"), two_by_two("11", "13", "12", "12"))


def test_a_side_is_the_sum_of_its_speakers_added_exactly_and_rounded_once() -> None:
    # control.1 (70 + 71 + 71) / 3 = 212/3, control.2 (72 + 72 + 73) / 3 = 217/3: 429/3 = 143.
    # defence.1 (73 + 72 + 72) / 3 = 217/3, defence.2 (71 + 71 + 72) / 3 = 214/3: 431/3 = 143.666…
    result = outcome(BY_SPEAKERS, *SPOKEN)
    assert figures(result.verdict, "control") == ("lost", "143.00")
    assert figures(result.verdict, "defence") == ("won", "143.67")
    explained = result.scores["control"].explanation
    assert [(t.key, t.exact, str(t.shown)) for t in explained.terms] == [
        ("control.1", Fraction(212, 3), "70.67"),
        ("control.2", Fraction(217, 3), "72.33"),
    ]
    assert sum(t.exact * t.weight for t in explained.terms) == explained.exact == 143
    assert Explanation.from_data(explained.to_data()) == explained


def test_a_silent_speaker_lowers_the_sum_once() -> None:
    result = outcome(BY_SPEAKERS, *SPOKEN, silent=["defence.1"])
    assert str(result.scores["defence.1"].final) == "62.33"
    assert str(result.scores["defence"].final) == "133.67"
    assert result.scores["defence"].explanation.penalties == ()


def test_a_sides_own_penalty_comes_off_the_sum_alone() -> None:
    result = outcome(BY_SPEAKERS, *SPOKEN, penalties=(off("defence", "2"),))
    assert str(result.scores["defence"].final) == "141.67"
    assert str(result.scores["defence.1"].final) == "72.33"


@pytest.mark.parametrize("points", ["0", "-1"])
def test_a_penalty_that_takes_nothing_off_is_refused_whatever_decides(points: str) -> None:
    for given, sheets in ((BY_SCORES, FIVE), (BY_BALLOTS, THREE), (BY_SPEAKERS, SPOKEN)):
        facts = match(given, *sheets, penalties=(off("control", points),))
        problem = refusal(lambda given=given, facts=facts: FORMAT.score(given, facts))  # type: ignore[misc]
        assert problem == Problem("penalty_not_positive", "overtime")


def test_a_penalty_finer_than_the_shown_figure_is_refused_whatever_decides() -> None:
    for given, sheets in ((BY_SCORES, FIVE), (BY_BALLOTS, THREE), (BY_SPEAKERS, SPOKEN)):
        facts = match(given, *sheets, penalties=(off("control", "0.125"),))
        problem = refusal(lambda given=given, facts=facts: FORMAT.score(given, facts))  # type: ignore[misc]
        assert problem == Problem("penalty_too_fine", "overtime", {"decimals": "2"})


def test_one_against_one_scores_the_speakers_and_still_names_the_winner() -> None:
    # (70 + 72 + 74) / 3 = 72 and (71 + 71 + 71) / 3 = 71.
    result = outcome(ALONE, duel("10", "11"), duel("12", "11"), duel("14", "11"))
    assert {part: str(s.final) for part, s in result.scores.items()} == {"control.1": "72.00", "defence.1": "71.00"}
    assert (result.verdict["winner"], result.verdict["best_speakers"]) == ("control", ["control.1"])


def test_the_best_speaker_of_a_match_is_found_by_the_tie_chain() -> None:
    # Both 75; the defence is better in the key criterion, 辩驳与应变, 25 against 20.
    sheet = duel("15", "10") | {"defence.1.rebuttal": "25"}
    result = outcome(ALONE, sheet, sheet, sheet)
    assert result.verdict["winner"] is None
    assert result.verdict["best_speakers"] == ["defence.1"]


def test_speakers_nothing_tells_apart_share_the_match() -> None:
    sheet = duel("15", "15")
    assert outcome(ALONE, sheet, sheet, sheet).verdict["best_speakers"] == ["control.1", "defence.1"]


def test_without_speakers_sheets_there_is_no_best_speaker() -> None:
    assert outcome(BY_SCORES, *FIVE).verdict["best_speakers"] == []


@pytest.mark.parametrize(
    ("given", "sheet"),
    [
        (BY_SCORES, teams("30", "29")),
        (BY_BALLOTS, votes(teams("30", "29"), "c", "c")),
        (BY_SPEAKERS, SPOKEN[0]),
        (ALONE, duel("15", "14")),
    ],
)
def test_a_missing_sheet_blocks_every_way_to_decide_and_says_who(
    given: dict[str, object], sheet: dict[str, str]
) -> None:
    facts = match(given, sheet, Standing.MISSING, sheet, Standing.MISSING)
    problem = refusal(lambda: FORMAT.score(given, facts))
    assert problem == Problem("missing_sheets", "", {"seats": "2, 4"})
    few = match(given, sheet, Standing.RECUSED, sheet, Standing.ABSTAINED)
    assert refusal(lambda: FORMAT.score(given, few)).code == "too_few_judges"


def test_a_stored_sheet_that_does_not_fit_is_refused_with_its_seat() -> None:
    facts = match(BY_SCORES, *FIVE[:4], teams("41", "30"))
    problem = refusal(lambda: FORMAT.score(BY_SCORES, facts))
    assert (problem.code, problem.field) == ("mark_out_of_range", "5.control.free_debate")


def test_a_penalty_on_what_has_no_score_of_its_own_is_refused() -> None:
    facts = match(ALONE, *[duel("15", "14")] * 3, penalties=(off("control", "1"),))
    assert refusal(lambda: FORMAT.score(ALONE, facts)) == Problem("unknown_part", "control")


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"silent": "control.1"}, "facts_malformed", "silent"),
        ({"silent": ["control.3"]}, "speaker_unknown", "silent.0"),
        ({"silent": ["control"]}, "speaker_unknown", "silent.0"),
        ({"silent": ["control.1", "control.1"]}, "speaker_twice", "silent.1"),
        ({"secret_ballot": ["control"]}, "facts_malformed", "secret_ballot"),
        ({"secret_ballot": {"9": "control"}}, "seat_not_of_panel", "secret_ballot.9"),
        ({"secret_ballot": {"1": "jury"}}, "ballot_for_no_side", "secret_ballot.1"),
        ({"play_off": "jury"}, "ballot_for_no_side", "play_off"),
        ({"coin": "heads"}, "unknown_fact", "coin"),
    ],
)
def test_facts_that_make_no_sense_are_refused(facts: dict[str, Any], code: str, field: str) -> None:
    problem = refusal(lambda: FORMAT.score(BY_SCORES, match(BY_SCORES, *FIVE, **facts)))
    assert (problem.code, problem.field) == (code, field)


def test_facts_are_refused_with_all_their_problems() -> None:
    facts = match(BY_SCORES, *FIVE, silent=["jury"], secret_ballot={"9": "control"}, play_off="jury")
    found = [p.code for p in refusals(lambda: FORMAT.score(BY_SCORES, facts))]
    assert found == ["speaker_unknown", "seat_not_of_panel", "ballot_for_no_side"]


def test_the_points_of_a_sheet_are_exact() -> None:
    score = outcome(BY_SCORES, *FIVE).scores["defence"]
    assert (score.exact, score.final) == (Fraction(259, 3), Decimal("86.33"))
