"""The secret ballot on a tied match through the form's door: chosen and cast with two taps, and counted once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from scoring.actions.setting_up.match_plans import set_up_matches
from scoring.actions.transaction import Actor, perform
from scoring.extensions import db
from scoring.store import Ballot
from scoring.store.codes import seat_key
from tests.actions.matches import TIED, Hall, plan
from tests.judges.conftest import SCRIPT, words_of

FIRST = "1.1"


@pytest.fixture
def tied(app: Flask) -> Iterator[Hall]:
    """The first match of a knockout is marked, and the marks are equal."""
    with app.app_context():
        contest_id = perform(set_up_matches, Actor("test"), plan())
        assert contest_id is not None
        hall = Hall(contest_id)
        hall.call(FIRST)
        hall.all_submit(FIRST, *TIED)
        yield hall


@pytest.fixture
def judge(app: Flask, tied: Hall) -> FlaskClient:
    """Judge 1's browser, reading English."""
    app.config["WTF_CSRF_ENABLED"] = False
    browser = app.test_client()
    browser.set_cookie("language", "en")
    assert browser.post(f"/judge/enter/{seat_key(tied.seat(1))}").status_code == 303
    return browser


def door(hall: Hall) -> str:
    return f"/judge/{hall.seat(1).id}/turn/{hall.match(FIRST).id}/ballot"


def votes() -> list[tuple[int, str]]:
    db.session.rollback()
    return [(ballot.seat.number, ballot.side) for ballot in db.session.scalars(select(Ballot))]


def test_without_a_script_a_side_is_chosen_and_then_cast(tied: Hall, judge: FlaskClient) -> None:
    page = judge.get(f"/judge/{tied.seat(1).id}")
    assert "Which side wins?" in words_of(page)
    assert page.text.count('type="radio"') == 2
    assert page.text.count('name="side"') == 2
    answer = judge.post(door(tied), data={"side": "control", "request": "a-vote-of-judge-1"})
    assert (answer.status_code, votes()) == (302, [(1, "control")])
    assert "Which side wins?" not in words_of(judge.get(f"/judge/{tied.seat(1).id}"))


def test_nobody_votes_without_a_choice(tied: Hall, judge: FlaskClient) -> None:
    answer = judge.post(door(tied), data={"request": "a-vote-of-judge-1"})
    assert (answer.status_code, votes()) == (409, [])


def test_a_script_that_sends_a_vote_twice_is_told_twice_that_it_is_counted(tied: Hall, judge: FlaskClient) -> None:
    vote = {"side": "control", "request": "a-vote-of-judge-1"}
    for _ in range(2):
        answer = judge.post(door(tied), data=vote, headers=SCRIPT)
        assert (answer.status_code, answer.get_json()) == (200, {"ok": True})
    assert votes() == [(1, "control")]
    other = judge.post(door(tied), data={"side": "defence", "request": "another-vote-of-1"}, headers=SCRIPT)
    assert (other.status_code, other.get_json()["code"]) == (409, "ballot_twice")
    assert votes() == [(1, "control")]
