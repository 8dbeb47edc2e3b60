"""Who reviews what: the draw, changes by hand, opening, and the further review of a disputed document."""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256

import pytest

from scoring.actions.review import reviewers
from scoring.actions.transaction import perform
from scoring.board.views.seat import seat as seat_view
from scoring.extensions import db
from scoring.rules.assignment import assign
from tests.refusals import refused
from tests.review.conftest import CODER


def panel(review, author: str) -> list[int]:
    return [one.seat.number for one in sorted(review.turn(author).assignments, key=lambda one: one.seat.number)]


def test_the_draw_gives_equal_loads_and_can_be_worked_out_again_from_what_is_on_record(review):
    review.collects()
    review.codes()
    review.draws(1, 2, 3, seed="42")
    first = {author: panel(review, author) for author in ("01", "02", "03")}
    assert Counter(seat for seats in first.values() for seat in seats) == {1: 2, 2: 2, 3: 2}
    told = review.entry("draw_reviewers")
    assert told["typed"] == "42"
    mixed = json.dumps([told["seed"], review.contest().events[0].coding.seed, told["kept_off"], 0], sort_keys=True)
    again = assign(["A01", "A02", "A03"], ["1", "2", "3"], 2, told["kept_off"], sha256(mixed.encode()).hexdigest())
    assert {code: [int(name) for name in names] for code, names in again.items()} == told["drawn"]


def test_it_is_drawn_once_and_only_the_coding_officer_draws_again_for_a_reason(review):
    review.collects()
    review.codes()
    review.draws(1, 2, 3)
    with refused("reviewers_drawn"):
        review.draws(1, 2, 4)
    with refused("reason_missing"):
        review.draws_again(1, 2, 4, reason=" ")
    review.draws_again(1, 2, 4)
    assert review.entry("draw_reviewers")["reason"] == "评阅人有变"
    assert not any(3 in panel(review, author) for author in ("01", "02", "03"))


@pytest.mark.parametrize("ground", ["kin", "mentor", "department", "office"])
def test_the_draw_avoids_whoever_is_recused(review, ground):
    review.recuse(1, "02", ground)
    review.collects()
    review.codes()
    review.draws(1, 2, 3)
    assert panel(review, "02") == [2, 3]


@pytest.mark.parametrize(
    ("office", "department"), [("江北区院", "政治部"), ("", "第一检察部"), ("江北区院", "第一检察部")]
)
def test_the_draw_keeps_a_document_from_its_authors_colleagues(review, office, department):
    # 01 is of 江北区院, 第一检察部
    review.belongs(1, office, department)
    review.collects()
    review.codes()
    review.draws(1, 2, 3)
    assert panel(review, "01") == [2, 3]
    assert review.entry("draw_reviewers")["avoided"] == ["office", "department"]


def test_a_department_of_another_office_has_but_its_name_in_common(review):
    review.belongs(1, "海曙区院", "第一检察部")
    review.collects()
    review.codes()
    review.draws(1, 2)
    assert panel(review, "01") == [1, 2]


def test_within_one_office_only_the_department_is_avoided_where_the_organizer_says_so(review):
    event = review.contest().events[0]
    event.settings = {**event.settings, "reviewers": {"per_document": 2, "avoid": ["department"]}}
    db.session.commit()
    review.belongs(1, "江北区院", "第三检察部")
    review.collects()
    review.codes()
    review.draws(1, 2, 3)
    assert (1 in panel(review, "01"), panel(review, "03")) == (True, [2, 3])


def test_colleagues_are_refused_by_hand_and_as_further_reviewers_without_a_word_of_whose_it_is(review):
    review.belongs(4, "江北区院")
    review.begins()
    with refused("reviewer_recused") as caught:
        review.assigns("01", 2, 4)
    assert caught.value.problems[0].figures == {"reviewer": "4"}
    review.all_submit(a01=("95", "70"))
    with refused("reviewer_recused"):
        review.further(4, "01")
    assert panel(review, "01") == [1, 2]


@pytest.mark.parametrize("recused", [True, False])
def test_a_draw_that_leaves_too_few_is_refused_with_the_codes_to_the_coding_officer_alone(review, recused):
    if recused:
        review.recuse(1, "02")
    else:
        review.belongs(1, "江北区院")
    review.collects()
    review.codes()
    with refused("too_few_free") as caught:
        review.draws(1, 2)
    assert [(one.field, one.figures) for one in caught.value.problems] == [("", {})]
    with refused("too_few_reviewers") as caught:
        review.draws_again(1, 2)
    short = ("02",) if recused else ("01", "03")
    assert {problem.field for problem in caught.value.problems} == {review.turn(one).code for one in short}
    assert panel(review, "02") == []


