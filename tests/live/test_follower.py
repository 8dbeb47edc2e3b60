"""A Python client's end of the wire: its client has a thread for each message, so they may be read in any order."""

from __future__ import annotations

import threading
from typing import Any

import pytest
import socketio

from scoring.live.follower import Follower

DESK = "/desk"
FIRST = {"revision": 4, "main": "call"}
SECOND = {"revision": 5, "main": "release"}
NEWS = {"base": 4, "revision": 5, "patch": {"set": {"main": "release"}}}


class Desk(socketio.Client):
    """A desk's client without a server: what is asked of one is answered with the newest snapshot."""

    def __init__(self) -> None:
        super().__init__(handle_sigint=False)
        self._connect_event = threading.Event()
        self.seen: list[dict[str, Any]] = []
        Follower(self, DESK, "desk", self.seen.append)

    def call(self, event: str, *_given: Any, **_options: Any) -> dict[str, Any]:
        assert event == "sync"
        if DESK not in self.namespaces:
            raise socketio.exceptions.BadNamespaceError
        return {"snapshot": SECOND}

    def greeted(self, connection: str = "first") -> None:
        self._handle_connect(DESK, {"sid": connection})

    def told(self, name: str, what: dict[str, Any]) -> None:
        self._handle_event(DESK, None, [name, what])


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_change_is_followed(desk: Desk) -> None:
    desk.greeted()
    desk.told("desk", FIRST)
    desk.told("delta", NEWS)
    assert desk.seen == [FIRST, SECOND]


def test_a_change_is_followed_where_the_snapshot_was_read_before_the_greeting(desk: Desk) -> None:
    desk.told("desk", FIRST)
    desk.greeted()
    desk.told("delta", NEWS)
    assert desk.seen[-1] == SECOND


def test_a_change_is_followed_where_it_was_read_before_the_snapshot(desk: Desk) -> None:
    desk.greeted()
    desk.told("delta", NEWS)
    desk.told("desk", FIRST)
    assert desk.seen == [SECOND]


def test_a_change_that_is_read_after_leaving_is_nothing(desk: Desk) -> None:
    desk.greeted()
    desk.told("desk", FIRST)
    desk.namespaces = {}  # the program has left
    desk.told("delta", NEWS)
    assert desk.seen == [FIRST]


def test_what_another_connection_showed_is_forgotten(desk: Desk) -> None:
    desk.greeted()
    desk.told("desk", SECOND)
    desk.namespaces = {}  # the connection ends
    desk.greeted("second")
    desk.told("desk", FIRST)
    assert desk.seen == [SECOND, FIRST]
