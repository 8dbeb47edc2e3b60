"""A pool of greenlets that handle what clients send, used again and again.

Python maps memory for each new greenlet and gives it back at its end, which costs as much as reading a sheet's frame.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from gevent import get_hub
from greenlet import getcurrent, greenlet

Work = Callable[[], None]


class GreenletPool:
    """As many greenlets as were ever at work at once; those without work wait for some."""

    def __init__(self) -> None:
        """Begin with none."""
        self._free: list[greenlet] = []

    def spawn(self, work: Work) -> None:
        """Have the work begun soon, in a greenlet that may wait; called inside the loop."""
        hub = get_hub()
        worker = self._free.pop() if self._free else greenlet(self._work_on, hub)
        hub.loop.run_callback(worker.switch, work)

    def _work_on(self, work: Work) -> None:
        hub, me = get_hub(), getcurrent()
        while True:
            try:
                work()
            except Exception:
                hub.handle_error(work, *sys.exc_info())
            self._free.append(me)
            work = _next(hub)


def _next(hub: Any) -> Work:
    """Wait for work: the loop goes on, and switches back with it."""
    work: Work = hub.switch()
    return work
