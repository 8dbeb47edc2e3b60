"""Whether anything rests on a release already, so that it cannot be taken back as a wrong press."""

from __future__ import annotations

from sqlalchemy import select

from scoring.extensions import db
from scoring.rules.not_performing import VERDICT
from scoring.store import Release, Round, Turn


def later_than(turn: Turn) -> str:
    """The code of what rests on the turn's release; "" for nothing.

    undo_corrected, undo_frozen (the audience's board stands still), undo_not_newest, undo_next_round.
    """
    release, screen = turn.releases[-1], turn.contest.hall_screen
    if release.correction_id is not None:
        return "undo_corrected"
    if screen is not None and screen.frozen_at is not None:
        return "undo_frozen"
    same_event = select(Turn.id).join(Round).where(Round.event_id == turn.round.event_id)
    newer = select(Release).where(
        Release.turn_id.in_(same_event), Release.id > release.id, Release.withdrawn_at.is_(None)
    )
    if any(VERDICT not in other.verdict for other in db.session.scalars(newer)):
        return "undo_not_newest"
    return "undo_next_round" if has_filled(turn) else ""


def has_filled(turn: Turn) -> bool:
    """Whether a match, or a whole round, was made from this very result."""
    played = turn.round
    if any(other.position > played.position and other.turns for other in played.event.rounds):
        return True
    won = turn.releases[-1].verdict.get("winner") if turn.sides else None
    if not won or "seeds" not in played.plan:
        return False
    number = turn.sides[won].number
    later = [other for other in played.turns if other.id > turn.id]
    return any(number in (other.pairing["first"], other.pairing["second"]) for other in later)
