"""The desk of a match: its motion, and overtime by side or speaker."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient

from scoring.actions.setting_up.contests import add_account
from scoring.actions.setting_up.match_plans import set_up_matches
from scoring.actions.transaction import perform
from scoring.board.views.timekeeper import timekeeper
from tests.actions.matches import Hall, plan
from tests.conftest import DESK, PASSWORD, Installation, begin_with
from tests.organizers.conftest import words_of
from tests.passwords import quickly_checked


@dataclass
class MatchDesk:
    """The organizer's browser at the desk of a called match."""

    browser: FlaskClient
    hall: Hall

    def look(self) -> str:
        return words_of(self.browser.get(f"/desk/{self.hall.contest_id}"))

    def adds(self, seconds: str, part: str):
        turn = self.hall.match("1.1").id
        sent = {"turn": turn, "seconds": seconds, "part": part, "request": secrets.token_hex(16), "page": "desk"}
        return self.browser.post(f"/desk/{self.hall.contest_id}/add_overtime", data=sent)


@pytest.fixture
def match_desk(installation: Installation) -> Iterator[MatchDesk]:
    for app in begin_with(installation, installation.empty):
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            perform(add_account, "何组长", quickly_checked(PASSWORD))
            hall = Hall(perform(set_up_matches, DESK, plan(motions=["正当防卫是否过当"])))
            hall.call("1.1")
            browser = app.test_client()
            browser.set_cookie("language", "en")
            browser.post("/desk/sign-in", data={"name": "何组长", "password": PASSWORD})
            yield MatchDesk(browser, hall)


def test_the_desk_says_what_the_match_is_about(match_desk):
    assert "Motion 正当防卫是否过当" in match_desk.look()


def test_the_desk_says_what_a_decision_for_one_match_leaves_to_the_side(match_desk):
    said = match_desk.look()
    assert "in a knockout the side keeps the place of the round that it has reached" in said
    assert "places in the other events stay" not in said, "there are none"


def test_overtime_is_recorded_for_a_side_and_listed_with_it(match_desk):
    assert match_desk.adds("32", "defence").status_code == 303
    assert [(one.part, one.points) for one in match_desk.hall.match("1.1").penalties] == [("defence", "1")]
    assert "Defence · 32 s over · −1" in match_desk.look()
    assert match_desk.adds("32", "control").status_code == 303


def test_overtime_twice_for_a_side_or_for_none_is_refused_with_what_was_typed(match_desk):
    match_desk.adds("32", "defence")
    again = match_desk.adds("40", "defence")
    assert again.status_code == 409
    assert 'value="40"' in again.text
    nobody = match_desk.adds("32", "third")
    assert "Please choose the side or speaker that this belongs to." in words_of(nobody)
    assert len(match_desk.hall.match("1.1").penalties) == 1


def test_the_timekeeper_has_a_page_for_each_room(installation: Installation):
    for app in begin_with(installation, installation.empty):
        with app.app_context():
            hall = Hall(perform(set_up_matches, DESK, plan(rooms=2)))
            hall.call("1.1")
            hall.call("1.2")
            first, second = (hall.match(key).room_id for key in ("1.1", "1.2"))
            for room, key in ((first, "1.1"), (second, "1.2")):
                shown = timekeeper(hall.contest_id, None, room)
                assert (shown["room"], shown["current"]["id"]) == (room, hall.match(key).id)
            assert [room["room"] for room in shown["rooms"]] == [first, second]
            with pytest.raises(LookupError):
                timekeeper(hall.contest_id, None, 99)
