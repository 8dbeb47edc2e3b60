"""Taking a wrong release back at the desk: what it will do, the number typed, and what the audience is told."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from scoring.extensions import db
from scoring.store import Release
from tests.organizers.conftest import Desk, words_of

ALL_IN = ["90", "91", "92", "93", "94", "95", "96"]
OFFER = "Take back the release of no. 01"


@pytest.fixture
def released(desk) -> Desk:
    """No. 01 is released."""
    desk.venue.call("01")
    desk.venue.all_submit("01", ALL_IN)
    desk.venue.release("01")
    return desk


def test_the_desk_says_what_it_will_do_and_asks_for_reason_and_number(released):
    page = released.look()
    assert OFFER in page
    assert "the score leaves every screen at once" in page
    answer = released.refused("undo_release", turn=released.turn("01")["id"], reason="wrong press", confirmation="02")
    assert 'id="undo-release-confirmation-problem">Please type exactly 01 to confirm.' in answer.text
    assert re.search(r'id="undo-release"\s+open', answer.text)


def test_taken_back_the_audience_is_told_until_it_is_released_anew(released):
    sent = {"turn": released.turn("01")["id"], "reason": "wrong press", "confirmation": "01"}
    page = released.after("undo_release", **sent)
    assert "The release of no. 01 is taken back; every screen shows so." in page
    assert "Release the score of no. 01" in page
    board = words_of(released.browser.get("/c/shifa"))
    assert "The score of no. 01 was taken back; it is announced anew." in board
    assert "93.00" not in board
    released.venue.release("01")
    assert [turn["number"] for turn in released.venue.audience()["taken_back"]] == []


def test_after_ten_minutes_nothing_is_offered(released):
    db.session.query(Release).one().steady -= timedelta(minutes=11)
    db.session.commit()
    assert OFFER not in released.look()


def test_once_the_next_is_released_nothing_is_offered_for_the_one_before(released):
    released.venue.call("02")
    released.venue.all_submit("02", ALL_IN)
    released.venue.release("02")
    page = released.look()
    assert OFFER not in page
    assert "Take back the release of no. 02" in page
