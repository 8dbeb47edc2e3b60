"""A rehearsal plays the contest in a copy: tablets move there and back, and no mark ever crosses."""

from __future__ import annotations

from typing import Any

import pytest

from scoring import board
from scoring.actions import rehearsing, sheets, turns
from scoring.actions.rehearsing import Known
from scoring.actions.transaction import Actor, perform
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Contest, Rehearsal, Seat, Sheet, Turn
from scoring.store.contests import DISCARDED
from scoring.store.rehearsals import seat_led_to
from tests.conftest import DESK, FULL_MARKS, Venue, contest_of


def begin(venue: Venue) -> Contest:
    """The copy of a rehearsal that has just begun."""
    copy_id = perform(rehearsing.begin_rehearsal, DESK, venue.contest_id)
    return db.session.get_one(Contest, copy_id)


def end(venue: Venue) -> None:
    perform(rehearsing.end_rehearsal, DESK, venue.contest_id)


def report(venue: Venue) -> dict[str, Any]:
    return board.rehearsal(venue.contest_id, venue.app.extensions["process"])


def real_seat(venue: Venue, number: int) -> Seat:
    return next(seat for seat in contest_of(venue).events[0].rooms[0].seats if seat.number == number)


def real_turn(venue: Venue, number: str) -> Turn:
    return next(turn for turn in contest_of(venue).events[0].rounds[0].turns if turn.number == number)


def copied_turn(copy: Contest, number: str) -> Turn:
    return next(turn for turn in copy.events[0].rounds[0].turns if turn.number == number)


def refused(verb, *args) -> str:
    with pytest.raises(Refused) as caught:
        perform(verb, *args)
    return caught.value.code


def test_the_copy_has_the_rules_people_panel_and_order_of_the_contest_and_is_marked(venue):
    copy, contest = begin(venue), contest_of(venue)
    event, original = copy.events[0], contest.events[0]
    assert (copy.practice, copy.title_zh) == (True, f"彩排 · {contest.title_zh}")
    assert event.settings == original.settings
    assert [one.name for one in copy.contestants] == [one.name for one in contest.contestants]
    assert [turn.number for turn in event.rounds[0].turns] == ["01", "02", "03"]
    assert {one.contestant.contest_id for turn in event.rounds[0].turns for one in turn.appearances} == {copy.id}
    assert [seat.number for seat in event.rooms[0].seats] == [1, 2, 3, 4, 5, 6, 7]
    assert not {seat.id for seat in event.rooms[0].seats} & {seat.id for seat in original.rooms[0].seats}


def test_a_seat_leads_into_the_rehearsal_and_after_it_back(venue):
    assert seat_led_to(real_seat(venue, 3)) is None
    copy = begin(venue)
    there = seat_led_to(real_seat(venue, 3))
    assert (there.number, there.room.event.contest_id) == (3, copy.id)
    assert seat_led_to(there) is None
    there_id = there.id
    end(venue)
    assert seat_led_to(db.session.get(Seat, there_id)).id == real_seat(venue, 3).id
    assert seat_led_to(real_seat(venue, 3)) is None


def test_nothing_of_the_contest_can_be_called_or_marked_while_it_is_rehearsed(venue):
    begin(venue)
    assert refused(turns.call, DESK, real_turn(venue, "01").id) == "rehearsal_on"
    seat_id, turn_id = real_seat(venue, 1).id, real_turn(venue, "01").id
    assert refused(sheets.submit, Actor("seat"), turn_id, seat_id, FULL_MARKS, "of-judge-1") == "turn_not_open"
    end(venue)
    perform(turns.call, DESK, real_turn(venue, "01").id)


