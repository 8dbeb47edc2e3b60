"""Sending one sheet back with a question: the judge keeps or changes it, and both versions stay."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from sqlalchemy import select

from scoring.actions.running import marking, recusals, releases, send_back, sheets
from scoring.actions.signals import Change, changed
from scoring.actions.transaction import Actor, perform
from scoring.board.snapshots.desk import SeatOnDesk
from scoring.board.snapshots.tablet import Sheet as SheetView
from scoring.board.views.desk import desk
from scoring.board.views.seat import held_sheet
from scoring.extensions import db
from scoring.store import Entry, Sheet
from scoring.store.model import fingerprint
from tests.conftest import DESK, marks_worth
from tests.refusals import refusal_of

QUESTION = "Is the mark for the law meant to be 10?"
ALL_IN = ["85", "91", "92", "93", "94", "95", "96"]


@pytest.fixture
def complete(venue):
    """No. 01 called and marked by all seven."""
    venue.call("01")
    venue.all_submit("01", ALL_IN)
    return venue


@pytest.fixture
def asked(complete):
    """Judge 1 is asked about the sheet for no. 01."""
    ask(complete)
    return complete


def ask(venue, judge: int = 1, number: str = "01", question: str = QUESTION) -> None:
    perform(send_back.send_back, DESK, venue.turn(number).id, venue.seat(judge).id, question)


def answer(venue, total: str, reason: object = "", submission: str = "the-answer") -> None:
    seat, turn = venue.seat(1).id, venue.turn("01").id
    perform(sheets.submit, Actor(f"seat:{seat}"), turn, seat, marks_worth(total), submission, reason=reason)


def held(venue) -> SheetView:
    db.session.rollback()
    return held_sheet(venue.turn("01").id, venue.seat(1).id)


def of_seat(venue, judge: int = 1) -> SeatOnDesk:
    db.session.rollback()
    return desk(venue.contest_id)["seats"][judge - 1]


def versions(venue) -> list[Any]:
    db.session.rollback()
    return db.session.scalars(select(Sheet).where(Sheet.seat_id == venue.seat(1).id)).one().versions


def test_the_judge_sees_the_question_beside_the_marks_as_they_were(asked):
    sheet = held(asked)
    assert sheet["question"] == {"text": QUESTION, "asker": "organizer", "typed": marks_worth("85")}
    assert (sheet["state"], sheet["returned"], sheet["reached"]) == ("returned", True, "server")
    assert sheet["typed"] == marks_worth("85")


def test_only_the_sheet_that_is_asked_about_is_unlocked(asked):
    db.session.rollback()
    assert [seat["state"] for seat in desk(asked.contest_id)["seats"]] == ["returned"] + ["submitted"] * 6


def test_the_desk_sees_whom_it_waits_for_also_while_the_judge_types(asked):
    seat, turn = asked.seat(1).id, asked.turn("01").id
    perform(sheets.save_draft, Actor(f"seat:{seat}"), turn, seat, marks_worth("88"), base=2)
    assert (of_seat(asked)["state"], of_seat(asked)["question"]) == ("returned", QUESTION)
    first = desk(asked.contest_id)["turns"][0]
    assert [(one["number"], one["question"]) for one in first["sent_back"]] == [(1, QUESTION)]
    assert "release" not in first["can"]
    assert held(asked)["question"]["typed"] == marks_worth("85")


def test_no_score_is_released_while_a_sheet_is_sent_back_and_the_refusal_says_whose(asked):
    refused = refusal_of(releases.release, DESK, asked.turn("01").id)
    assert (refused.code, refused.problems[0].figures) == ("sheets_sent_back", {"seats": "1"})


def test_who_keeps_the_marks_need_not_say_why(asked):
    answer(asked, "85")
    assert (held(asked)["state"], held(asked)["question"], held(asked)["reached"]) == ("submitted", None, "counted")
    asked.release("01")


def test_who_changes_a_mark_says_why_and_both_versions_stay(asked):
    answer(asked, "90", reason="I had mistyped it.")
    chain = versions(asked)
    assert [(version.state, version.reason, version.question) for version in chain] == [
        ("submitted", "", ""),
        ("returned", "", QUESTION),
        ("submitted", "I had mistyped it.", ""),
    ]
    assert [version.typed for version in chain] == [marks_worth("85"), marks_worth("85"), marks_worth("90")]
    for before, after in itertools.pairwise(chain):
        assert after.previous == before.fingerprint
        assert after.fingerprint == fingerprint(after.previous, after.record())


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_changed_mark_without_a_reason_is_refused_beside_the_reason(asked, reason):
    refused = refusal_of(answer, asked, "90", reason)
    assert [(problem.code, problem.field) for problem in refused.problems] == [("change_reason_missing", "reason")]
    assert held(asked)["state"] == "returned"


@pytest.mark.parametrize(
    ("reason", "code"), [("x" * 401, "reason_too_long"), (7, "field_not_text"), ("\ud83d", "field_not_text")]
)
def test_a_reason_that_cannot_be_kept_is_refused(asked, reason, code):
    assert refusal_of(answer, asked, "90", reason).code == code


def test_question_answer_and_reason_are_on_record(asked):
    answer(asked, "90", reason="I had mistyped it.")
    entries = list(db.session.scalars(select(Entry).order_by(Entry.revision)))[-2:]
    assert [(entry.verb, entry.actor) for entry in entries] == [
        ("send_back", DESK.label),
        ("submit", f"seat:{asked.seat(1).id}"),
    ]
    assert (entries[0].details["question"], entries[1].details["reason"]) == (QUESTION, "I had mistyped it.")


def test_a_sheet_may_be_asked_about_again_once_it_is_answered(asked):
    answer(asked, "85")
    ask(asked, question="And the facts?")
    assert held(asked)["question"]["text"] == "And the facts?"


def test_an_answer_that_arrives_twice_is_stored_once(asked):
    for _ in range(2):
        answer(asked, "90", reason="mistyped")
    assert len(versions(asked)) == 3


def test_a_submission_that_rests_on_marks_from_before_the_question_is_refused(asked):
    seat, turn = asked.seat(1).id, asked.turn("01").id
    stale = refusal_of(
        perform, sheets.submit, Actor(f"seat:{seat}"), turn, seat, marks_worth("70"), "late-one", base=0, reason="old"
    )
    assert stale.code == "draft_outdated"


def test_a_question_must_be_asked(complete):
    refused = refusal_of(ask, complete, question="  ")
    assert [(problem.code, problem.field) for problem in refused.problems] == [("question_missing", "question")]


def test_a_sheet_that_is_with_its_judge_already_is_not_sent_back_twice(asked):
    assert refusal_of(ask, asked).code == "sheet_sent_back"


@pytest.mark.parametrize("typed", [None, {"law": "9"}])
def test_what_was_never_submitted_is_not_sent_back(venue, typed):
    venue.call("01")
    if typed:
        seat = venue.seat(1).id
        perform(sheets.save_draft, Actor("seat"), venue.turn("01").id, seat, typed)
    assert refusal_of(ask, venue).code == "sheet_not_submitted"


def test_after_the_release_no_sheet_is_sent_back(complete):
    complete.release("01")
    assert refusal_of(ask, complete).code == "turn_released"


def test_before_the_call_no_sheet_is_sent_back(venue):
    assert refusal_of(ask, venue).code == "turn_not_open"


def test_a_recused_judge_is_asked_nothing(complete):
    complete.recuse(1, "01")
    assert refusal_of(ask, complete).code == "judge_recused"


def test_the_recusal_of_the_judge_who_was_asked_frees_the_score(asked):
    perform(recusals.recuse, DESK, asked.turn("01").id, asked.seat(1).id, "kin", "sister")
    asked.release("01")


@pytest.mark.parametrize(("turn", "seat", "code"), [(999, 1, "turn_unknown"), (None, 999, "seat_not_in_room")])
def test_what_does_not_exist_is_not_sent_back(complete, turn, seat, code):
    turn_id = turn or complete.turn("01").id
    assert refusal_of(perform, send_back.send_back, DESK, turn_id, seat, QUESTION).code == code


def test_a_sheet_passes_through_its_states_at_the_desk_and_on_the_tablet(venue):
    venue.call("01")
    seen = [(of_seat(venue)["reached"], held(venue)["reached"])]
    seat, turn = venue.seat(1).id, venue.turn("01").id
    perform(sheets.save_draft, Actor("seat"), turn, seat, {"law": "9"})
    seen.append((of_seat(venue)["reached"], held(venue)["reached"]))
    venue.all_submit("01", ALL_IN)
    seen.append((of_seat(venue)["reached"], held(venue)["reached"]))
    venue.release("01")
    seen.append((of_seat(venue)["reached"], held(venue)["reached"]))
    assert seen == [("", ""), ("server", "server"), ("counted", "counted"), ("approved", "approved")]


def test_every_tablet_of_the_panel_is_told_where_the_marking_was_closed_and_is_open_again(venue):
    venue.call("01")
    venue.submits(1, "01", marks_worth("90"))
    perform(marking.close_marking, DESK, venue.turn("01").id)
    told: list[Change] = []
    with changed.connected_to(lambda _sender, change: told.append(change)):
        ask(venue)
    assert told[0].seats == {venue.seat(number).id for number in range(1, 8)}
