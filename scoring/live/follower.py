"""A Python client's end of the wire: the newest snapshot of one namespace, by patches and, after a gap, by asking."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import socketio

from scoring.live.deltas import patched

Snapshot = dict[str, Any]
PATIENCE = 20  # seconds for an answer


class Follower:
    """Follows what a `socketio.Client` is shown; `on_snapshot` gets each snapshot, none after a newer one."""

    def __init__(
        self, client: socketio.Client, namespace: str, event: str, on_snapshot: Callable[[Snapshot], None]
    ) -> None:
        """Listen for the snapshot of this name, before the client connects."""
        self._client, self._namespace, self._on_snapshot = client, namespace, on_snapshot
        self._shown: Snapshot | None = None
        self._connection: str | None = None  # the one that it was shown by
        self._turn = threading.Lock()  # the client has a thread for each message, and they come in any order
        client.on(event, self._whole, namespace=namespace)
        client.on("delta", self._change, namespace=namespace)

    def _begin(self) -> None:
        """Forget what another connection has shown: the server may begin anew, with a lower revision."""
        connection = self._client.get_sid(self._namespace)
        if connection != self._connection:
            self._connection, self._shown = connection, None

    def _whole(self, snapshot: Snapshot) -> None:
        with self._turn:
            self._begin()
            self._show(snapshot)

    def _change(self, news: dict[str, Any]) -> None:
        with self._turn:
            self._begin()
            if self._shown is not None and news["revision"] <= self._shown["revision"]:
                return
            if self._shown is not None and news["base"] == self._shown["revision"]:
                self._show(patched(self._shown, news["patch"]) | {"revision": news["revision"]})
            else:
                self._ask()

    def _ask(self) -> None:
        """Ask for the whole; whoever has left meanwhile, or is cut off, is greeted with it when coming back."""
        with suppress(socketio.exceptions.SocketIOError):
            answer = self._client.call("sync", {}, namespace=self._namespace, timeout=PATIENCE)
            self._show(answer["snapshot"])

    def _show(self, snapshot: Snapshot) -> None:
        if self._shown is None or snapshot["revision"] >= self._shown["revision"]:
            self._shown = snapshot
            self._on_snapshot(snapshot)