def test_nobody_is_drawn_before_the_coding_or_after_the_opening(review):
    with refused("not_coded"):
        review.draws(1, 2)
    review.begins()
    with refused("review_begun"):
        review.draws(1, 2)


def test_the_assignment_is_changed_by_hand(review):
    review.collects()
    review.codes()
    review.draws(1, 2)
    review.assigns("01", 3, 4)
    assert panel(review, "01") == [3, 4]
    assert review.entry("assign_by_hand")["assigned"] == {review.turn("01").code: [3, 4]}


@pytest.mark.parametrize(("seats", "code"), [((1,), "reviewers_not_enough"), ((1, 3), "reviewer_recused")])
def test_a_change_by_hand_that_would_not_do_is_refused(review, seats, code):
    review.recuse(3, "01")
    review.collects()
    review.codes()
    review.draws(1, 2, 4)
    before = panel(review, "01")
    with refused(code):
        review.assigns("01", *seats)
    assert panel(review, "01") == before


def test_whoever_has_begun_keeps_the_document(review):
    review.begins()
    review.submits(1, "01", "90")
    with refused("sheet_begun"):
        review.assigns("01", 2, 3)
    assert panel(review, "01") == [1, 2]


def test_a_reviewer_who_steps_back_during_the_review_is_replaced_and_stays_on_record(review):
    review.begins()
    review.submits(1, "01", "90")
    review.recuse(1, "01", "mentor")
    review.assigns("01", 2, 3)
    assert panel(review, "01") == [1, 2, 3]
    review.submits(2, "01", "80")
    review.submits(3, "01", "82")
    (seen,) = [one for one in review.seen()["documents"] if one["turn"] == review.turn("01").id]
    assert (seen["status"], seen["cells"][review.seat(1).id]["recused"]) == ("complete", True)


def test_all_documents_are_opened_at_once(review):
    review.begins()
    assert [review.turn(author).state for author in ("01", "02", "03")] == ["marking"] * 3
    with refused("nothing_cleared"):
        review.opens()


def test_nothing_is_opened_without_its_reviewers(review):
    review.collects()
    review.codes()
    with refused("reviewers_missing"):
        review.opens()
    assert review.turn("01").state == "waiting"


def test_all_open_documents_stand_on_the_reviewers_list_by_their_codes(review):
    review.begins()
    review.submits(1, "01", "90")
    tablet = seat_view(review.seat(1).id)
    states = {item["number"]: item["state"] for item in tablet["list"]}
    assert states == {review.turn("01").code: "submitted"} | {review.turn(one).code: "empty" for one in ("02", "03")}
    assert len(tablet["owed"]) == 2
    assert seat_view(review.seat(4).id)["list"] == []


def test_a_range_of_exactly_the_threshold_is_settled_and_more_goes_to_a_further_reviewer(review):
    review.begins()
    review.all_submit(a01=("90", "75"), a02=("90", "74.5"))
    assert [reviewers.is_disputed(review.turn(author)) for author in ("01", "02", "03")] == [False, True, False]
    with refused("rereview_not_needed"):
        review.further(3, "01")
    review.further(3, "02")
    assert review.turn("02").facts["rereview"] == {"seat": "3", "by": "reviewer"}
    assert panel(review, "02") == [1, 2, 3]


def test_a_further_reviewer_is_neither_recused_nor_on_the_document_already(review):
    review.recuse(4, "02")
    review.begins()
    review.all_submit(a02=("95", "70"))
    with refused("reviewer_twice"):
        review.further(1, "02")
    with refused("reviewer_recused"):
        review.further(4, "02")
    with refused("rereview_by_unknown"):
        review.further(3, "02", "anybody")
    assert "rereview" not in review.turn("02").facts


def test_a_seat_or_turn_of_another_contest_is_refused(review):
    review.begins()
    with refused("turn_unknown"):
        perform(reviewers.assign_by_hand, CODER, review.contest_id, {99: [1, 2]})
    with refused("turn_unknown"):
        perform(reviewers.order_rereview, CODER, review.contest_id, 99, "chair", 1)
    with refused("seat_not_in_room"):
        perform(reviewers.order_rereview, CODER, review.contest_id, review.turn("01").id, "chair", 99)


def test_a_reviewer_steps_back_by_the_documents_code(review):
    review.begins()
    turn_id, seat_id = review.turn("01").id, review.seat(1).id
    perform(reviewers.recuse_reviewer, CODER, review.contest_id, turn_id, seat_id, "kin", "看出是谁写的")
    assert list(review.turn("01").recused) == [seat_id]
    with refused("turn_unknown"):
        perform(reviewers.recuse_reviewer, CODER, review.contest_id, 99, seat_id, "kin", "x")
    with refused("seat_not_in_room"):
        perform(reviewers.recuse_reviewer, CODER, review.contest_id, turn_id, review.seat(4).id, "kin", "x")
