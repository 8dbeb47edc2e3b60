"""What the audience had seen at the moment when its board was made to stand still.

Everything follows from stored times, so that a restarted server and every screen hold back the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from scoring.store import Contest, Release, Turn
from scoring.store.contests import MARKING, RELEASED, WAITING

#: The moment of the freeze, None where the board moves.
Until = datetime | None


def frozen_at(contest: Contest) -> Until:
    """Since when the audience's board stands still, None while it moves."""
    return contest.hall_screen.frozen_at if contest.hall_screen else None


def release_in_force(turn: Turn, until: Until = None) -> Release | None:
    """The newest release that was not taken back; of those by `until` if that is a moment."""
    stand = [release for release in turn.releases if release.withdrawn_at is None]
    seen = [release for release in stand if until is None or release.at <= until]
    return seen[-1] if seen else None


def first_release(turn: Turn) -> int:
    """The id by which releases follow one another: that of the score's own release, not of a correction."""
    return max((one.id for one in turn.releases if one.correction_id is None and one.withdrawn_at is None), default=0)


def was_released(turn: Turn, until: Until) -> bool:
    """Whether the turn's score was released by then."""
    if turn.state != RELEASED:
        return False
    return until is None or release_in_force(turn, until) is not None


def was_called(turn: Turn, until: Until) -> bool:
    """Whether the turn had begun by then."""
    if until is None:
        return turn.state != WAITING
    return turn.called_at is not None and turn.called_at <= until


def was_performed(turn: Turn, turns: Iterable[Turn], until: Until) -> bool:
    """Whether the turn was over by then: released, or the next one was called in its room."""
    if until is None:
        return turn.state in (MARKING, RELEASED)
    if not was_called(turn, until):
        return False
    return was_released(turn, until) or any(_follows(other, turn) and was_called(other, until) for other in turns)


def _follows(other: Turn, turn: Turn) -> bool:
    if other.room_id != turn.room_id or other.called_at is None or turn.called_at is None:
        return False
    return other.called_at > turn.called_at
