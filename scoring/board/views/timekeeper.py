"""What the timekeeper may see: the clocks of the called turn and of the next, and what overtime would cost."""

from __future__ import annotations

from scoring.board.snapshots.desk import ClocksDesk, ClocksTurn, CurrentTurn
from scoring.board.views.desk import desk


def timekeeper(contest_id: int, event: int | None = None, room_id: int | None = None) -> ClocksDesk:
    """The desk's snapshot of an event, or of one of its rooms, without names, sheets and scores; raises LookupError."""
    whole = desk(contest_id, room_id, event=event)
    return {
        "revision": whole["revision"],
        "contest": whole["contest"],
        "event": whole["event"],
        "subject": whole["subject"],
        "preparing": whole["preparing"],
        "overtime": whole["overtime"],
        "room": whole["room"],
        "total": whole["total"],
        "released": whole["released"],
        "due": whole["due"],
        "current": _current(whole["current"]) if whole["current"] else None,
        "rooms": [{"room": room["room"], "name": room["name"]} for room in whole["rooms"]],
    }


def _current(turn: CurrentTurn) -> ClocksTurn:
    return {
        "id": turn["id"],
        "number": turn["number"],
        "state": turn["state"],
        "penalties": turn["penalties"],
        "can": turn["can"],
        "clocks": turn["clocks"],
    }
