"""The list of contests: where each stands, and the way to its desk."""

from __future__ import annotations

import pytest

from scoring.actions.contests import add_account
from scoring.actions.transaction import perform
from tests.conftest import ORGANIZER, PASSWORD
from tests.organizers.conftest import words_of
from tests.passwords import quickly_checked


@pytest.mark.parametrize(("language", "title"), [("en", "Final"), ("zh", "释法说理决赛")])
def test_each_contest_is_named_in_the_readers_language_with_a_way_to_its_desk(organizer, venue, language, title):
    organizer.set_cookie("language", language)
    answer = organizer.get("/desk/")
    assert title in words_of(answer)
    assert f'href="/desk/{venue.contest_id}"' in answer.text


def test_the_list_says_how_far_a_contest_has_come(organizer, venue):
    venue.call("01")
    venue.all_submit("01", ["90"] * 7)
    venue.release("01")
    venue.call("02")
    assert "1 of 3 released · now no. 02" in words_of(organizer.get("/desk/"))


def test_an_empty_installation_says_what_to_do(app):
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        perform(add_account, ORGANIZER, quickly_checked(PASSWORD))
    browser = app.test_client()
    browser.set_cookie("language", "en")
    browser.post("/desk/sign-in", data={"name": ORGANIZER, "password": PASSWORD})
    assert "Set one up: it takes ten minutes" in words_of(browser.get("/desk/"))
