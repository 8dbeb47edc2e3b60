"""The screen operator's view: what is on air, what is in the preview, and what each scene would show."""

from __future__ import annotations

from scoring.board.reading.core import Core, core_of
from scoring.board.reading.heading import contest_of
from scoring.board.snapshots.pages import Screens
from scoring.board.views.audience import audience_of
from scoring.board.views.screens import hall_of
from scoring.store.screens import LIVE

SHOWN_ROWS = 6  # as many as a preview has room for


def screens(contest_id: int, event: int | None = None) -> Screens:
    """The operator's snapshot: what is on air, what is in the preview, and what each scene would show; LookupError."""
    core = core_of(contest_id, event, seen=True)
    audience, screen = audience_of(core), core.contest.hall_screen
    scene, message = (screen.next_scene, screen.next_message) if screen else (LIVE, "")
    return {
        "revision": core.revision,
        "contest": contest_of(core),
        "air": hall_of(core.contest),
        "next": {"scene": scene, "message": message},
        "frozen_at": screen.frozen_at.isoformat() if screen and screen.frozen_at else None,
        "held_back": _held_back(contest_id, event, core),
        "rows": audience["rows"][:SHOWN_ROWS],
        "now": audience["now"],
        "latest": audience["latest"],
    }


def _held_back(contest_id: int, event: int | None, seen: Core) -> int:
    """How many scores of the round in play are released and not public because of the freeze."""
    if seen.until is None:
        return 0
    moving = core_of(contest_id, event)
    shown = {state.turn.id for state in seen.turns if state.outcome}
    return sum(state.outcome is not None and state.turn.id not in shown for state in moving.turns)
