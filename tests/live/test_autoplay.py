"""The demo that plays itself: its tablets are there for the desk, and its scores are released."""

from __future__ import annotations

import secrets
import socket
import threading
from typing import Any

import pytest
import socketio

from scoring.serving import autoplay
from tests.conftest import Server
from tests.patience import within

Json = dict[str, Any]


def health(server: Server) -> list[Json]:
    """How the desk sees each seat's tablet."""
    desk = socketio.Client(reconnection=False)
    auth = {"contest": server.facts["contest"]["id"], **server.facts["organizer"]}
    desk.connect(server.url, namespaces=["/desk"], auth=auth, wait_timeout=within(15))
    answer: Json = desk.call("health", {"request": secrets.token_hex(8)}, namespace="/desk", timeout=within(15))
    desk.disconnect()
    played = {seat["id"] for seat in server.facts["seats"]}
    return [seat for seat in answer["seats"] if seat["seat"] in played]


def test_a_turn_is_played_to_its_release_by_tablets_that_are_there(server: Server) -> None:
    assert {seat["state"] for seat in health(server)} == {"absent"}
    assert autoplay.play(server.facts, pace=0.2, turns=1) == 1
    assert {seat["state"] for seat in health(server)} == {"online"}


def test_a_judge_whose_wire_is_cut_while_marking_takes_up_what_was_begun(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autoplay, "BEAT", 0.1)
    monkeypatch.setattr(autoplay, "PATIENCE", within(1))
    cut = threading.Event()

    class Cut(autoplay.JudgePlayer):
        def _ask(self, event: str, payload: Json) -> Json:
            answer = super()._ask(event, payload)
            if not cut.is_set() and len(payload["typed"]) == 2:
                self._client.eio.ws.sock.shutdown(socket.SHUT_RDWR)
                cut.set()
            return answer

    monkeypatch.setattr(autoplay, "JudgePlayer", Cut)
    assert autoplay.play(server.facts, pace=0.2, turns=1) == 1
    assert cut.is_set()
