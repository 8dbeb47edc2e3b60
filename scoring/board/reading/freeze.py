"""What the audience had seen when its board was made to stand still.

Everything follows from stored revisions, so that a restarted server and every screen hold back the same, whatever the
clock on the wall is put to meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable

from scoring.store import Contest, NotPerforming, Release, Turn
from scoring.store.contests import MARKING, RELEASED, WAITING

#: The revision of the freeze, None where the board moves.
Until = int | None


def frozen_since(contest: Contest) -> Until:
    """Since which revision the audience's board stands still, None while it moves."""
    return contest.hall_screen.frozen_revision if contest.hall_screen else None


def holds(decision: Release | NotPerforming, until: Until = None) -> bool:
    """Whether a release, or a decision that somebody does not perform, is in force; at that revision if one is given.

    What is taken back while the board stands still goes on holding there.
    """
    if until is None:
        return decision.withdrawn_at is None
    taken_back = decision.withdrawn_revision
    stood = decision.withdrawn_at is None or (taken_back is not None and taken_back > until)
    return stood and decision.revision <= until


def release_in_force(turn: Turn, until: Until = None) -> Release | None:
    """The newest release that was not taken back; of those by `until` if that is a revision."""
    seen = [release for release in turn.releases if holds(release, until)]
    return seen[-1] if seen else None


def first_release(turn: Turn) -> int:
    """The id by which releases follow one another: that of the score's own release, not of a correction."""
    return max((one.id for one in turn.releases if one.correction_id is None and one.withdrawn_at is None), default=0)


def was_released(turn: Turn, until: Until) -> bool:
    """Whether the turn's score was released by then."""
    return turn.state == RELEASED if until is None else release_in_force(turn, until) is not None


def was_called(turn: Turn, until: Until) -> bool:
    """Whether the turn had begun by then."""
    if until is None:
        return turn.state != WAITING
    return turn.called_revision is not None and turn.called_revision <= until


def called_in_order(turns: Iterable[Turn]) -> list[Turn]:
    """Those of the turns that were called, in the order of their calls."""
    return sorted((turn for turn in turns if turn.called_revision), key=lambda turn: turn.called_revision or 0)


def was_performed(turn: Turn, turns: Iterable[Turn], until: Until) -> bool:
    """Whether the turn was over by then: released, or the next one was called in its room."""
    if until is None:
        return turn.state in (MARKING, RELEASED)
    if not was_called(turn, until):
        return False
    return was_released(turn, until) or any(_follows(other, turn) and was_called(other, until) for other in turns)


def _follows(other: Turn, turn: Turn) -> bool:
    if other.room_id != turn.room_id or other.called_revision is None or turn.called_revision is None:
        return False
    return other.called_revision > turn.called_revision
