"""The checker's page: unreleased totals for the checker alone, confirmed or taken back."""

from __future__ import annotations

import re

import pytest

from scoring.actions.results import totals
from scoring.actions.setting_up.contests import add_account
from scoring.actions.transaction import perform
from tests.conftest import DESK, PASSWORD
from tests.organizers.conftest import Desk, words_of
from tests.passwords import quickly_checked

ALL_IN = ["90", "91", "92", "93", "94", "95", "96"]


def signed_in(venue, role: str) -> Desk:
    """Somebody of this role, reading English."""
    perform(add_account, role, quickly_checked(PASSWORD), role)
    browser = venue.app.test_client()
    browser.set_cookie("language", "en")
    browser.post("/desk/sign-in", data={"name": role, "password": PASSWORD})
    return Desk(browser, venue)


@pytest.fixture
def checker(desk) -> Desk:
    """The checker of a contest that asks for checks."""
    perform(totals.ask_for_checks, DESK, desk.venue.contest_id, True)
    return signed_in(desk.venue, "checker")


def look(person: Desk) -> str:
    return words_of(person.browser.get(f"{person.path}/totals"))


def shown_figures(person: Desk) -> str:
    return re.search(r'name="figures" value="([0-9a-f]{64})"', person.browser.get(f"{person.path}/totals").text)[1]


def test_before_the_sheets_are_in_the_page_says_what_it_waits_for(checker):
    assert "The totals appear here when all sheets are in" in look(checker)
    checker.venue.call("01")
    assert "As soon as all sheets of no. 01 are in, the totals appear here." in look(checker)


def test_the_checker_confirms_and_only_then_the_desk_can_release(checker, desk):
    venue = checker.venue
    venue.call("01")
    venue.all_submit("01", ALL_IN)
    assert "Sum of the counted 465 Mean 93.00 Deductions 0 Final score 93.00" in look(checker)
    assert "Check the totals of no. 01 Tallier and checker, two people, confirm the totals" in desk.look()
    assert "0 of 2" in desk.look()
    assert "not both confirmed these totals" in words_of(desk.refused("release", turn=desk.turn("01")["id"]))
    sent = {"turn": desk.turn("01")["id"], "figures": shown_figures(checker), "page": "totals"}
    answer = checker.press("check_totals", **sent)
    assert (answer.status_code, answer.location) == (303, f"{checker.path}/totals")
    page = look(checker)
    assert "No. 01 confirmed by checker, checker A second person in the other role still confirms." in page
    assert "The totals of no. 01 are right" not in page
    assert "1 of 2" in desk.look()
    tallier = signed_in(venue, "tallier")
    assert tallier.press("check_totals", **sent).status_code == 303
    assert "confirmed by tallier, tallier" in look(tallier)
    assert "Release the score of no. 01 Ctrl" in desk.look()
    assert "Take my confirmation back" not in look(signed_in(venue, "chief"))
    checker.press("undo_check", turn=desk.turn("01")["id"], page="totals")
    assert "Check the totals of no. 01" in desk.look()
    assert "confirmed by tallier, tallier" in look(checker)
    assert "Take my confirmation back" not in look(checker)


@pytest.mark.parametrize("role", ["organizer", "timekeeper", "supervisor", "coder", "host", "operator"])
def test_nobody_else_sees_totals_before_the_release(desk, role):
    desk.venue.call("01")
    desk.venue.all_submit("01", ALL_IN)
    person = desk if role == "organizer" else signed_in(desk.venue, role)
    answer = person.browser.get(f"{person.path}/totals")
    assert answer.status_code == 403
    assert "93.00" not in answer.text


def test_the_desk_never_shows_the_totals_that_are_checked(checker, desk):
    checker.venue.call("01")
    checker.venue.all_submit("01", ALL_IN)
    page = desk.browser.get(desk.path).text
    assert "93.00" not in page
    assert not re.search(r"\b465\b", page)
