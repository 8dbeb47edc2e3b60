"""The broadcaster: tells every screen of a contest about a change, from its own greenlet and not too often.

The first change goes out at once; what follows within the pause shares the next message. So the judge's
acknowledgement never waits for a thousand watchers, and a burst of sheets is one message.
"""

from __future__ import annotations

import gevent
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from scoring import board
from scoring.extensions import socketio
from scoring.live.rooms import (
    AUDIENCE,
    DESK,
    JUDGE,
    audience_room,
    clocks_room,
    desk_room,
    seat_room,
)
from scoring.signals import Change, changed

PAUSE = 0.1  # seconds between two messages to the same contest
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
        self._watch = gevent.spawn(self.look_around)
        changed.connect(self.note)

    def stop(self) -> None:
        """Broadcast no more."""
        changed.disconnect(self.note)
        self._watch.kill()

    def note(self, _sender: object, change: Change) -> None:
        """Take notice of one stored change."""
        self._seen[change.contest_id] = max(change.revision, self._seen.get(change.contest_id, 0))
        self._waiting.setdefault(change.contest_id, set()).update(change.seats)
        if change.public:
            self._public.add(change.contest_id)
        if change.contest_id not in self._busy:
            self._busy.add(change.contest_id)
            gevent.spawn(self._send_all, change.contest_id)

    def _send_all(self, contest_id: int) -> None:
        try:
            while contest_id in self._waiting:
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
        while True:
            try:
                with self._app.app_context():
                    self._look()
            except SQLAlchemyError as error:
                self._app.logger.error("the database cannot be read: %s", error)
            gevent.sleep(LOOK_AROUND)

    def _look(self) -> None:
        for contest_id, revision in board.revisions().items():
            if revision > self._seen.setdefault(contest_id, revision):
                self.note(None, Change(contest_id, revision, board.seats_of_contest(contest_id)))


def send(contest_id: int, seats: set[int], public: bool = True) -> None:
    """Send the snapshot of each event of the contest to all who watch it, and to each of these seats its own.

    The audience is left alone unless the change is public: a hall of phones need not hear of every draft.
    """
    for seat_id in seats:
        socketio.emit("tablet", board.seat(seat_id), namespace=JUDGE, to=seat_room(seat_id))
    for event in board.events_of(contest_id):
        _send_event(contest_id, event["id"], event["position"], public)


def _send_event(contest_id: int, event_id: int, place: int, public: bool) -> None:
    desk, clocks = board.desk(contest_id, event=place), board.timekeeper(contest_id, event=place)
    socketio.emit("desk", desk, namespace=DESK, to=desk_room(event_id))
    socketio.emit("desk", clocks, namespace=DESK, to=clocks_room(event_id))
    if public:
        board_of_event = board.audience(contest_id, event=place)
        socketio.emit("board", board_of_event, namespace=AUDIENCE, to=audience_room(event_id))


def start(app: Flask) -> Broadcaster:
    """Begin to broadcast; the caller keeps the broadcaster, because the signal holds its listeners weakly."""
    return Broadcaster(app)
