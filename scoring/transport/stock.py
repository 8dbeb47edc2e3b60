"""The stock path: python-socketio sends every message itself. See docs/transport.md for what does not hold on it."""

from __future__ import annotations

import json
from typing import Any

import socketio

from scoring.transport.fair_queue import FairQueue
from scoring.transport.hooks import Hooks
from scoring.transport.members import Members


class Manager(Members, socketio.Manager):
    """socketio's own client manager, which can be asked the same as the one of the fan-out."""

    def __init__(self, hooks: Hooks | None = None) -> None:
        """`hooks`: of these only the order of requests is kept here."""
        super().__init__()
        self.hooks = hooks or Hooks()
        #: Where requests of strangers wait; their sockets' messages do not.
        self.strangers = FairQueue(self.hooks)
        #: When somebody known sent something last. Here nobody notes it, and no moment passes for a calm one.
        self.heard_at = float("inf")

    def message(self, event: str, data: Any, _namespace: str) -> tuple[str, Any]:
        """An event as `send` wants it; it is encoded for each client anew."""
        return event, data

    def written(self, event: str, data: str, _namespace: str) -> tuple[str, Any]:
        """The same of data that is JSON already: the library wants to write it itself."""
        return event, json.loads(data)

    def send(self, message: tuple[str, Any], namespace: str, sid: str) -> None:
        """Send one client a message."""
        self.emit(*message, namespace, room=sid)

    def trust(self, sid: str, namespace: str, known_as: str) -> None:
        """A client has shown a seat or an account, which changes nothing here: all sockets are heard alike."""
