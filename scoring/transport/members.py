"""Who is in which room of this process: what is asked of a client manager, whichever it is."""

from __future__ import annotations

from typing import Any


class Members:
    """For any of socketio's managers."""

    rooms: dict[str, dict[Any, Any]]

    def count_listeners(self, namespace: str, room: Any) -> int:
        """How many clients of this process are in the room; None: in the namespace."""
        return len(self.rooms.get(namespace, {}).get(room, ()))

    def is_member(self, sid: str, namespace: str, room: Any) -> bool:
        """Whether a client is in the room."""
        return sid in self.rooms.get(namespace, {}).get(room, ())
