"""What the desk says is true for what is judged, for who looks, and after something was taken back."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from scoring.actions.running import releases, turns
from scoring.actions.setting_up.contests import Plan, add_account, set_up
from scoring.actions.transaction import perform
from scoring.rules import formats
from tests.browser import hall_states as made
from tests.conftest import CHEN, DESK, LIN, PASSWORD, Venue
from tests.organizers.conftest import words_of
from tests.organizers.path import entrants
from tests.passwords import quickly_checked

ALL_IN = ["90", "91", "92", "93", "94", "95", "96"]


def signed_in(venue: Venue, role: str) -> FlaskClient:
    perform(add_account, f"看台{role}", quickly_checked(PASSWORD), role)
    browser = venue.app.test_client()
    browser.set_cookie("language", "en")
    browser.post("/desk/sign-in", data={"name": f"看台{role}", "password": PASSWORD})
    return browser


def test_after_a_call_is_taken_back_the_desk_does_not_say_that_nobody_was_called(desk):
    desk.venue.call("01")
    desk.venue.all_submit("01", ALL_IN)
    desk.venue.release("01")
    desk.venue.call("02")
    perform(turns.undo_call, DESK, desk.venue.turn("02").id)
    page = desk.look()
    assert "Nobody has been called" not in page
    assert "Nobody is called at the moment." in page


@pytest.mark.parametrize("role", ["chief", "supervisor"])
def test_who_only_looks_on_is_told_of_no_button_and_no_key(desk, role):
    page = signed_in(desk.venue, role).get(desk.path).text
    assert "presses this button" not in page
    assert "Check that all judges are signed in" not in page
    assert "Next step" in page
    assert 'id="recuse-details"' not in page
    assert ('id="keys"' in page) == (role == "chief")


@pytest.mark.parametrize("role", ["chief", "supervisor"])
@pytest.mark.parametrize(("kind", "seats"), [("case_binding", 2), ("suggestion_review", 7)])
def test_every_page_that_the_desk_leads_on_to_opens_for_who_looks_on(desk, role, kind, seats):
    contest_id = perform(set_up, DESK, Plan("other", ("另一场", "Other"), "", kind, seats, [CHEN, LIN]))
    browser = signed_in(desk.venue, role)
    page = browser.get(f"/desk/{contest_id}").text.partition("<main")[2].partition("</main>")[0]
    links = [link for link in re.findall(r'href="(/desk/[^"]+)"', page) if "ranking" not in link]
    assert [browser.get(link).status_code for link in links] == [200] * len(links)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("case_binding", "The contest is open. Plan the benches, then start the first batch."),
        ("legal_explanation", "The contest is open. Contestants can be called."),
    ],
)
def test_an_opened_contest_says_what_comes_next_for_what_is_judged(path, kind, said):
    contest_id = path.begin(f"format:{kind}:")
    path.send(contest_id, "contestants", entrants(("01", "陈思远"), ("02", "林晓彤")))
    assert said in words_of(path.browser.get(path.press(contest_id, "open").location))


def test_the_hints_of_each_way_of_debating_are_those_of_that_way(path):
    """A four against four was told: default, rank by individual scores."""
    kind = formats.get("debate")
    for start in kind.all_starts:
        contest_id = path.begin(f"format:debate:{start.key}")
        path.browser.set_cookie("language", "en")
        page = path.look(contest_id, "rules").text
        hint = re.search(r'id="decide-hint">(.*?)</span>', page, re.S)[1]
        chosen = re.search(r'<select[^>]*id="decide".*?<option[^>]*selected[^>]*>(.*?)</option>', page, re.S)[1]
        assert f"Default: {chosen.strip()}." in hint, start.key


def test_the_release_that_is_taken_back_leaves_the_desk_where_it_was(desk):
    desk.venue.call("01")
    desk.venue.all_submit("01", ALL_IN)
    desk.venue.release("01")
    perform(releases.undo_release, DESK, desk.venue.turn("01").id, "按错", "01")
    assert "Nobody has been called" not in desk.look()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: made.benches_at_work("said", 3, 2, 1), "The benches are at work."),
        (lambda: made.benches_at_work("said", 3, 3, 3), "The files are with the inspectors."),
        (lambda: made.reviewed(made.review("said", 3), 1), "The documents are with their reviewers."),
        (lambda: made.review_over("said"), "The contest is over."),
    ],
)
def test_where_nobody_is_called_the_desk_says_how_the_contest_stands(desk, make, said):
    """While benches were at work it said that no batch was, and after the end that documents were with reviewers."""
    contest = make().contest_id
    page = words_of(desk.browser.get(f"/desk/{contest}"))
    assert said in page
    assert "Left open" not in page


def test_a_document_is_read_where_a_contestant_performs(desk):
    """The list of documents said of each that its sheets were open, or that it waited to be called."""
    review = made.review("said", 3).contest_id
    assert "to be read" in words_of(desk.browser.get(f"/desk/{review}"))
    page = words_of(desk.browser.get(f"/desk/{made.reviewed(made.review('read', 3), 1).contest_id}"))
    assert "being read" in page
    assert "sheets open" not in page


def test_before_a_review_is_decoded_the_desk_has_no_button_that_releases_a_document(desk):
    """It had one for each document, and each was refused."""
    contest = made.reviewed(made.review("said", 3), 3).contest_id
    assert f'action="/desk/{contest}/release"' not in desk.browser.get(f"/desk/{contest}").text


def test_at_the_desk_of_a_test_no_card_is_printed_and_its_one_column_is_not_called_one(desk):
    settings = formats.get("written_test").defaults()
    plan = Plan("wt", ("笔试", "Written test"), "明州市院", "written_test", 1, made.entrants(2), settings)
    contest = perform(set_up, DESK, plan)
    shown = desk.browser.get(f"/desk/{contest}").text
    assert "Print the seat cards" not in shown
    assert re.search(r'class="judge".*?aria-hidden="true">Entered<', shown, re.S)
