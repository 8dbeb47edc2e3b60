"""The benches as the timekeeper sees them: batches, the common start, who is still at work, times and codes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from scoring.board.reading.core import Core, core_of
from scoring.board.reading.facts import format_of
from scoring.board.reading.heading import contest_of
from scoring.board.reading.look import named_event
from scoring.board.reading.not_performing import decisions_on
from scoring.board.reading.states import TurnState
from scoring.board.snapshots.pages import Batch, BenchOfBatch
from scoring.board.snapshots.pages import Benches as BenchesPage
from scoring.board.views.review import HIDING
from scoring.rules.formats.base import Benches
from scoring.rules.refusal import Refused
from scoring.store import Turn
from scoring.store.contests import RELEASED, WAITING
from scoring.store.steady import milliseconds, steady


def rules_of_benches(core: Core) -> Benches:
    """What the contest's format says about benches; Refused(no_benches) where it has none."""
    rules = format_of(core.event)
    if not isinstance(rules, Benches):
        raise Refused.because("no_benches")
    return rules


def benches(contest_id: int, event: int | None = None) -> BenchesPage:
    """The timekeeper's snapshot; `now` is the `server_time`.

    Raises LookupError, Refused(no_benches).
    """
    core = core_of(contest_id, event)
    limit, stop = rules_of_benches(core).limits(core.event.settings)
    batches: dict[int, list[TurnState]] = defaultdict(list)
    for state in core.turns:
        batches[state.turn.facts.get("batch", 0)].append(state)
    return {
        "revision": core.revision,
        "contest": contest_of(core),
        "event": named_event(core.event),
        "limit_seconds": limit,
        "stop_seconds": stop,
        "now": milliseconds(steady()),
        "planned": 0 not in batches,
        "batches": [
            _batch(number, states, stop, [state.turn for state in core.turns])
            for number, states in sorted(batches.items())
        ],
        "hiding": HIDING,
    }


def files_recognised(waiting: Sequence[Turn], everybody: Sequence[Turn]) -> bool:
    """Whether so few of the round's turns are about to start together that no code hides whose file is which.

    A contest that has no more clerks than these hides nobody, however they work.
    """
    others = [turn for turn in everybody if turn not in waiting and not turn.not_held]
    return bool(others) and len(waiting) < HIDING


def _batch(number: int, states: list[TurnState], stop: int, everybody: Sequence[Turn]) -> Batch:
    waiting = [state.turn for state in states if state.turn.state == WAITING]
    started = min((state.turn.called_steady for state in states if state.turn.called_steady), default=None)
    return {
        "number": number,
        "turn": states[0].turn.id,
        "waiting": len(waiting),
        "recognised": files_recognised(waiting, everybody),
        "started": milliseconds(started) if started else None,
        "seconds": max(_since(state) for state in states),
        "at_work": sum(_stage(state, stop) == "working" for state in states),
        "handed_in": sum(bool(state.turn.code) and not state.turn.not_held for state in states),
        "of": sum(not state.turn.not_held for state in states),
        "benches": [_bench(state, stop) for state in states],
    }


def _bench(state: TurnState, stop: int) -> BenchOfBatch:
    turn, contestant = state.turn, state.turn.appearances[0].contestant
    return {
        "turn": turn.id,
        "bench": turn.facts.get("bench"),
        "number": turn.number,
        "name": contestant.name,
        "office": contestant.office,
        "stage": _stage(state, stop),
        "not_held": turn.not_held,
        "not_performing": decisions_on(turn),
        "seconds": stop if _stage(state, stop) == "over" else turn.facts.get("seconds"),
        "code": turn.code,
        "inspectors": [place.seat.number for place in state.places],
        "submitted": state.submitted,
        "panel": state.panel,
    }


def _stage(state: TurnState, stop: int) -> str:
    """Where a bench is: waiting, working, over (stopped by the hard stop), stopped, handed_in, released."""
    turn = state.turn
    if turn.state in (WAITING, RELEASED):
        return turn.state
    if turn.code:
        return "handed_in"
    if "seconds" in turn.facts:
        return "stopped"
    return "over" if _since(state) >= stop else "working"


def _since(state: TurnState) -> int:
    """Whole seconds since the common start."""
    started = state.turn.called_steady
    return int((steady() - started).total_seconds()) if started else 0
