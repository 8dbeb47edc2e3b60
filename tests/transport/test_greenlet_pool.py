"""The greenlets that handle what clients send are used again."""

from __future__ import annotations

import gevent
import pytest
from gevent.event import Event

from scoring.transport.greenlet_pool import GreenletPool


def test_greenlets_are_used_again_and_as_many_as_are_at_work_at_once() -> None:
    pool, at_work, over = GreenletPool(), [], Event()

    def work() -> None:
        at_work.append(gevent.getcurrent())
        over.wait()

    for number in (2, 4, 6):
        over.clear()
        pool.spawn(work)
        pool.spawn(work)
        while len(at_work) < number:
            gevent.sleep(0)
        over.set()
        while len(pool._free) < 2:
            gevent.sleep(0)
    assert len(at_work) == 6
    assert len(set(at_work)) == 2


def test_a_greenlet_outlives_work_that_fails(capsys: pytest.CaptureFixture[str]) -> None:
    pool = GreenletPool()
    done: list[object] = []
    pool.spawn(lambda: done.append(1 // 0))
    gevent.sleep(0)
    pool.spawn(lambda: done.append("done"))
    gevent.sleep(0)
    assert done == ["done"]
    assert len(pool._free) == 1
    assert "ZeroDivisionError" in capsys.readouterr().err
