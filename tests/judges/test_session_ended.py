"""A judge whose session has ended: what was submitted counts and is named, and the page says how to come back in."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from scoring.actions.preparing import codes
from scoring.actions.running import send_back
from scoring.actions.transaction import perform
from tests.conftest import DESK, FULL_MARKS, Venue
from tests.judges.conftest import Tablet

COUNTS = "Your sheet for Contestant 01 is submitted and counts."
BACK = "Enter your PIN to go on."
SENT = "sent-by-judge-one"


@pytest.fixture
def counted(tablet: Tablet) -> Tablet:
    """Judge 1 has submitted the sheet of no. 01, and the browser has lost its session since."""
    tablet.venue.call("01")
    tablet.press("submit", "01", FULL_MARKS, submission=SENT)
    tablet.browser._cookies.clear()
    tablet.browser.set_cookie("language", "en")
    return tablet


def read(browser: FlaskClient, address: str) -> str:
    answer = browser.get(address, follow_redirects=True)
    assert answer.request.path == "/judge/"
    return answer.text


def test_who_submits_again_is_told_that_the_sheet_counts(counted: Tablet) -> None:
    for protected in (False, True):
        counted.venue.app.config["WTF_CSRF_ENABLED"] = protected
        answer = counted.press("submit", "01", FULL_MARKS, submission=SENT)
        page = read(counted.browser, answer.location)
        assert COUNTS in page
        assert BACK in page
        assert "This tablet is not signed in for this seat. What was submitted counts." in page


def test_the_pages_own_script_asks_with_the_ids_that_it_knows(counted: Tablet) -> None:
    page = read(counted.browser, f"/judge/?sent={SENT}&sent=unknown-id&sent=%00")
    assert page.count("is submitted and counts") == 1


def test_a_wrong_pin_leaves_the_sentence_where_it_is(counted: Tablet) -> None:
    answer = counted.browser.post(f"/judge/?sent={SENT}", data={"pin": "000000"})
    assert COUNTS in answer.text


def test_a_sheet_that_does_not_count_is_not_said_to(counted: Tablet, venue: Venue) -> None:
    perform(send_back.send_back, DESK, venue.turn("01").id, venue.seat(1).id, "请核对")
    assert "is submitted and counts" not in read(counted.browser, f"/judge/?sent={SENT}")
    assert "is submitted and counts" not in read(counted.browser, "/judge/?sent=never-arrived")


def test_a_renewed_code_says_what_counts_and_asks_for_the_new_one(tablet: Tablet, venue: Venue) -> None:
    venue.call("01")
    tablet.press("submit", "01", FULL_MARKS, submission=SENT)
    perform(codes.renew_code, DESK, venue.contest_id, venue.seat(1).id)
    answer = tablet.press("submit", "01", FULL_MARKS, submission=SENT)
    assert COUNTS in read(tablet.browser, answer.location)
