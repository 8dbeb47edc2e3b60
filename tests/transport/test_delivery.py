"""Delivery in slices: who gets a frame at once, who a turn of the loop later, and in which order."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import gevent
import pytest

from scoring.transport.delivery import SLICE, Delivery
from scoring.transport.hooks import Hooks
from scoring.transport.wire import Wire

ROOM, OTHER = ("/", "a"), ("/", "b")


class Nobody:
    """An owner that is told nothing in these tests."""

    def received(self, message: str | bytes) -> None:
        raise AssertionError(message)

    def lost(self) -> None:
        raise AssertionError("lost")

    def caught_up(self, missed: set[tuple[str, Any]]) -> None:
        raise AssertionError(missed)


class Hall:
    """Wires with the far ends of their sockets."""

    def __init__(self, many: int) -> None:
        pairs = [socket.socketpair() for _ in range(many)]
        self.far = [far for _, far in pairs]
        self.wires = [Wire(near.detach(), Nobody(), 1000) for near, _ in pairs]
        for far in self.far:
            far.setblocking(False)

    def close(self) -> None:
        """Hang up on both sides."""
        for wire in self.wires:
            wire.close()
        for far in self.far:
            far.close()

    def received(self) -> list[bytes]:
        """What has arrived at each far end so far."""
        return [_read(far) for far in self.far]


def finish(delivery: Delivery) -> None:
    """Let the loop turn until nothing is under way."""
    while delivery._turn is not None:
        gevent.sleep(0.001)


def _read(sock: socket.socket) -> bytes:
    try:
        return sock.recv(65536)
    except BlockingIOError:
        return b""


@pytest.fixture
def hall() -> Iterator[Hall]:
    """Two and a half slices of clients."""
    hall = Hall(SLICE * 5 // 2)
    yield hall
    hall.close()


def test_the_first_slice_is_sent_at_once_and_the_rest_in_turns(hall: Hall) -> None:
    delivery = Delivery()
    delivery.send(hall.wires, b"one", ROOM)
    assert hall.received() == [b"one"] * SLICE + [b""] * (SLICE * 3 // 2)
    finish(delivery)
    assert hall.received() == [b""] * SLICE + [b"one"] * (SLICE * 3 // 2)


def test_others_have_their_turn_between_the_slices(hall: Hall) -> None:
    near, far = socket.socketpair()
    seen: list[int] = []
    far.send(b"a sheet")
    watcher = gevent.get_hub().loop.io(near.fileno(), 1)

    def look() -> None:
        near.recv(100)
        seen.append(sum(data != b"" for data in hall.received()))

    watcher.start(look)
    delivery = Delivery()
    delivery.send(hall.wires, b"one", ROOM)
    finish(delivery)
    watcher.stop()
    watcher.close()
    near.close()
    far.close()
    assert seen == [2 * SLICE]


def test_messages_to_one_room_stay_in_order(hall: Hall) -> None:
    delivery = Delivery()
    for number in range(3):
        delivery.send(hall.wires, b"%d" % number, ROOM)
    finish(delivery)
    assert hall.received() == [b"012"] * len(hall.wires)


def test_a_message_to_a_small_room_does_not_wait_for_a_big_one(hall: Hall) -> None:
    delivery = Delivery()
    delivery.send(hall.wires, b"big", ROOM)
    delivery.send(hall.wires[-1:], b"small", OTHER)
    delivery.send(hall.wires[-1:], b"mine", None)
    assert hall.received()[-1] == b"smallmine"
    finish(delivery)
    assert hall.received()[-1] == b"big"


def test_who_hangs_up_between_two_slices_harms_nobody(hall: Hall) -> None:
    delivery = Delivery()
    delivery.send(hall.wires, b"one", ROOM)
    hall.wires[-1].close()
    finish(delivery)
    assert hall.received() == [b"one"] * (len(hall.wires) - 1) + [b""]


def test_the_loop_sleeps_after_the_last_slice_and_wakes_for_the_next_message(hall: Hall) -> None:
    delivery = Delivery()
    for _ in range(2):
        delivery.send(hall.wires, b"one", ROOM)
        finish(delivery)
        assert hall.received() == [b"one"] * len(hall.wires)


class Judges:
    """Those who go first: they are served as soon as somebody waits for them, if they ever are."""

    def __init__(self, served: bool = True) -> None:
        self.rests, self.waited = False, 0
        self._served = served

    def wait_for_rest(self, _patience: float) -> None:
        self.waited += 1
        self.rests = self._served


def test_slices_wait_until_those_who_go_first_are_served(hall: Hall) -> None:
    judges = Judges()
    delivery = Delivery(Hooks(first=judges))
    delivery.send(hall.wires, b"one", ROOM)
    finish(delivery)
    assert judges.waited == 1
    assert hall.received() == [b"one"] * len(hall.wires)


def test_a_broadcast_goes_on_even_where_there_is_always_somebody_to_go_first(hall: Hall) -> None:
    judges = Judges(served=False)
    delivery = Delivery(Hooks(first=judges))
    delivery.send(hall.wires, b"one", ROOM)
    delivery.send(hall.wires, b"two", ROOM)
    finish(delivery)
    assert judges.waited == 5
    assert hall.received() == [b"onetwo"] * len(hall.wires)
