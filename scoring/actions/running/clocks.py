"""Running the clocks of a turn: start, pause, switch sides, add time. Only the server's time counts."""

from __future__ import annotations

from sqlalchemy import select

from scoring.actions.find import turn_of
from scoring.actions.registry import TIMING, TURN, _l, logged, text, text_if_any, verb, whole
from scoring.actions.transaction import Actor, record
from scoring.board.conditions.releasing import check_clock, check_start
from scoring.extensions import db
from scoring.rules.clocks import DUAL, Clock, speaks_next
from scoring.rules.refusal import Refused
from scoring.store import Turn, TurnClock
from scoring.store.steady import steady

MOST_EXTRA_SECONDS = 60 * 60


@verb((TURN, text("clock"), text_if_any("side")), roles=TIMING, heard=True)
@logged("course", _l("started a clock of no. %(turn)s"), ("audience", "desk", "clocks", "seats"))
def start_clock(actor: Actor, turn_id: int, clock: str, side: str = "") -> None:
    """Start or go on with a clock; whatever else runs in the turn stops, because one stage follows the other.

    While a turn still waits, only the clock of its format that `prepares` may run.
    Raises Refused: turn_unknown, and as the board's `check_start` does.
    """
    turn = turn_of(turn_id)
    planned = check_start(turn, clock, side)
    mine = _clock(turn, planned.key, side)
    stop_clocks(turn)
    mine.running_since = steady()
    record(turn.contest, actor, "start_clock", turn=turn.id, clock=clock, side=side)


@verb((TURN, text("clock"), text_if_any("side")), roles=TIMING, heard=True)
@logged("course", _l("paused a clock of no. %(turn)s"), ("audience", "desk", "clocks", "seats"))
def pause_clock(actor: Actor, turn_id: int, clock: str, side: str = "") -> None:
    """Stop a running clock; what is spent stays.

    Raises Refused: turn_unknown, turn_released, clock_unknown, clock_not_yet, clock_stands.
    """
    turn, planned = _planned(turn_id, clock, side)
    mine = _clock(turn, planned.key, side)
    if mine.running_since is None:
        raise Refused.because("clock_stands")
    _stop(mine)
    spent = mine.spent_ms
    record(turn.contest, actor, "pause_clock", turn=turn.id, clock=clock, side=side, spent_ms=spent)


@verb((TURN, text("clock"), text_if_any("side")), roles=TIMING, heard=True)
@logged("course", _l("switched the clock of no. %(turn)s to the other side"), ("audience", "desk", "clocks", "seats"))
def switch_clock(actor: Actor, turn_id: int, clock: str, side: str = "") -> None:
    """The side that spoke sits down: the other side's clock starts, or the same goes on alone if that one is spent.

    Raises Refused: turn_unknown, turn_released, clock_unknown, clock_not_dual, clock_stands, clock_spent.
    Source: domain page 2B.
    """
    turn, planned = _planned(turn_id, clock, side)
    if planned.kind != DUAL:
        raise Refused.because("clock_not_dual")
    sitting = _clock(turn, planned.key, side)
    if sitting.running_since is None:
        raise Refused.because("clock_stands")
    _stop(sitting)
    sides = tuple(turn.sides)
    other = next(name for name in sides if name != side)
    spent = {name: _clock(turn, planned.key, name).spent_ms // 1000 for name in sides}
    speaker = speaks_next(planned, side, other, spent)
    if speaker is None:
        raise Refused.because("clock_spent")
    _clock(turn, planned.key, speaker).running_since = steady()
    record(turn.contest, actor, "switch_clock", turn=turn.id, clock=clock, side=speaker)


@verb((TURN, text("clock"), whole("seconds"), text_if_any("side")), roles=TIMING, heard=True)
@logged(
    "course", _l("changed the time of no. %(turn)s by %(seconds)s seconds"), ("audience", "desk", "clocks", "seats")
)
def add_time(actor: Actor, turn_id: int, clock: str, seconds: int, side: str = "") -> None:
    """Give a clock more time (or less, with negative seconds), for an interruption that was nobody's fault.

    Raises Refused: turn_unknown, turn_released, clock_unknown, extra_out_of_range.
    """
    turn, planned = _planned(turn_id, clock, side)
    mine = _clock(turn, planned.key, side)
    extra = mine.extra_seconds + seconds
    if not -planned.seconds < extra <= MOST_EXTRA_SECONDS:
        raise Refused.because("extra_out_of_range", "seconds")
    mine.extra_seconds = extra
    record(turn.contest, actor, "add_time", turn=turn.id, clock=clock, side=side, seconds=seconds)


@verb((TURN, text("clock"), text_if_any("side")), roles=TIMING, heard=True)
@logged("course", _l("reset a clock of no. %(turn)s"), ("audience", "desk", "clocks", "seats"))
def reset_clock(actor: Actor, turn_id: int, clock: str, side: str = "") -> None:
    """Put a clock back to its full time, for a stage that begins again; what it showed stays in the audit trail.

    Raises Refused: turn_unknown, turn_released, clock_unknown.
    """
    turn, planned = _planned(turn_id, clock, side)
    mine = _clock(turn, planned.key, side)
    spent = mine.spent_at(steady())
    mine.spent_ms, mine.extra_seconds, mine.running_since = 0, 0, None
    record(turn.contest, actor, "reset_clock", turn=turn.id, clock=clock, side=side, spent_ms=spent)


def stop_clocks(turn: Turn) -> None:
    """Stop whatever runs in the turn; what is spent stays."""
    for clock in turn.clocks:
        _stop(clock)


def _planned(turn_id: int, key: str, side: str) -> tuple[Turn, Clock]:
    turn = turn_of(turn_id)
    return turn, check_clock(turn, key, side)


def _clock(turn: Turn, key: str, side: str) -> TurnClock:
    """The clock of the turn, made at its first use."""
    wanted = select(TurnClock).where(TurnClock.turn_id == turn.id, TurnClock.key == key, TurnClock.side == side)
    found = db.session.scalar(wanted)
    if found is None:
        found = TurnClock(turn=turn, key=key, side=side, spent_ms=0, extra_seconds=0)
        db.session.add(found)
        db.session.flush()
    return found


def _stop(clock: TurnClock) -> None:
    """Book what has run since the start."""
    clock.spent_ms, clock.running_since = clock.spent_at(steady()), None
