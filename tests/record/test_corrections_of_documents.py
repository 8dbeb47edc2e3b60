"""Corrections of a reviewed document, after its decoding: one reviewer's sheet, and no further apart than allowed."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from scoring.actions.results import corrections
from scoring.actions.transaction import perform
from scoring.extensions import db
from scoring.store import Correction
from tests.record.conftest import CHIEF, TALLIER
from tests.refusals import refused
from tests.review.conftest import Review, review, sheet_of

__all__ = ["review"]


def asks(review: Review, author: str, judge: int, total: str) -> int:
    """The tallier asks; answers the request's id."""
    turn, seat = review.turn(author).id, review.seat(judge).id
    asked = review.contest_id, turn, seat, sheet_of(total), "评审2", "录入有误"
    perform(corrections.request_sheet, TALLIER, *asked)
    db.session.rollback()
    return db.session.scalars(select(Correction.id).order_by(Correction.id.desc())).first()


def approves(review: Review, correction: int) -> None:
    """The chief judge approves."""
    perform(corrections.approve_correction, CHIEF, review.contest_id, correction, "已核对")


def corrects(review: Review, author: str, judge: int, total: str) -> None:
    """The tallier asks and the chief judge approves."""
    approves(review, asks(review, author, judge, total))


@pytest.fixture
def marked(review: Review) -> Review:
    """All three documents are marked by judges 1 and 2."""
    review.begins()
    review.all_submit(a01=("90", "88"), a02=("80", "82"), a03=("70", "72"))
    return review


def test_a_document_is_corrected_after_its_release_and_the_ranks_move(marked):
    marked.decodes()
    marked.releases()
    assert [number for _, number, _ in marked.ranking()] == ["01", "02", "03"]
    corrects(marked, "02", 2, "92")
    corrects(marked, "02", 1, "95")
    assert marked.ranking()[0] == (1, "02", "93.50")


def test_before_the_release_nobody_asks_for_a_correction(marked):
    with refused("correction_too_early"):
        asks(marked, "02", 2, "92")


def test_a_correction_that_sets_the_reviewers_too_far_apart_is_refused(marked):
    marked.decodes()
    marked.releases()
    asked = asks(marked, "03", 2, "95")
    with refused("rereview_needed"):
        approves(marked, asked)
    assert marked.ranking()[2] == (3, "03", "71.00")
