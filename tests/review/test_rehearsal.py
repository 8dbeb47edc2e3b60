"""A review is rehearsed with samples behind codes of the rehearsal's own: its copy tells nothing of the real ones."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from scoring.actions.preparing import rehearsing
from scoring.actions.review import reviewers
from scoring.actions.running import sheets
from scoring.actions.transaction import Actor, perform
from scoring.board.views.rehearsal import Machine, rehearsal
from scoring.board.views.review import documents as documents_view
from scoring.board.views.review import reviewers_by_code
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Contest, Document, Recusal, Seat, Turn
from scoring.store.kept_files import content_of
from scoring.store.rehearsals import seat_led_to
from tests.conftest import DESK
from tests.review.conftest import Review, sheet_of


@pytest.fixture
def coded(review: Review) -> Review:
    """The review with all documents in, cleared and coded."""
    review.collects()
    review.codes()
    return review


def begin(review: Review) -> Contest:
    """The copy of a rehearsal that has just begun."""
    copy_id = perform(rehearsing.begin_rehearsal, DESK, review.contest_id)
    return db.session.get_one(Contest, copy_id)


def seats_in(copy: Contest) -> list[Seat]:
    return list(copy.events[0].rooms[0].seats)


def turns_in(copy: Contest) -> list[Turn]:
    return list(copy.events[0].rounds[0].turns)


def test_a_review_is_rehearsed_from_the_draw_of_the_reviewers_to_their_sheets_and_thrown_away(coded):
    real = [seat.id for seat in seats_in(coded.contest())]
    copy = begin(coded)
    copy_id, marks = copy.id, [seat.id for seat in seats_in(copy)][:3]
    assert [seat_led_to(db.session.get(Seat, seat_id)).id for seat_id in real[:3]] == marks
    perform(reviewers.draw_reviewers, DESK, copy_id, "rehearse", marks)
    perform(reviewers.open_review, DESK, copy_id)
    for turn in turns_in(db.session.get_one(Contest, copy_id)):
        turn_id = turn.id
        for seat_id in [seat.id for seat in turn.panel]:
            name = f"sample-{turn_id}-{seat_id}"
            perform(sheets.submit, Actor(f"seat:{seat_id}"), turn_id, seat_id, sheet_of("80"), name)
    found = rehearsal(coded.contest_id, Machine("here"))
    checked = {seat["number"]: seat["checked"] for seat in found["seats"]}
    assert [(checked[number].submitted, checked[number].marks) for number in (1, 2, 3, 4)] == [
        *[(True, True)] * 3,
        (False, False),
    ], "the chair reads only what is disputed"
    assert [scene for scene, _ in found["scenes"]][:2] == ["marking", "score"]
    perform(rehearsing.end_rehearsal, DESK, coded.contest_id, Machine("here"))
    assert reviewers_by_code(coded.contest_id)["seats"][0]["done"] == 0


def test_the_copy_holds_neither_documents_nor_codes_nor_recusals_of_the_review(coded):
    coded.recuse(1, "02")
    real = {turn.code for turn in turns_in(coded.contest())}
    hashes = {one.sha256 for one in db.session.scalars(select(Document))}
    copy = begin(coded)
    turns = turns_in(copy)
    documents = [turn.appearances[0].contestant.document for turn in turns]
    assert not {turn.code for turn in turns} & real
    assert not {one.sha256 for one in documents} & hashes
    assert not {one.shown_sha256 for one in documents} & hashes
    assert {content_of(one.shown_sha256)[:4] for one in documents} == {b"%PDF", b"<h1>"}
    turn_ids = [turn.id for turn in turns]
    assert db.session.scalars(select(Recusal).where(Recusal.turn_id.in_(turn_ids))).all() == []
    assert copy.events[0].coding.seed != coded.contest().events[0].coding.seed


def test_two_rehearsals_of_one_review_are_coded_differently_sooner_or_later(coded):
    """What is drawn does not follow from the real codes: else each rehearsal would be the same."""
    tables = set()
    for _ in range(12):
        copy = begin(coded)
        tables.add(tuple(turn.appearances[0].contestant.number for turn in turns_in(copy)))
        perform(rehearsing.end_rehearsal, DESK, coded.contest_id, Machine("here"))
    assert len(tables) > 1


def test_a_review_that_is_not_coded_yet_is_rehearsed_too_and_coded_meanwhile_without_a_word_in_the_copy(review):
    copy = begin(review)
    assert {turn.code for turn in turns_in(copy)} == {"R01", "R02", "R03"}
    copy_id = copy.id
    with pytest.raises(Refused) as caught:
        perform(reviewers.open_review, DESK, review.contest_id)
    assert caught.value.code == "not_coded"
    assert "contest_changed" not in {one["code"] for one in rehearsal(review.contest_id, Machine("here"))["findings"]}
    assert documents_view(copy_id)["cleared"] == 3


def test_no_document_of_the_review_is_opened_while_it_is_rehearsed(coded):
    perform(
        reviewers.draw_reviewers, DESK, coded.contest_id, "seed", [seat.id for seat in seats_in(coded.contest())][:3]
    )
    begin(coded)
    with pytest.raises(Refused) as caught:
        perform(reviewers.open_review, DESK, coded.contest_id)
    assert caught.value.code == "rehearsal_on"
