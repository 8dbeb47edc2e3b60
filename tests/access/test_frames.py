"""Nothing early on the wire: the bytes of every frame that the audience is sent hold only what is released."""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import socketio
import websocket

from tests.audience.test_nothing_early import SECRET, SECRET_CRITERIA, SECRET_RESULTS, found
from tests.conftest import Server, marks_worth
from tests.patience import within

Json = dict[str, Any]
PATIENCE = within(20)


class Tap:
    """A watcher that keeps every byte of text it was ever sent."""

    def __init__(self, url: str, namespace: str, auth: Json) -> None:
        address = f"{url.replace('http', 'ws', 1)}/socket.io/?EIO=4&transport=websocket"
        self._wire = websocket.create_connection(address, timeout=PATIENCE)
        self._arrived = threading.Condition()
        self._frames: list[str] = []
        self._wire.send(f"40{namespace},{json.dumps(auth)}")
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        try:
            while frame := self._wire.recv():
                if frame == "2":
                    self._wire.send("3")
                with self._arrived:
                    self._frames.append(str(frame))
                    self._arrived.notify_all()
        except (OSError, websocket.WebSocketException):
            return

    def heard(self) -> str:
        """All frames so far."""
        with self._arrived:
            return "\n".join(self._frames)

    def until(self, words: str) -> str:
        """All frames up to one with these words."""
        with self._arrived:
            assert self._arrived.wait_for(lambda: any(words in frame for frame in self._frames), PATIENCE), words
            return "\n".join(self._frames)

    def until_many(self, many: int) -> None:
        """Wait until so many frames came that are not the server's asking whether anybody is there."""
        with self._arrived:
            assert self._arrived.wait_for(lambda: len([one for one in self._frames if one != "2"]) >= many, PATIENCE)

    def many(self) -> int:
        """How many frames came but for those."""
        with self._arrived:
            return len([one for one in self._frames if one != "2"])

    def leave(self) -> None:
        """Close the wire."""
        self._wire.close()
        self._listener.join(PATIENCE)


@pytest.fixture
def taps(server: Server) -> Iterator[Callable[..., Tap]]:
    """Puts taps on the wire."""
    opened: list[Tap] = []

    def tap(namespace: str, **auth: Any) -> Tap:
        opened.append(Tap(server.url, namespace, auth))
        return opened[-1]

    yield tap
    for each in opened:
        each.leave()


def join(server: Server, namespace: str, auth: Json) -> socketio.Client:
    """A desk or a tablet."""
    client = socketio.Client(reconnection=False)
    client.connect(server.url, namespaces=[namespace], auth=auth, transports=["websocket"], wait_timeout=PATIENCE)
    return client


def test_no_frame_tells_a_mark_before_its_release(server: Server, taps: Callable[..., Tap]) -> None:
    turn = server.facts["turns"][0]["id"]
    hall = taps("/audience", contest="shifa")
    key = server.facts["seats"][7 - 1]["key"]
    other_judge = taps("/judge", key=key, tablet=key)
    desk = join(server, "/desk", {"contest": server.facts["contest"]["id"], **server.facts["organizer"]})
    assert desk.call("call", {"turn": turn, "request": secrets.token_hex(8)}, namespace="/desk", timeout=PATIENCE)["ok"]
    for seat, total in zip(server.facts["seats"], SECRET, strict=True):
        tablet = join(server, "/judge", {"key": seat["key"], "tablet": seat["key"]})
        drafted = {"turn": turn, "typed": marks_worth(total), "base": 0}
        assert tablet.call("draft", drafted, namespace="/judge", timeout=PATIENCE)["ok"]
        sheet = {"turn": turn, "typed": marks_worth(total), "submission": secrets.token_hex(8)}
        assert tablet.call("submit", sheet, namespace="/judge", timeout=PATIENCE)["ok"]
        tablet.disconnect()
    before = hall.until('"submitted":7')
    assert found(SECRET + SECRET_RESULTS + SECRET_CRITERIA, before) == []
    assert found(SECRET[:6] + SECRET_RESULTS, other_judge.heard()) == []
    assert desk.call("release", {"turn": turn, "request": secrets.token_hex(8)}, namespace="/desk", timeout=PATIENCE)[
        "ok"
    ]
    after = hall.until('"released":1')
    desk.disconnect()
    assert found([*SECRET, "66.10"], after) == [*SECRET, "66.10"]
    assert found(SECRET_CRITERIA, after) == []
