"""What the end of a match had filled goes away with it, as long as nobody has gone on with it."""

from __future__ import annotations

from scoring.actions.setting_up.entry_list import remove_turn
from scoring.board.conditions.retraction import made_of, rounds_after
from scoring.extensions import db
from scoring.store import Turn


def unfill(turn: Turn) -> None:
    """Take the matches away that filled themselves from the turn's end, and the seeds that came of its round."""
    for filled in reversed(made_of(turn)):
        remove_turn(filled)
    for later in rounds_after(turn.round):
        if "seeds" in later.plan:
            later.plan = {name: kept for name, kept in later.plan.items() if name != "seeds"}
    db.session.flush()
