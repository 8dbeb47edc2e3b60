"""A sheet that was sent back, and the call for the chief judge, in a browser without a script."""

from __future__ import annotations

import pytest

from scoring.actions.running import calls, send_back
from scoring.actions.setting_up.contests import add_account
from scoring.actions.transaction import Actor, perform
from scoring.board.views.desk import desk
from scoring.extensions import db
from scoring.store.people import CHIEF
from tests.conftest import DESK, FULL_MARKS
from tests.judges.conftest import Tablet, element, sentence, words_of

QUESTION = "Full marks for the law?"


@pytest.fixture
def asked(tablet: Tablet) -> Tablet:
    """Judge 1 is asked about the sheet for no. 01."""
    tablet.venue.call("01")
    tablet.venue.submits(1, "01", FULL_MARKS)
    perform(send_back.send_back, DESK, tablet.venue.turn("01").id, tablet.venue.seat(1).id, QUESTION)
    return tablet


def test_the_judge_reads_the_question_above_the_marks(asked: Tablet) -> None:
    page = words_of(asked.look())
    assert page.index("The organizers ask about your marks") < page.index(QUESTION) < page.index("Facts and issues")
    assert 'data-reached="server"' in element(asked.look(), "steps")


def test_the_chief_judges_question_is_said_to_be_the_chiefs(tablet: Tablet) -> None:
    perform(add_account, "主任", "no password", CHIEF)
    tablet.venue.call("01")
    tablet.venue.submits(1, "01", FULL_MARKS)
    chief = Actor("account:主任", role=CHIEF)
    perform(send_back.send_back, chief, tablet.venue.turn("01").id, tablet.venue.seat(1).id, QUESTION)
    page = words_of(tablet.look())
    assert page.index("The chief judge asks about your marks") < page.index(QUESTION)
    assert "The sheet was given back to you" in page


def test_keep_submits_the_marks_as_they_were_whatever_stands_in_the_fields(asked: Tablet) -> None:
    answer = asked.press("keep", "01", FULL_MARKS | {"law": "3"}, base=2)
    assert (answer.status_code, asked.stored("01")[-1].typed) == (302, FULL_MARKS)
    assert "Submitted and locked" in words_of(asked.look())


def test_a_change_without_a_reason_is_refused_beside_the_reason_and_nothing_typed_is_lost(asked: Tablet) -> None:
    answer = asked.press("submit", "01", FULL_MARKS | {"law": "24"}, base=2)
    assert answer.status_code == 409
    assert sentence("en", "change_reason_missing") in element(answer, "problem-reason")
    assert 'value="24"' in element(answer, "mark-law")


def test_a_change_with_a_reason_is_submitted(asked: Tablet) -> None:
    asked.press("submit", "01", FULL_MARKS | {"law": "24"}, base=2, reason="misheard")
    newest = asked.stored("01")[-1]
    assert (newest.state, newest.typed["law"], newest.reason) == ("submitted", "24", "misheard")


def test_a_reason_stays_in_its_field_while_the_sheet_is_checked(asked: Tablet) -> None:
    answer = asked.press("check", "01", FULL_MARKS | {"law": "24"}, base=2, reason="misheard")
    assert "misheard</textarea>" in answer.text


def test_the_chief_is_called_by_form_and_the_page_says_so_until_the_answer(tablet: Tablet) -> None:
    sent = {"message": "water", "request": "one-press-of-it"}
    for _ in range(2):
        answer = tablet.browser.post(f"{tablet.home}/call", data=sent, follow_redirects=True)
    assert "The desk was told at" in answer.text
    db.session.rollback()
    (waiting,) = desk(tablet.venue.contest_id)["calls"]
    perform(calls.answer_call, DESK, waiting["id"])
    assert "Your call of" in tablet.look().text
    assert element(tablet.look(), "chief-message")


@pytest.mark.parametrize("message", ["x" * 201, "\0"])
def test_a_message_that_cannot_be_kept_is_refused(tablet: Tablet, message: str) -> None:
    answer = tablet.browser.post(f"{tablet.home}/call", data={"message": message, "request": "one-press-of-it"})
    assert answer.status_code == 302
    db.session.rollback()
    assert desk(tablet.venue.contest_id)["calls"] == []
