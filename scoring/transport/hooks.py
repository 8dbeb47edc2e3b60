"""What the rooms above give the transport: all that it knows of a contest comes in here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

import gevent


class First(Protocol):
    """Who is served before broadcasts and strangers; see store.writer."""

    @property
    def rests(self) -> bool:
        """Whether nobody waits to be served."""

    def wait_for_rest(self, patience: float) -> None:
        """Wait until nobody does, `patience` seconds at most."""


class Nobody:
    """Nobody goes first."""

    rests = True

    def wait_for_rest(self, patience: float) -> None:
        """Nobody is waited for."""


def _told_nobody(address: str) -> None:
    """Nobody wants to know."""


@dataclass
class Hooks:
    """Each has a meaning without the application, so that the transport runs without any."""

    #: Called as on_gap(sid, namespace, room) in a greenlet of its own when a client that had fallen behind can listen
    #: again: messages to `room` were thrown away, it needs a snapshot. Without it the client is disconnected, and gets
    #: its snapshot when it comes back.
    on_gap: Callable[[str, str, Any], None] | None = None
    #: Called between two pieces of strangers' work: waits until what has arrived from others is handled.
    step_aside: Callable[[], None] = gevent.sleep
    #: Called with the address of a stranger that is turned away because it, or all of its address, sends too much.
    on_flood: Callable[[str], None] = _told_nobody
    #: The events that cost their sender little. Every other one may make a snapshot.
    cheap_events: frozenset[str] = frozenset()
    #: Who is served before the next slice of a broadcast and the next stranger.
    first: First = field(default_factory=Nobody)
