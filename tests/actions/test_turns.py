"""Calling turns: one at a time in a room, with a way back from a wrong call."""

from __future__ import annotations

import pytest

from scoring.actions.running import turns
from scoring.actions.transaction import perform
from scoring.board.views.desk import desk
from scoring.board.views.seat import seat
from scoring.extensions import db
from tests.conftest import DESK, FULL_MARKS
from tests.refusals import refusal


def states(venue) -> dict[str, str]:
    db.session.rollback()
    return {turn["number"]: turn["state"] for turn in desk(venue.contest_id)["turns"]}


def test_a_called_contestant_is_on_every_tablet(venue):
    venue.call("01")
    assert states(venue) == {"01": "performing", "02": "waiting", "03": "waiting"}
    for judge in range(1, 8):
        assert seat(venue.seat(judge).id)["turn"]["number"] == "01"


def test_nobody_is_called_twice(venue):
    venue.call("01")
    assert refusal(turns.call, venue.turn("01").id).code == "turn_not_waiting"


def test_the_next_one_waits_until_all_sheets_are_in_and_the_refusal_says_who_is_missing(venue):
    venue.call("01")
    for judge in (1, 2, 4, 6, 7):
        venue.submits(judge, "01", FULL_MARKS)
    refused = refusal(turns.call, venue.turn("02").id)
    assert refused.code == "sheets_still_open"
    assert refused.problems[0].figures == {"number": "01", "seats": "3, 5"}
    assert states(venue)["02"] == "waiting"


def test_an_organizer_can_go_on_and_the_late_judge_still_owes_the_sheet(venue):
    venue.call("01")
    for judge in (1, 2, 4, 5, 6, 7):
        venue.submits(judge, "01", FULL_MARKS)
    perform(turns.call, DESK, venue.turn("02").id, leave_open=True)
    assert states(venue) == {"01": "marking", "02": "performing", "03": "waiting"}
    late, prompt = seat(venue.seat(3).id), seat(venue.seat(4).id)
    assert [owed["number"] for owed in late["owed"]] == ["01"]
    assert prompt["owed"] == []
    venue.submits(3, "01", FULL_MARKS)
    venue.release("01")
    assert states(venue)["01"] == "released"


def test_a_wrong_call_is_taken_back(venue):
    venue.call("02")
    perform(turns.undo_call, DESK, venue.turn("02").id)
    assert states(venue)["02"] == "waiting"
    assert seat(venue.seat(1).id)["turn"] is None


def test_a_call_is_not_taken_back_once_a_sheet_is_in(venue):
    venue.call("02")
    venue.submits(5, "02", FULL_MARKS)
    refused = refusal(turns.undo_call, venue.turn("02").id)
    assert (refused.code, refused.problems[0].figures["seats"]) == ("sheets_already_in", "5")
    assert states(venue)["02"] == "performing"


def test_only_a_called_turn_is_taken_back(venue):
    assert refusal(turns.undo_call, venue.turn("01").id).code == "turn_not_performing"


@pytest.mark.parametrize("verb", [turns.call, turns.undo_call])
def test_an_unknown_turn_is_refused(venue, verb):
    assert refusal(verb, 999).code == "turn_unknown"
