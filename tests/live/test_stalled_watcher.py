"""On the real application: a desk asleep with a full buffer harms nobody, and wakes to the present.

A phone could not fill its buffer by asking: it is a stranger, and is cut off (tests/attacks/test_floods.py).
"""

from __future__ import annotations

import json
import os
import secrets
import urllib.request
from contextlib import ExitStack
from typing import Any

import pytest
import socketio
from wsproto.events import TextMessage

from scoring.live.deltas import patched
from tests.conftest import Server
from tests.patience import within
from tests.transport.watcher import Watcher

#: Bytes of answers that a desk leaves where they are: more than the kernel keeps for it on both sides, and less than
#: what a client is cut off for.
UNREAD = 700_000
ON_STOCK = os.environ.get("SAIPING_TRANSPORT") == "stock"


class Phone(Watcher):
    """A watcher of the demo's leaderboard that keeps what it is shown; wsproto judges every byte it gets."""

    def __init__(self, server: Server, *, receive_buffer: int | None = None) -> None:
        port = int(server.url.rpartition(":")[2])
        auth = json.dumps({"contest": server.facts["contest"]["slug"]})
        super().__init__(port, receive_buffer=receive_buffer, join=f"/audience,{auth}")
        self.shown: dict[str, Any] = self.until("board")[1]

    def follow(self, wanted: Any) -> dict[str, Any]:
        """Take deltas until the snapshot is as wanted."""
        while not wanted(self.shown):
            event, news = self.message()
            assert (event, news["base"]) == ("delta", self.shown["revision"])
            self.shown = patched(self.shown, news["patch"]) | {"revision": news["revision"]}
        return self.shown


class Desk(Watcher):
    """An organizer's desk that may read nothing for a while."""

    def __init__(self, server: Server, *, receive_buffer: int | None = None) -> None:
        port = int(server.url.rpartition(":")[2])
        auth = json.dumps({"contest": 1, **server.facts["organizer"]})
        super().__init__(port, receive_buffer=receive_buffer, join=f"/desk,{auth}")
        self.shown: dict[str, Any] = self.until("desk")[1]

    def ask_without_reading(self, number: int) -> None:
        """Ask for a snapshot, and leave the answer where it is."""
        self.sock.sendall(self.frames.send(TextMessage(f'42/desk,{number}["sync"]')))


@pytest.mark.skipif(ON_STOCK, reason="a client that does not read: docs/transport.md")
def test_a_stalled_watcher_harms_nobody_and_is_shown_the_present_when_it_wakes(server: Server) -> None:
    turn = server.facts["turns"][0]["id"]
    desk = socketio.SimpleClient()
    auth = {"contest": 1, **server.facts["organizer"]}
    desk.connect(server.url, namespace="/desk", auth=auth, wait_timeout=within(10))

    def press(verb: str, **about: Any) -> None:
        assert desk.call(verb, {"turn": turn, "request": secrets.token_hex(8), **about}) == {"ok": True}

    with ExitStack() as stack:
        awake = [stack.enter_context(Phone(server)) for _ in range(3)]
        asleep = stack.enter_context(Desk(server, receive_buffer=4096))
        questions = UNREAD // len(json.dumps(asleep.shown))
        for number in range(questions):
            asleep.ask_without_reading(number)
        press("call")
        for spent in range(5):
            press("start_clock", clock="speak")
            press("add_time", clock="speak", seconds=spent + 1)
            press("pause_clock", clock="speak")
            for phone in awake:
                seconds = phone.follow(lambda board, spent=spent: is_paused(board, spent))["now"]["clock"]["seconds"]
                assert seconds == 360 + sum(range(spent + 2))
        assert [phone.shown for phone in awake] == [present(server)] * 3
        answered = [asleep.until("ack")[1] for _ in range(questions)]
        assert answered == list(range(questions))
        assert asleep.until("desk")[1] == stack.enter_context(Desk(server)).shown
    desk.disconnect()


def is_paused(board: dict[str, Any], spent: int) -> bool:
    """Whether the clock stands, with the time that the desk has added so far."""
    clock = board["now"] and board["now"]["clock"]
    return bool(clock) and clock["running_since"] is None and clock["seconds"] == 360 + sum(range(spent + 2))


def present(server: Server) -> dict[str, Any]:
    """The leaderboard as the server would show it now."""
    slug = server.facts["contest"]["slug"]
    with urllib.request.urlopen(f"{server.url}/c/{slug}/board.json", timeout=within(15)) as answer:
        board: dict[str, Any] = json.load(answer)
    return board
