"""What can be done with a turn now, and the one right next step of a room: call, start, close, check, release."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from scoring.board.calibration import may_calibrate
from scoring.board.clocks import next_stage
from scoring.board.core import Core
from scoring.board.facts import Newest, format_of
from scoring.board.matches import needs_of
from scoring.board.releasing import why_not_called, why_not_released
from scoring.board.retraction import has_filled
from scoring.board.states import TurnState
from scoring.board.totals import confirmations_of
from scoring.rules.refusal import Problem
from scoring.store import Turn
from scoring.store.contests import MARKING, PERFORMING, RELEASED, WAITING
from scoring.store.sheets import RETURNED, SUBMITTED

View = dict[str, Any]


def can(state: TurnState, newest: Newest) -> list[str]:
    """The verbs that the state of the turn allows; each verb checks again for itself."""
    turn = state.turn
    coded = format_of(turn.round.event).coded
    if turn.state == WAITING:
        return [*_while_waiting(turn, coded), "record_not_performing"]
    if turn.state == RELEASED:
        return ["record_not_performing"] if turn.not_held and not turn.hidden and _is_half_empty(turn) else []
    complete = is_complete(state)
    ready = complete and why_not_released(turn, newest) is None
    needs = needs_of(turn)[0] if complete and not ready else None
    out = [] if turn.hidden else ["record_not_performing"]
    allowed = ["recuse", *out, *(["release"] if ready else [])]
    allowed += ["send_back"] if state.submitted else []
    if coded:
        return allowed
    allowed += ["mark_silent"] if turn.sides else []
    allowed += ["record_play_off"] if needs else []
    allowed += ["reopen_marking"] if turn.closed_at else [] if complete else ["close_marking"]
    return [*allowed, "add_overtime"] + (_before_the_next(state, complete) if turn.state == PERFORMING else [])


def _while_waiting(turn: Turn, coded: bool) -> list[str]:
    if is_undrawn(turn):
        return ["recuse", "draw_sides"]
    return ["recuse"] if coded else ["call", "recuse"]


def _is_half_empty(turn: Turn) -> bool:
    """Whether it is a match of which one side is there, and nothing rests on its end yet."""
    return any(one.id not in _gone(turn) for one in turn.sides.values()) and not has_filled(turn)


def _gone(turn: Turn) -> set[int]:
    return {decision.contestant_id for decision in turn.out.values()}


def _before_the_next(state: TurnState, complete: bool) -> list[str]:
    """What is possible only while the turn is the one called: taking the call back, and calibration."""
    begun = any(place.state in (SUBMITTED, RETURNED) for place in state.places)
    return (["unlock_panel"] if complete and may_calibrate(state.turn) else []) + ([] if begun else ["undo_call"])


def is_complete(state: TurnState) -> bool:
    """Whether every sheet that counts is in."""
    return state.submitted == state.panel


def is_undrawn(turn: Turn) -> bool:
    """Whether the turn is a match whose sides are still to be drawn."""
    return bool(turn.pairing) and not turn.pairing.get("seed")


def main_step(core: Core, allowed: Callable[[TurnState], Collection[str]]) -> View | None:
    """The right next step: of the turn that can be released, else of the one performing; with none open call the next.

    `allowed` is what `can` says of a turn. None at the end, and where nothing is called or released one
    by one yet.
    """
    begun = core.those("begun", lambda turn: turn.state in (PERFORMING, MARKING))
    if any(state.turn.hidden for state in begun):
        return None  # nothing is released before the documents are decoded
    unreleased = [state for state in begun if state.turn.code or not format_of(core.event).coded]
    if unreleased:
        ranked = [("release" in allowed(state), state.turn.state == PERFORMING, state) for state in unreleased]
        return _step_of(max(ranked, key=lambda one: one[:2])[2], core.newest)
    upcoming = core.upcoming
    if upcoming is None or not {"call", "draw_sides"} & set(allowed(upcoming)):
        return None
    return _step("call", upcoming, why_not_called(upcoming.turn))


def _step_of(state: TurnState, newest: Newest) -> View:
    """The next step of an open turn: its next clock, closing its marking, the check, the release."""
    turn = state.turn
    if is_complete(state):
        problem = why_not_released(turn, newest)
        if problem is not None and problem.code == "totals_unchecked":
            return _step("check_totals", state, problem) | {"confirmed": len(confirmations_of(turn, newest))}
        return _step("release", state, problem)
    if format_of(turn.round.event).coded or turn.closed_at:
        return _step("release", state, why_not_released(turn, newest))
    stage = next_stage(turn) if turn.state == PERFORMING else None
    if stage:
        return _step("start_clock", state) | {
            "clock": stage["key"],
            "side": stage["side"],
            "stage": stage["name"],
        }
    return _step("close_marking", state)


def _step(verb: str, state: TurnState, problem: Problem | None = None) -> View:
    """A step that is ready, or what the verb would refuse it for: the code with its figures."""
    why = {"reason": problem.code, "figures": dict(problem.figures)} if problem else {}
    return {"verb": verb, "turn": state.turn.id, "ready": problem is None} | why
