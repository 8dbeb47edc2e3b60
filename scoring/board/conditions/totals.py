"""A turn's totals as tallier and checker confirm them before the release (核分), and whether they are confirmed."""

from __future__ import annotations

from typing import cast

from scoring.board.reading.core import Core, core_of
from scoring.board.reading.facts import Newest, newest_versions, outcome_of
from scoring.board.reading.heading import contest_of
from scoring.board.reading.look import named_event
from scoring.board.reading.states import TurnState
from scoring.board.snapshots.judging import FullyExplained, Totals, TotalsPart, TotalsTurn
from scoring.rules.confirmation import Confirmation, is_confirmed
from scoring.rules.formats.base import Outcome
from scoring.rules.refusal import Refused
from scoring.store import SheetVersion, TotalsCheck, Turn
from scoring.store.contests import MARKING, PERFORMING
from scoring.store.held import Held
from scoring.store.model import fingerprint
from scoring.store.sheets import FROM_LIST


def figures_of(outcome: Outcome) -> str:
    """The fingerprint (64 hex digits) of all figures of an outcome: another mark or penalty makes another one."""
    scores = {part: score.explanation.to_data() for part, score in outcome.scores.items()}
    return fingerprint("", {"scores": scores, "verdict": dict(outcome.verdict)})


def checks_of(turn: Turn, newest: Newest | None = None) -> list[TotalsCheck]:
    """The confirmations in force of the turn's totals as they are now; those of other figures hold no more."""
    standing = [check for check in turn.checks if check.withdrawn_at is None]
    if not standing:
        return []
    try:
        figures = figures_of(outcome_of(turn, newest))
    except Refused:
        return []
    return [check for check in standing if check.figures == figures]


def confirmations_of(turn: Turn, newest: Newest | None = None) -> list[Confirmation]:
    """The same as the rules know them."""
    return [Confirmation(check.actor, check.role) for check in checks_of(turn, newest)]


def is_checked(turn: Turn, newest: Newest | None = None) -> bool:
    """Whether everybody who must has confirmed the turn's totals as they are now."""
    return is_confirmed(confirmations_of(turn, newest))


def is_held_against(turn: Turn, newest: Newest | None = None) -> bool:
    """Whether somebody else has confirmed what one person took from a list; true of whatever came otherwise."""
    known = newest_versions([turn.id]) if newest is None else newest
    by = {sheet.newest.actor for sheet in turn.sheets if _is_from_list(known.get((turn.id, sheet.seat_id)))}
    return all(any(check.actor != actor for check in checks_of(turn, newest)) for actor in by)


def _is_from_list(version: SheetVersion | Held | None) -> bool:
    return version is not None and version.source == FROM_LIST


def totals(contest_id: int, event: int | None = None) -> Totals:
    """Every turn of an event whose sheets are all in and whose score is not released; raises LookupError.

    `turns` is [{"id", "number", "figures", "checks", "confirmed", "changed", "parts", "problem"}]; `checks` are the
    confirmations [{"actor", "role", "at"}], `problem` is the code of what keeps the
    totals from being worked out, else "".
    """
    core = core_of(contest_id, event)
    open_turns = [state for state in core.turns if state.turn.state in (PERFORMING, MARKING)]
    complete = [state for state in open_turns if state.submitted == state.panel and not state.turn.hidden]
    return {
        "revision": core.revision,
        "contest": contest_of(core),
        "event": named_event(core.event),
        "checks": core.event.checks_totals,
        "turns": [_turn(core, state) for state in complete],
        "marking": [state.turn.number for state in open_turns if state not in complete],
    }


def _turn(core: Core, state: TurnState) -> TotalsTurn:
    turn = state.turn
    shown: TotalsTurn = {
        "id": turn.id,
        "number": turn.number,
        "figures": "",
        "parts": [],
        "problem": "",
        "checks": [],
        "confirmed": False,
        "changed": False,
    }
    try:
        outcome = outcome_of(turn, core.newest)
    except Refused as refused:
        return shown | {"problem": refused.problems[0]}
    checks = checks_of(turn, core.newest)
    return shown | {
        "figures": figures_of(outcome),
        "checks": [{"actor": one.actor, "role": one.role, "at": one.at.isoformat()} for one in checks],
        "confirmed": is_checked(turn, core.newest),
        "changed": not checks and any(one.withdrawn_at is None for one in turn.checks),
        "parts": [_part(turn, part, outcome) for part in outcome.scores],
    }


def _part(turn: Turn, part: str, outcome: Outcome) -> TotalsPart:
    behind = {appearance.part: appearance.contestant for appearance in turn.appearances}
    explained = cast(FullyExplained, outcome.scores[part].explanation.to_data())
    return {"part": part, "number": behind[part].number, "explanation": explained}
