"""The look around: what another process has stored reaches the screens, and it is looked for once a second."""

from __future__ import annotations

import re
from collections.abc import Iterator

import gevent
import pytest
import socketio
from sqlalchemy.exc import OperationalError

from scoring.actions.setting_up.contests import Plan, set_up
from scoring.actions.signals import changed
from scoring.actions.transaction import perform
from scoring.live.broadcaster import Broadcaster
from tests.conftest import CHEN, DESK, ROOT, Server, Venue
from tests.live import beside
from tests.patience import within
from tests.processes import printed


def test_what_another_process_has_stored_reaches_who_watches(server: Server) -> None:
    slug = server.facts["contest"]["slug"]
    with socketio.SimpleClient() as phone:
        phone.connect(server.url, namespace="/audience", auth={"contest": slug}, wait_timeout=within(10))
        assert phone.receive(timeout=within(15))[0] == "board"
        printed(beside.call_first, slug, SAIPING_INSTANCE=str(server.folder))
        event, news = phone.receive(timeout=within(15))
        assert event == "delta"
        assert '"01"' in str(news).replace("'", '"')


@pytest.fixture
def broadcaster(venue: Venue) -> Iterator[Broadcaster]:
    made = Broadcaster(venue.app)
    yield made
    made.stop()


def test_a_contest_that_another_process_has_made_since_the_last_look_is_news_at_the_next(
    broadcaster: Broadcaster, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []
    changed.disconnect(broadcaster.note)
    monkeypatch.setattr(broadcaster, "note", lambda _sender, change: told.append(change.contest_id))
    broadcaster.look()
    assert told == []
    made = perform(set_up, DESK, Plan("later", ("之后", "Later"), "", "legal_explanation", 3, [CHEN]))
    for _ in range(2):
        broadcaster.look()
    assert made in told


def test_it_is_looked_for_once_a_second_also_after_the_database_could_not_be_read(
    broadcaster: Broadcaster, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[str] = []
    pauses: list[float] = []

    def looks_in_vain() -> None:
        looks.append("look")
        raise OperationalError("SELECT", {}, Exception("no such disk"))

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            raise gevent.GreenletExit

    monkeypatch.setattr("scoring.live.broadcaster.revisions_now", looks_in_vain)
    monkeypatch.setattr(gevent, "sleep", pause)
    with pytest.raises(gevent.GreenletExit):
        broadcaster.look_around()
    assert (len(looks), pauses) == (3, [1.0] * 3)
    assert re.search(r"look around, once a second,", (ROOT / "docs/live.md").read_text())
