"""A wire to a client that reads nothing: what was begun is finished, what is its own kept, broadcasts are left out."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import gevent
import pytest

from scoring.transport.delivery import deliver
from scoring.transport.wire import BROADCASTS_MOST, HELD_MOST, Wire
from tests.patience import within

ROOM, OTHER = ("/", "a"), ("/", "b")


class Asleep:
    """A client that takes nothing for a while, and what its wire's owner is told."""

    def __init__(self) -> None:
        near, self._far = socket.socketpair()
        self._far.settimeout(0)
        self.missed: list[set[tuple[str, Any]]] = []
        self.is_lost = False
        self.wire = Wire(near.detach(), self, 1000)

    def received(self, message: str | bytes) -> None:
        raise AssertionError(message)

    def lost(self) -> None:
        self.is_lost = True

    def caught_up(self, missed: set[tuple[str, Any]]) -> None:
        self.missed.append(missed)

    def wakes(self, waits: int) -> bytes:
        """What arrives once it reads, so many bytes or more; the loop goes on meanwhile."""
        came = b""
        with gevent.Timeout(within(20)):
            while len(came) < waits:
                gevent.sleep(0.001)
                with suppress(BlockingIOError):
                    came += self._far.recv(1 << 20)
        return came

    def leaves(self) -> None:
        """Hang up on both sides."""
        self.wire.close()
        self._far.close()


@pytest.fixture
def asleep() -> Iterator[Asleep]:
    client = Asleep()
    yield client
    client.leaves()


def test_a_broadcast_that_was_begun_is_finished_and_later_ones_are_left_out_and_told(asleep: Asleep) -> None:
    begun, own = b"1" * 600_000, b"own"
    deliver([asleep.wire], begun, ROOM)  # the kernel takes a part of it
    asleep.wire.put(own)
    deliver([asleep.wire], b"2" * (BROADCASTS_MOST + 1), ROOM)
    deliver([asleep.wire], b"3", ROOM)
    deliver([asleep.wire], b"4", OTHER)
    wanted = begun + own
    assert asleep.wakes(len(wanted)) == wanted
    assert asleep.missed == [{ROOM, OTHER}]


def test_a_short_backlog_arrives_whole_and_in_order(asleep: Asleep) -> None:
    full = b"0" * 600_000
    asleep.wire.put(full)
    for frame in (b"1", b"2"):
        asleep.wire.put(frame)
    assert asleep.wakes(len(full) + 2) == full + b"12"
    for frame in (b"3", b"4", b"5"):
        deliver([asleep.wire], frame, ROOM)
    assert asleep.wakes(3) == b"345"
    assert asleep.missed == []


def test_a_client_for_which_too_much_of_its_own_waits_is_cut_off(asleep: Asleep) -> None:
    asleep.wire.put(b"0" * 600_000)
    asleep.wire.put(b"1" * HELD_MOST)
    assert asleep.is_lost
