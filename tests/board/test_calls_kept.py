"""A call for the chief judge that comes while a page is being read is on the next one, and on the desk."""

from __future__ import annotations

from sqlalchemy import select

from scoring.actions.running import calls
from scoring.actions.transaction import Actor, perform
from scoring.board.views.desk import desk
from scoring.board.views.seat import seat
from scoring.extensions import db
from scoring.store import Contest
from tests.conftest import Venue


def test_a_call_that_comes_while_a_page_is_read_is_on_the_next_one(venue: Venue) -> None:
    judge = venue.seat(1).id
    db.session.rollback()
    db.session.scalars(select(Contest.revision)).all()  # the page has begun to read
    with venue.app.app_context():
        perform(calls.call_chief, Actor(f"seat:{judge}"), judge, "")
    seat(judge)
    desk(venue.contest_id)
    db.session.rollback()
    assert seat(judge)["call"] is not None
    assert [one["seat"] for one in desk(venue.contest_id)["calls"]] == [judge]
