"""The benches as everybody in the hall sees them: who is at work, who has stopped and after what time; never a mark."""

from __future__ import annotations

from scoring.board.reading.core import Core
from scoring.board.reading.facts import format_of
from scoring.board.reading.states import TurnState
from scoring.board.snapshots.audience import Bench, Racing
from scoring.board.snapshots.shared import Clock
from scoring.rules.formats.base import Benches
from scoring.store import Turn
from scoring.store.contests import PERFORMING, WAITING
from scoring.store.steady import milliseconds


def racing_of(core: Core) -> Racing | None:
    """The batch that was started last, the first one before any start; None where the format has no benches.

    The clock is as in docs/live-protocol.md, None unless somebody is at work. That the hard stop has come follows from
    it; nothing here depends on the moment at which it is read.
    """
    if not isinstance(format_of(core.event), Benches) or not core.turns:
        return None
    started = [_batch(state) for state in core.turns if state.turn.begun]
    batch = max(started, default=1)
    here = [state.turn for state in core.turns if _batch(state) == batch]
    clock = _clock(core, here)
    return {
        "batch": batch,
        "batches": max(_batch(state) for state in core.turns),
        "clock": clock,
        "begun": bool(started),
        "at_work": sum(_stage(turn) == "working" for turn in here),
        "of": sum(_stage(turn) != "out" for turn in here),
        "benches": [_bench(turn, clock) for turn in here],
    }


def _batch(state: TurnState) -> int:
    return int(state.turn.facts.get("batch", 1))


def _bench(turn: Turn, clock: Clock | None) -> Bench:
    stage = _stage(turn)
    return {
        "turn": turn.id,
        "bench": turn.facts.get("bench"),
        "number": turn.number,
        "stage": stage,
        "time": _minutes(turn.facts.get("seconds")),
        "clock": clock if stage == "working" else None,
    }


def _stage(turn: Turn) -> str:
    """Where a bench is: out, waiting, working, stopped or handed_in; what the inspectors do is told by their count."""
    if turn.not_held:
        return "out"
    if turn.state == WAITING:
        return "waiting"
    if turn.code:
        return "handed_in"
    return "working" if turn.state == PERFORMING and "seconds" not in turn.facts else "stopped"


def _clock(core: Core, turns: list[Turn]) -> Clock | None:
    """The facts of the common clock while somebody works."""
    started = next((turn.called_steady for turn in turns if _stage(turn) == "working"), None)
    if started is None:
        return None
    kind, settings = format_of(core.event), core.event.settings
    assert isinstance(kind, Benches)
    (limit, stop), planned = kind.limits(settings), next(iter(kind.clocks(settings)))
    return {
        "key": planned.key,
        "side": "",
        "kind": planned.kind,
        "name": {"zh": planned.zh, "en": planned.en},
        "seconds": limit,
        "warn_seconds": planned.warn_seconds,
        "stop_seconds": stop - limit,
        "spent_ms": 0,
        "running_since": milliseconds(started),
    }


def _minutes(seconds: int | None) -> str | None:
    return None if seconds is None else f"{seconds // 60}:{seconds % 60:02d}"
