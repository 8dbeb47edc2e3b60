"""The results of a test as the desk enters them: how far each is, what waits for somebody, what can go public."""

from __future__ import annotations

from collections.abc import Sequence

from scoring.board.conditions.points import figures_of_list, to_check, to_open, to_release_now
from scoring.board.conditions.totals import is_held_against
from scoring.board.reading.core import Core, core_of
from scoring.board.reading.facts import format_of, outcome_of
from scoring.board.reading.heading import contest_of
from scoring.board.reading.look import named_event
from scoring.board.reading.states import TurnState
from scoring.board.snapshots.checking import PointsLine, PointsPage
from scoring.board.views.paper import entries_of
from scoring.rules.refusal import Refused
from scoring.store.contests import RELEASED, WAITING
from scoring.store.sheets import FROM_LIST


def points(contest_id: int, who: str, event: int | None = None) -> PointsPage:
    """How far the results of the event are, as account `who` sees them; raises LookupError, of others too."""
    core = core_of(contest_id, event)
    if not format_of(core.event).entered:
        raise LookupError(contest_id, event)
    entries = entries_of([state.turn.id for state in core.turns])
    found = core.event
    waiting = to_check(found, who)
    return {
        "revision": core.revision,
        "contest": contest_of(core),
        "event": named_event(found),
        "lines": [_line(core, state, entries.get((state.turn.id, _place(state)), []), who) for state in core.turns],
        "to_open": len(to_open(found)),
        "to_check": len(waiting),
        "figures": figures_of_list(waiting),
        "to_release": len(to_release_now(found)),
    }


def _place(state: TurnState) -> int:
    return state.turn.panel[0].id


def _line(core: Core, state: TurnState, entries: Sequence[object], who: str) -> PointsLine:
    turn = state.turn
    one = turn.appearances[0].contestant
    mine = any(getattr(entry, "actor", "") == who for entry in entries)
    may = (len(entries) < 2 and not mine) or (len(entries) == 2 and mine)
    how = _how(core, state, len(entries))
    return {
        "id": turn.id,
        "seat": _place(state),
        "number": turn.number,
        "name": one.name,
        "office": one.office,
        "state": how,
        "points": _points(core, state),
        "may_enter": how in ("open", "once", "differs") and may,
        "mine": mine,
    }


def _how(core: Core, state: TurnState, entered: int) -> str:
    """How far a result is, by the name of its words on the page."""
    turn = state.turn
    if turn.not_held:
        return "not_held"
    if turn.state in (WAITING, RELEASED):
        return turn.state
    version = core.newest.get((turn.id, _place(state)))
    if state.submitted < state.panel:
        return ("open", "once", "differs")[entered]
    if version is not None and version.source == FROM_LIST and not is_held_against(turn, core.newest):
        return "listed"
    return "in"


def _points(core: Core, state: TurnState) -> str:
    """The points of a result that is in, "" while it is not."""
    if state.submitted < state.panel or state.turn.not_held:
        return ""
    try:
        return str(outcome_of(state.turn, core.newest).scores[""].final)
    except (Refused, KeyError):
        return ""
