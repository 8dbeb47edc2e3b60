"""The broadcaster: tells every screen of a contest about a change, from its own greenlet and not too often.

The first change goes out at once; what follows within the pause shares the next message. So the judge's
acknowledgement never waits for a thousand watchers, and a burst of sheets is one message.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

import gevent
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from scoring.actions.signals import Change, changed
from scoring.actions.transaction import WRITER
from scoring.board.reading.doubts import doubts
from scoring.board.reading.frames import rest
from scoring.board.reading.look import places_of, seats_of_contest
from scoring.board.reading.look import revisions as revisions_now
from scoring.extensions import client_manager, db
from scoring.live import desks, shows, tablets
from scoring.live.shows import PAUSE, Show
from scoring.loop.stepping_aside import step_aside
from scoring.transport.watchdog import doing

LOOK_AROUND = 1.0  # seconds between two looks for changes that other processes have stored


class Broadcaster:
    """Collects what has changed, by contest, and sends it."""

    def __init__(self, app: Flask) -> None:
        """Broadcast for this application."""
        self._app = app
        self._waiting: dict[int, set[int]] = {}
        self._public: set[int] = set()
        self._busy: set[int] = set()
        self._seen: dict[int, int] = {}
        self._looked: dict[int, int] | None = None
        self._watch = gevent.spawn(self.look_around)
        changed.connect(self.note)

    def stop(self) -> None:
        """Broadcast no more."""
        changed.disconnect(self.note)
        self._watch.kill()

    def note(self, _sender: object, change: Change) -> None:
        """Take notice of one stored change."""
        self._seen[change.contest_id] = max(change.revision, self._seen.get(change.contest_id, 0))
        seats = {seat_id for seat_id in change.seats if seat_id != change.by or not shows.is_answered(seat_id)}
        if not (change.seen or seats):
            return
        self._waiting.setdefault(change.contest_id, set()).update(seats)
        if change.public:
            self._public.add(change.contest_id)
        if change.contest_id not in self._busy:
            self._busy.add(change.contest_id)
            gevent.spawn(self._send_all, change.contest_id)

    def _send_all(self, contest_id: int) -> None:
        doing("broadcast")
        try:
            while contest_id in self._waiting:
                # Before looking at what has changed: what a whole panel hands in together is one message.
                WRITER.of(self._app).wait_for_rest(PAUSE)
                self._send_waiting(contest_id)
                gevent.sleep(PAUSE)
        finally:
            self._busy.discard(contest_id)

    def _send_waiting(self, contest_id: int) -> None:
        seats, public = self._waiting.pop(contest_id), contest_id in self._public
        self._public.discard(contest_id)
        try:
            with self._app.app_context():
                send(contest_id, seats, public)
        except Exception:
            self._app.logger.exception("contest %s could not be shown; the next look around tries again", contest_id)
            self._seen[contest_id] = -1

    def look_around(self) -> None:
        """Now and then look for changes that a command or another process has stored, or that could not be shown."""
        doing("look around")
        while True:
            try:
                with self._app.app_context():
                    self.look()
            except SQLAlchemyError as error:
                self._app.logger.error("the database cannot be read: %s", error)
            except Exception:
                self._app.logger.exception("the look around failed; the next one tries again")
            gevent.sleep(LOOK_AROUND)

    def look(self) -> None:
        """Look once; what is found is told like any other change."""
        revisions, first = revisions_now(), self._looked is None
        for contest_id, (revision, _) in revisions.items():
            # A contest that another process has made since the last look may be watched already, and changed.
            if revision > self._seen.setdefault(contest_id, revision if first else -1):
                self.note(None, Change(contest_id, revision, seats_of_contest(contest_id)))
        rest()
        desks.close_ended()
        frames = {contest_id: frame for contest_id, (_, frame) in revisions.items()}
        if frames != self._looked:  # a seat moves with an entry in its contest's log
            tablets.lock_ended()
            self._looked = frames


def send(contest_id: int, seats: set[int], public: bool = True) -> None:
    """Tell all who watch an event of the contest what has changed, and the tablets of these seats.

    The audience is left alone unless the change is public: a hall of phones need not hear of every draft. Between two
    rooms whoever waits for an answer has it first, as long as that does not keep the rooms waiting for long.
    """
    writer, until = WRITER.of(), time.monotonic() + PAUSE
    for show in _shows_of(contest_id, seats, public):
        show.push()
        db.session.rollback()  # the next room is shown what is stored by then
        step_aside()
        writer.wait_for_rest(max(0.0, until - time.monotonic()))


def _shows_of(contest_id: int, seats: set[int], public: bool) -> Iterator[Show]:
    """The rooms in the order in which they are told: a hall waits for its one picture, and not for those of a panel."""
    public = public and contest_id not in doubts()
    places = places_of(contest_id)
    if public:
        yield from (shows.of_audience(contest_id, place, event_id) for event_id, place in places)
        yield shows.of_overall(contest_id)
    yield from map(shows.of_seat, seats)
    for event_id, place in places:
        yield shows.of_desk(contest_id, place, event_id)
        yield shows.of_clocks(contest_id, place, event_id)
        yield shows.of_news(contest_id, place, event_id)


def start(app: Flask) -> Broadcaster:
    """Begin to broadcast; the caller keeps the broadcaster, because the signal holds its listeners weakly.

    From now on broadcasts give way to those who wait for the application's writer.
    """
    client_manager().hooks.first = WRITER.of(app)
    return Broadcaster(app)
