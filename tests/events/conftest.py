"""A contest with three events for the same three contestants, and the steps that its stories are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient

from scoring.actions.preparing.events import EventPlan, add_event
from scoring.actions.running import releases, sheets, turns
from scoring.actions.transaction import Actor, perform
from scoring.board.snapshots.audience import Board
from scoring.board.views.audience import audience as audience_view
from scoring.extensions import db
from scoring.store import Contest, Event, Turn
from tests.conftest import DESK, Installation, Venue, begin_with, marks_worth

WRITTEN, SPOKEN = ("笔试说理", "Written reasoning"), ("现场答问", "Questions on the spot")


@dataclass
class Meet:
    """The contest as a test's story needs it: its events by their places 1, 2 and 3."""

    app: Flask
    contest_id: int

    def contest(self) -> Contest:
        """The stored contest."""
        db.session.rollback()
        return db.session.get_one(Contest, self.contest_id)

    def event(self, place: int) -> Event:
        """The event at a place."""
        return self.contest().events[place - 1]

    def turn(self, place: int, number: str) -> Turn:
        """A contestant's turn in an event."""
        return next(turn for turn in self.event(place).rounds[0].turns if turn.number == number)

    def call(self, place: int, number: str) -> None:
        """The organizer calls a contestant in an event."""
        perform(turns.call, DESK, self.turn(place, number).id)

    def marks(self, place: int, number: str, total: str) -> None:
        """All judges of the event give a called contestant this total."""
        self.mark_each(place, number, [total] * len(self.turn(place, number).panel))

    def mark_each(self, place: int, number: str, totals: list[str]) -> None:
        """Each judge of the event gives a called contestant a total."""
        turn = self.turn(place, number)
        turn_id, seats = turn.id, [seat.id for seat in turn.panel]
        for seat_id, total in zip(seats, totals, strict=True):
            sheet = f"sheet-of-{turn_id}-by-{seat_id}"
            perform(sheets.submit, Actor(f"seat:{seat_id}"), turn_id, seat_id, marks_worth(total), sheet)

    def adds_event(self) -> None:
        """One more event, in which nobody has appeared."""
        perform(add_event, DESK, self.contest_id, EventPlan("legal_explanation", 3))

    def release(self, place: int, number: str) -> None:
        """The organizer releases a contestant's score in an event."""
        perform(releases.release, DESK, self.turn(place, number).id)

    def plays(self, place: int, totals: dict[str, str]) -> None:
        """An event from the first call to the last release, everybody by their totals."""
        for number, total in totals.items():
            self.call(place, number)
            self.marks(place, number, total)
            self.release(place, number)

    def audience(self, place: int | None = None) -> Board:
        """What the audience sees of an event."""
        db.session.rollback()
        return audience_view(self.contest_id, place)


@pytest.fixture
def meet(installation: Installation) -> Iterator[Meet]:
    """The contest of the cast with two more events, nobody called yet."""
    for app in begin_with(installation, installation.with_contest):
        with app.app_context():
            contest_id = db.session.query(Contest.id).scalar()
            for title in (WRITTEN, SPOKEN):
                perform(add_event, DESK, contest_id, EventPlan("legal_explanation", 3, title=title))
            yield Meet(app, contest_id)


@pytest.fixture
def venue_of_one(installation: Installation) -> Iterator[Venue]:
    """A contest with one event."""
    for app in begin_with(installation, installation.with_contest):
        with app.app_context():
            yield Venue(app, db.session.query(Contest.id).scalar())


@pytest.fixture
def anyone_at_one(venue_of_one: Venue) -> FlaskClient:
    """A browser at the contest with one event, reading English."""
    client = venue_of_one.app.test_client()
    client.set_cookie("language", "en")
    return client


@pytest.fixture
def venue(meet: Meet) -> Venue:
    """The same contest as the one-event tests know it, for their browsers."""
    return Venue(meet.app, meet.contest_id)
