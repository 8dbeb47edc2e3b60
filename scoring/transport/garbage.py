"""Garbage: Python's full collections look at all that is in memory, 20 to 300 ms in which nobody is served.

Left to itself Python has one whenever much was made, that is amid a storm. Here it waits until no judge and no desk
has sent anything for a moment, and is taken in small bites: what a collection has left is kept out of the next ones, so
that each looks at what was made since, some milliseconds. Only where nobody has sent anything for minutes is all looked
at, for what became garbage later. The younger collections, of a millisecond at most, stay as they are.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

import gevent

from scoring.transport.watchdog import doing

#: Seconds between two looks, between two bites, and for which nobody who is known has sent anything.
LOOKS_EVERY, AT_MOST_EVERY, CALM = 1.0, 2.0, 0.5
#: Younger collections, of 7,000 new objects each, after which a bite is due, and after which it waits no more.
DUE, OVERDUE = 2, 150
#: Seconds without anybody after which all is looked at, and between two times.
DESERTED, ALL_AT_MOST_EVERY = 300.0, 3600.0
#: So many younger collections do not happen: Python has no full one by itself.
NEVER = 1_000_000_000


class Sweeper:
    """Has the full collections of the process while it serves."""

    def __init__(self, heard_at: Callable[[], float]) -> None:
        """`heard_at`: when somebody known sent something last, by the monotonic clock in seconds."""
        self._heard_at, self._swept_at, self._all_at = heard_at, float("-inf"), time.monotonic()
        self._thresholds = gc.get_threshold()

    def start(self) -> None:
        """No full collection from now on but in a calm moment."""
        gc.set_threshold(*self._thresholds[:2], NEVER)
        self._watch = gevent.spawn(self._run)

    def stop(self) -> None:
        """Leave it to Python again."""
        self._watch.kill()
        gc.set_threshold(*self._thresholds)

    def look(self, now: float) -> None:
        """Collect if it is time, by the monotonic clock in seconds."""
        grown, silent = gc.get_count()[2], now - self._heard_at()
        if silent >= DESERTED and now - self._all_at >= ALL_AT_MOST_EVERY:
            gc.unfreeze()
            self._all_at = now
        elif grown < OVERDUE and (grown < DUE or silent < CALM or now - self._swept_at < AT_MOST_EVERY):
            return
        gc.collect()
        gc.freeze()
        self._swept_at = now

    def _run(self) -> None:
        doing("garbage")
        while True:
            gevent.sleep(LOOKS_EVERY)
            self.look(time.monotonic())
