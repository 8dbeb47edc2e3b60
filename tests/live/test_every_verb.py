"""Every verb of every format: what somebody held who watches, and what was pushed, make what is shown afresh."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import gevent
import pytest
from flask import Flask
from sqlalchemy import select

from scoring.actions.registry import heard, log_entries
from scoring.actions.results import places_in_stage, promotion
from scoring.actions.running import not_performing, paper, points
from scoring.actions.setting_up.contests import add_account
from scoring.actions.signals import Change, changed
from scoring.actions.transaction import perform
from scoring.board.reading.facts import format_of
from scoring.board.reading.look import places_of
from scoring.extensions import db, socketio
from scoring.live import shows
from scoring.live.broadcaster import send
from scoring.live.deltas import difference, patched
from scoring.live.shows import Show
from scoring.store import Contest, Entry, Event, NotPerforming, Round, Seat, Turn
from tests.board.anything import OF_STAGES, PEOPLE, Anything, refused_or_not
from tests.board.test_following import CONTESTS, several
from tests.conftest import PASSWORD, entry_of
from tests.passwords import quickly_checked
from tests.patience import within

#: How many things are done in a format, and how many verbs that were not pressed yet are tried after each.
STEPS, TRIED = 40, 12
#: How many different entries of the log are seen at least, by format: a review is not called turn by turn.
LEAST = (20, 28, 17, 18, 9, 20)
#: What is pressed of a test without judges alone.
OF_TESTS = {"open_points", "check_points", "release_points"}
#: What a judge's draft can change, which is no entry of the log.
DRAFT = frozenset({"desk", "seats"})


class Follower:
    """Somebody in one room: holds what it was greeted with, and applies what it is pushed, as every page does."""

    def __init__(self, app: Flask, show: Show, screen: str, auth: Mapping[str, Any]) -> None:
        """Join the room of this show as whoever says this of itself."""
        self.show, self.screen, self.namespace = show, screen, show.namespace
        self._socket = socketio.test_client(app, namespace=show.namespace, auth=auth)
        self.picture: dict[str, Any] = {}
        with gevent.Timeout(within(10)):
            while not self.picture:
                self.listen()
                gevent.sleep(0)

    def listen(self) -> None:
        """Take in what has come."""
        for message in self._socket.get_received(self.namespace):
            told = message["args"][0]
            if message["name"] == self.show.event:
                self.picture = told
            elif message["name"] == shows.DELTA and told["base"] == self.picture["revision"]:
                self.picture = patched(self.picture, told["patch"]) | {"revision": told["revision"]}

    def catch_up(self) -> None:
        """Wait for what was sent to the room."""
        with gevent.Timeout(within(10)):
            while self.show.shown is not None and self.picture["revision"] < self.show.shown["revision"]:
                self.listen()
                gevent.sleep(0)


class House:
    """Everybody who can watch a contest, told of each change as the broadcaster tells them."""

    def __init__(self, app: Flask, contest_id: int) -> None:
        """Seat a judge at each tablet, and let a phone, a desk and a timekeeper watch each event."""
        self.app, self.contest_id, self.wrong = app, contest_id, list[str]()
        self.changed_by: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.has_test = any(format_of(one).entered for one in db.session.get_one(Contest, contest_id).events)
        for role in ("organizer", "timekeeper"):
            perform(add_account, role, quickly_checked(PASSWORD), role)
        slug = db.session.get_one(Contest, contest_id).slug
        seats = {
            seat.id: entry_of(seat)[0] for seat in db.session.scalars(select(Seat).where(Seat.revoked_at.is_(None)))
        }
        desk, clocks = (
            {"contest": contest_id, "name": one, "password": PASSWORD} for one in ("organizer", "timekeeper")
        )
        self.followers = [self._follows(shows.of_overall(contest_id), "overall", contest=slug, overall=True)]
        for event_id, place in places_of(contest_id):
            of = contest_id, place, event_id
            self.followers += [
                self._follows(shows.of_audience(*of), "audience", contest=slug, event=place),
                self._follows(shows.of_desk(*of), "desk", event=place, **desk),
                self._follows(shows.of_clocks(*of), "clocks", event=place, **clocks),
            ]
        self.followers += [
            self._follows(shows.of_seat(seat_id), "seats", key=key, tablet=f"tablet-{seat_id:016d}")
            for seat_id, key in seats.items()
        ]
        self.revision = self._revision()

    def _follows(self, show: Show, screen: str, **auth: Any) -> Follower:
        return Follower(self.app, show, screen, auth)

    def _revision(self) -> int:
        db.session.rollback()
        return db.session.get_one(Contest, self.contest_id).revision

    @contextmanager
    def watching(self) -> Iterator[None]:
        """See every change that is made meanwhile."""
        with changed.connected_to(self.see):
            yield

    def see(self, _sender: object, change: Change) -> None:
        """One change: push it, and compare what each follower has then with the room's picture made afresh."""
        before = {id(one): one.picture for one in self.followers}
        names = self._entries()
        if change.seen or change.seats:
            send(self.contest_id, set(change.seats), change.public)
        for one in self.followers:
            one.catch_up()
            afresh = one.show.make()
            unlike = difference(one.picture, afresh | {"revision": one.picture["revision"]})
            assert not unlike, f"{one.show.room} was not told of {names}: {unlike}"
            if difference(before[id(one)], one.picture | {"revision": before[id(one)]["revision"]}):
                self._note(names, one.screen)
        db.session.rollback()

    def _entries(self) -> list[str]:
        wanted = select(Entry.verb).where(Entry.contest_id == self.contest_id, Entry.revision > self.revision)
        names = list(db.session.scalars(wanted))
        self.revision = self._revision()
        for name in names:
            self.changed_by[name]["times"] += 1
        return names

    def _note(self, names: list[str], screen: str) -> None:
        """Which screen looks different after which entries; wrong where none of them is declared to change it."""
        for name in names:
            self.changed_by[name][screen] += 1
        declared = {one for name in names for one in log_entries()[name].screens} if names else DRAFT
        if screen not in declared:
            self.wrong.append(f"{screen} changed with {names}")


