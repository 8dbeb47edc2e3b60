"""What the timekeeper may see: the clocks of the called turn and of the next, and what overtime would cost."""

from __future__ import annotations

from typing import Any

from scoring.board.views.desk import desk

View = dict[str, Any]
OF_CONTEST = ("revision", "contest", "event", "subject", "preparing", "overtime", "room", "total", "released", "due")
OF_TURN = ("id", "number", "state", "penalties", "can", "clocks")


def timekeeper(contest_id: int, event: int | None = None, room_id: int | None = None) -> View:
    """The desk's snapshot of an event, or of one of its rooms, without names, sheets and scores; raises LookupError."""
    whole = desk(contest_id, room_id, event=event)
    current = whole["current"]
    shown = {key: current[key] for key in OF_TURN} if current else None
    rooms = [{"room": room["room"], "name": room["name"]} for room in whole["rooms"]]
    return {key: whole[key] for key in OF_CONTEST} | {"current": shown, "rooms": rooms}
