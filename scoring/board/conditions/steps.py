"""What can be done with a turn now, and the one right next step of a room: call, start, close, check, release."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scoring.board.conditions.calibration import may_calibrate
from scoring.board.conditions.releasing import (
    check_call,
    check_callable,
    check_close,
    check_out,
    check_reopen,
    check_running,
    check_start,
    check_undo_call,
    release_waits_for,
)
from scoring.board.conditions.totals import confirmations_of
from scoring.board.reading.clocks import next_stage
from scoring.board.reading.core import Core
from scoring.board.reading.facts import Newest, format_of
from scoring.board.reading.matches import needs_of
from scoring.board.reading.states import TurnState
from scoring.board.snapshots.desk import MainStep, TurnOnDesk
from scoring.board.snapshots.shared import Trouble
from scoring.rules.refusal import problems_of
from scoring.store import Turn
from scoring.store.contests import MARKING, PERFORMING, RELEASED, WAITING


def can(state: TurnState, newest: Newest, running: bool, left_open: Trouble | None) -> list[str]:
    """The verbs that are granted now; each verb checks again for itself, by the same functions.

    Whether the contest is `running`, open and not being rehearsed, is asked once for all turns; `left_open` is what
    `why_left_open` says of this one. A call that the one before still stands in the way of is among them: the desk
    asks then whether that one is left open.
    """
    turn = state.turn
    if turn.hidden:
        return []  # what is done about a coded document is done on the pages of the review
    called = format_of(turn.round.event).called
    out = ["record_not_performing"] if running and _granted(check_out, turn) else []
    if turn.state == WAITING:
        return [*_while_waiting(turn, running), *out]
    if turn.state == RELEASED:
        return out
    complete = is_complete(state)
    ready = complete and left_open is None
    needs = needs_of(turn)[0] if complete and not ready else None
    allowed = ["recuse", *out, *(["release"] if ready else [])]
    allowed += ["send_back"] if state.submitted else []
    if not called:
        return allowed
    allowed += ["mark_silent"] if turn.sides else []
    allowed += ["record_play_off"] if needs else []
    allowed += ["reopen_marking"] if _granted(check_reopen, turn) else []
    allowed += ["close_marking"] if not complete and _granted(check_close, turn) else []
    return [*allowed, "add_overtime"] + (_before_the_next(state, complete, newest) if turn.state == PERFORMING else [])


def why_left_open(state: TurnState, newest: Newest) -> Trouble | None:
    """What keeps the score of a turn from being released whose sheets are all in; its code and figures."""
    if state.turn.state not in (PERFORMING, MARKING) or not is_complete(state):
        return None
    return release_waits_for(state.turn, newest)


def is_running(core: Core) -> bool:
    """Whether the contest is open and not being rehearsed."""
    return _granted(check_running, core.contest)


def _granted(check: Callable[..., object], *about: Any) -> bool:
    return not problems_of(lambda: check(*about))


def _while_waiting(turn: Turn, running: bool) -> list[str]:
    if is_undrawn(turn):
        return ["recuse", "draw_sides"]
    return ["call", "recuse"] if running and _granted(check_callable, turn) else ["recuse"]


def _before_the_next(state: TurnState, complete: bool, newest: Newest) -> list[str]:
    """What is possible only while the turn is the one called: taking the call back, and calibration."""
    back = ["undo_call"] if _granted(check_undo_call, state.turn, newest) else []
    return (["unlock_panel"] if complete and may_calibrate(state.turn) else []) + back


def is_complete(state: TurnState) -> bool:
    """Whether every sheet that counts is in."""
    return state.submitted == state.panel


def is_undrawn(turn: Turn) -> bool:
    """Whether the turn is a match whose sides are still to be drawn."""
    return bool(turn.pairing) and not turn.pairing.get("seed")


def main_step(core: Core, view_of: Callable[[TurnState], TurnOnDesk]) -> MainStep | None:
    """The right next step: of the turn that can be released, else of the one performing; with none open call the next.

    `view_of` a turn has what `can` and `why_left_open` say of it, as `can` and `why`. None at the end, and where
    nothing is called or released one by one yet.
    """
    begun = core.those("begun", lambda turn: turn.state in (PERFORMING, MARKING))
    if any(state.turn.hidden for state in begun):
        return None  # nothing is released before the documents are decoded
    if format_of(core.event).entered:
        return None  # results are released together, on the page of their entry
    unreleased = [state for state in begun if state.turn.code or not format_of(core.event).coded]
    if unreleased:
        ranked = [("release" in view_of(state)["can"], state.turn.state == PERFORMING, state) for state in unreleased]
        first = max(ranked, key=lambda one: one[:2])[2]
        return _step_of(core, first, view_of(first)["why"])
    upcoming = core.upcoming
    if upcoming is None or not format_of(core.event).called:
        return None
    return _step("call", upcoming, _problem(lambda: check_call(upcoming.turn)))


def _step_of(core: Core, state: TurnState, left_open: Trouble | None) -> MainStep:
    """The next step of an open turn: its next clock, closing its marking, the check, the release."""
    turn, newest = state.turn, core.newest
    if is_complete(state):
        if left_open is not None and left_open["code"] == "totals_unchecked":
            return {**_step("check_totals", state, left_open), "confirmed": len(confirmations_of(turn, newest))}
        return _step("release", state, left_open)
    if not format_of(turn.round.event).called or turn.closed_at:
        return _step("release", state, release_waits_for(turn, newest))
    stage = next_stage(turn) if turn.state == PERFORMING else None
    if stage:
        key, side = stage["key"], stage["side"]
        problem = core.once(("start", turn.id, key, side), lambda: _problem(lambda: check_start(turn, key, side)))
        return {**_step("start_clock", state, problem), "clock": key, "side": side, "stage": stage["name"]}
    return _step("close_marking", state, _problem(lambda: check_close(turn)))


def _problem(check: Callable[[], object]) -> Trouble | None:
    problem = next(iter(problems_of(check)), None)
    return {"code": problem.code, "figures": dict(problem.figures)} if problem else None


def _step(verb: str, state: TurnState, problem: Trouble | None = None) -> MainStep:
    """A step that is ready, or what the verb would refuse it for: the code with its figures."""
    step: MainStep = {"verb": verb, "turn": state.turn.id, "ready": problem is None}
    return {**step, "reason": problem["code"], "figures": problem["figures"]} if problem else step
