"""Behind the code, later: once a reviewer has left a document that was marked, no code is told from another."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

from scoring.actions.preparing import relations
from scoring.actions.review import reviewers, sealed_relations
from scoring.actions.running import send_back
from scoring.actions.transaction import perform
from scoring.board.views.review import review
from tests.conftest import DESK
from tests.refusals import refused
from tests.review.conftest import AUTHORS, CODER, ONE, Review, author, go_to
from tests.review.looks import CODE, about_codes, moved, played, sees

BY_CODE = {"organizers.assignment", "organizers.marks", "organizers.tally"}


def told_of_codes(page: str) -> set[str]:
    """What a page tells of the codes: one thing, where it tells the same of each."""
    parts = re.findall(r"<tr(?:(?!<tr).)*?</tr>|<section class=.card marks.*?</section>|<li>.*?</li>", page, re.S)
    return {re.sub(r"\bA0\d\b|\d+", "", part) for part in parts if CODE.search(part)}


def test_once_a_reviewer_has_left_when_all_sheets_are_in_no_code_is_told_from_another(
    six: Review, browsers: dict[str, FlaskClient]
) -> None:
    """The sheets that a code has lost and won, its range and its state are the coding officer's until the decoding."""
    go_to(six, "marked")
    turn = six.turn(ONE)
    assert {one["status"] for one in review(six.contest_id)["documents"]} == {"disputed", "complete"}
    first = [seat.number for seat in turn.panel]
    leaving = first[0]  # who gave more than the others
    perform(relations.declare_relation, DESK, six.contest_id, six.seat(leaving).id, author(ONE).id, "mentor")
    perform(sealed_relations.apply_to_codes, CODER, six.contest_id)
    few = {who: browsers[who] for who in ("organizer", "chief", "supervisor", "tallier", "visitor")}
    after, sent = sees(six, few), about_codes(six)
    pages = {key: told_of_codes(page) for key, page in after.items() if key[1] in BY_CODE}
    assert {key: told for key, told in pages.items() if len(told) != 1} == {}
    (came,) = {one.seat.number for one in six.turn(ONE).assignments} - {*first}
    six.submits(came, ONE, "40")
    assert about_codes(six) == sent
    assert moved(after, sees(six, few)) == []
    sheets = [(code.id, sheet.id) for code in map(six.turn, AUTHORS) for sheet in code.sheets]
    told = {played(send_back.send_back, DESK, turn_id, 0, "是否误填？", str(sheet_id)) for turn_id, sheet_id in sheets}
    asked = (DESK, six.contest_id, six.turn(ONE).id, "reviewer")
    assert told | {played(reviewers.order_rereview, *asked)} == {(("coder_decides", "", "{}"),)}
    perform(reviewers.order_rereview, CODER, *asked[1:])


def test_a_further_review_is_asked_for_only_where_it_is_seen_that_the_reviewers_lie_apart(six: Review) -> None:
    """Else who asks for each code in turn would learn how its sheets lie, before the others are in and after."""
    go_to(six, "open")
    whose = ONE  # who has no sheet yet
    for number, total in zip([seat.number for seat in six.turn(whose).panel], ("70", "95", "70"), strict=True):
        six.submits(number, whose, total)
    with refused("rereview_not_needed"):
        perform(reviewers.order_rereview, DESK, six.contest_id, six.turn(whose).id, "reviewer")
