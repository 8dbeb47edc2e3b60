"""What a watcher is greeted with: the whole picture, encoded once, or the word that its page shows it already."""

from __future__ import annotations

import json
import re
import urllib.request
from typing import Any

import socketio

from tests.conftest import Server
from tests.live.test_stalled_watcher import Phone
from tests.patience import within
from tests.transport.watcher import Watcher


def told(server: Server) -> dict[str, Any]:
    """What the leaderboard's page tells its script."""
    with urllib.request.urlopen(f"{server.url}/c/{server.facts['contest']['slug']}", timeout=within(15)) as answer:
        found = re.search(r'id="page">(.*?)</script>', answer.read().decode(), re.S)
    assert found
    page: dict[str, Any] = json.loads(found[1])
    return page


class Page(Watcher):
    """A watcher whose page shows a picture already."""

    def __init__(self, server: Server, page: dict[str, Any]) -> None:
        auth = {"contest": page["slug"], "event": page["event"], "has": page["revision"], "run": page["run"]}
        super().__init__(int(server.url.rpartition(":")[2]), join=f"/audience,{json.dumps(auth)}")
        self.greeting: str = self.message()[0]


def press(server: Server, verb: str) -> None:
    """The desk presses."""
    desk = socketio.SimpleClient()
    auth = {"contest": server.facts["contest"]["id"], **server.facts["organizer"]}
    desk.connect(server.url, namespace="/desk", auth=auth, wait_timeout=within(10))
    turn = server.facts["turns"][0]["id"]
    assert desk.call(verb, {"turn": turn, "request": f"greeting-{verb}"}, timeout=within(20))["ok"]
    desk.disconnect()


def test_a_page_is_not_sent_again_what_it_shows_and_told_when_that_is_not_so_any_more(server: Server) -> None:
    page = told(server)
    with Page(server, page) as watcher, Phone(server) as phone:
        assert watcher.greeting == "current"
        press(server, "call")
        event, news = watcher.until("delta")
        assert page["revision"] in news["same"]
        assert phone.follow(lambda board: board["now"])["revision"] == news["revision"]
        with Page(server, page) as late:
            assert late.greeting == "behind"
        with Page(server, told(server) | {"run": "another"}) as restarted:
            assert restarted.greeting == "behind"
        with Page(server, told(server)) as newcomer, Phone(server) as other:
            assert newcomer.greeting == "current"
            assert other.shown == phone.shown
    assert event == "delta"


def test_a_desk_that_the_server_draws_is_told_how_new_the_picture_is(server: Server) -> None:
    auth = {"contest": server.facts["contest"]["id"], "tell": True, **server.facts["organizer"]}
    with Watcher(int(server.url.rpartition(":")[2]), join=f"/desk,{json.dumps(auth)}") as desk:
        event, told_of = desk.message()
        assert (event, set(told_of)) == ("behind", {"run", "revision"})
        press(server, "call")
        assert desk.until("delta")[1]["revision"] > told_of["revision"]
