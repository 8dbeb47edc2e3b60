"""Tied matches: the panel's secret ballot, the play-off, and what a verdict says of them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from scoring.rules.panel import Standing
from scoring.rules.refusal import Problem

from .cast import refusal
from .matches import FORMAT, duel, match, outcome, settings, teams, votes

BY_SCORES = settings(2)
LEVEL = (teams("30", "31"), teams("31", "30"), teams("30", "30"))
FOUR = (*LEVEL, teams("30", "30"))


def verdict(*sheets: Any, given: dict[str, Any] = BY_SCORES, **facts: Any) -> dict[str, Any]:
    result = outcome(given, *sheets, **facts).verdict
    assert json.loads(json.dumps(result)) == result
    return dict(result)


def refused(*sheets: Any, given: dict[str, Any] = BY_SCORES, **facts: Any) -> Problem:
    return refusal(lambda: FORMAT.score(given, match(given, *sheets, **facts)))


def ballot(named: str) -> dict[str, str]:
    """Seats 1, 2, … by the first letters of the sides they vote for."""
    return {str(seat): {"c": "control", "d": "defence"}[vote] for seat, vote in enumerate(named, start=1)}


def test_a_decided_match_says_who_won_how_and_with_what() -> None:
    # Control 91 + 90 + 92 = 273, / 3 = 91; defence 3 × 90.
    decided = verdict(teams("31", "30"), teams("30", "30"), teams("32", "30"))
    assert decided == {
        "method": "scores",
        "winner": "control",
        "tied": False,
        "decided_by": "scores",
        "needs": None,
        "missing": [],
        "sides": {
            "control": {"result": "won", "figure": "91.00", "precise": "91.00", "exact": "91", "penalties": []},
            "defence": {"result": "lost", "figure": "90.00", "precise": "90.00", "exact": "90", "penalties": []},
        },
        "ballots": [],
        "secret_ballot": None,
        "best_speakers": [],
    }


def test_a_tied_match_needs_the_secret_ballot_of_the_panel() -> None:
    tied = verdict(*LEVEL)
    assert (tied["winner"], tied["tied"], tied["needs"]) == (None, True, "secret_ballot")
    assert tied["missing"] == ["1", "2", "3"]
    assert {side["result"] for side in tied["sides"].values()} == {"undecided"}


def test_a_recused_judge_is_not_asked_for_a_secret_vote() -> None:
    assert verdict(*LEVEL, Standing.RECUSED, Standing.ABSTAINED)["missing"] == ["1", "2", "3"]
    problem = refused(*LEVEL, Standing.RECUSED, secret_ballot={"4": "control"})
    assert problem == Problem("seat_not_of_panel", "secret_ballot.4", {"seats": "4"})


def test_secret_votes_are_not_counted_before_all_are_in() -> None:
    waiting = verdict(*LEVEL, secret_ballot={"1": "control", "3": "control"})
    assert (waiting["winner"], waiting["needs"], waiting["missing"]) == (None, "secret_ballot", ["2"])
    assert waiting["secret_ballot"] is None


def test_the_secret_ballot_decides_a_tied_match() -> None:
    decided = verdict(*LEVEL, secret_ballot=ballot("dcd"))
    assert (decided["winner"], decided["tied"], decided["decided_by"]) == ("defence", True, "secret_ballot")
    assert (decided["needs"], decided["missing"]) == (None, [])
    assert decided["secret_ballot"] == {"control": 1, "defence": 2}
    assert decided["sides"]["defence"]["result"] == "won"


def test_a_verdict_never_says_who_voted_how_in_the_secret_ballot() -> None:
    assert verdict(*LEVEL, secret_ballot=ballot("dcd")) == verdict(*LEVEL, secret_ballot=ballot("cdd"))


def test_an_equal_secret_ballot_needs_a_play_off() -> None:
    equal = verdict(*FOUR, secret_ballot=ballot("ccdd"))
    assert (equal["winner"], equal["needs"]) == (None, "play_off")
    assert equal["secret_ballot"] == {"control": 2, "defence": 2}


def test_a_play_off_decides_after_an_equal_ballot_or_in_its_place() -> None:
    for facts in ({"secret_ballot": ballot("ccdd"), "play_off": "defence"}, {"play_off": "defence"}):
        decided = verdict(*FOUR, **facts)
        assert (decided["winner"], decided["decided_by"], decided["needs"]) == ("defence", "play_off", None)


@pytest.mark.parametrize("facts", [{"secret_ballot": {"1": "defence"}}, {"play_off": "defence"}])
def test_a_ballot_for_a_match_already_decided_is_refused(facts: dict[str, Any]) -> None:
    problem = refused(teams("31", "30"), teams("30", "30"), teams("32", "30"), **facts)
    assert problem == Problem("match_decided", next(iter(facts)), {"winner": "control"})


def test_a_play_off_after_the_ballot_has_decided_is_refused() -> None:
    problem = refused(*LEVEL, secret_ballot=ballot("dcd"), play_off="control")
    assert problem == Problem("match_decided", "play_off", {"winner": "defence"})


def test_where_ties_stand_a_tied_match_has_no_winner_and_needs_nothing() -> None:
    sheet = duel("15", "15")
    tied = verdict(sheet, sheet, sheet, given=FORMAT.defaults())
    assert (tied["winner"], tied["tied"], tied["needs"], tied["decided_by"]) == (None, True, None, None)
    assert tied["sides"]["control"]["result"] == "tied"
    for facts in ({"secret_ballot": ballot("ccc")}, {"play_off": "control"}):
        problem = refused(sheet, sheet, sheet, given=FORMAT.defaults(), **facts)
        assert problem == Problem("match_stands", next(iter(facts)))


def test_an_even_panels_three_ballots_can_tie_and_go_to_the_secret_ballot() -> None:
    # Judges 1 and 2 give all three to the control, 3 and 4 all three to the defence: 6 : 6.
    given = settings(2, "three_ballots")
    sheets = [votes(teams("31", "30"), "c", "c")] * 2 + [votes(teams("30", "31"), "d", "d")] * 2
    tied = verdict(*sheets, given=given)
    assert (tied["sides"]["control"]["figure"], tied["sides"]["defence"]["figure"]) == ("6", "6")
    assert tied["needs"] == "secret_ballot"
    assert verdict(*sheets, given=given, secret_ballot=ballot("cccd"))["winner"] == "control"
