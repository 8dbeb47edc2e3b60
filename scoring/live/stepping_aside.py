"""Stepping aside: long work in the loop lets whoever waits go first, between two of its steps."""

from __future__ import annotations

import gevent
from gevent import get_hub

#: Below that of the sockets' watchers: what has arrived is taken in first.
_AFTER_THE_SOCKETS = -1


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
