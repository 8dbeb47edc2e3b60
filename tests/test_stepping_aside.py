"""Stepping aside: what has arrived is handled before long work goes on; and greenlets that handle it are used again."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator

import gevent
import pytest
from gevent import get_hub
from gevent.event import Event

from scoring import stepping_aside
from scoring.live.hands import Hands
from scoring.stepping_aside import give_way, step_aside

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


def test_hands_are_used_again_and_as_many_as_are_at_work_at_once() -> None:
    hands, at_work, over = Hands(), [], Event()

    def work() -> None:
        at_work.append(gevent.getcurrent())
        over.wait()

    for number in (2, 4, 6):
        over.clear()
        hands.give(work)
        hands.give(work)
        while len(at_work) < number:
            gevent.sleep(0)
        over.set()
        while len(hands._free) < 2:
            gevent.sleep(0)
    assert len(at_work) == 6
    assert len(set(at_work)) == 2


def test_a_hand_outlives_work_that_fails(capsys: pytest.CaptureFixture[str]) -> None:
    hands, done = Hands(), []
    hands.give(lambda: done.append(1 // 0))
    gevent.sleep(0)
    hands.give(lambda: done.append("done"))
    gevent.sleep(0)
    assert done == ["done"]
    assert len(hands._free) == 1
    assert "ZeroDivisionError" in capsys.readouterr().err
