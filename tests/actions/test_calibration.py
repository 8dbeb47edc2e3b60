"""Calibration (定标): the first contestant's sheets are unlocked once, and count only when submitted again."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from scoring.actions.running import calibration, releases, sheets, turns
from scoring.actions.setting_up.contests import Plan, set_up
from scoring.actions.transaction import Actor, perform
from scoring.board.views.desk import desk
from scoring.board.views.seat import held_sheet
from scoring.board.views.seat import seat as seat_view
from scoring.extensions import db
from scoring.store import Sheet, Turn
from tests.conftest import CHEN, DESK, marks_worth
from tests.refusals import refusal

ALL_IN = ["90", "91", "92", "93", "94", "95", "96"]


def unlock(venue, number: str = "01") -> None:
    perform(calibration.unlock_panel, DESK, venue.turn(number).id)


def can(venue, number: str = "01") -> list[str]:
    db.session.rollback()
    return next(turn["can"] for turn in desk(venue.contest_id)["turns"] if turn["number"] == number)


@pytest.fixture
def complete(venue):
    """No. 01 called and marked by all seven."""
    venue.call("01")
    venue.all_submit("01", ALL_IN)
    return venue


def test_each_judge_gets_the_sheet_back_with_its_marks(complete):
    assert "unlock_panel" in can(complete)
    unlock(complete)
    sheet = seat_view(complete.seat(1).id)["sheet"]
    assert (sheet["state"], sheet["returned"], sheet["typed"]) == ("returned", True, marks_worth("90"))
    assert seat_view(complete.seat(1).id)["done"] == 0


def test_an_unlocked_sheet_blocks_the_release_until_it_is_submitted_again(complete):
    unlock(complete)
    first = complete.turn("01").id
    assert refusal(releases.release, first).code == "missing_sheets"
    for judge, total in enumerate(["92", *ALL_IN[1:]], 1):
        seat = complete.seat(judge).id
        perform(sheets.submit, Actor(f"seat:{seat}"), first, seat, marks_worth(total), f"again-by-judge-{judge}")
    complete.release("01")
    # 91 and 96 go; (92 + 92 + 93 + 94 + 95) / 5 = 93.2
    assert complete.audience()["rows"][0]["score"] == "93.20"


def test_a_draft_after_the_unlocking_is_kept_and_still_says_that_it_was_unlocked(complete):
    unlock(complete)
    seat, first = complete.seat(1).id, complete.turn("01").id
    base = held_sheet(first, seat)["version"]
    perform(sheets.save_draft, Actor(f"seat:{seat}"), first, seat, marks_worth("88"), base=base)
    held = held_sheet(first, seat)
    assert (held["state"], held["returned"], held["typed"]) == ("draft", True, marks_worth("88"))


def test_the_submission_from_before_sent_once_more_does_not_submit_the_unlocked_sheet(complete):
    unlock(complete)
    complete.submits(1, "01", marks_worth("90"))
    assert held_sheet(complete.turn("01").id, complete.seat(1).id)["state"] == "returned"


def test_every_version_stays_on_record(complete):
    unlock(complete)
    versions = db.session.scalars(select(Sheet)).first().versions
    assert [(version.state, version.reason) for version in versions] == [("submitted", ""), ("returned", "calibration")]
    assert versions[1].previous == versions[0].fingerprint


def test_calibration_is_held_once(complete):
    unlock(complete)
    first = complete.turn("01").id
    for judge in range(1, 8):
        seat = complete.seat(judge).id
        perform(sheets.submit, Actor(f"seat:{seat}"), first, seat, marks_worth("90"), f"again-by-judge-{judge}")
    assert "unlock_panel" not in can(complete)
    assert refusal(calibration.unlock_panel, first).code == "calibration_used"


def test_calibration_waits_for_every_sheet(venue):
    venue.call("01")
    venue.all_submit("01", ALL_IN[:6])
    assert "unlock_panel" not in can(venue)
    assert refusal(calibration.unlock_panel, venue.turn("01").id).code == "calibration_sheets_open"


def test_calibration_ends_when_the_next_is_called(complete):
    complete.call("02")
    assert refusal(calibration.unlock_panel, complete.turn("01").id).code == "calibration_over"


def test_calibration_is_for_the_first_contestant_only(complete):
    complete.call("02")
    complete.all_submit("02", ALL_IN)
    assert "unlock_panel" not in can(complete, "02")
    assert refusal(calibration.unlock_panel, complete.turn("02").id).code == "calibration_not_first"


def test_whoever_is_called_first_is_the_first_whatever_the_planned_order(venue):
    venue.call("03")
    venue.all_submit("03", ALL_IN)
    assert "unlock_panel" in can(venue, "03")


def test_a_released_score_is_not_calibrated(complete):
    complete.release("01")
    assert refusal(calibration.unlock_panel, complete.turn("01").id).code == "calibration_released"


def test_a_call_with_unlocked_sheets_cannot_be_taken_back(complete):
    unlock(complete)
    assert "undo_call" not in can(complete)
    assert refusal(turns.undo_call, complete.turn("01").id).code == "sheets_already_in"


def test_a_turn_that_does_not_exist_is_unknown(venue):
    assert refusal(calibration.unlock_panel, 999).code == "turn_unknown"


def test_a_format_without_calibration_refuses_it(venue):
    bench = perform(set_up, DESK, Plan("bench", ("装订", "Binding"), "", "case_binding", 2, [CHEN]))
    turn = next(turn for turn in db.session.scalars(select(Turn)) if turn.contest.id == bench)
    assert refusal(calibration.unlock_panel, turn.id).code == "calibration_not_held"
