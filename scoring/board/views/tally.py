"""The tally: judges by contestants, what is missing, and totals of what is complete or released and of nothing else."""

from __future__ import annotations

from scoring.board.reading.core import Core, core_of
from scoring.board.reading.facts import is_before_panel, outcome_of
from scoring.board.reading.heading import contest_of
from scoring.board.reading.not_performing import decisions_on
from scoring.board.reading.states import Place, TurnState
from scoring.board.snapshots.judging import Tally, TallyCell, TallyFinal, TallyRow
from scoring.rules.panel import Standing
from scoring.rules.refusal import Problem, Refused
from scoring.store.contests import RELEASED


def tally(contest_id: int, event: int | None = None) -> Tally:
    """Every turn with the cell of each of its judges; raises LookupError.

    A judge's total stands in its cell only once no sheet of the turn is missing: before that nobody may know it.
    """
    core = core_of(contest_id, event)
    rows = [_row(core, state) for state in core.turns]
    sealed = core.event.is_sealed
    return {
        "revision": core.revision,
        "contest": contest_of(core),
        "judges": [] if sealed else sorted({place.seat.number for state in core.turns for place in state.places}),
        "rows": rows,
        "missing": [row for row in rows if row["missing"]],
    }


def _row(core: Core, state: TurnState) -> TallyRow:
    turn = state.turn
    shown: TallyRow = {
        "turn": turn.id,
        "number": turn.alias,
        "state": turn.state,
        "not_performing": [],
        "cells": {},
        "missing": [],
        "finals": [],
        "problem": None,
    }
    if turn.hidden:
        return shown  # a coded document has no cells: they would tell how each judge stands to it
    begun = turn.begun and is_before_panel(turn) and not turn.not_held
    owed = [place.seat.number for place in state.places if place.standing is Standing.MISSING] if begun else []
    known = not turn.not_held and (turn.state == RELEASED or (begun and not owed))
    totals, finals, problem = _figures(core, state) if known else ({}, [], None)
    return shown | {
        "not_performing": decisions_on(turn),
        "cells": {place.seat.number: _cell(place, begun, totals) for place in state.places},
        "missing": owed,
        "finals": finals,
        "problem": problem,
    }


def _cell(place: Place, begun: bool, totals: dict[str, str | None]) -> TallyCell:
    """How a judge stands to a turn: a sheet that was given back is missing too."""
    state = place.state if begun or place.state in ("recused", "abstained", "away") else "waiting"
    return {"state": state, "source": place.source, "total": totals.get(str(place.seat.number))}


def _figures(core: Core, state: TurnState) -> tuple[dict[str, str | None], list[TallyFinal], Problem | None]:
    """Each judge's total, each part's final score; or what keeps them from being worked out."""
    try:
        outcome = outcome_of(state.turn, core.newest)
    except Refused as refused:
        return {}, [], refused.problems[0]
    finals: list[TallyFinal] = []
    totals: dict[str, str | None] = {}
    for part, score in outcome.scores.items():
        said = score.explanation.to_data()
        totals = totals or {line["seat"]: line["total"] for line in said["judges"]}
        finals.append({"part": part, "mean": said["mean"], "off": said["penalty_sum"], "final": said["final"]})
    return (totals if len(outcome.scores) == 1 else {}), finals, None
