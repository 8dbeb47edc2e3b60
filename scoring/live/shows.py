"""The shows: what each room of the wire was shown last, so that newcomers get just that and the others what changed.

A room's snapshot is kept only while somebody is in the room, and it is never the truth: whoever is greeted, or asks
again, gets one that is as new as the database.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from flask import Flask
from gevent.lock import RLock

from scoring.board.reading.look import news as board_news
from scoring.board.views.audience import audience
from scoring.board.views.desk import desk
from scoring.board.views.overall import overall
from scoring.board.views.seat import seat
from scoring.board.views.timekeeper import timekeeper
from scoring.extensions import client_manager, socketio
from scoring.live.answers import Snapshot
from scoring.live.deltas import difference
from scoring.live.pieces import Pieces
from scoring.live.pushes import Current, Delta
from scoring.live.rooms import (
    AUDIENCE,
    DESK,
    JUDGE,
    audience_room,
    clocks_room,
    desk_room,
    news_room,
    overall_room,
    seat_room,
)
from scoring.loop.stepping_aside import give_way
from scoring.services import RUN, Service

PAUSE = 0.1  # seconds between two messages to the same room
CROWD = 50  # listeners in a room
DELTA, CURRENT, BEHIND = "delta", "current", "behind"
MOST_SAME = 16  # revisions at which nothing that a room is shown had changed
#: Clients that fetch snapshots instead of having them sent.
FETCHING = "fetching"


@dataclass(frozen=True)
class Seen:
    """What a page shows already: the snapshot of this revision, as the server's run of this name made it."""

    run: str
    revision: int


#: Of a page that shows nothing of what is sent: it is told how new that is.
NOTHING = Seen("", 0)


@dataclass
class Show:
    """One room: how its snapshot is made, under which name it is sent, and the last one that was sent.

    `same` are the revisions at which its content is known to have been just that, its own among them; `arriving` are
    clients that are about to be greeted, and are sent no change before that.
    """

    namespace: str
    room: str
    event: str
    make: Callable[[], Snapshot]
    shown: Snapshot | None = field(default=None, repr=False)
    looked_at: float = 0.0
    same: list[int] = field(default_factory=list, repr=False)
    greeting: Any = field(default=None, repr=False)
    pieces: Pieces = field(default_factory=Pieces, repr=False)
    looking: RLock = field(default_factory=RLock, repr=False)
    arriving: set[str] = field(default_factory=set, repr=False)

    def push(self) -> None:
        """Tell the room what has changed since; nothing where nobody listens or nothing changed."""
        if not client_manager().count_listeners(self.namespace, self.room):
            self.shown, self.greeting, self.pieces = None, None, Pieces()
        else:
            self._bring_to_the_present()

    def present(self) -> Snapshot:
        """The snapshot for somebody who has none: the one that the others in the room have, brought to the present.

        In a crowd and within the pause after the last look it is that one: what came since follows with the next
        message, and a thousand who come at once do not look a thousand times.
        """
        crowded = client_manager().count_listeners(self.namespace, self.room) > CROWD
        if self.shown is None or not crowded or time.monotonic() - self.looked_at > PAUSE:
            self._bring_to_the_present()
        assert self.shown is not None
        return self.shown

    def greet(self, sid: str, seen: Seen | None = None) -> None:
        """Send one client the whole picture, encoded once for all; to a page that shows it already, that it does.

        A page that shows another one is told so: it fetches the snapshot, which is compressed there.
        """
        self.arriving.add(sid)
        try:
            told = self._current(seen) if seen else self._whole()
        finally:
            self.arriving.discard(sid)
        client_manager().send(told, self.namespace, sid)

    def _current(self, seen: Seen) -> Any:
        present = self.present()
        has = seen.run == run() and seen.revision in self.same
        told: Current = {"run": run(), "revision": present["revision"]}
        return client_manager().message(CURRENT if has else BEHIND, told, self.namespace)

    def _whole(self) -> Any:
        """The whole picture; anew where it was brought to the present while it was written."""
        while True:
            present, manager = self.present(), client_manager()
            greeting = self.greeting or manager.written(self.event, self.pieces.written(present), self.namespace)
            if present is self.shown:
                self.greeting = greeting
                return greeting

    def _bring_to_the_present(self) -> None:
        with self.looking:  # making it gives way to others, who may ask for it, too
            self._look()

    def _look(self) -> None:
        before, after, self.looked_at = self.shown, self.make(), time.monotonic()
        if after is before:
            return
        give_way()
        patch = difference(before, {**after, "revision": before["revision"]}) if before is not None else None
        if before is not None and not patch:
            if after["revision"] not in self.same:
                self.same = [*self.same[-MOST_SAME + 1 :], after["revision"]]
            return
        same, self.shown, self.same, self.greeting = self.same, after, [after["revision"]], None
        if before is not None and patch is not None:
            base = before["revision"]
            news: Delta = {"same": same, "revision": after["revision"], "patch": patch, "base": base}
            socketio.emit(DELTA, news, namespace=self.namespace, to=self.room, skip_sid=[*self.arriving] or None)


