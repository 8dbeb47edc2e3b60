"""Whether the panel's sheets of a turn may be unlocked for calibration (定标)."""

from __future__ import annotations

from sqlalchemy import select

from scoring.board.reading.facts import format_of, missing_seats
from scoring.extensions import db
from scoring.rules.calibration import TurnToCalibrate, check_calibration
from scoring.rules.refusal import problems_of
from scoring.store import Entry, Turn
from scoring.store.contests import RELEASED
from scoring.store.sheets import SUBMITTED

#: The verb under which an unlocking stands in the audit trail.
UNLOCK = "unlock_panel"


def calibration_of(turn: Turn) -> TurnToCalibrate:
    """How the turn stands for the rule: its place in the order in which its room was called, and what came since."""
    called, earlier = _called(turn), _called_before(turn)
    return TurnToCalibrate(
        position=len(earlier) + 1 if turn.called_revision else turn.position + len(called),
        missing=len(missing_seats(turn)),
        submitted=sum(sheet.newest.state == SUBMITTED for sheet in turn.sheets),
        next_called=len(called) > len(earlier) + 1,
        released=turn.state == RELEASED,
        unlocked=_times_unlocked(turn),
    )


def may_calibrate(turn: Turn) -> bool:
    """Whether the sheets could be unlocked now."""
    if not format_of(turn.round.event).calibrates or any(_came_before(other, turn) for other in turn.round.turns):
        return False
    return not problems_of(lambda: check_calibration(calibration_of(turn)))


def _called(turn: Turn) -> list[Turn]:
    """The turns of the round that were called in the same room."""
    return [other for other in turn.round.turns if _was_called_beside(other, turn)]


def _called_before(turn: Turn) -> list[Turn]:
    return [other for other in turn.round.turns if _came_before(other, turn)]


def _was_called_beside(other: Turn, turn: Turn) -> bool:
    return other.called_revision is not None and other.room_id == turn.room_id


def _came_before(other: Turn, turn: Turn) -> bool:
    """Whether the other turn was called in the same room before this one, or this one not at all yet."""
    if not _was_called_beside(other, turn):
        return False
    return turn.called_revision is None or (other.called_revision or 0) < turn.called_revision


def _times_unlocked(turn: Turn) -> int:
    entries = db.session.scalars(select(Entry).where(Entry.contest_id == turn.contest.id, Entry.verb == UNLOCK))
    return sum(entry.details.get("turn") == turn.id for entry in entries)
