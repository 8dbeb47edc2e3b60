"""Two organizers press at the same moment, on a real server: one wins, the other is told, nothing happens twice."""

from __future__ import annotations

import secrets
import threading
from typing import Any

import socketio

from tests.conftest import FULL_MARKS, Server
from tests.patience import within


def joined(server: Server) -> socketio.SimpleClient:
    """A desk of its own on the wire."""
    desk = socketio.SimpleClient()
    auth = {"contest": server.facts["contest"]["id"], **server.facts["organizer"]}
    desk.connect(server.url, namespace="/desk", auth=auth, wait_timeout=within(10))
    return desk


def press_at_once(desks: list[socketio.SimpleClient], verb: str, turn: int) -> list[dict[str, Any]]:
    """Each desk presses with a request id of its own, all from behind one barrier."""
    barrier, answers = threading.Barrier(len(desks)), []

    def press(desk: socketio.SimpleClient) -> None:
        barrier.wait()
        answers.append(desk.call(verb, {"turn": turn, "request": secrets.token_hex(16)}, timeout=within(20)))

    presses = [threading.Thread(target=press, args=(desk,)) for desk in desks]
    for thread in presses:
        thread.start()
    for thread in presses:
        thread.join()
    return sorted(answers, key=lambda answer: not answer["ok"])


def test_of_two_presses_at_the_same_moment_one_wins_and_the_other_is_told(server: Server) -> None:
    desks, turn = [joined(server), joined(server)], server.facts["turns"][0]["id"]
    won, lost = press_at_once(desks, "call", turn)
    assert won == {"ok": True}
    assert (lost["code"], "01" in lost["message"]) == ("turn_not_waiting", True)
    for seat in server.facts["seats"][:7]:
        with socketio.SimpleClient() as tablet:
            auth = {"key": seat["key"], "tablet": seat["key"]}
            tablet.connect(server.url, namespace="/judge", auth=auth, wait_timeout=within(10))
            sheet = {"turn": turn, "typed": FULL_MARKS, "submission": secrets.token_hex(8)}
            assert tablet.call("submit", sheet)["ok"]
    won, lost = press_at_once(desks, "release", turn)
    assert won == {"ok": True}
    assert (lost["code"], "01" in lost["message"]) == ("turn_released", True)
    for desk in desks:
        desk.disconnect()
    with socketio.SimpleClient() as audience:
        auth = {"contest": server.facts["contest"]["slug"]}
        audience.connect(server.url, namespace="/audience", auth=auth, wait_timeout=within(10))
        assert audience.receive(timeout=within(10))[1]["released"] == 1
