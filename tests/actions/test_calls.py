"""A judge calls the chief judge: seen at the desk, answered once, on record and safe from a restart."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from scoring.actions.running import calls
from scoring.actions.transaction import Actor, perform
from scoring.board.snapshots.desk import OpenCall
from scoring.board.snapshots.tablet import OwnCall
from scoring.board.views.desk import desk
from scoring.board.views.seat import seat
from scoring.extensions import db
from scoring.store import Entry
from tests.conftest import DESK
from tests.refusals import refusal_of


def call(venue, message: object = "", judge: int = 1, request: str | None = None) -> None:
    perform(calls.call_chief, Actor("seat"), venue.seat(judge).id, message, request=request)


def waiting(venue) -> list[OpenCall]:
    db.session.rollback()
    return desk(venue.contest_id)["calls"]


def of_tablet(venue) -> OwnCall | None:
    db.session.rollback()
    return seat(venue.seat(1).id)["call"]


def answer(venue) -> None:
    perform(calls.answer_call, DESK, waiting(venue)[0]["id"])


def test_the_desk_sees_who_calls_from_where_and_why(venue):
    venue.call("01")
    call(venue, " the clock is wrong ")
    (shown,) = waiting(venue)
    assert (shown["number"], shown["turn"], shown["message"]) == (1, "01", "the clock is wrong")


def test_a_call_needs_no_words_and_no_turn(venue):
    call(venue)
    assert (waiting(venue)[0]["turn"], waiting(venue)[0]["message"]) == (None, "")


def test_the_tablet_sees_that_the_call_was_answered(venue):
    assert of_tablet(venue) is None
    call(venue)
    assert of_tablet(venue)["answered_at"] is None
    answer(venue)
    assert of_tablet(venue)["answered_at"] is not None
    assert waiting(venue) == []


def test_calls_of_several_judges_wait_in_their_order(venue):
    for judge in (3, 1, 2):
        call(venue, judge=judge)
    assert [shown["number"] for shown in waiting(venue)] == [3, 1, 2]


def test_the_same_press_again_is_one_call(venue):
    for _ in range(2):
        call(venue, request="one-press-of-it")
    assert len(waiting(venue)) == 1


def test_a_second_call_waits_until_the_first_one_is_answered(venue):
    call(venue)
    assert refusal_of(call, venue).code == "chief_called"
    answer(venue)
    call(venue, "again")
    assert waiting(venue)[0]["message"] == "again"


@pytest.mark.parametrize(
    ("message", "code"), [("x" * 201, "field_too_long"), (7, "field_not_text"), ("\0", "field_not_text")]
)
def test_a_message_that_cannot_be_kept_is_refused(venue, message, code):
    assert refusal_of(call, venue, message).code == code
    assert waiting(venue) == []


def test_only_the_tablet_that_holds_the_seat_calls(venue):
    stale = Actor("seat", holder="browser:another")
    assert refusal_of(perform, calls.call_chief, stale, venue.seat(1).id).code == "seat_moved"


def test_a_call_is_answered_once(venue):
    call(venue)
    known = waiting(venue)[0]["id"]
    answer(venue)
    assert refusal_of(perform, calls.answer_call, DESK, known).code == "call_answered"


def test_what_does_not_exist_is_neither_called_nor_answered(venue):
    assert refusal_of(perform, calls.answer_call, DESK, 999).code == "call_unknown"
    assert refusal_of(perform, calls.call_chief, Actor("seat"), 999).code == "seat_unknown"


def test_the_call_and_its_answer_are_on_record(venue):
    call(venue, "water")
    answer(venue)
    entries = list(db.session.scalars(select(Entry).order_by(Entry.revision)))[-2:]
    assert [entry.verb for entry in entries] == ["call_chief", "answer_call"]
    assert (entries[0].details["message"], entries[1].actor) == ("water", DESK.label)
