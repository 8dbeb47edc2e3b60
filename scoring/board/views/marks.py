"""The chief judge's view: every mark of a turn once all sheets are in, how far apart they lie, what they come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from scoring.board.conditions.releasing import release_waits_for
from scoring.board.conditions.withheld import was_left
from scoring.board.reading.core import Core, core_of
from scoring.board.reading.facts import format_of, outcome_of, parts_of
from scoring.board.reading.heading import contest_of
from scoring.board.reading.look import named_event
from scoring.board.reading.not_performing import decisions_on
from scoring.board.reading.states import Place, TurnState
from scoring.board.snapshots.judging import Marks, MarksColumn, MarksLine, MarksResult, MarksRow, MarksTurn
from scoring.rules.figures import plain
from scoring.rules.formats.common import panel_of
from scoring.rules.panel import PanelRules, Standing, range_of
from scoring.rules.refusal import Refused
from scoring.store.nameless import names_of

NO_RESULT: MarksResult = {"score": {}, "problem": None}


def marks(contest_id: int, event: int | None = None) -> Marks:
    """Every turn that was called, the newest first; raises LookupError.

    While a sheet is missing only the states are told: the chief judge may be one of the panel, and nobody marks with
    an eye on the others. Of coded documents no judge is told.
    """
    core = core_of(contest_id, event)
    wide = (panel_of(core.event.settings) or PanelRules()).wide
    called = [state for state in core.turns if state.turn.begun]
    sealed = core.event.is_sealed
    told = not sealed or (all(_is_in(one) for one in called) and not was_left([one.turn for one in called]))
    called.sort(key=lambda state: state.turn.called_revision or 0, reverse=True)
    return {
        "revision": core.revision,
        "contest": contest_of(core),
        "event": named_event(core.event),
        "columns": _columns(core),
        "wide": wide,
        "turns": [_sealed(_turn(core, state, wide), told) if sealed else _turn(core, state, wide) for state in called],
    }


def _columns(core: Core) -> list[MarksColumn]:
    """The criteria where the panel marks one thing, else its parts: the sides and the speakers."""
    kind, settings = format_of(core.event), core.event.settings
    parts = kind.parts(settings)
    if parts == ("",):
        criteria = kind.rubric(settings, "").criteria
        return [{"key": line.key, "zh": line.zh, "en": line.en} for line in criteria]
    return [{"key": part, "part": part} for part in parts if part in kind.running_totals(settings, {})]


def _turn(core: Core, state: TurnState, wide: int) -> MarksTurn:
    turn, complete = state.turn, state.submitted == state.panel
    names = _names(core, state) if turn.hidden else {}
    rows = [_named_row(core, state, place, complete, names) for place in state.places]
    return {
        "turn": turn.id,
        "number": turn.alias,
        "sealed": False,
        "state": turn.state,
        "not_performing": decisions_on(turn),
        "complete": complete,
        "submitted": state.submitted,
        "panel": state.panel,
        "rows": rows,
        "too_wide": {part: plain(points) for part, points in _ranges(rows).items() if points > wide},
        "waits_for": release_waits_for(turn, core.newest) if complete else None,
        **(_result(core, state) if complete else NO_RESULT),
    }


def _is_in(state: TurnState) -> bool:
    """Whether every first sheet has been in: a further review, or a sheet that was sent back, keeps nobody waiting."""
    owed = [place for place in state.places if place.standing is Standing.MISSING and not place.question]
    return not owed or "rereview" in state.turn.facts


def _sealed(turn: MarksTurn, told: bool) -> MarksTurn:
    """A coded document: its sheets by what they hold and without a judge, once all are in and nobody has left one.

    The score would show what is taken off for something that only the author's name tells.
    """
    turn = turn | {"sealed": True, "submitted": 0, "panel": 0, "score": {}}
    if not (told and turn["complete"]):
        return turn | {"complete": False, "rows": [], "too_wide": {}, "problem": None}
    rows = sorted((row for row in turn["rows"] if row["totals"]), key=_by_what_it_holds)
    return turn | {"rows": [row | {"seat": 0, "number": place, "name": ""} for place, row in enumerate(rows, 1)]}


def _by_what_it_holds(row: MarksRow) -> tuple[Decimal, list[tuple[str, str]], str]:
    """The highest total first; nothing of the order in which sheets came in or judges sit."""
    return -Decimal(row["totals"].get("", "0")), sorted(row["cells"].items()), row["sheet"]


def _names(core: Core, state: TurnState) -> dict[int, str]:
    """By what each seat's sheet of a coded document is called; that of a seat without one is not called anything."""
    found = {place.seat.id: core.newest.get((state.turn.id, place.seat.id)) for place in state.places}
    marks = {seat_id: version.marks for seat_id, version in found.items() if version and version.marks}
    return {seat_id: name for name, seat_id in names_of(state.turn.id, marks).items()}


def _row(core: Core, state: TurnState, place: Place, complete: bool) -> MarksLine:
    seat = place.seat
    row: MarksLine = {
        "seat": seat.id,
        "number": seat.number,
        "name": seat.name,
        "state": place.state,
        "cells": {},
        "totals": {},
    }
    version = core.newest.get((state.turn.id, place.seat.id))
    if not complete or place.standing is not Standing.COUNTED or version is None:
        return row
    kind, settings, sheet = format_of(core.event), core.event.settings, version.marks or {}
    total = kind.running_total(settings, parts_of(state.turn), sheet)
    parts = {} if total is not None else kind.running_totals(settings, sheet)
    totals = {"": total} if total is not None else parts
    cells = {key: plain(points) for key, points in parts.items()} or _criteria(sheet)
    return row | {"cells": cells, "totals": {key: plain(points) for key, points in totals.items()}}


def _named_row(core: Core, state: TurnState, place: Place, complete: bool, names: Mapping[int, str]) -> MarksRow:
    return {**_row(core, state, place, complete), "sheet": names.get(place.seat.id, "")}


def _criteria(sheet: Mapping[str, Any]) -> dict[str, str]:
    return {key: mark for key, mark in sheet.items() if isinstance(mark, str)}


def _ranges(rows: Sequence[MarksRow]) -> dict[str, Decimal]:
    """How far the totals lie apart, in points, by part."""
    totals: dict[str, list[Decimal]] = {}
    for row in rows:
        for part, total in row["totals"].items():
            totals.setdefault(part, []).append(Decimal(total))
    return {part: range_of(found) for part, found in totals.items()}


def _result(core: Core, state: TurnState) -> MarksResult:
    """What the sheets come to by the rules, or why they come to nothing yet."""
    try:
        outcome = state.outcome or outcome_of(state.turn, core.newest)
    except Refused as refused:
        problem = refused.problems[0]
        return {"score": {}, "problem": {"code": problem.code, "figures": dict(problem.figures)}}
    return {"score": {part: str(score.final) for part, score in outcome.scores.items()}, "problem": None}
