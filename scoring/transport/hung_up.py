"""Who has hung up: nothing is done for a sender that has gone, although there is something of it still to be read."""

from __future__ import annotations

import select


def has_hung_up(descriptor: int) -> bool:
    """Whether whoever is at the other end of this connection sends nothing any more."""
    watch = select.poll()
    watch.register(descriptor, select.POLLRDHUP)
    return bool(watch.poll(0))
