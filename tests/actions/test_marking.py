"""Closing the marking: late sheets and drafts never count silently, whoever is missing is named and settled."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from scoring.actions.running import calibration, clocks, marking, releases, sheets, turns
from scoring.actions.transaction import Actor, perform
from scoring.board.views.desk import desk as desk_view
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Entry, Turn
from tests.conftest import DESK, FULL_MARKS, Venue
from tests.refusals import refusal

ALL_IN = ["90", "91", "92", "93", "94", "95", "96"]


def close(venue: Venue, number: str = "01") -> None:
    perform(marking.close_marking, DESK, venue.turn(number).id)


def reopen(venue: Venue, number: str = "01") -> None:
    perform(marking.reopen_marking, DESK, venue.turn(number).id)


def cells(venue: Venue, number: str) -> list[str]:
    """The row of the matrix, by judge."""
    db.session.rollback()
    desk = desk_view(venue.contest_id)
    turn = next(turn for turn in desk["turns"] if turn["number"] == number)
    return [turn["cells"][str(judge["id"])] for judge in desk["judges"]]


def drafts(venue: Venue, judge: int, number: str = "01") -> None:
    seat = venue.seat(judge).id
    perform(sheets.save_draft, Actor(f"seat:{seat}"), venue.turn(number).id, seat, {"facts": "12"})


@pytest.fixture
def five_in(venue: Venue) -> Venue:
    """No. 01 is called; five judges have submitted, judge 6 has a draft, judge 7 nothing."""
    venue.call("01")
    venue.all_submit("01", ALL_IN[:5])
    drafts(venue, 6)
    return venue


def test_the_matrix_tells_how_far_each_sheet_is(five_in):
    five_in.recuse(7, "01")
    assert cells(five_in, "01") == ["submitted"] * 5 + ["draft", "recused"]
    assert cells(five_in, "02") == ["waiting"] * 7


def test_after_the_close_the_sheets_that_are_not_in_are_missing_and_named_in_the_trail(five_in):
    close(five_in)
    assert cells(five_in, "01") == ["submitted"] * 5 + ["missing"] * 2
    entry = db.session.scalars(select(Entry).where(Entry.verb == "close_marking")).one()
    assert entry.details["missing"] == [6, 7]


def test_no_sheet_and_no_draft_comes_in_after_the_close(five_in):
    close(five_in)
    with pytest.raises(Refused, match="marking_closed"):
        five_in.submits(6, "01", FULL_MARKS)
    with pytest.raises(Refused, match="marking_closed"):
        drafts(five_in, 7)
    assert refusal(releases.release, five_in.turn("01").id).code == "missing_sheets"


def test_a_sheet_that_was_in_is_acknowledged_again_after_the_close(five_in):
    close(five_in)
    five_in.submits(1, "01", {"anything": "the same submission was stored before"})
    assert cells(five_in, "01")[0] == "submitted"


def test_to_wait_is_to_open_again(five_in):
    close(five_in)
    reopen(five_in)
    five_in.submits(6, "01", FULL_MARKS)
    five_in.submits(7, "01", FULL_MARKS)
    five_in.release("01")


def test_whoever_does_not_mark_is_recorded_with_a_reason_and_the_score_can_go(five_in):
    close(five_in)
    for judge in (6, 7):
        five_in.recuse(judge, "01", "abstained")
    five_in.release("01")
    judges = five_in.audience()["rows"][0]["explanation"]["judges"]
    assert [line["fate"] for line in judges].count("abstained") == 2


def test_closing_and_opening_twice_is_refused(five_in):
    turn = five_in.turn("01").id
    assert refusal(marking.reopen_marking, turn).code == "marking_open"
    close(five_in)
    assert refusal(marking.close_marking, turn).code == "marking_closed"


@pytest.mark.parametrize("verb", [marking.close_marking, marking.reopen_marking])
def test_what_waits_or_is_released_is_neither_closed_nor_opened(venue, verb):
    assert refusal(verb, venue.turn("02").id).code == "turn_not_open"
    venue.call("01")
    venue.all_submit("01", ALL_IN)
    venue.release("01")
    assert refusal(verb, venue.turn("01").id).code == "turn_released"


def test_a_call_taken_back_forgets_the_close(venue):
    venue.call("01")
    close(venue)
    perform(turns.undo_call, DESK, venue.turn("01").id)
    venue.call("01")
    venue.submits(1, "01", FULL_MARKS)


def test_sheets_that_go_back_to_their_judges_open_the_marking_again(venue):
    venue.call("01")
    venue.all_submit("01", ALL_IN)
    close(venue)
    perform(calibration.unlock_panel, DESK, venue.turn("01").id)
    assert db.session.get(Turn, venue.turn("01").id).closed_at is None


def test_the_main_step_leads_through_the_clocks_to_the_close_and_the_release(venue):
    def step() -> tuple[str, str | None, bool]:
        db.session.rollback()
        main = desk_view(venue.contest_id)["main"]
        return main["verb"], main.get("clock"), main["ready"]

    assert step() == ("call", None, True)
    venue.call("01")
    for clock in ("speak", "questions", "marking"):
        assert step() == ("start_clock", clock, True)
        perform(clocks.start_clock, DESK, venue.turn("01").id, clock)
    assert step() == ("close_marking", None, True)
    close(venue)
    assert step() == ("release", None, False)
    reopen(venue)
    venue.all_submit("01", ALL_IN)
    assert step() == ("release", None, True)
