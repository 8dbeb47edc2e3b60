"""A running clock outlives the server: after a restart everybody is told the same start, and it has gone on."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import socketio

from tests.conftest import Server, start_server, stop_server
from tests.patience import within


def told_to_the_hall(server: Server) -> dict[str, Any]:
    """The clock that the audience is greeted with, and the server's times after it as `at` and `wall`."""
    with socketio.SimpleClient() as hall:
        auth = {"contest": server.facts["contest"]["slug"]}
        hall.connect(server.url, namespace="/audience", auth=auth, wait_timeout=within(10))
        clock: dict[str, Any] = hall.receive(timeout=within(10))[1]["now"]["clock"]
        told = hall.call("time", None)
        return clock | {"at": told["at"], "wall": told["wall"]}


def test_a_running_clock_goes_on_over_a_restart_of_the_server(tmp_path: Path) -> None:
    server = start_server(tmp_path)
    turn = server.facts["turns"][0]["id"]
    with socketio.SimpleClient() as desk:
        auth = {"contest": server.facts["contest"]["id"], **server.facts["organizer"]}
        desk.connect(server.url, namespace="/desk", auth=auth, wait_timeout=within(10))
        for verb, more in (("call", {}), ("start_clock", {"clock": "speak"})):
            assert desk.call(verb, {"turn": turn, "request": secrets.token_hex(16), **more})["ok"]
    before = told_to_the_hall(server)
    stop_server(server)
    server = start_server(tmp_path)
    after = told_to_the_hall(server)
    stop_server(server)
    facts = ("key", "seconds", "spent_ms", "running_since")
    assert [after[name] for name in facts] == [before[name] for name in facts]
    assert after["at"] > before["at"] >= before["running_since"]