def everything(house: House, anybody: Anything) -> None:
    """Go through the contest, and press in each state some of what has not been pressed yet."""
    left = set(heard()) - OF_STAGES - (set() if house.has_test else OF_TESTS)
    for _ in range(STEPS):
        anybody.step()
        for name in anybody.chance.sample(sorted(left), min(TRIED, len(left))):
            with refused_or_not():
                anybody.press(name)
        left -= set(house.changed_by)


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("contest", "entries"), list(zip(CONTESTS, LEAST, strict=True)), ids=[contest.__name__ for contest in CONTESTS]
)
def test_old_state_and_pushes_make_new_state(app: Flask, contest: Callable[[Flask], int], entries: int) -> None:
    with app.app_context():
        house = House(app, contest(app))
        with house.watching():
            everything(house, Anything(house.contest_id, contest.__name__))

        assert sorted(set(house.wrong)) == []
        assert len(house.changed_by) >= entries


def test_whoever_watches_hears_who_goes_on_to_a_stage(app: Flask) -> None:
    with app.app_context():
        contest_id = several(app)
        house = House(app, contest_id)
        event = db.session.scalars(select(Event).where(Event.position == 1)).one()
        with house.watching():
            goes_on(contest_id, event)
        assert house.wrong == []
        assert {"set_stage", "confirm_promotion", "move_up", "step_back", "undo_promotion", "clear_stage"} <= {
            *house.changed_by
        }


def goes_on(contest_id: int, event: Event) -> None:
    """The explanation becomes a stage after the test, is filled and emptied again."""
    organizer, chief = PEOPLE["organizer"], PEOPLE["chief"]
    perform(promotion.set_stage, organizer, contest_id, 1, {"source": 2, "value": "2"})
    perform(points.open_points, organizer, contest_id, 2)
    tests = db.session.scalars(select(Turn).join(Round).join(Round.event).where(Event.position == 2)).all()
    for turn_id, seat_id in [(turn.id, turn.panel[0].id) for turn in tests]:
        for who in (PEOPLE["tallier"], PEOPLE["checker"]):
            perform(paper.enter_paper, who, contest_id, turn_id, seat_id, {"points": str(60 + turn_id)})
    perform(points.release_points, chief, contest_id, 2)
    perform(promotion.propose_promotion, organizer, contest_id, 1)
    db.session.rollback()
    perform(promotion.confirm_promotion, chief, contest_id, 1, event.stage["proposed"]["basis"])
    performs = db.session.scalars(select(Turn).join(Round).join(Round.event).where(Event.position == 1)).all()
    perform(not_performing.record_not_performing, organizer, performs[0].id, "withdrawn", "ill", "组委会")
    perform(places_in_stage.move_up, organizer, contest_id, 1, "one is ill")
    decision = db.session.scalars(select(NotPerforming).where(NotPerforming.withdrawn_at.is_(None))).all()[-1]
    perform(not_performing.withdraw_not_performing, organizer, decision.id, "well again")
    back = decision.contestant_id
    perform(places_in_stage.step_back, organizer, contest_id, 1, back, "the rule takes two")
    perform(promotion.undo_promotion, organizer, contest_id, 1, "wrong rule")
    perform(promotion.clear_stage, organizer, contest_id, 1)
