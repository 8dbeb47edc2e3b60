"""The fan-out's server as a process of its own, and the library's client on it."""

from __future__ import annotations

import json
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from typing import Any, TextIO

import socketio

from tests.processes import forked
from tests.transport import fanout_server
from tests.transport.watcher import PATIENCE


class RunningServer:
    """The test server's process and its port."""

    def __init__(self, process: BaseProcess, said: TextIO, port: int) -> None:
        self.process, self.said, self.port = process, said, port

    def get(self, path: str) -> str:
        """The body of a page."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=PATIENCE) as answer:
            body: str = answer.read().decode()
        return body

    def broadcast(self, room: str, **options: int | str) -> None:
        """Send numbered deltas to a room."""
        query = "&".join(f"{name}={value}" for name, value in options.items())
        assert self.get(f"/broadcast/{room}?{query}") == "sent"

    def state(self) -> dict[str, Any]:
        """What the server knows of its clients."""
        state: dict[str, Any] = json.loads(self.get("/state"))
        return state

    def until(self, reached: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """What the server knows of its clients, as soon as that is so."""
        deadline = time.monotonic() + PATIENCE
        while not reached(state := self.state()):
            assert time.monotonic() < deadline, state
        return state

    def goodbyes(self, many: int) -> list[str]:
        """Why clients left, as soon as `many` have."""
        reasons: list[str] = self.until(lambda state: len(state["goodbyes"]) >= many)["goodbyes"]
        return reasons


@contextmanager
def running(*options: str) -> Iterator[RunningServer]:
    """A server process for the time of a test."""
    process, said = forked(fanout_server.main, *options)
    with said:
        try:
            yield RunningServer(process, said, int(said.readline()))
        finally:
            process.terminate()
            process.join()


class PollingClient:
    """The library's own client, which starts with long polling."""

    def __init__(self, server: RunningServer, room: str, **options: Any) -> None:
        self.numbers: list[int] = []
        self.arrived = threading.Semaphore(0)
        self.client = socketio.Client(handle_sigint=False)
        self.client.on("delta", self._take)
        self.client.connect(f"http://127.0.0.1:{server.port}", **options)
        joined = threading.Event()
        self.client.emit("join", room, callback=lambda _: joined.set())
        assert joined.wait(PATIENCE)

    def _take(self, message: dict[str, Any]) -> None:
        self.numbers.append(message["number"])
        self.arrived.release()

    def until(self, many: int) -> list[int]:
        """The numbers of all the deltas, as soon as there are `many`."""
        while len(self.numbers) < many:
            assert self.arrived.acquire(timeout=PATIENCE)
        return list(self.numbers)
