"""The health of seats: from signs of life that every process can read, beside the record."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from scoring.actions.running import presence
from scoring.board.reading.presence import health as health_view
from scoring.board.snapshots.desk import Health
from scoring.extensions import db
from scoring.store import Contest, Entry, SeatPresence
from scoring.store.model import now
from tests.conftest import Venue


def health(venue: Venue, judge: int) -> Health:
    db.session.rollback()
    return next(seat for seat in health_view(venue.contest_id) if seat["seat"] == venue.seat(judge).id)


def heard(venue: Venue, judge: int, ago: float) -> None:
    db.session.merge(SeatPresence(seat_id=venue.seat(judge).id, seen_at=now() - timedelta(seconds=ago)))
    db.session.commit()


def test_a_seat_that_nobody_signed_in_at_is_absent(venue):
    assert health(venue, 3) == {"seat": venue.seat(3).id, "state": "absent", "seconds": None}


@pytest.mark.parametrize(
    ("ago", "state"), [(0, "online"), (14, "online"), (16, "late"), (24, "late"), (26, "offline"), (600, "offline")]
)
def test_one_missed_heartbeat_is_late_and_two_are_offline(venue, ago, state):
    heard(venue, 3, ago)
    assert (health(venue, 3)["state"], health(venue, 3)["seconds"]) == (state, ago)


def test_a_sign_of_life_is_no_change_of_the_contest(venue):
    before = db.session.get(Contest, venue.contest_id).revision, db.session.scalar(select(func.count(Entry.id)))
    presence.note({venue.seat(1).id: 0.0})
    db.session.rollback()
    after = db.session.get(Contest, venue.contest_id).revision, db.session.scalar(select(func.count(Entry.id)))
    assert before == after
    assert health(venue, 1)["state"] == "online"


def test_a_tablet_is_heard_when_it_spoke_and_not_when_that_was_noted(venue):
    heard(venue, 1, 20)
    presence.note({venue.seat(1).id: 16.0, venue.seat(2).id: 30.0})
    assert (health(venue, 1)["state"], health(venue, 1)["seconds"]) == ("late", 16)
    assert (health(venue, 2)["state"], health(venue, 2)["seconds"]) == ("offline", 30)


def test_what_another_process_has_heard_later_stays(venue):
    heard(venue, 1, 3)
    presence.note({venue.seat(1).id: 60.0, 999: 1.0})
    assert health(venue, 1)["seconds"] == 3


def test_a_moment_that_lies_ahead_counts_as_now(venue):
    heard(venue, 1, -30)
    assert health(venue, 1) == {"seat": venue.seat(1).id, "state": "online", "seconds": 0}