_SHOWS: Service[dict[str, Show]] = Service("shows", dict)


def of_audience(contest_id: int, place: int, event_id: int) -> Show:
    """What the audience is shown of the event at this place of a contest."""
    return _show(AUDIENCE, audience_room(event_id), "board", partial(audience, contest_id, place))


def of_overall(contest_id: int) -> Show:
    """What those are shown who watch the overall result of a contest."""
    return _show(AUDIENCE, overall_room(contest_id), "board", partial(overall, contest_id))


def of_desk(contest_id: int, place: int, event_id: int) -> Show:
    """What an event's desks are shown."""
    return _show(DESK, desk_room(event_id), "desk", partial(desk, contest_id, event=place))


def of_clocks(contest_id: int, place: int, event_id: int) -> Show:
    """What an event's timekeepers are shown."""
    return _show(DESK, clocks_room(event_id), "desk", partial(timekeeper, contest_id, place))


def of_news(contest_id: int, place: int, event_id: int) -> Show:
    """What the pages beside an event's desks are told: that something changed, and not what."""
    return _show(DESK, news_room(event_id), "news", partial(board_news, contest_id))


def of_seat(seat_id: int) -> Show:
    """What the tablets of a seat are shown."""
    return _show(JUDGE, seat_room(seat_id), "tablet", partial(seat, seat_id))


def is_answered(seat_id: int) -> bool:
    """Whether a seat has no page but the one that is answered when it does something, and need not be told as well."""
    listeners: int = client_manager().count_listeners(JUDGE, seat_room(seat_id))
    return listeners <= 1


def of_room(room: str) -> Show | None:
    """What a room was shown, if anybody was."""
    return _shows().get(room)


def greet(sid: str, namespace: str, room: str, seen: Seen | None = None) -> None:
    """Send one client of the room the whole picture: to a newcomer, and to one that has missed messages."""
    show = of_room(room)
    if show is not None:
        show.greet(sid, seen)


def run() -> str:
    """The name of this run of the server: what another one has shown is not known to this one."""
    return RUN.of()


def catching_up(app: Flask) -> Callable[[str, str, str], None]:
    """What the fan-out calls when a client that had fallen behind can listen again."""

    def catch_up(sid: str, namespace: str, room: str) -> None:
        with app.app_context():
            fetches = client_manager().is_member(sid, namespace, FETCHING)
            greet(sid, namespace, room, NOTHING if fetches else None)

    return catch_up


def _show(namespace: str, room: str, event: str, make: Callable[[], Snapshot]) -> Show:
    return _shows().setdefault(room, Show(namespace, room, event, make))


def _shows() -> dict[str, Show]:
    return _SHOWS.of()
