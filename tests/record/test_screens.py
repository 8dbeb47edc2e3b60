"""The hall's screens: preview and take, blackout, and who may drive them."""

from __future__ import annotations

from typing import Any

import pytest

from scoring.actions.running import screens
from scoring.actions.transaction import perform
from scoring.board.views.operating import screens as screens_view
from scoring.extensions import db
from tests.conftest import Venue
from tests.organizers.conftest import words_of
from tests.record.conftest import OPERATOR, verbs_of
from tests.refusals import entries, refused


def does(venue: Venue, verb: Any, *what: Any) -> None:
    perform(verb, OPERATOR, venue.contest_id, *what)


def test_by_itself_the_hall_shows_the_contest_as_it_goes(venue):
    assert venue.audience()["hall"] == {"scene": "live", "message": "", "blackout": False, "frozen": False}


def test_the_preview_changes_nothing_in_the_hall_until_it_is_taken(venue):
    does(venue, screens.prepare_scene, "ranking")
    assert venue.audience()["hall"]["scene"] == "live"
    db.session.rollback()
    assert screens_view(venue.contest_id)["next"] == {"scene": "ranking", "message": ""}
    does(venue, screens.take_scene)
    assert venue.audience()["hall"]["scene"] == "ranking"
    assert verbs_of(venue.contest_id)[-2:] == ["prepare_scene", "take_scene"]


def test_an_announcement_is_shown_and_goes_with_the_next_scene(venue):
    does(venue, screens.prepare_scene, "message", "  休息十分钟，\n十点二十分继续 ")
    does(venue, screens.take_scene)
    assert venue.audience()["hall"]["message"] == "休息十分钟， 十点二十分继续"
    does(venue, screens.prepare_scene, "current", "不显示")
    does(venue, screens.take_scene)
    assert venue.audience()["hall"] == {"scene": "current", "message": "", "blackout": False, "frozen": False}


def test_the_blackout_is_at_once_and_leaves_the_scene_underneath(venue):
    does(venue, screens.prepare_scene, "ranking")
    does(venue, screens.take_scene)
    does(venue, screens.black_out, True)
    assert (venue.audience()["hall"]["scene"], venue.audience()["hall"]["blackout"]) == ("ranking", True)
    does(venue, screens.black_out, False)
    assert venue.audience()["hall"]["blackout"] is False


def test_a_wrong_scene_or_an_empty_announcement_is_refused(venue):
    before = entries()
    with refused("scene_unknown"):
        does(venue, screens.prepare_scene, "fireworks")
    with refused("message_missing"):
        does(venue, screens.prepare_scene, "message", "  ")
    with refused("field_too_long"):
        does(venue, screens.prepare_scene, "message", "长" * 201)
    assert entries() == before


def test_pressing_a_switch_twice_is_said_and_recorded_once(venue):
    does(venue, screens.black_out, True)
    does(venue, screens.freeze)
    before = entries()
    with refused("screens_as_asked"):
        does(venue, screens.black_out, True)
    with refused("screens_as_asked"):
        does(venue, screens.freeze)
    does(venue, screens.unfreeze)
    with refused("screens_as_asked"):
        does(venue, screens.unfreeze)
    assert entries() == before + 1


@pytest.mark.parametrize("verb", [screens.take_scene, screens.freeze, screens.unfreeze])
def test_an_unknown_contest_has_no_screens(venue, verb):
    with refused("contest_unknown"):
        perform(verb, OPERATOR, 999)


def test_the_hall_page_carries_scene_announcement_and_dark(venue, anyone):
    does(venue, screens.prepare_scene, "message", "欢迎各位来宾")
    does(venue, screens.take_scene)
    page = anyone.get("/c/shifa/screen").text.replace("<wbr>", "")
    assert 'data-is="message"' in page
    assert "欢迎各位来宾" in page
    assert '<div class="hall-dark" data-when="hall.blackout" hidden>' in page
    does(venue, screens.black_out, True)
    assert '<div class="hall-dark" data-when="hall.blackout">' in anyone.get("/c/shifa/screen").text


def test_the_operator_prepares_takes_and_freezes_on_the_page(venue, staff):
    operator = staff("operator")
    assert "Preview · By itself" in operator.reads("screens")
    assert "Preview · Ranking" in operator.after("screens/prepare", scene="ranking")
    assert "On air · Ranking" in operator.after("screens/take")
    assert "Light again" in operator.after("screens/dark")
    assert "Blackout" in operator.after("screens/light")
    assert "The board stands still since" in operator.after("screens/freeze")
    assert "The board moves again." in operator.after("screens/unfreeze")
    assert "Please enter the text of the announcement." in operator.refused("screens/prepare", scene="message")
    assert "The screens are like that already." in operator.refused("screens/light")


def test_the_operator_sees_this_page_and_nothing_else_of_the_contest(venue, staff):
    operator = staff("operator")
    for page in ("clocks", "corrections", "paper", "spot-check", "draw", "waiting-room"):
        operator.look(page, 403)
    assert f"/desk/{venue.contest_id}/screens" in operator.browser.get("/desk/").text


@pytest.mark.parametrize("role", ["chief", "host", "tallier", "checker", "supervisor", "timekeeper", "coder"])
def test_nobody_but_operator_and_organizer_drives_the_screens(venue, staff, role):
    staff(role).look("screens", 403)
    for step in ("prepare", "take", "dark", "light", "freeze", "unfreeze"):
        staff(role).press(f"screens/{step}", status=403)


def test_the_organizer_may_drive_the_screens_too(venue, staff):
    assert "On air" in words_of(staff("organizer").look("screens"))
