"""Stepping aside: long work in the loop lets whoever waits go first, between two of its steps."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

import gevent
from gevent import get_hub
from gevent.lock import Semaphore

One = TypeVar("One")
#: Below that of the sockets' watchers: what has arrived is taken in first.
_AFTER_THE_SOCKETS = -1
#: Seconds for which long work may go on before the sockets are looked at.
LONG_ENOUGH = 0.002
_MAIN = threading.main_thread().ident
_looked_at = 0.0
_one_at_a_time = Semaphore(1)


def step_aside() -> None:
    """Wait until what has arrived on any socket by now is taken in and handled as far as it goes without waiting.

    `gevent.sleep(0)` alone would not do: gevent runs what is ready for up to 5 ms before it looks at the sockets again.
    """
    hub = get_hub()
    turn = hub.loop.timer(0, priority=_AFTER_THE_SOCKETS)
    try:
        hub.wait(turn)
    finally:
        turn.close()
    gevent.sleep(0)  # the sockets' messages are handled by greenlets that are ready now, and began before this one


def give_way() -> None:
    """Step aside if the sockets were looked at too long ago; to be called often by long work, at almost no cost.

    Of several who are at long work one goes on after each look, not all of them. Whoever calls it must hold nothing
    that another greenlet could change or wait for meanwhile. In another thread than the main one it does nothing.
    """
    global _looked_at
    if time.monotonic() - _looked_at < LONG_ENOUGH:
        return
    if threading.get_ident() == _MAIN:
        with _one_at_a_time:
            step_aside()
    _looked_at = time.monotonic()


def giving_way(those: Iterable[One]) -> Iterator[One]:
    """One after the other, and between two of them `give_way`."""
    for one in those:
        give_way()
        yield one
