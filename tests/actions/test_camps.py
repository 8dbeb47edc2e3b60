"""Matches between camps: procurators who always prosecute meet lawyers, and nobody meets the own office."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from scoring.actions.running import late_matches
from scoring.actions.setting_up.event_settings import change_settings
from scoring.actions.setting_up.match_plans import ALL_PLAY, KNOCKOUT, ROUND_ROBIN, MatchPlan, RoundPlan
from scoring.actions.transaction import perform
from scoring.board.conditions.draws import sides_drawn
from scoring.board.reading.look import event_of
from scoring.board.reading.unplaced import unplaced_of
from scoring.rules.refusal import problems_of
from tests.actions.matches import TEAMS, plan
from tests.conftest import DESK

PRELIMINARIES = RoundPlan(("初赛", "Preliminaries"), ALL_PLAY)
FIXED: dict[str, Any] = {"by": "fixed", "control": ["江北区院"]}


def wanted(*rounds: RoundPlan, lawyers: int = 2, **meeting: Any) -> MatchPlan:
    """Teams A, B … are the procurators, and so many of the last ones lawyers."""
    made = plan(4, *(rounds or (PRELIMINARIES,)), meeting=meeting or FIXED)
    offices = ["江北区院"] * (4 - lawyers) + ["明州律所"] * lawyers
    entrants = [replace(team, office=office) for team, office in zip(TEAMS, offices, strict=True)]
    return replace(made, entrants=entrants)


def refused(attempt: Callable[..., object], *given: Any) -> list[tuple[str, str]]:
    return [(one.code, one.field) for one in problems_of(lambda: attempt(*given))]


@pytest.mark.parametrize("pairing", [ALL_PLAY, ROUND_ROBIN])
def test_procurators_prosecute_in_every_match_and_the_record_says_that_no_lot_decided(set_up, pairing):
    hall = set_up(wanted(replace(PRELIMINARIES, pairing=pairing)))
    sides = [{side: one.office for side, one in turn.sides.items()} for turn in hall.turns]
    assert sides == [{"control": "江北区院", "defence": "明州律所"}] * (2 if pairing == ALL_PLAY else 4)
    (drawn,) = sides_drawn(hall.contest_id)
    assert drawn["fixed"]
    assert drawn["witness"] == "监督员 周"


def test_nobody_meets_the_own_office_and_sides_are_drawn(set_up):
    hall = set_up(wanted(by="office", control=[]))
    assert all(len({one.office for one in turn.sides.values()}) == 2 for turn in hall.turns)
    assert not sides_drawn(hall.contest_id)[0]["fixed"]


def test_of_a_larger_camp_those_without_an_opponent_wait_and_take_no_match_of_their_own_camp(set_up):
    hall = set_up(wanted(lawyers=1))
    assert len(hall.turns) == 1
    waiting = [one.number for one in unplaced_of(event_of(hall.contest_id)).waiting]
    assert len(waiting) == 2
    assert set(waiting) < set("ABC")
    assert refused(late_matches.by_hand, event_of(hall.contest_id), *waiting, "99") == [("same_camp", "opponent")]


@pytest.mark.parametrize(
    ("rounds", "lawyers", "meeting", "code"),
    [
        ([PRELIMINARIES, RoundPlan(("淘汰赛", "Knockout"), KNOCKOUT, 4)], 2, FIXED, "sides_fixed_knockout"),
        ([PRELIMINARIES], 0, FIXED, "camps_one_sided"),
        ([PRELIMINARIES], 2, {"by": "fixed", "control": ["市律协"]}, "control_unknown"),
        ([PRELIMINARIES], 2, {"by": "department", "control": []}, "camp_missing"),
    ],
)
def test_what_cannot_be_paired_is_refused_before_the_seal_is_broken(set_up, rounds, lawyers, meeting, code):
    asked = wanted(*rounds, lawyers=lawyers, **meeting)
    assert {said for said, _ in refused(set_up, asked)} == {code}


def test_camps_stay_as_they_are_once_the_matches_are_paired(set_up):
    hall = set_up(wanted())
    event = event_of(hall.contest_id)
    changed = event.settings | {"meeting": {"by": "anybody", "control": []}}
    asked = change_settings, DESK, hall.contest_id, changed, event.full_marks
    assert refused(perform, *asked) == [("meeting_stands", "meeting.by")]


def test_a_contest_of_an_earlier_release_has_no_camps(set_up):
    settings = plan().settings
    old = {name: value for name, value in settings.items() if name != "meeting"}
    hall = set_up(replace(plan(4, PRELIMINARIES), settings=old))
    assert len(hall.turns) == 2
    assert not sides_drawn(hall.contest_id)[0]["fixed"]
