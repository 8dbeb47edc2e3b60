"""A seat has one tablet: who gets in, who is locked out and told why, and what comes along."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from scoring.actions.running import seats, sheets
from scoring.actions.transaction import Actor, perform
from scoring.extensions import db
from scoring.rules.refusal import Refused, problems_of
from scoring.store import Entry, SeatAttempt
from scoring.store.codes import handover_key, handover_pin
from tests.conftest import DESK, FULL_MARKS, Venue, entry_of
from tests.judges.conftest import SCRIPT, Tablet, element, words_of


@pytest.fixture
def spare(anyone: FlaskClient, venue: Venue) -> Tablet:
    """A spare tablet that nobody has signed in on, reading English."""
    browser = venue.app.test_client()
    browser.set_cookie("language", "en")
    return Tablet(browser, venue, 1)


def knocks(tablet: Tablet) -> TestResponse:
    """Enter the PIN of the seat."""
    return tablet.browser.post("/judge/", data={"pin": entry_of(tablet.venue.seat(1))[1]})


def hand_over(venue: Venue) -> str:
    """The desk opens the handover of seat 1; the address in its code."""
    perform(seats.open_handover, DESK, venue.seat(1).id)
    db.session.rollback()
    return f"/judge/handover/{handover_key(venue.seat(1))}"


def moves_to(tablet: Tablet) -> TestResponse:
    """The desk hands seat 1 over, and somebody scans the code with this tablet and presses the button."""
    return tablet.browser.post(hand_over(tablet.venue), follow_redirects=True)


def attempts(venue: Venue) -> list[SeatAttempt]:
    """Who tried to take a seat and was not looked after yet."""
    db.session.rollback()
    return list(db.session.scalars(select(SeatAttempt).where(SeatAttempt.settled_at.is_(None))))


def holds(tablet: Tablet) -> bool:
    """Whether this tablet's page is the seat's own."""
    return 'data-stage="moved"' not in tablet.look().text


def test_a_second_tablet_is_refused_and_told_what_to_do_and_the_desk_is_told(tablet: Tablet, spare: Tablet) -> None:
    answer = knocks(spare)
    assert answer.status_code == 409
    assert "ask the staff to open the handover at the desk" in element(answer, "pin-problem")
    assert holds(tablet)
    assert spare.browser.get(spare.home).location == "/judge/"
    (attempt,) = attempts(tablet.venue)
    assert (attempt.seat_id, attempt.address) == (tablet.venue.seat(1).id, "127.0.0.1")
    noted = db.session.query(Entry).filter_by(verb="note_attempt").one()
    assert noted.details == {"seat": attempt.seat_id, "address": "127.0.0.1"}


def test_the_desks_code_moves_the_seat_and_the_draft_comes_along(tablet: Tablet, spare: Tablet) -> None:
    tablet.venue.call("01")
    tablet.press("draft", "01", {"law": "20.5"})
    address = hand_over(tablet.venue)
    assert "Take my seat" in words_of(spare.browser.get(address))
    assert holds(tablet)
    spare.browser.post(address)
    assert (holds(tablet), holds(spare)) == (False, True)
    assert 'value="20.5"' in element(spare.look(), "mark-law")
    assert re.search(r"This seat moved to another tablet at \d\d:\d\d", words_of(tablet.look()))


def test_the_six_digits_of_the_handover_do_the_same_and_those_of_the_card_do_not(tablet: Tablet, spare: Tablet) -> None:
    hand_over(tablet.venue)
    assert knocks(spare).status_code == 409
    digits = handover_pin(tablet.venue.seat(1))
    assert spare.browser.post("/judge/", data={"pin": digits}).location == spare.home
    assert holds(spare)


def test_a_handover_settles_what_was_tried_before(tablet: Tablet, spare: Tablet) -> None:
    knocks(spare)
    hand_over(tablet.venue)
    assert attempts(tablet.venue) == []


def test_a_seat_that_was_left_is_taken_by_the_card_again(tablet: Tablet, spare: Tablet) -> None:
    assert tablet.browser.post(f"{tablet.home}/leave").location == "/judge/"
    assert tablet.browser.get(tablet.home).location == "/judge/"
    assert knocks(spare).status_code == 303
    assert holds(spare)
    answer = tablet.browser.post(f"{tablet.home}/leave", headers=SCRIPT)
    assert (answer.status_code, answer.get_json()["code"]) == (409, "seat_not_yours")


@pytest.mark.parametrize("spoil", ["used", "closed", "run out", "another seat's"])
def test_a_code_is_good_once_and_while_the_handover_is_open(
    tablet: Tablet, spare: Tablet, spoil: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if spoil == "run out":
        monkeypatch.setattr(seats, "HANDOVER", -seats.HANDOVER)
    address = hand_over(tablet.venue)
    if spoil == "used":
        tablet_of = Tablet(tablet.venue.app.test_client(), tablet.venue, 1)
        tablet_of.browser.post(address)
    elif spoil == "closed":
        perform(seats.close_handover, DESK, tablet.venue.seat(1).id)
    elif spoil == "another seat's":
        address = address.replace(f"/{tablet.venue.seat(1).id}-", f"/{tablet.venue.seat(2).id}-")
    answer = spare.browser.post(address, follow_redirects=True)
    assert "This code was used already or has run out." in answer.text
    assert spare.browser.get(spare.home).location == "/judge/"


def test_handover_codes_cannot_be_guessed_without_end(spare: Tablet) -> None:
    for guess in range(11):
        answer = spare.browser.get(f"/judge/handover/1-{guess}", follow_redirects=True)
    assert "Too many attempts." in answer.text


def test_of_two_that_come_by_the_desks_code_one_holds_the_seat(tablet: Tablet, spare: Tablet) -> None:
    other = tablet.venue.app.test_client()
    address = hand_over(tablet.venue)
    for newcomer in (spare.browser, other):
        newcomer.get(address)
    spare.browser.post(address)
    assert other.post(address).status_code == 403
    assert (holds(spare), other.get(spare.home).location) == (True, "/judge/")


def test_the_change_itself_lets_only_one_of_many_take_the_seat(venue: Venue) -> None:
    seat_id = venue.seat(1).id

    def take(newcomer: int) -> list[str]:
        with venue.app.app_context():
            taking = partial(seats.take_seat, Actor("seat", holder=f"client:{newcomer}"), seat_id, 0)
            return [problem.code for problem in problems_of(taking)]

    with ThreadPoolExecutor(8) as crowd:
        assert sorted(crowd.map(take, range(8))) == [[], *[["seat_taken"]] * 7]
    db.session.rollback()
    assert venue.seat(1).tablet == 1


def test_a_button_pressed_twice_is_one_tablet(spare: Tablet) -> None:
    spare.browser.get("/judge/")
    for _ in range(2):
        knocks(spare)
    assert holds(spare)


def test_the_tabs_of_a_browser_are_one_tablet(tablet: Tablet) -> None:
    tablet.venue.call("01")
    assert holds(tablet)
    knocks(tablet)
    assert tablet.press("draft", "01", {"law": "9"}).status_code == 302


@pytest.mark.parametrize("verb", ["draft", "check", "submit"])
def test_what_the_old_tablet_still_sends_is_refused_and_kept_in_sight_without_what_counts(
    tablet: Tablet, spare: Tablet, verb: str
) -> None:
    tablet.venue.call("01")
    tablet.press("draft", "01", {"law": "20"})
    moves_to(spare)
    spare.press("draft", "01", {"law": "21"}, base=1)
    answer = tablet.press(verb, "01", FULL_MARKS | {"law": "19.5"}, base=1)
    assert answer.status_code == 409
    assert "The seat of judge 1 moved to another tablet at" in words_of(answer)
    assert "19.5" in words_of(answer)
    assert "data-held" not in answer.text
    assert tablet.stored("01")[-1].typed == {"law": "21"}


@pytest.mark.parametrize("verb", ["draft", "submit", "keep", "check"])
def test_the_old_tablets_script_is_told_nothing_of_what_goes_on_there(tablet: Tablet, spare: Tablet, verb: str) -> None:
    tablet.venue.call("01")
    moves_to(spare)
    spare.press("draft", "01", {"law": "21"})
    status, answer = tablet.send(verb, "01", FULL_MARKS)
    assert (status, answer["code"], answer["holds"]) == (409, "seat_moved", None)


def test_the_old_tablets_script_is_told_that_its_own_sheet_had_arrived(tablet: Tablet, spare: Tablet) -> None:
    tablet.venue.call("01")
    assert tablet.send("submit", "01", FULL_MARKS, submission="sent-by-the-old-one")[0] == 200
    moves_to(spare)
    status, answer = tablet.send("submit", "01", FULL_MARKS, submission="sent-by-the-old-one")
    assert (status, answer["code"], answer["holds"]["state"]) == (409, "seat_moved", "submitted")


@pytest.mark.parametrize("door", ["call", "turn/1/ballot"])
def test_the_old_tablet_can_do_nothing_else_either(tablet: Tablet, spare: Tablet, door: str) -> None:
    moves_to(spare)
    tablet.venue.call("01")
    before = tablet.venue.seat(1).room.event.contest.revision
    tablet.browser.post(f"{tablet.home}/{door}", data={"request": "from-the-old-one", "side": "control"})
    db.session.rollback()
    assert tablet.venue.seat(1).room.event.contest.revision == before


def test_the_change_itself_refuses_a_tablet_that_does_not_hold_the_seat(tablet: Tablet) -> None:
    tablet.venue.call("01")
    seat_id, turn_id = tablet.venue.seat(1).id, tablet.venue.turn("01").id
    stale = Actor(f"seat:{seat_id}", holder="browser:another")
    for verb, more in ((sheets.save_draft, ()), (sheets.submit, ("stale-submission",))):
        with pytest.raises(Refused) as caught:
            perform(verb, stale, turn_id, seat_id, FULL_MARKS, *more)
        assert caught.value.code == "seat_moved"
    assert not tablet.stored("01")


def test_the_seat_can_move_back_and_the_first_tablet_goes_on(tablet: Tablet, spare: Tablet) -> None:
    moves_to(spare)
    moves_to(tablet)
    assert (holds(tablet), holds(spare)) == (True, False)


@pytest.mark.parametrize("judge", [1, 2])
def test_signing_in_and_moving_are_on_record(tablet_of: Callable[[int], Tablet], spare: Tablet, judge: int) -> None:
    first = tablet_of(judge)
    taken = db.session.query(Entry).filter_by(verb="take_seat").one()
    assert taken.details == {"seat": first.venue.seat(judge).id, "tablet": 1}
    assert taken.actor == f"seat:{first.venue.seat(judge).id}"
