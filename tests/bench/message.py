"""The message that every server sends: a change of the leaderboard of 1.4 KB."""

from __future__ import annotations

FILL = "x" * 1340


def message(nanoseconds: int) -> dict[str, str]:
    """The message sent at `nanoseconds` of the machine's monotonic clock."""
    return {"at": f"{nanoseconds:020d}", "fill": FILL}
