"""How far the sheets of an event are that marks all its works side by side: counts, and of no work anything else."""

from __future__ import annotations

from typing import Any

from scoring.board.core import Core
from scoring.board.facts import format_of
from scoring.board.states import TurnState

View = dict[str, Any]
#: What is judged where every work waits for its sheets at once, and none appears before the others.
SIDE_BY_SIDE = ("document", "bench")


def marking_of(core: Core) -> View | None:
    """How many works there are, how many have all their sheets, and the sheets; None where one appears after another.

    A work counts its sheets once it has a code and its panel is known.
    """
    if format_of(core.event).subject not in SIDE_BY_SIDE:
        return None
    open_ones = [
        state for state in core.turns if state.turn.code and state.turn.assignments and not state.turn.not_held
    ]
    return {
        "works": sum(not state.turn.not_held for state in core.turns),
        "under_way": bool(open_ones),
        "done": sum(state.submitted >= state.panel for state in open_ones),
        "submitted": sum(state.submitted for state in open_ones),
        "panel": sum(state.panel for state in open_ones),
        "coded": sorted((_coded(state) for state in open_ones), key=lambda one: one["code"]) if _by_code(core) else [],
    }


def _by_code(core: Core) -> bool:
    """Whether each work is told of by its code: documents only, for at a bench everybody sees whose work it is.

    Not while they are coded: a sheet that goes when somebody turns out to be related to an author tells whose it is.
    """
    return format_of(core.event).subject == "document" and not core.event.is_sealed


def _coded(state: TurnState) -> View:
    done = state.submitted >= state.panel
    return {"code": state.turn.code, "submitted": state.submitted, "panel": state.panel, "done": done}
