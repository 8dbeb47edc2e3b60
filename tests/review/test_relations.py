"""Recusal relations in a review: who is related gets no document, and the record does not tell whose it is."""

from __future__ import annotations

from sqlalchemy import select

from scoring.actions.preparing import relations
from scoring.actions.transaction import perform
from scoring.extensions import db
from scoring.store import Contestant, Seat
from tests.conftest import DESK


def sits(number: int, name: str, office: str = "") -> Seat:
    """Who sits at a seat, as a list would say it."""
    seat = db.session.scalars(select(Seat).where(Seat.number == number)).one()
    seat.name, seat.office = name, office
    db.session.commit()
    return seat


def test_a_reviewer_gets_no_document_of_kin_and_the_record_does_not_tell_whose_it_is(review):
    seat = sits(1, "李国栋")
    author = db.session.scalars(select(Contestant).where(Contestant.number == "02")).one()
    perform(relations.declare_relation, DESK, review.contest_id, seat.id, author.id, "kin", "兄弟")
    review.collects()
    review.codes()
    review.draws(1, 2, 3)
    assert [one.seat.number for one in review.turn("02").assignments] == [2, 3]
    assert review.turn("02").recused == {}


def test_a_waived_colleague_may_review_after_all(review):
    seat = sits(1, "李国栋", "慈溪县院")  # 02 is of 慈溪县院
    author = db.session.scalars(select(Contestant).where(Contestant.number == "02")).one()
    perform(relations.waive, DESK, review.contest_id, seat.id, author.id, "office", "评阅人不足,纪检同意")
    review.collects()
    review.codes()
    review.draws(1, 2)
    assert [one.seat.number for one in review.turn("02").assignments] == [1, 2]
