"""The clocks of a turn as a screen needs them: facts from which the time left follows at any moment."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from scoring.board.reading.facts import format_of
from scoring.board.snapshots.desk import Clocks, OvertimeProposed
from scoring.board.snapshots.shared import Clock as ClockView
from scoring.rules.clocks import DUAL, Clock
from scoring.rules.formats.common import overtime_of
from scoring.rules.penalties import overtime_points
from scoring.store import Turn, TurnClock
from scoring.store.model import now
from scoring.store.steady import milliseconds, steady


def clocks_of(turn: Turn) -> Clocks:
    """The turn's clocks in the order of its stages, and what the overtime rule proposes."""
    return {
        "all": [_view(turn, planned, side, clock) for planned, side, clock in _each(turn)],
        "overtime": _overtime(turn),
    }


def server_time() -> int:
    """The time that the clocks of all screens run by, in milliseconds: the installation's own."""
    return milliseconds(steady())


def wall_time() -> int:
    """What the server's clock on the wall says, in milliseconds: to be shown, never to count by."""
    return milliseconds(now())


def running_clock(turn: Turn) -> ClockView | None:
    """The clock that everybody watches: the one that runs, else the last one that has begun."""
    begun = [_view(turn, planned, side, clock) for planned, side, clock in _each(turn) if clock and _has_begun(clock)]
    return next((view for view in begun if view["running_since"] is not None), begun[-1] if begun else None)


def preparation_of(turn: Turn) -> ClockView | None:
    """The clock that may run while the turn still waits; None where its format has none."""
    key = format_of(turn.round.event).prepares
    return next((_view(turn, planned, side, clock) for planned, side, clock in _each(turn) if planned.key == key), None)


def next_stage(turn: Turn) -> ClockView | None:
    """The first clock of the stage after the last one that has begun; None after the last stage.

    What prepares runs before the call, so it is no stage of the performance.
    """
    prepares = format_of(turn.round.event).prepares
    views = [_view(turn, planned, side, clock) for planned, side, clock in _each(turn) if planned.key != prepares]
    begun = [view["key"] for view in views if view["begun"]]
    stages = list(dict.fromkeys(view["key"] for view in views))
    following = stages[stages.index(begun[-1]) + 1 :] if begun else stages
    return next((view for view in views if view["key"] in following[:1]), None)


def _each(turn: Turn) -> Iterator[tuple[Clock, str, TurnClock | None]]:
    event = turn.round.event
    stored = {(clock.key, clock.side): clock for clock in turn.clocks}
    for planned in format_of(event).clocks(event.settings):
        for side in turn.sides if planned.kind == DUAL else [""]:
            yield planned, side, stored.get((planned.key, side))


def _has_begun(clock: TurnClock) -> bool:
    return clock.spent_ms > 0 or clock.running_since is not None


def _view(turn: Turn, planned: Clock, side: str, clock: TurnClock | None) -> ClockView:
    """A clock as facts: left are `seconds` less `spent_ms` less, while it runs, the time since `running_since`.

    `running_since` is in milliseconds of `server_time`, or null. A negative rest is time over,
    and `stop_seconds` over it the turn is stopped; null where the overtime rule does not measure this clock.
    """
    since = clock.running_since if clock else None
    return {
        "key": planned.key,
        "side": side,
        "kind": planned.kind,
        "name": {"zh": planned.zh, "en": planned.en},
        "seconds": planned.seconds + (clock.extra_seconds if clock else 0),
        "warn_seconds": planned.warn_seconds,
        "stop_seconds": _stop_after(turn, planned),
        "spent_ms": clock.spent_ms if clock else 0,
        "running_since": milliseconds(since) if since else None,
        "begun": clock is not None and _has_begun(clock),
    }


def _stop_after(turn: Turn, planned: Clock) -> int | None:
    """The seconds over time at which a contestant is stopped. Source: domain page 2A, stopped at +60 s."""
    event = turn.round.event
    rule = overtime_of(event.settings)
    return rule.stop_seconds if rule and planned.key == format_of(event).timed else None


def _overtime(turn: Turn) -> OvertimeProposed | None:
    """What the overtime rule proposes for the time over once the clock stands; None for nothing.

    It is only a proposal: somebody records it, or does not.
    """
    event = turn.round.event
    rule, measured = overtime_of(event.settings), format_of(event).timed
    clock = next((clock for clock in turn.clocks if clock.key == measured and clock.running_since is None), None)
    planned = next((item for item in format_of(event).clocks(event.settings) if item.key == measured), None)
    if rule is None or clock is None or planned is None:
        return None
    over = clock.spent_ms // 1000 - planned.seconds - clock.extra_seconds
    points = overtime_points(over, rule) if over > 0 else Decimal(0)
    return {"seconds": over, "points": str(points)} if points else None
