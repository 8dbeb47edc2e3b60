"""The list of contests: where each stands, and the way to its desk."""

from __future__ import annotations

import pytest

from tests.organizers.conftest import words_of


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


def test_an_empty_installation_says_what_to_do(path):
    assert "Set one up: it takes ten minutes" in words_of(path.browser.get("/desk/"))
