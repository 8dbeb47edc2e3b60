"""Who is told of a change first: the hall that watches, then the panel, one room after the other."""

from __future__ import annotations

from typing import Any

import gevent

from scoring.extensions import socketio
from scoring.live.broadcaster import send
from tests.conftest import Venue, entry_of
from tests.patience import within


def test_the_hall_has_a_public_change_before_the_tablets_do(venue: Venue) -> None:
    seat = venue.seat(1)
    sockets = {
        "/judge": socketio.test_client(
            venue.app, namespace="/judge", auth={"key": entry_of(seat)[0], "tablet": "t" * 32}
        ),
        "/audience": socketio.test_client(venue.app, namespace="/audience", auth={"contest": "shifa"}),
    }
    told: list[str] = []

    def until_told(heard_of: int) -> None:
        with gevent.Timeout(within(10)):
            while len(told) < heard_of:
                told.extend(name for name, one in sockets.items() if _heard(one, name))
                gevent.sleep(0)

    until_told(2)  # the greetings
    told.clear()
    venue.call("01")
    looking = gevent.spawn(until_told, 2)
    send(venue.contest_id, {seat.id})
    looking.get()
    assert told == ["/audience", "/judge"]


def _heard(watcher: Any, namespace: str) -> list[Any]:
    return list(watcher.get_received(namespace))
