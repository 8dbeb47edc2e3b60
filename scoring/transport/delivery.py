"""Delivery: one frame to many wires, a slice in each turn of the event loop, so that nobody waits for all of it.

A broadcast to a thousand clients takes 5 to 15 ms. Sent in one piece, every judge's sheet that arrives meanwhile
waits for it; in slices it waits for one slice at most. While a sheet is being stored there are no slices: the writing
thread would have to fight for the interpreter with each of their sends, and takes three times as long.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import gevent
from gevent import get_hub

from scoring.transport.hooks import Hooks
from scoring.transport.wire import Origin, Wire

#: Clients in a slice: about a millisecond.
SLICE = 100
#: Seconds for which a slice lets those go first who wait for the writer.
PATIENCE = 0.005
#: libev's highest. A watcher "for idle times" of this priority is called in every turn of the loop, after the
#: sockets were looked at and before what they brought is handled, and keeps the loop from sleeping. (`sleep(0)`
#: would not do: gevent lets callbacks run on for 5 ms before it looks at the sockets again.)
_EVERY_TURN = 2


def deliver(wires: Iterable[Wire], frame: bytes, origin: Origin) -> None:
    """Send `frame` to each wire. The hot loop: all it does for a client that keeps up is `send(2)`."""
    size = len(frame)
    for wire in wires:
        try:
            sent = wire.send(frame)
        except OSError as refusal:
            wire.refused(frame, refusal, origin)
        else:
            if sent != size:
                wire.keep(frame, sent, origin)


class Delivery:
    """The broadcasts under way. Those to one room stay in order; a small one overtakes those to other rooms."""

    def __init__(self, hooks: Hooks | None = None) -> None:
        """`hooks`: say who is served before the next slice."""
        self._hooks = hooks or Hooks()
        self._under_way: deque[tuple[Iterator[Wire], int, bytes, Origin]] = deque()
        self._turn: Any = None

    def send(self, wires: list[Wire], frame: bytes, origin: Origin) -> None:
        """Send to the first slice at once, unless the room has older messages under way; to the rest in turns."""
        rest, left = iter(wires), len(wires)
        if all(older[3] != origin for older in self._under_way):
            deliver(islice(rest, SLICE), frame, origin)
            left -= SLICE
        if left > 0:
            self._under_way.append((rest, left, frame, origin))
            self._wake()

    def _wake(self) -> None:
        if self._turn is None:
            self._turn = get_hub().loop.idle(priority=_EVERY_TURN)
            self._turn.start(self._each_turn)

    def _each_turn(self) -> None:
        if self._hooks.first.rests:
            self._slice()
        else:
            self._turn.stop()
            gevent.spawn_raw(self._after_them)

    def _after_them(self) -> None:
        self._hooks.first.wait_for_rest(PATIENCE)
        self._slice()
        if self._turn is not None:
            self._turn.start(self._each_turn)

    def _slice(self) -> None:
        rest, left, frame, origin = self._under_way.popleft()
        deliver(islice(rest, SLICE), frame, origin)
        if left > SLICE:
            self._under_way.appendleft((rest, left - SLICE, frame, origin))
        elif not self._under_way:
            self._turn.stop()
            self._turn.close()
            self._turn = None
