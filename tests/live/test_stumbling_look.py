"""The look around, once a second: it outlives whatever one look stumbles over."""

from __future__ import annotations

import gevent
from gevent.event import Event

from scoring.live import broadcaster
from scoring.live.desks import OPEN, Desk
from tests.patience import within


def test_a_look_that_stumbles_is_not_the_last_one(venue, monkeypatch):
    monkeypatch.setattr(broadcaster, "LOOK_AROUND", 0.01)
    looked = Event()

    class Torn(dict[str, Desk]):
        def items(self):
            if not self:
                looked.set()
                return super().items()
            self.clear()
            raise RuntimeError("the first look stumbles here")

    OPEN.put(venue.app, Torn(a=Desk(1, False, 1)))
    watching = broadcaster.Broadcaster(venue.app)
    try:
        assert looked.wait(timeout=within(10))
    finally:
        watching.stop()
        gevent.sleep(0)
