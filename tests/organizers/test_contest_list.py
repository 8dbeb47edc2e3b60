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


def test_what_runs_stands_before_what_has_not_begun_and_what_is_being_set_up(organizer, venue):
    venue.app.config["WTF_CSRF_ENABLED"] = False
    named = {"title_zh": "明年的竞赛", "held_on": "2027-05-06", "venue": "培训中心礼堂", "run": "official"}
    organizer.post("/desk/new", data={"start": "format:debate:1v1", **named})
    page = words_of(organizer.get("/desk/"))
    assert page.index("Not begun") < page.index("Final") < page.index("Being set up") < page.index("明年的竞赛")
    assert "Adversarial debate · May 6, 2027 · 培训中心礼堂" in page
    venue.call("01")
    assert words_of(organizer.get("/desk/")).startswith("Contests Set up a new contest Under way")


def test_what_is_over_stands_last(organizer, venue):
    for number in ("01", "02", "03"):
        venue.call(number)
        venue.all_submit(number, ["90"] * 7)
        venue.release(number)
    assert "Finished Final" in words_of(organizer.get("/desk/"))
