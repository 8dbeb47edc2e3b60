"""A review is set up with its documents in the path, and the coding officer can work before the contest opens."""

from __future__ import annotations

import pytest

from scoring.actions.review import coding, documents
from scoring.actions.review.intake import kept, names_to_hide
from scoring.actions.running import not_performing
from scoring.actions.setting_up.contests import add_account
from scoring.actions.transaction import perform
from scoring.documents import examine
from scoring.extensions import db
from scoring.store import Contest
from tests.conftest import DESK, PASSWORD
from tests.documents.making import docx
from tests.organizers.conftest import words_of
from tests.organizers.path import Path, entrants, event
from tests.passwords import quickly_checked
from tests.review.conftest import CODER, WITNESS


@pytest.fixture
def review(path) -> int:
    """A review of sent-in documents, its two authors entered."""
    contest_id = path.begin("format:suggestion_review:sent_in")
    path.send(contest_id, "contestants", entrants(("01", "陈思远"), ("02", "林晓彤")))
    return contest_id


def hands_in(contest_id: int, *numbers: str) -> None:
    contest = db.session.get_one(Contest, contest_id)
    for one in list(contest.contestants):
        if one.number in numbers:
            content = docx("检察建议书", f"关于第{one.number}件事")
            received = kept(examine("x.docx", content), content, names_to_hide(contest))
            document = perform(documents.upload_document, DESK, contest_id, one.id, received)
            perform(documents.clear_document, DESK, contest_id, document)


def coder(path: Path) -> Path:
    perform(add_account, "刘编码", quickly_checked(PASSWORD), "coder")
    browser = path.browser.application.test_client()
    browser.set_cookie("language", "en")
    browser.post("/desk/sign-in", data={"name": "刘编码", "password": PASSWORD})
    return Path(browser)


def test_the_documents_are_a_step_of_the_path_and_lead_on(path, review):
    page = path.look(review, "contestants").text
    assert f'href="/desk/{review}/documents' in page
    answer = path.send(review, "contestants", path.form(review, "contestants"), "next")
    assert answer.location.startswith(f"/desk/{review}/documents")
    documents_page = path.browser.get(answer.location).text
    assert f'href="/desk/{review}/set-up/judges' in documents_page
    other = path.begin()
    assert f'href="/desk/{other}/documents' not in path.look(other, "contestants").text


def test_a_review_without_a_document_is_not_all_ready_and_does_not_open(path, review):
    page = words_of(path.look(review))
    assert "No document is handed in yet." in page
    assert "Nothing is missing." not in page
    path.press(review, "open")
    assert event(review).contest.state == "preparing"
    hands_in(review, "01")
    page = words_of(path.look(review))
    assert "Without a document yet: 1." in page
    assert "Nothing is missing." in page
    hands_in(review, "02")
    path.press(review, "open")
    assert event(review).contest.state == "open"


def test_documents_that_are_written_on_the_day_come_after_the_opening(path):
    contest_id = path.begin("format:suggestion_review:on_the_day")
    path.send(contest_id, "contestants", entrants(("01", "陈思远"), ("02", "林晓彤")))
    assert "written on the day" in words_of(path.look(contest_id))
    path.press(contest_id, "open")
    assert event(contest_id).contest.state == "open"


def test_without_a_coding_officer_the_check_list_says_so(path, review):
    assert "No account has the role of coding officer" in words_of(path.look(review))
    coder(path)
    assert "No account has the role of coding officer" not in words_of(path.look(review))


def test_the_coding_officer_finds_and_codes_a_review_before_it_opens(path, review):
    hands_in(review, "01", "02")
    officer = coder(path)
    answer = officer.browser.get("/desk/")
    assert f'href="/desk/{review}/coding' in answer.text
    sent = {"seed": "314159", "witness": WITNESS, "request": "code-before-1"}
    assert officer.browser.post(f"/desk/{review}/coding/code", data=sent).status_code == 303
    path.press(review, "open")
    assert event(review).contest.state == "open"
    assert sorted(turn.code for turn in event(review).rounds[0].turns) == ["A01", "A02"]


def test_opening_gives_nobody_a_turn_who_was_left_out_before_the_coding(path, review):
    hands_in(review, "01")
    contest = db.session.get_one(Contest, review)
    second = next(one.id for one in contest.contestants if one.number == "02")
    perform(not_performing.record_author, DESK, review, second, "absent", "没有交", "评委会主任")
    perform(coding.code_documents, CODER, review, "314159", WITNESS)
    path.press(review, "open")
    coded = {turn.code: turn.appearances[0].contestant.number for turn in event(review).rounds[0].turns if turn.code}
    assert coded == {"A01": "01"}


def test_a_contest_of_another_kind_is_not_shown_to_the_coding_officer_before_it_opens(path):
    contest_id = path.begin("format:case_binding:")
    assert f"/desk/{contest_id}/" not in coder(path).browser.get("/desk/").text
