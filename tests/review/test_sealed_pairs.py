"""Who stands how to a code only the coding officer knows: sheets on paper, who comes back, sheets sent back."""

from __future__ import annotations

import re

from werkzeug.test import TestResponse

from scoring.actions.preparing import relations
from scoring.actions.review import reviewers
from scoring.actions.running import paper, send_back
from scoring.actions.transaction import Actor, perform
from scoring.board.views.marks import marks as marks_view
from scoring.store.people import CODER as CODING_OFFICER
from tests.access.conftest import browser_of
from tests.conftest import DESK
from tests.refusals import refused
from tests.review.conftest import AUTHORS, CODER, ONE, OTHER, Review, author, go_to, sheet_of
from tests.review.looks import played

CODE = re.compile(r"\bA0\d\b")
WHY = "组委会决定"
CHIEF = Actor("account:chief", role="chief")
TALLIER, CHECKER = Actor("account:tallier", role="tallier"), Actor("account:checker", role="checker")


def paper_seen(review: Review, who: str, address: str = "") -> TestResponse:
    return browser_of(review.app, who).get(f"/desk/{review.contest_id}/paper{address}")


def test_tallier_and_checker_see_no_reviewer_beside_a_code_but_those_of_the_sheets_on_paper(six: Review) -> None:
    go_to(six, "open")
    turn = six.turn(OTHER)
    (seat, _, other) = [one.seat for one in turn.assignments]
    pairs = [(one, judge) for one in map(six.turn, AUTHORS) for judge in map(six.seat, range(1, 7))]
    for who in ("tallier", "checker"):
        page = paper_seen(six, who)
        assert (page.status_code, CODE.search(page.text)) == (200, None)
        assert {paper_seen(six, who, f"/{one.id}/{judge.id}").status_code for one, judge in pairs} == {404}
    perform(paper.name_paper, CODER, six.contest_id, turn.id, seat.id)
    with refused("paper_named_already"):
        perform(paper.name_paper, CODER, six.contest_id, turn.id, seat.id)
    text = paper_seen(six, "tallier").text
    assert set(CODE.findall(text)) == {turn.code}
    assert set(re.findall(r"评委[1-6]", text)) == {seat.name}
    assert paper_seen(six, "tallier", f"/{turn.id}/{seat.id}").status_code == 200
    assert paper_seen(six, "tallier", f"/{turn.id}/{other.id}").status_code == 404
    marks = sheet_of("80")
    assert perform(paper.enter_paper, TALLIER, six.contest_id, turn.id, seat.id, marks) == "first"
    assert perform(paper.enter_paper, CHECKER, six.contest_id, turn.id, seat.id, marks) == "stored"
    log = browser_of(six.app, "organizer").get(f"/desk/{six.contest_id}/log").text
    rows = [row for row in re.findall(r"<tr id=\"entry.*?</tr>", log, re.S) if "paper" in row]
    assert len(rows) == 3
    assert not any(CODE.search(row) and re.search(rf"Reviewer {seat.number}", row) for row in rows)


def test_a_reviewer_who_was_recused_by_mistake_reviews_again_by_the_coding_officer_alone(six: Review) -> None:
    go_to(six, "open")
    turn = six.turn(ONE)
    seat = turn.assignments[0].seat
    perform(reviewers.recuse_reviewer, CODER, six.contest_id, turn.id, seat.id, "kin", WHY)
    page = browser_of(six.app, CODING_OFFICER).get(f"/desk/{six.contest_id}/coding").text
    assert re.search(rf'value="{turn.id}-{seat.id}">[^<]*Reviewer {seat.number}', page.partition('id="reinstate"')[0])
    answer = browser_of(six.app, CODING_OFFICER).post(
        f"/desk/{six.contest_id}/coding/reinstate", data={"pair": f"{turn.id}-{seat.id}", "request": "a" * 16}
    )
    assert answer.status_code == 303
    assert six.turn(ONE).recused == {}
    with refused("not_recused"):
        perform(reviewers.reinstate_reviewer, CODER, six.contest_id, turn.id, seat.id)


def test_nobody_comes_back_to_a_document_that_has_its_reviewers_or_from_which_a_relation_keeps_off(six: Review) -> None:
    go_to(six, "open")
    turn = six.turn(ONE)
    seat, free = turn.assignments[0].seat, next(one for one in map(six.seat, range(1, 7)) if one not in turn.panel)
    perform(reviewers.recuse_reviewer, CODER, six.contest_id, turn.id, seat.id, "kin", WHY)
    given = [one.seat_id for one in turn.assignments if one.seat_id != seat.id]
    perform(reviewers.assign_by_hand, CODER, six.contest_id, {turn.id: [*given, free.id]})
    with refused("reviewers_enough"):
        perform(reviewers.reinstate_reviewer, CODER, six.contest_id, turn.id, seat.id)
    perform(relations.declare_relation, DESK, six.contest_id, seat.id, author(ONE).id, "kin")
    with refused("reviewer_recused"):
        perform(reviewers.reinstate_reviewer, CODER, six.contest_id, turn.id, seat.id)


def test_no_running_number_names_a_sheet_of_a_coded_document(six: Review) -> None:
    go_to(six, "marked")
    sheets = [sheet.id for sheet in six.turn(ONE).sheets]
    told = {played(send_back.send_back, DESK, six.turn(ONE).id, 0, "是否误填？", str(one)) for one in (0, *sheets)}
    assert len(told) == 1, told


def test_the_chief_judge_sees_sheets_without_their_judges_and_sends_one_back_by_itself(six: Review) -> None:
    go_to(six, "marked")
    (turn,) = [one for one in marks_view(six.contest_id)["turns"] if one["number"] == six.turn(ONE).code]
    assert [(row["number"], row["seat"], row["name"]) for row in turn["rows"]] == [(n, 0, "") for n in (1, 2, 3)]
    perform(send_back.send_back, CHIEF, turn["turn"], 0, "是否误填？", turn["rows"][0]["sheet"])
    page = browser_of(six.app, "organizer").get(f"/desk/{six.contest_id}/log").text
    (row,) = re.findall(r"<tr id=\"entry(?:(?!<tr).)*?back with a question.*?</tr>", page, re.S)
    assert not CODE.search(row)
    assert "which one is told after the decoding" in row
