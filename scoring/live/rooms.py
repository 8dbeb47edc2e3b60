"""The rooms of the wire by name; everybody in a room gets the same messages."""

from __future__ import annotations

AUDIENCE, JUDGE, DESK = "/audience", "/judge", "/desk"


def audience_room(event_id: int) -> str:
    """All leaderboards and hall screens of one event of a contest."""
    return f"audience:{event_id}"


def overall_room(contest_id: int) -> str:
    """All screens that show the overall result of a contest."""
    return f"overall:{contest_id}"


def desk_room(event_id: int) -> str:
    """All desks of an event."""
    return f"desk:{event_id}"


def clocks_room(event_id: int) -> str:
    """All timekeepers of an event."""
    return f"clocks:{event_id}"


def news_room(event_id: int) -> str:
    """All pages beside the desks of an event, which only hear that something has changed."""
    return f"news:{event_id}"


def seat_room(seat_id: int) -> str:
    """The tablets of one seat."""
    return f"seat:{seat_id}"
