"""What teams and speakers are ranked on after several matches."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from scoring.rules.explanation import Explanation, Score
from scoring.rules.formats.debate.standings import explain, standing
from scoring.rules.ranking import rank
from scoring.rules.refusal import Problem

from .cast import refusal
from .matches import FORMAT, duel, off, outcome, settings, speaker, teams, votes

BY_SCORES = settings(2)
BY_BALLOTS = settings(2, "three_ballots")
ALONE = FORMAT.defaults()


def by_scores(control: str, defence: str, **facts: Any) -> dict[str, Score]:
    return dict(outcome(BY_SCORES, *[teams(control, defence)] * 3, **facts).scores)


def by_ballots(*sheets: dict[str, str]) -> dict[str, Score]:
    return dict(outcome(BY_BALLOTS, *sheets).scores)


def alone(control: str, defence: str, **facts: Any) -> dict[str, Score]:
    return dict(outcome(ALONE, *[duel(control, defence)] * 3, **facts).scores)


def ranking(
    given: dict[str, Any], scores: dict[str, list[Score]], **recorded: int
) -> list[tuple[str, int, str | None]]:
    contenders = [
        FORMAT.contender(given, key, each, {"play_off": Fraction(recorded[key])} if key in recorded else {})
        for key, each in scores.items()
    ]
    return [(r.key, r.rank, r.decided_by) for r in rank(contenders, FORMAT.chain(given))]


def test_teams_are_ranked_on_matches_won_then_on_their_mean_points() -> None:
    # a beats b 90 : 89, b beats c 95 : 80, c beats a 91 : 90: one win each; means 90, 92 and 85.5.
    first, second, third = by_scores("30", "29"), by_scores("35", "20"), by_scores("31", "30")
    scores = {
        "a": [first["control"], third["defence"]],
        "b": [first["defence"], second["control"]],
        "c": [second["defence"], third["control"]],
    }
    assert ranking(BY_SCORES, scores) == [("b", 1, "format_step"), ("a", 2, "format_step"), ("c", 3, "format_step")]


def test_a_win_outweighs_any_points() -> None:
    # a wins 61 : 60.5; b loses with 100 to 100 by the panel's secret ballot.
    low, high = (
        by_scores("1", "0.5"),
        by_scores("40", "40", secret_ballot={"1": "control", "2": "control", "3": "control"}),
    )
    assert ranking(BY_SCORES, {"a": [low["control"]], "b": [high["defence"]]})[0][0] == "a"


def test_teams_level_on_wins_are_told_apart_by_their_share_of_ballots() -> None:
    # a wins 9 : 0 and loses 4 : 5, 13 of 18; b wins 5 : 4 and loses 4 : 5, 9 of 18.
    clear = by_ballots(*[votes(teams("30", "29"), "c", "c")] * 3)
    close = by_ballots(
        votes(teams("30", "29"), "c", "c"), votes(teams("30", "29"), "c", "d"), votes(teams("29", "30"), "d", "d")
    )
    scores = {"a": [clear["control"], close["defence"]], "b": [close["control"], close["defence"]]}
    a, b = (FORMAT.contender(BY_BALLOTS, key, each, {}) for key, each in scores.items())
    assert (a.exact, a.tie_values["format_step"]) == (1, Fraction(13, 18))
    assert (b.exact, b.tie_values["format_step"]) == (1, Fraction(9, 18))
    assert ranking(BY_BALLOTS, scores)[0] == ("a", 1, "format_step")


def test_level_ballots_leave_it_to_the_mean_of_the_team_sheets() -> None:
    # Both 9 : 0, team totals 90 against 95.
    lower = by_ballots(*[votes(teams("30", "29"), "c", "c")] * 3)
    higher = by_ballots(*[votes(teams("35", "29"), "c", "c")] * 3)
    found = ranking(BY_BALLOTS, {"a": [lower["control"]], "b": [higher["control"]]})
    assert found == [("b", 1, "untrimmed_mean"), ("a", 2, "untrimmed_mean")]


def test_a_recorded_play_off_tells_level_teams_apart() -> None:
    won = by_scores("30", "29")["control"]
    assert ranking(BY_SCORES, {"a": [won], "b": [won]}) == [("a", 1, "shared_rank"), ("b", 1, "shared_rank")]
    assert ranking(BY_SCORES, {"a": [won], "b": [won]}, a=0, b=1)[0] == ("b", 1, "play_off")


def test_a_match_left_tied_is_half_a_win_for_both() -> None:
    given = settings(2, tied_match="stands")
    tied = outcome(given, *[teams("30", "30")] * 3).scores
    won = by_scores("30", "29")["control"]
    whole = standing(given, {"m1": tied["control"], "m2": won})
    assert (whole.exact, str(whole.final)) == (Fraction(3, 2), "1.5")


def test_wins_are_explained_match_by_match() -> None:
    won, lost = by_scores("30", "29")["control"], by_scores("30", "29")["defence"]
    explained = explain(BY_SCORES, {"m1": won, "m2": lost, "m3": won})
    assert (explained.method, str(explained.final)) == ("wins", "2")
    assert [(t.key, t.exact, str(t.shown)) for t in explained.terms] == [("m1", 1, "1"), ("m2", 0, "0"), ("m3", 1, "1")]
    assert {name: explained.figures[name] for name in ("matches", "won", "tied")} == {
        "matches": "3",
        "won": "2",
        "tied": "0",
    }
    assert Explanation.from_data(explained.to_data()) == explained


def test_speakers_are_ranked_on_their_own_score_whoever_won_the_pair() -> None:
    # a 75 loses to b 76; c 72 beats d 70: c won and is still behind a, who lost.
    first, second = alone("15", "16"), alone("12", "10")
    scores = {
        "a": [first["control.1"]],
        "b": [first["defence.1"]],
        "c": [second["control.1"]],
        "d": [second["defence.1"]],
    }
    assert [key for key, _, _ in ranking(ALONE, scores)] == ["b", "a", "c", "d"]


def test_a_speakers_several_matches_are_averaged_exactly_and_explained() -> None:
    # 75, 76 and 76 less 0.5: 226.5 / 3 = 75.5.
    matches = {
        "m1": alone("15", "10")["control.1"],
        "m2": alone("16", "10")["control.1"],
        "m3": alone("16", "10", penalties=(off("control.1", "0.5"),))["control.1"],
    }
    explained = explain(ALONE, matches)
    assert (explained.method, explained.exact, str(explained.final)) == ("mean_of_matches", Fraction("75.5"), "75.50")
    assert sum(t.exact * t.weight for t in explained.terms) == explained.exact
    assert FORMAT.contender(ALONE, "a", list(matches.values()), {}).exact == Fraction("75.5")


def test_a_speakers_only_match_is_its_own_explanation() -> None:
    score = alone("15", "10")["control.1"]
    assert standing(ALONE, {"m1": score}) is score


def test_a_speakers_tie_values_are_those_of_the_panel_averaged_over_matches() -> None:
    # Totals 75 and 76 before the penalty; 辩驳与应变 20 in both.
    scores = [alone("15", "10")["control.1"], alone("16", "10", penalties=(off("control.1", "3"),))["control.1"]]
    values = FORMAT.contender(ALONE, "a", scores, {}).tie_values
    assert values == {"untrimmed_mean": Fraction("75.5"), "key_criterion": Fraction(20)}


def test_a_sides_tie_values_are_its_points_and_its_untrimmed_mean() -> None:
    score = by_scores("30", "29", penalties=(off("control", "2"),))["control"]
    assert FORMAT.tie_values(BY_SCORES, score) == {"format_step": Fraction(88), "untrimmed_mean": Fraction(90)}


def test_a_match_that_still_needs_its_ballot_cannot_be_put_into_the_standings() -> None:
    undecided = by_scores("30", "30")["control"]
    problem = refusal(lambda: standing(BY_SCORES, {"m1": by_scores("30", "29")["control"], "m2": undecided}))
    assert problem == Problem("match_undecided", "m2")


def test_nobody_is_ranked_on_nothing_or_on_a_team_and_a_speaker_together() -> None:
    assert refusal(lambda: FORMAT.contender(ALONE, "a", [], {})).code == "no_score"
    mixed = [by_scores("30", "29")["control"], alone("15", "10")["control.1"]]
    assert refusal(lambda: FORMAT.contender(BY_SCORES, "a", mixed, {})).code == "scores_differ"


def test_a_side_takes_its_mean_points_into_a_composite_total_and_not_its_wins() -> None:
    # Team totals 90 : 89 and 85 : 95: a won once, and its mean is 87.5.
    first, second = by_scores("30", "29"), by_scores("25", "35")
    taken = FORMAT.points(BY_SCORES, {"1": first["control"], "2": second["control"]})
    assert (taken.exact, str(taken.final)) == (Fraction("87.5"), "87.50")


def test_a_side_takes_its_share_of_the_ballots_as_points_of_its_sheet() -> None:
    # 4 of 9 ballots of a sheet with 100 points.
    close = by_ballots(
        votes(teams("30", "29"), "c", "c"), votes(teams("30", "29"), "c", "d"), votes(teams("29", "30"), "d", "d")
    )
    taken = FORMAT.points(BY_BALLOTS, {"1": close["defence"]})
    assert (taken.exact, str(taken.final)) == (Fraction(400, 9), "44.44")


def test_a_side_of_summed_speakers_takes_their_mean() -> None:
    given = settings(2, "sum_of_speakers")
    marks = (
        speaker("control.1", "20") | speaker("control.2", "10") | speaker("defence.1", "5") | speaker("defence.2", "0")
    )
    scores = dict(outcome(given, *[marks] * 3).scores)
    assert FORMAT.points(given, {"1": scores["control"]}).exact == Fraction(75)


def test_a_speaker_takes_the_mean_of_its_matches() -> None:
    taken = FORMAT.points(ALONE, {"1": alone("20", "10")["control.1"], "2": alone("10", "20")["control.1"]})
    assert taken.exact == Fraction(75)


def test_points_of_no_match_or_of_a_team_and_a_speaker_are_refused() -> None:
    assert refusal(lambda: FORMAT.points(ALONE, {})) == Problem("no_score")
    mixed = {"1": by_scores("30", "29")["control"], "2": alone("20", "10")["control.1"]}
    assert refusal(lambda: FORMAT.points(BY_SCORES, mixed)) == Problem("scores_differ")
