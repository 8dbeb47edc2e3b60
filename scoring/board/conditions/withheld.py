"""When it is told where single codes stand: not before the first sheets are in, and no more once a reviewer has left.

Whoever saw where each code stands, and sees it again after a relation was declared and somebody has left, would know
by the one that moved whose it is.
"""

from __future__ import annotations

from collections.abc import Sequence

from scoring.board.reading.facts import outcome_of
from scoring.rules.refusal import Refused
from scoring.store import Turn
from scoring.store.contests import RELEASED, WAITING


def was_left(turns: Sequence[Turn]) -> bool:
    """Whether a reviewer with a sheet of one of these coded documents was ever taken off it, or stepped back."""
    return any(_with_a_sheet(turn) & {one.seat_id for one in turn.recusals} for turn in turns if turn.code)


def is_told(turns: Sequence[Turn]) -> bool:
    """Whether anybody but the coding officer may see where each of these coded documents stands."""
    first = [turn for turn in turns if turn.code and not turn.facts.keys() & {"rereview", "rereview_asked"}]
    return not was_left(turns) and not any(_owes(turn) for turn in first)


def _with_a_sheet(turn: Turn) -> set[int]:
    return {sheet.seat_id for sheet in turn.sheets}


def _owes(turn: Turn) -> bool:
    """Whether a sheet of an open document is missing that is no further review."""
    if turn.state in (WAITING, RELEASED):
        return False
    try:
        outcome_of(turn)
    except Refused as refused:
        return refused.code != "rereview_needed"
    return False
