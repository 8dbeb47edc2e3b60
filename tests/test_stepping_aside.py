"""Stepping aside: what has arrived is handled before long work goes on."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator

import gevent
import pytest
from gevent import get_hub

from scoring.loop import stepping_aside
from scoring.loop.stepping_aside import give_way, step_aside

Sheets = Callable[[], list[str]]


@pytest.fixture
def arriving() -> Iterator[tuple[socket.socket, list[str]]]:
    """The far end of a socket, and what a greenlet has handled of what arrived."""
    near, far = socket.socketpair()
    handled: list[str] = []
    watcher = get_hub().loop.io(near.fileno(), 1)
    watcher.start(lambda: (near.recv(100), gevent.spawn_raw(handled.append, "handled")))
    yield far, handled
    watcher.stop()
    watcher.close()
    near.close()
    far.close()


def test_who_steps_aside_goes_on_after_what_had_arrived_is_handled(arriving: tuple[socket.socket, list[str]]) -> None:
    far, handled = arriving
    for number in range(1, 20):
        far.send(b"a sheet")
        step_aside()
        assert len(handled) == number


def test_it_is_so_while_a_broadcast_is_sent_in_each_turn_of_the_loop(
    arriving: tuple[socket.socket, list[str]],
) -> None:
    far, handled = arriving
    slices = get_hub().loop.idle(priority=2)
    slices.start(lambda: None)
    far.send(b"a sheet")
    step_aside()
    slices.stop()
    slices.close()
    assert handled == ["handled"]


def test_of_many_at_long_work_one_goes_on_between_two_looks_at_the_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stepping_aside, "LONG_ENOUGH", 0.0)
    near, far = socket.socketpair()
    far.send(b"a sheet that nobody takes in")
    slices: list[int] = [0]
    looking = get_hub().loop.io(near.fileno(), 1)
    looking.start(lambda: slices.append(0))

    def work() -> None:
        for _ in range(20):
            give_way()
            slices[-1] += 1

    gevent.joinall([gevent.spawn(work) for _ in range(10)], raise_error=True)
    looking.stop()
    looking.close()
    near.close()
    far.close()
    assert sum(slices) == 200
    assert max(slices) <= 2
