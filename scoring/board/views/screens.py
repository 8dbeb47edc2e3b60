"""What the hall's screens show now, and what the operator has prepared."""

from __future__ import annotations

from scoring.board.snapshots.audience import Hall
from scoring.store import Contest
from scoring.store.screens import LIVE


def hall_of(contest: Contest) -> Hall:
    """The scene on air: `{scene, message, blackout, frozen}`, as everybody may know it."""
    screen = contest.hall_screen
    if screen is None:
        return {"scene": LIVE, "message": "", "blackout": False, "frozen": False}
    return {
        "scene": screen.scene,
        "message": screen.message,
        "blackout": screen.blackout,
        "frozen": screen.frozen_at is not None,
    }
