"""The sheets of whoever has no rank: they came in and count for nothing, and the record has them all the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from scoring.board.reading.core import Core
from scoring.board.reading.facts import format_of
from scoring.board.reading.states import TurnState
from scoring.board.snapshots.record import UncountedLine, UncountedTurn
from scoring.rules.figures import plain
from scoring.store.sheets import SUBMITTED

#: What became of the total of such a sheet.
UNCOUNTED = "uncounted"


def uncounted_sheets(core: Core, contestant_id: int) -> list[UncountedTurn]:
    """The turns of somebody without a rank that it is public of what became, each with the judges' lines as `_turn`."""
    found = ((state, _part(core, state, contestant_id)) for state in core.turns if state.outcome)
    turns: list[UncountedTurn] = [
        {"number": state.turn.number, "judges": list(_lines(core, state, part))}
        for state, part in found
        if part is not None
    ]
    return [turn for turn in turns if turn["judges"]]


def _part(core: Core, state: TurnState, contestant_id: int) -> str | None:
    """What is judged of them in the turn, in the way in which the ranked are; None where they do not appear in it."""
    for one in state.turn.appearances:
        if contestant_id == one.contestant_id:
            return one.part
        if contestant_id == one.entrant.id:
            side, first = one.part.partition(".")[0], format_of(core.event).parts(core.event.settings)[0]
            return side + "".join(first.partition(".")[1:])
    return None


def _lines(core: Core, state: TurnState, part: str) -> Iterator[UncountedLine]:
    for place in state.places:
        version = core.newest.get((state.turn.id, place.seat.id))
        if version is not None and version.state == SUBMITTED:
            marks, total = _of_part(core, part, version.marks or {})
            yield {
                "seat": str(place.seat.number),
                "source": version.source,
                "fate": UNCOUNTED,
                "marks": marks,
                "total": None if total is None else plain(total),
            }


def _of_part(core: Core, part: str, sheet: Mapping[str, Any]) -> tuple[dict[str, str], Decimal | None]:
    """The marks that a sheet gives a part, by criterion, and their sum."""
    kind, settings = format_of(core.event), core.event.settings
    total = kind.running_total(settings, (part,), sheet)
    if total is None:
        own = {key.removeprefix(f"{part}."): mark for key, mark in sheet.items() if key.rpartition(".")[0] == part}
        return {key: str(mark) for key, mark in own.items()}, kind.running_totals(settings, sheet).get(part)
    items = kind.running_totals(settings, sheet)
    marks = {key: plain(points) for key, points in items.items()} if set(items) - {""} else sheet
    return {key: mark for key, mark in marks.items() if isinstance(mark, str)}, total
