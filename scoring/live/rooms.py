"""The rooms of the wire by name; everybody in a room gets the same messages."""

from __future__ import annotations

AUDIENCE, JUDGE, DESK = "/audience", "/judge", "/desk"


def audience_room(contest_id: int) -> str:
    """All leaderboards and hall screens of a contest."""
    return f"audience:{contest_id}"


def desk_room(contest_id: int) -> str:
    """All desks of a contest."""
    return f"desk:{contest_id}"


def clocks_room(contest_id: int) -> str:
    """All timekeepers of a contest."""
    return f"clocks:{contest_id}"


def seat_room(seat_id: int) -> str:
    """The tablets of one seat."""
    return f"seat:{seat_id}"
