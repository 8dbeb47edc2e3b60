"""The fair queue: what strangers send is handled piece by piece, and whoever marks or runs the contest goes first.

A stranger is whoever has shown neither a seat nor an account. Anything else would let one phone in the hall keep the
judges waiting: the server has one loop. The addresses take turns, and within one of them its clients, so that a flood
from one address delays the others by one piece at most.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable

import gevent
from gevent.event import Event

from scoring.transport.greenlet_pool import GreenletPool
from scoring.transport.hooks import Hooks

Work = Callable[[], None]

#: Seconds for which one piece of a stranger's lets the writer go first: it would fight for the interpreter with it.
PATIENCE = 0.02
#: Requests and clients of one address that may wait; a hall's whole audience has one address behind its router.
WAITING_MOST = 2000


class QueueFull(Exception):
    """Too much of one address waits already."""


class FairQueue:
    """Strangers' work that waits, by address. A client adds its next piece when the last one was handled."""

    def __init__(self, hooks: Hooks | None = None) -> None:
        """`hooks`: say who is served before each piece, and how what has arrived is let go first."""
        self._hooks = hooks or Hooks()
        self._waiting: OrderedDict[str, deque[Work]] = OrderedDict()
        self._pool = GreenletPool()
        self._serving = False

    def add(self, address: str, work: Work) -> None:
        """Have the work done when it is its turn, in a greenlet that may wait. Raises QueueFull."""
        waiting = self._waiting.setdefault(address, deque())
        if len(waiting) >= WAITING_MOST:
            self._hooks.on_flood(address)
            raise QueueFull
        waiting.append(work)
        if not self._serving:
            self._serving = True
            gevent.spawn_raw(self._serve)

    def wait(self, address: str) -> None:
        """Wait until it is this greenlet's turn. Raises QueueFull."""
        turn = Event()
        self.add(address, turn.set)
        turn.wait()

    def _serve(self) -> None:
        try:
            while self._waiting:
                self._pool.spawn(self._next())
                self._hooks.step_aside()
                if not self._hooks.first.rests:
                    self._hooks.first.wait_for_rest(PATIENCE)
        finally:
            self._serving = False

    def _next(self) -> Work:
        """The first piece of the address whose turn it is; the address goes to the end."""
        address, waiting = self._waiting.popitem(last=False)
        work = waiting.popleft()
        if waiting:
            self._waiting[address] = waiting
        return work