def test_a_mark_of_the_rehearsal_stays_there_and_none_comes_once_it_is_over(venue):
    copy = begin(venue)
    turn_id, seat = copied_turn(copy, "01").id, seat_led_to(real_seat(venue, 1))
    seat_id, real_id, real_turn_id = seat.id, real_seat(venue, 1).id, real_turn(venue, "01").id
    perform(turns.call, DESK, turn_id)
    perform(sheets.submit, Actor("seat"), turn_id, seat_id, FULL_MARKS, "of-judge-1")
    # however a tablet mixes the two up
    assert refused(sheets.submit, Actor("seat"), turn_id, real_id, FULL_MARKS, "of-judge-2") == "seat_not_in_room"
    assert refused(sheets.submit, Actor("seat"), real_turn_id, seat_id, FULL_MARKS, "of-judge-3") == "seat_not_in_room"
    other_id = seat_led_to(real_seat(venue, 2)).id
    end(venue)
    assert refused(sheets.submit, Actor("seat"), turn_id, other_id, FULL_MARKS, "of-judge-4") == "marking_closed"
    assert refused(turns.call, DESK, copied_turn(db.session.get(Contest, copy.id), "02").id) == "contest_not_open"
    assert [sheet.turn_id for sheet in db.session.query(Sheet)] == [turn_id]


def test_who_holds_a_seat_in_the_rehearsal_holds_the_real_one_after_it(venue):
    begin(venue)
    seat = seat_led_to(real_seat(venue, 1))
    seat.holder, seat.tablet = "browser:spare", 1
    db.session.commit()
    end(venue)
    assert (real_seat(venue, 1).holder, real_seat(venue, 2).holder) == ("browser:spare", "")


def test_the_report_names_what_would_stop_the_day_first(venue):
    begin(venue)
    seat_id = seat_led_to(real_seat(venue, 1)).id
    perform(rehearsing.check_tablet, Actor(f"seat:{seat_id}"), seat_id, Known("1280×800", sound=True, battery=False))
    findings = report(venue)["findings"]
    assert [(one["code"], one["seat"]) for one in findings if one["stops"]] == [
        ("not_submitted", "1"),
        ("battery_low", "1"),
        *(("not_reached", str(number)) for number in range(2, 8)),
    ]
    assert {one["what"] for one in findings if one["code"] == "fault_not_tried"} == {"dead_tablet", "cut", "restart"}


def test_a_restart_a_cut_and_a_dead_tablet_are_seen(venue):
    copy = begin(venue)
    seat_id = seat_led_to(real_seat(venue, 1)).id
    perform(rehearsing.check_tablet, Actor(f"seat:{seat_id}"), seat_id, Known(cut=True))
    db.session.get_one(Rehearsal, copy.id).process = "the one before"
    db.session.commit()
    shown = dict(report(venue)["faults"])
    assert shown == {"dead_tablet": False, "cut": True, "restart": True}


def test_the_log_keeps_that_it_was_held_and_the_copy_is_gone(venue):
    copy = begin(venue)
    end(venue)
    assert db.session.get(Contest, copy.id).state == DISCARDED
    newest = board.log(venue.contest_id, None, None, 1, check=False)["entries"][0]
    assert (newest["verb"], newest["details"]["stops"]) == ("end_rehearsal", 7)
    assert report(venue)["on"] is False
    assert begin(venue).id != copy.id


def test_a_rehearsal_is_refused_where_it_would_do_harm(venue):
    assert refused(rehearsing.end_rehearsal, DESK, venue.contest_id) == "no_rehearsal"
    copy = begin(venue)
    assert refused(rehearsing.begin_rehearsal, DESK, venue.contest_id) == "rehearsal_on"
    assert refused(rehearsing.begin_rehearsal, DESK, copy.id) == "rehearsal_of_rehearsal"
    seat_id = real_seat(venue, 1).id
    assert refused(rehearsing.check_tablet, Actor("seat"), seat_id, Known("1280×800")) == "no_rehearsal"
    end(venue)
    perform(turns.call, DESK, real_turn(venue, "01").id)
    assert refused(rehearsing.begin_rehearsal, DESK, venue.contest_id) == "rehearsal_too_late"
