"""The chief judge's screen: no mark before all sheets are in, then every one; the spread, the question, the release."""

from __future__ import annotations

import secrets

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from scoring.actions.setting_up.contests import add_account
from scoring.actions.transaction import perform
from scoring.board.views.marks import marks
from scoring.extensions import db
from tests.access.conftest import browser_of
from tests.conftest import Venue
from tests.organizers.conftest import words_of

CLOSE = ["85", "86", "86.5", "87", "87.5", "88", "89"]
APART = ["70", "86", "86.5", "87", "87.5", "88", "89"]


@pytest.fixture
def chief(venue: Venue) -> FlaskClient:
    """The chief judge's browser, reading English."""
    perform(add_account, "主任", "-", "chief")
    venue.app.config["WTF_CSRF_ENABLED"] = False
    return browser_of(venue.app, "chief")


def press(chief: FlaskClient, venue: Venue, verb: str, **sent: object) -> TestResponse:
    """Press a button of the page."""
    data = {"request": secrets.token_hex(16), "page": "marks", **sent}
    return chief.post(f"/desk/{venue.contest_id}/{verb}", data=data)


def look(chief: FlaskClient, venue: Venue) -> str:
    """The words of the page."""
    db.session.rollback()
    return words_of(chief.get(f"/desk/{venue.contest_id}/marks"))


def test_before_the_first_call_the_page_says_what_will_be_here(chief: FlaskClient, venue: Venue) -> None:
    assert "Nobody has been called yet" in look(chief, venue)


def test_while_a_sheet_is_missing_only_the_states_are_told(chief: FlaskClient, venue: Venue) -> None:
    venue.call("01")
    venue.all_submit("01", CLOSE[:6])
    [turn] = marks(venue.contest_id)["turns"]
    assert [row["cells"] for row in turn["rows"]] == [{}] * 7
    assert (turn["complete"], turn["score"]) == (False, {})
    assert "6 of 7 sheets are in" in look(chief, venue)


def test_when_all_are_in_every_mark_total_and_the_score_stand_there(chief: FlaskClient, venue: Venue) -> None:
    venue.call("01")
    venue.all_submit("01", CLOSE)
    [turn] = marks(venue.contest_id)["turns"]
    assert [row["totals"][""] for row in turn["rows"]] == CLOSE
    assert turn["rows"][0]["cells"]["law"] == "25"
    assert turn["score"] == {"": "87.00"}  # (86 + 86.5 + 87 + 87.5 + 88) / 5
    assert "points apart" not in look(chief, venue)


def test_totals_far_apart_are_pointed_out(chief: FlaskClient, venue: Venue) -> None:
    venue.call("01")
    venue.all_submit("01", APART)
    assert "The totals lie 19 points apart, more than 15." in look(chief, venue)


def test_totals_just_as_far_apart_as_the_limit_are_not(chief: FlaskClient, venue: Venue) -> None:
    venue.call("01")
    venue.all_submit("01", ["74", *APART[1:]])
    assert "points apart" not in look(chief, venue)


def test_a_sheet_is_sent_back_with_a_question_and_the_marks_go_away_again(chief: FlaskClient, venue: Venue) -> None:
    venue.call("01")
    venue.all_submit("01", APART)
    turn, seat = venue.turn("01").id, venue.seat(1).id
    answer = press(chief, venue, "send_back", turn=turn, seat=seat, question="Is 70 what you meant?")
    assert (answer.status_code, answer.location) == (303, f"/desk/{venue.contest_id}/marks")
    assert "6 of 7 sheets are in" in look(chief, venue)


def test_without_a_question_nothing_is_sent_back(chief: FlaskClient, venue: Venue) -> None:
    venue.call("01")
    venue.all_submit("01", APART)
    answer = press(chief, venue, "send_back", turn=venue.turn("01").id, seat=venue.seat(1).id, question=" ")
    assert answer.status_code == 409
    assert marks(venue.contest_id)["turns"][0]["complete"]


def test_the_chief_judge_approves_the_score(chief: FlaskClient, venue: Venue) -> None:
    venue.call("01")
    venue.all_submit("01", CLOSE)
    assert press(chief, venue, "release", turn=venue.turn("01").id).status_code == 303
    assert venue.audience()["rows"][0]["score"] == "87.00"
    assert "approved" in look(chief, venue)


def test_the_organizer_does_not_see_the_marks(organizer: FlaskClient, venue: Venue) -> None:
    assert organizer.get(f"/desk/{venue.contest_id}/marks").status_code == 403


def test_a_contest_that_does_not_exist_has_no_marks(chief: FlaskClient, venue: Venue) -> None:
    assert chief.get("/desk/999/marks").status_code == 404
