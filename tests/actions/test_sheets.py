"""Sheets: drafts keep what was typed, submissions are checked, locked, stored once and never overwritten."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from scoring.actions.running import sheets
from scoring.actions.transaction import Actor, perform
from scoring.board.snapshots.tablet import Sheet
from scoring.board.views.seat import seat
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Entry, SheetVersion
from scoring.store.model import GENESIS, fingerprint
from tests.conftest import FULL_MARKS, Venue

JUDGE = Actor("seat:3")


def save(venue: Venue, typed: object, base: int = 0, judge: int = 3, number: str = "01") -> None:
    perform(sheets.save_draft, JUDGE, venue.turn(number).id, venue.seat(judge).id, typed, base)


def submit(
    venue: Venue, typed: object, submission: object = "submission-1", judge: int = 3, number: str = "01"
) -> None:
    perform(sheets.submit, JUDGE, venue.turn(number).id, venue.seat(judge).id, typed, submission)


def held(venue: Venue, judge: int = 3) -> Sheet:
    db.session.rollback()
    return seat(venue.seat(judge).id)["sheet"]


def stored_versions() -> list[SheetVersion]:
    db.session.rollback()
    return list(db.session.scalars(select(SheetVersion).order_by(SheetVersion.number)))


def refusal_of(attempt) -> Refused:
    with pytest.raises(Refused) as caught:
        attempt()
    return caught.value


def test_a_draft_keeps_even_what_is_wrong(venue):
    venue.call("01")
    save(venue, {"facts": "ninety", "law": "99", "reasoning": "20.5"})
    sheet = held(venue)
    assert sheet["typed"] == {"facts": "ninety", "law": "99", "reasoning": "20.5"}
    assert sheet["total"] == "20.5"
    assert {problem["field"]: problem["code"] for problem in sheet["problems"]} == {
        "facts": "mark_not_a_number",
        "law": "mark_out_of_range",
    }


def test_a_draft_that_says_the_same_again_is_not_a_new_version(venue):
    venue.call("01")
    save(venue, {"facts": "12"})
    save(venue, {"facts": "12"}, base=1)
    assert held(venue)["version"] == 1


def test_a_tablet_left_behind_cannot_undo_newer_typing(venue):
    venue.call("01")
    save(venue, {"facts": "12"})
    save(venue, {"facts": "13"}, base=1)
    assert refusal_of(lambda: save(venue, {"facts": "1"}, base=1)).code == "draft_outdated"
    assert held(venue)["typed"] == {"facts": "13"}


def test_a_submitted_sheet_is_locked(venue):
    venue.call("01")
    submit(venue, FULL_MARKS)
    assert held(venue)["state"] == "submitted"
    assert refusal_of(lambda: save(venue, {"facts": "1"}, base=1)).code == "sheet_submitted"
    assert refusal_of(lambda: submit(venue, FULL_MARKS, "submission-2")).code == "sheet_submitted"


def test_the_same_submission_sent_again_changes_nothing(venue):
    venue.call("01")
    for _ in range(3):
        submit(venue, FULL_MARKS)
    assert len(stored_versions()) == 1
    assert db.session.scalar(select(func.count()).select_from(Entry).where(Entry.verb == "submit")) == 1


def test_the_same_submission_is_still_answered_after_the_release(venue):
    venue.call("01")
    venue.all_submit("01", ["90"] * 7)
    venue.release("01")
    venue.submits(3, "01", FULL_MARKS)
    assert len(stored_versions()) == 7


def test_a_submission_id_of_another_seat_is_refused(venue):
    venue.call("01")
    submit(venue, FULL_MARKS)
    assert refusal_of(lambda: submit(venue, FULL_MARKS, judge=4)).code == "submission_malformed"
    assert len(stored_versions()) == 1


@pytest.mark.parametrize("submission", [None, 7, "", "short", "x" * 65, "submission-\ud83d", ["submission-1"]])
def test_a_submission_needs_a_sensible_id(venue, submission):
    venue.call("01")
    assert refusal_of(lambda: submit(venue, FULL_MARKS, submission)).code == "submission_malformed"


def test_every_problem_of_a_sheet_is_told_at_once_and_nothing_is_stored(venue):
    venue.call("01")
    refused = refusal_of(lambda: submit(venue, FULL_MARKS | {"facts": "15.5", "law": "20.3", "bearing": ""}))
    assert {problem.field: problem.code for problem in refused.problems} == {
        "facts": "mark_out_of_range",
        "law": "mark_off_step",
        "bearing": "mark_empty",
    }
    assert stored_versions() == []


@pytest.mark.parametrize(
    "typed",
    [
        None,
        [],
        "15",
        {"facts": 15},
        {1: "15"},
        {"facts": "1" * 2001},
        {"facts": "1\0"},
        {"facts": "half an emoji \ud83d"},
        {"\ud83d": "1"},
        {"f" * 97: "1"},
        {str(n): "" for n in range(513)},
    ],
)
def test_what_is_no_sheet_is_refused(venue, typed):
    venue.call("01")
    assert refusal_of(lambda: submit(venue, typed)).code == "sheet_malformed"
    assert refusal_of(lambda: save(venue, typed)).code == "sheet_malformed"
    assert stored_versions() == []


def test_nobody_marks_a_turn_that_is_not_called(venue):
    assert refusal_of(lambda: submit(venue, FULL_MARKS)).code == "turn_not_open"
    assert refusal_of(lambda: save(venue, {})).code == "turn_not_open"


def test_nobody_marks_a_released_turn(venue):
    venue.call("01")
    venue.recuse(3, "01")
    for judge in (1, 2, 4, 5, 6, 7):
        venue.submits(judge, "01", FULL_MARKS)
    venue.release("01")
    assert refusal_of(lambda: submit(venue, FULL_MARKS)).code == "turn_released"


def test_a_recused_judge_does_not_mark(venue):
    venue.call("01")
    venue.recuse(3, "01")
    assert refusal_of(lambda: submit(venue, FULL_MARKS)).code == "seat_recused"


def test_there_is_no_marking_for_a_turn_or_a_seat_that_does_not_exist(venue):
    assert refusal_of(lambda: perform(sheets.submit, JUDGE, 999, 1, FULL_MARKS, "submission-1")).code == "turn_unknown"
    turn_id = venue.turn("01").id
    refused = refusal_of(lambda: perform(sheets.submit, JUDGE, turn_id, 999, FULL_MARKS, "submission-1"))
    assert refused.code == "seat_not_in_room"


def test_the_versions_of_a_sheet_are_chained_from_the_first_to_the_last(venue):
    venue.call("01")
    save(venue, {"facts": "12"})
    save(venue, {"facts": "13"}, base=1)
    submit(venue, FULL_MARKS)
    previous = GENESIS
    for number, version in enumerate(stored_versions(), 1):
        assert version.number == number
        assert version.previous == previous
        previous = fingerprint(previous, version.record())
        assert version.fingerprint == previous
