"""The client managers to choose from, and what the rooms above may ask of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from scoring.transport import fanout, stock
from scoring.transport.fair_queue import FairQueue
from scoring.transport.hooks import Hooks


class ClientManager(Protocol):
    """What both can be asked. Call its methods in the loop's thread only."""

    hooks: Hooks
    strangers: FairQueue
    heard_at: float

    def message(self, event: str, data: Any, namespace: str) -> Any:
        """An event that is to be sent to several clients, one after the other."""

    def written(self, event: str, data: str, namespace: str) -> Any:
        """The same of data that is JSON already."""

    def send(self, message: Any, namespace: str, sid: str) -> None:
        """Send one client what `message` or `written` has made."""

    def count_listeners(self, namespace: str, room: Any) -> int:
        """How many clients of this process are in the room; None: in the namespace."""

    def is_member(self, sid: str, namespace: str, room: Any) -> bool:
        """Whether a client is in the room."""

    def trust(self, sid: str, namespace: str, known_as: str) -> None:
        """A client has shown a seat or an account, by whose name it is known."""


#: By their names in SAIPING_TRANSPORT.
KINDS: dict[str, Callable[[Hooks], Any]] = {"direct": fanout.Manager, "stock": stock.Manager}
