"""How far the sheets of an event are that marks all its works side by side: counts, and of no work anything else."""

from __future__ import annotations

from collections.abc import Sequence

from scoring.board.reading.core import Core
from scoring.board.reading.facts import format_of
from scoring.board.reading.states import TurnState
from scoring.board.snapshots.audience import Coded, Marking, Progress, Works
from scoring.rules.formats.common import reviewing_by
from scoring.store import SheetVersion
from scoring.store.held import Held
from scoring.store.sheets import RETURNED, SUBMITTED

#: What is judged where every work waits for its sheets at once, and none appears before the others.
SIDE_BY_SIDE = ("document", "bench")


def marking_of(core: Core) -> Marking | None:
    """How many works there are, how many have all their sheets, and the sheets; None where one appears after another.

    A work counts its sheets once it has a code and its panel is known. Those that have all of them are not counted
    while documents are coded.
    """
    if format_of(core.event).subject not in SIDE_BY_SIDE:
        return None
    open_ones = [
        state for state in core.turns if state.turn.code and state.turn.assignments and not state.turn.not_held
    ]
    works: Works = {"works": sum(not state.turn.not_held for state in core.turns), "under_way": bool(open_ones)}
    if core.event.is_sealed:
        return {**works, **_sealed(core, open_ones)}
    by_code = format_of(core.event).subject == "document"  # at a bench everybody sees whose work it is
    return {
        **works,
        "counted": bool(open_ones),
        "done": sum(_is_done(state) for state in open_ones),
        "submitted": sum(state.submitted for state in open_ones),
        "panel": sum(state.panel for state in open_ones),
        "coded": sorted((_coded(state) for state in open_ones), key=lambda one: one["code"]) if by_code else [],
    }


def _sealed(core: Core, open_ones: Sequence[TurnState]) -> Progress:
    """The same while documents are coded: one figure, which nobody moves by leaving a document or coming to one.

    Whoever saw how many documents have all their sheets, or that a sheet is gone or one more is owed, would know who
    has just submitted which, or who was related to an author. So that is counted what ever came in, up to what the
    draw asked for.
    """
    asked = reviewing_by(core.event.settings).per_document * len(open_ones)
    documents = {state.turn.id for state in open_ones}
    came = sum(turn_id in documents and _came_in(version) for (turn_id, _), version in core.newest.items())
    return {"counted": False, "done": 0, "submitted": min(came, asked), "panel": asked, "coded": []}


def _came_in(version: SheetVersion | Held) -> bool:
    """Whether the sheet was ever submitted: it is, or it was given back since with a question."""
    return version.state in (SUBMITTED, RETURNED) or bool(version.question)


def _coded(state: TurnState) -> Coded:
    return {"code": state.turn.code, "submitted": state.submitted, "panel": state.panel, "done": _is_done(state)}


def _is_done(state: TurnState) -> bool:
    """Whether a work has all its sheets; one that nobody marks has none to wait for, and is not done."""
    return 0 < state.panel <= state.submitted
