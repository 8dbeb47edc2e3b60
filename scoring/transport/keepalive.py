"""The keepalive: one greenlet asks every client in time whether it is still there, and lets go who does not answer.

The stock path has a sleeping greenlet for each client's next ping and wakes fifty times a second to look at one
client of a thousand: memory, and a quarter of a second's CPU in every minute.
"""

from __future__ import annotations

import time
from collections import deque
from typing import Protocol

import gevent

from scoring.transport.watchdog import doing

#: Seconds between two checks.
CHECK_EVERY = 0.5


class Client(Protocol):
    """A session, as the keepalive sees it."""

    #: When it was asked; None once it has answered. It is an identity here, not a time.
    last_ping: float | None

    def ping(self) -> None:
        """Ask the client; calls `Keepalive.asked` unless the session is over."""

    def let_go(self) -> None:
        """End the session, because the client did not answer."""


class Keepalive:
    """When each client is to be asked, and until when it has to answer.

    Both queues are in order of time by themselves, because everybody has the same interval and the same
    patience: a look costs nothing for the clients whose time has not come.
    """

    def __init__(self, interval: float, patience: float) -> None:
        """`interval`: seconds from an answer to the next ping; `patience`: from a ping to the end."""
        self._interval, self._patience = interval, patience
        self._quiet: deque[tuple[float, Client]] = deque()
        self._asked: deque[tuple[float, Client, float | None]] = deque()

    def answered(self, client: Client) -> None:
        """The client is there."""
        self._quiet.append((time.monotonic() + self._interval, client))

    def asked(self, client: Client) -> None:
        """The client was asked just now."""
        self._asked.append((time.monotonic() + self._patience, client, client.last_ping))

    def check(self, now: float) -> None:
        """Look at the clients whose time has come at `now` (monotonic, in seconds)."""
        while self._asked and self._asked[0][0] <= now:
            _, client, ping = self._asked.popleft()
            if client.last_ping is not None and client.last_ping == ping:
                client.let_go()
        while self._quiet and self._quiet[0][0] <= now:
            self._quiet.popleft()[1].ping()

    def run(self) -> None:
        """Check for ever."""
        doing("keepalive")
        while True:
            gevent.sleep(CHECK_EVERY)
            self.check(time.monotonic())
