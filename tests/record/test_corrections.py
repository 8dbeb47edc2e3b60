"""Corrections: asked with a reason, approved by the chief judge, counted again; old and new values stay."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from scoring.actions.results import corrections
from scoring.actions.transaction import Actor, perform
from scoring.board.snapshots.scores import Row
from scoring.board.views.seat import seat as seat_view
from scoring.extensions import db
from scoring.store import Correction, Release, SheetVersion
from tests.actions.test_not_performing import out
from tests.conftest import FULL_MARKS, Venue, marks_worth
from tests.record.conftest import CHECKER, CHIEF, TALLIER, verbs_of
from tests.refusals import entries, refused

REASON = "纸质评分表为 25 分，录入为 15 分"
ALL = ["90", "90", "90", "90", "90", "90", "90"]


def asks(venue: Venue, typed: dict[str, str], judge: int = 3, number: str = "01", **other: Any) -> Correction:
    """The tallier asks for the correction of one sheet."""
    seat, turn = venue.seat(judge).id, venue.turn(number).id
    who = other.get("who", TALLIER)
    asked_by, reason = other.get("asked_by", "评委3"), other.get("reason", REASON)
    perform(corrections.request_sheet, who, venue.contest_id, turn, seat, typed, asked_by, reason)
    return newest()


def asks_overtime(venue: Venue, seconds: int, number: str = "01", part: str = "") -> Correction:
    turn = venue.turn(number).id
    perform(corrections.request_overtime, TALLIER, venue.contest_id, turn, part, seconds, "计时员", "录像复核")
    return newest()


def newest() -> Correction:
    db.session.rollback()
    return db.session.scalars(select(Correction).order_by(Correction.id.desc())).first()


def approves(venue: Venue, correction: Correction, who: Actor = CHIEF, reason: str = "已核对纸质表") -> None:
    perform(corrections.approve_correction, who, venue.contest_id, correction.id, reason)


def rejects(venue: Venue, correction: Correction, who: Actor = CHIEF, reason: str = "纸质表无误") -> None:
    perform(corrections.reject_correction, who, venue.contest_id, correction.id, reason)


def row(venue: Venue, number: str = "01") -> Row:
    return next(row for row in venue.audience()["rows"] if row["number"] == number)


def versions(venue: Venue, judge: int = 3, number: str = "01") -> list[SheetVersion]:
    db.session.rollback()
    turn, seat = venue.turn(number).id, venue.seat(judge).id
    stored = db.session.scalars(select(SheetVersion).order_by(SheetVersion.number))
    return [version for version in stored if (version.sheet.turn_id, version.sheet.seat_id) == (turn, seat)]


@pytest.fixture
def released(venue: Venue) -> Venue:
    """No. 01 has 90.00 from every judge, no. 02 has 91.00; both are released."""
    for number, totals in (("01", ALL), ("02", ["91"] * 7)):
        venue.call(number)
        venue.all_submit(number, totals)
        venue.release(number)
    return venue


def test_a_request_changes_nothing_before_it_is_approved(released):
    correction = asks(released, FULL_MARKS)
    assert (correction.state, correction.requested_by, correction.asked_by) == ("open", TALLIER.label, "评委3")
    assert correction.changes == {"facts": ["5", "15"]}
    assert (row(released)["score"], row(released)["corrected"]) == ("90.00", None)


def test_an_approved_correction_counts_again_and_the_board_shows_old_and_new(released):
    for judge in (3, 4, 5, 6):
        approves(released, asks(released, FULL_MARKS, judge=judge))
    # 90 × 3 and 100 × 4, one 100 and one 90 dropped: (2 × 90 + 3 × 100) / 5 = 96
    assert row(released)["score"] == "96.00"
    assert row(released)["corrected"] == {"old": "90.00", "new": "96.00"}
    assert row(released, "02")["corrected"] is None


def test_the_ranks_move_with_a_correction(released):
    assert [row["number"] for row in released.audience()["rows"]] == ["02", "01"]
    for judge in (3, 4, 5, 6):
        approves(released, asks(released, FULL_MARKS, judge=judge))
    assert [(row["rank"], row["number"]) for row in released.audience()["rows"]] == [(1, "01"), (2, "02")]


def test_a_correction_is_not_taken_for_the_newest_score(released):
    approves(released, asks(released, FULL_MARKS))
    assert released.audience()["latest"]["number"] == "02"


def test_old_and_new_values_stay_and_bear_the_request(released):
    correction = asks(released, FULL_MARKS)
    correction_id = correction.id
    approves(released, correction)
    old, new = versions(released)
    assert (old.marks["facts"], old.source, old.correction_id) == ("5", "", None)
    assert (new.marks["facts"], new.source, new.correction_id) == ("15", "correction", correction_id)
    assert new.previous == old.fingerprint
    released_twice = db.session.scalars(select(Release).where(Release.turn_id == released.turn("01").id)).all()
    assert [release.correction_id for release in released_twice] == [None, correction_id]
    assert [release.announced[""]["final"] for release in released_twice] == ["90.00", "90.00"]
    assert verbs_of(released.contest_id)[-2:] == ["request_correction", "approve_correction"]


def test_a_correction_that_the_drops_swallow_is_still_shown(released):
    approves(released, asks(released, FULL_MARKS))
    assert row(released)["corrected"] == {"old": "90.00", "new": "90.00"}


def test_an_overtime_is_corrected_added_and_taken_away(released):
    approves(released, asks_overtime(released, 32))
    assert (row(released)["score"], row(released)["corrected"]["old"]) == ("89.00", "90.00")
    approves(released, asks_overtime(released, 20))
    assert row(released)["score"] == "89.50"
    approves(released, asks_overtime(released, 0))
    assert row(released)["score"] == "90.00"
    db.session.rollback()
    kept = [(one.seconds, one.withdrawn_at is not None) for one in released.turn("01").penalties]
    assert kept == [(32, True), (20, True)]


def test_a_rejected_request_stays_on_record_and_changes_nothing(released):
    rejects(released, asks(released, FULL_MARKS))
    correction = newest()
    assert (correction.state, correction.decision, correction.decided_by) == ("rejected", "纸质表无误", CHIEF.label)
    assert len(versions(released)) == 1
    assert row(released)["corrected"] is None


def test_whoever_asks_does_not_decide(released):
    correction = asks(released, FULL_MARKS, who=CHIEF)
    with refused("correction_own"):
        approves(released, correction)
    with refused("correction_own"):
        rejects(released, correction)


def test_a_request_is_decided_once(released):
    correction = asks(released, FULL_MARKS)
    approves(released, correction)
    with refused("correction_decided"):
        approves(released, correction)
    with refused("correction_decided"):
        rejects(released, correction)


def test_request_and_decision_need_a_reason_and_the_request_a_name(released):
    before = entries()
    with refused("reason_missing"):
        asks(released, FULL_MARKS, reason="  ")
    with refused("field_missing"):
        asks(released, FULL_MARKS, asked_by="")
    with refused("field_too_long"):
        asks(released, FULL_MARKS, reason="长" * 401)
    assert entries() == before
    correction = asks(released, FULL_MARKS)
    with refused("reason_missing"):
        approves(released, correction, reason="")
    with refused("reason_missing"):
        rejects(released, correction, reason=" ")


def test_before_the_release_nothing_is_corrected_like_this(venue):
    venue.call("01")
    venue.all_submit("01", ALL)
    with refused("correction_too_early"):
        asks(venue, FULL_MARKS)
    with refused("correction_too_early"):
        asks_overtime(venue, 20)


def test_a_request_without_a_difference_is_refused(released):
    with refused("correction_empty"):
        asks(released, marks_worth("90") | {"law": "25.0"})
    with refused("correction_empty"):
        asks_overtime(released, 0)
    with refused("correction_empty"):
        asks_overtime(released, 9)  # the first ten seconds are free


def test_wrong_marks_are_named_by_their_criterion(released):
    with refused("mark_out_of_range") as problem:
        asks(released, FULL_MARKS | {"law": "26"})
    assert [item.field for item in problem.value.problems] == ["law"]


def test_one_thing_is_asked_for_once_at_a_time(released):
    asks(released, FULL_MARKS)
    with refused("correction_open"):
        asks(released, marks_worth("80"))
    asks(released, FULL_MARKS, judge=4)
    asks_overtime(released, 20)
    with refused("correction_open"):
        asks_overtime(released, 32)


def test_a_recused_seat_has_no_sheet_to_correct(venue):
    venue.call("01")
    venue.recuse(3, "01")
    for judge in (1, 2, 4, 5, 6, 7):
        venue.submits(judge, "01", marks_worth("90"))
    venue.release("01")
    with refused("paper_seat_recused"):
        asks(venue, FULL_MARKS)


def test_requests_of_another_contest_are_not_found(released):
    correction = asks(released, FULL_MARKS)
    for verb in (corrections.approve_correction, corrections.reject_correction):
        with refused("correction_unknown"):
            perform(verb, CHIEF, released.contest_id + 1, correction.id, "理由")
    with refused("turn_unknown"):
        turn, seat = released.turn("01").id, released.seat(3).id
        perform(corrections.request_sheet, TALLIER, 999, turn, seat, FULL_MARKS, "评委3", REASON)


def test_an_unknown_part_has_no_overtime(released):
    with refused("unknown_part"):
        asks_overtime(released, 20, part="control")


def test_a_correction_of_a_correction_shows_the_first_and_the_last_figure(released):
    for judge in (3, 4):
        approves(released, asks(released, marks_worth("80"), judge=judge))
    assert row(released)["corrected"] == {"old": "90.00", "new": "88.00"}
    approves(released, asks(released, marks_worth("90"), who=CHECKER))
    assert row(released)["corrected"] == {"old": "90.00", "new": "90.00"}


def test_the_judges_line_says_that_its_sheet_was_corrected(released):
    approves(released, asks(released, FULL_MARKS))
    lines = row(released)["explanation"]["judges"]
    assert [line.get("source", "") for line in lines] == ["", "", "correction", "", "", "", ""]
    assert seat_view(released.seat(3).id, released.turn("01").id)["sheet"]["source"] == "correction"


def test_nothing_is_corrected_of_who_does_not_perform(venue):
    venue.call("01")
    venue.all_submit("01", ALL)
    out(venue, "01", "disqualified")
    with refused("turn_not_held"):
        asks(venue, FULL_MARKS)
    with refused("turn_not_held"):
        asks_overtime(venue, 32)
