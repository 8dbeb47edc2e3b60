"""The benches of case-file binding: who sits where, one start for a batch, a stop for each, the coded hand-in."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from scoring.actions.find import put_in_order, turn_of, turn_of_open_contest
from scoring.actions.preparing.relations import recuse_related
from scoring.actions.registry import EVERYWHERE, LOTS, REASON, TIMING, TURN, WHY, _l, flag, logged, verb, whole
from scoring.actions.running.seals import break_seal
from scoring.actions.said import stated
from scoring.actions.transaction import Actor, coming, record
from scoring.board.conditions.draws import PLAN_BENCHES, benches_planned, was_drawn
from scoring.board.conditions.promotion import check_given_once
from scoring.board.reading.facts import format_of
from scoring.board.views.benches import files_recognised
from scoring.board.views.review import HIDING
from scoring.extensions import db
from scoring.rules.draw import draw_benches
from scoring.rules.formats.base import Benches
from scoring.rules.refusal import Refused
from scoring.store import Assignment, Event, Round, Seat, Turn
from scoring.store.contests import MARKING, PERFORMING, WAITING
from scoring.store.people import CODER, ORGANIZER, TIMEKEEPER
from scoring.store.steady import on_the_wall, steady

MOST_BENCHES = 100
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # without I and O, which read like figures


@verb(
    (TURN, whole("benches"), *LOTS, WHY), done=_l("The benches are planned and their inspectors assigned."), heard=True
)
@logged("draws", _l("planned the benches and their inspectors"), EVERYWHERE)
def plan_benches(actor: Actor, turn_id: int, benches: int, seed: str = "", witness: str = "", reason: str = "") -> None:
    """Seat the round of this turn at so many benches, batch after batch, and give each bench a pair of inspectors.

    Where a seed is typed, here or by the supervisor, the clerks draw their benches; else they sit in their order. The
    seats of the room are pairs in their order (1 and 2, 3 and 4, …); the benches of a batch go round the pairs.
    Raises Refused: turn_unknown, no_benches, contest_begun, benches_out_of_range, inspectors_not_in_pairs,
    inspectors_recused, and what `break_seal` refuses.
    Source: domain page 2C and 6, two batches of 10 and inspectors in pairs.
    """
    turn = turn_of(turn_id)
    bench_rules(turn)
    turns, seats = turn.round.turns, turn.room.panel
    if any(other.begun for other in turns):
        raise Refused.because("contest_begun")
    if not 1 <= benches <= MOST_BENCHES:
        raise Refused.because("benches_out_of_range", "benches", most=MOST_BENCHES)
    if not seats or len(seats) % 2:
        raise Refused.because("inspectors_not_in_pairs", seats=len(seats))
    recuse_related(actor, turns)
    event = turn.round.event
    drawn = _drawn(actor, event, turns, seed, witness, reason) if seed or event.typed_seed else {}
    pairs = _pairs(seats)
    for place, other in enumerate(sorted(turns, key=lambda turn: turn.position)):
        batch, bench = divmod(place, benches)
        other.facts = {**other.facts, "batch": batch + 1, "bench": bench + 1}
        assign(other, _free_pair(other, pairs, bench))
    told = [seat.id for seat in seats]
    plan: dict[str, Any] = {"event": event.position, "benches": benches, "pairs": len(pairs)}
    record(turn.contest, actor, PLAN_BENCHES, told, **plan, **drawn)


def _free_pair(turn: Turn, pairs: Sequence[Sequence[Seat]], bench: int) -> Sequence[Seat]:
    """The pair whose turn it is for the bench, or the next one in which nobody is recused for who works there."""
    order = [pairs[(bench + step) % len(pairs)] for step in range(len(pairs))]
    free = [pair for pair in order if not any(seat.id in turn.recused for seat in pair)]
    if not free:
        raise Refused.because("inspectors_recused", number=turn.number)
    return free[0]


def next_bench(turn: Turn) -> None:
    """Seat a latecomer at the next bench: the first free one of the last batch while that waits, else of one more.

    It waits for its start, too, where somebody in it does not perform.

    Raises Refused inspectors_recused.
    """
    others = [other for other in turn.round.turns if other.facts.get("batch")]
    size = benches_planned(turn.round.event)
    batch, bench = max((other.facts["batch"], other.facts["bench"]) for other in others)
    waits = not any(other.begun for other in others if other.facts["batch"] == batch)
    batch, bench = (batch, bench + 1) if waits and bench < size else (batch + 1, 1)
    turn.facts = {**turn.facts, "batch": batch, "bench": bench}
    assign(turn, _free_pair(turn, _pairs(turn.room.panel), bench - 1))


def sit(actor: Actor, turns: Sequence[Turn], benches: Sequence[Mapping[str, Any]]) -> None:
    """Let those who wait sit at these benches in their new order; the inspectors stay there unless one is recused.

    Raises Refused inspectors_recused.
    """
    there = {_bench(turn.facts): [one.seat for one in turn.assignments] for turn in turns}
    moved = [(turn, facts) for turn, facts in zip(turns, benches, strict=True) if turn.state == WAITING]
    moved = [(turn, facts) for turn, facts in moved if _bench(facts) not in (None, _bench(turn.facts))]
    for turn, facts in moved:
        turn.facts = {**turn.facts, "batch": facts["batch"], "bench": facts["bench"]}
        assign(turn, [])
    recuse_related(actor, [turn for turn, _ in moved])  # before the whole room, of which the pair is chosen
    for turn, facts in moved:
        here = there[_bench(facts)]
        fits = not any(seat.id in turn.recused for seat in here)
        assign(turn, here if fits else _free_pair(turn, _pairs(turn.room.panel), facts["bench"] - 1))


def _bench(facts: Mapping[str, Any]) -> tuple[int, int] | None:
    return (facts["batch"], facts["bench"]) if "bench" in facts else None


def _pairs(seats: Sequence[Seat]) -> list[Sequence[Seat]]:
    """1 and 2, 3 and 4, …; one without a partner is in none."""
    return [seats[place : place + 2] for place in range(0, len(seats) - len(seats) % 2, 2)]


def _drawn(actor: Actor, event: Event, turns: Sequence[Turn], seed: str, witness: str, reason: str) -> dict[str, Any]:
    """Put the turns in drawn order; answers what goes on record of the draw."""
    lots = break_seal(actor, event, seed, witness, reason, again=was_drawn(event, PLAN_BENCHES))
    by_number = {turn.number: turn for turn in turns}
    order = draw_benches(lots["seed"], list(by_number))
    put_in_order([by_number[number] for number in order])
    return lots | {"order": list(order)}


def assign(turn: Turn, seats: Sequence[Seat]) -> None:
    """Give the turn this panel and no other."""
    turn.assignments.clear()
    db.session.flush()
    turn.assignments.extend(Assignment(seat=seat) for seat in seats)
    db.session.flush()


@verb((TURN, flag("alone"), WHY), roles=TIMING, done=_l("The batch has started."), heard=True)
@logged("course", _l("started the batch %(batch)s at its benches"), EVERYWHERE)
def start_benches(actor: Actor, turn_id: int, alone: bool = False, reason: str = "") -> None:
    """Start all benches of the batch that the turn belongs to, at one and the same moment of the server.

    Not those at which nobody performs; one that was kept out by mistake while the others started begins by itself.
    Where so few work at a time that the code of a file handed in would all but name its clerk, as with one who came
    late, the batch waits for others, or it is decided that they work `alone`, for a reason that goes on record.
    Raises Refused: turn_unknown, contest_not_open, no_benches, batch_started, benches_not_planned (somebody was entered
    since, and has no bench), files_recognised (says how few they are), stage_given_twice, reason_missing.
    Source: domain page 2C, all start together.
    """
    turn = turn_of_open_contest(turn_id)
    bench_rules(turn)
    check_given_once(turn.round.event)
    batch = [other for other in turn.round.turns if other.facts.get("batch") == turn.facts.get("batch")]
    waiting = [other for other in batch if other.state == WAITING]
    if not waiting:
        raise Refused.because("batch_started")
    if without := [other.number for other in turn.round.turns if other.state == WAITING and "bench" not in other.facts]:
        raise Refused.because("benches_not_planned", numbers=", ".join(without))
    told = _decided_alone(turn, waiting, alone, reason)
    recuse_related(actor, waiting)
    revision, moment = coming(turn.contest), steady()
    for other in waiting:
        other.begin(PERFORMING, revision)
        other.called_steady = moment
    numbers = [other.number for other in waiting]
    told |= {"event": turn.round.event.position, "batch": turn.facts.get("batch"), "numbers": numbers}
    record(turn.contest, actor, "start_benches", **told)


def _decided_alone(turn: Turn, waiting: Sequence[Turn], alone: bool, reason: str) -> dict[str, Any]:
    """What goes on record of a batch too small to hide whose its files are: nothing where it is large enough."""
    if not files_recognised(waiting, turn.round.turns):
        return {}
    if not alone:
        raise Refused.because("files_recognised", files=len(waiting), needed=HIDING)
    reason = stated(reason)
    return {"alone": True, "reason": reason}


@verb(TURN, roles=TIMING, done=_l("The time of no. %(number)s is stopped."), heard=True)
@logged("course", _l("stopped the time of no. %(turn)s"), ("audience", "desk", "clocks", "seats"))
def stop_bench(actor: Actor, turn_id: int) -> None:
    """Record the whole seconds since the common start; the hard stop has stopped every bench that nobody stopped.

    Raises Refused: turn_unknown, no_benches, turn_not_held, bench_not_started, bench_stopped, bench_stopped_by_limit.
    Source: domain page 2C, stop button, hard stop at +5.
    """
    turn = _started(turn_id)
    if "seconds" in turn.facts:
        raise Refused.because("bench_stopped", number=turn.number)
    if is_past_hard_stop(turn):
        raise Refused.because("bench_stopped_by_limit", number=turn.number)
    seconds = _record_seconds(turn)
    record(turn.contest, actor, "stop_bench", turn=turn.id, number=turn.number, seconds=seconds)


@verb((TURN, REASON), roles=TIMING, done=_l("The stop of no. %(number)s is taken back; its time goes on."), heard=True)
@logged("course", _l("took the stop of no. %(turn)s back"), ("audience", "desk", "clocks", "seats"))
def undo_stop(actor: Actor, turn_id: int, reason: str) -> None:
    """Take back a stop that was pressed by mistake: the time goes on from the common start.

    Raises Refused: turn_unknown, no_benches, turn_not_held, bench_not_started, bench_running, handed_in_already,
    past_hard_stop.
    """
    turn = _started(turn_id)
    if turn.code:
        raise Refused.because("handed_in_already", number=turn.number)
    if "seconds" not in turn.facts:
        raise Refused.because("bench_running", number=turn.number)
    if is_past_hard_stop(turn):
        raise Refused.because("past_hard_stop", most=bench_rules(turn).limits(turn.round.event.settings)[1])
    seconds = turn.facts["seconds"]
    turn.facts = {name: fact for name, fact in turn.facts.items() if name != "seconds"}
    record(turn.contest, actor, "undo_stop", turn=turn.id, number=turn.number, seconds=seconds, reason=reason)


@verb(TURN, roles=(ORGANIZER, TIMEKEEPER, CODER), done=_l("The file of no. %(number)s is handed in."), heard=True)
@logged("course", _l("handed the file of no. %(turn)s in"), EVERYWHERE)
def hand_in(actor: Actor, turn_id: int) -> None:
    """Take the file of a stopped bench and give it a code: from here on its inspectors see it, and only the code.

    A bench that nobody stopped before the hard stop was stopped by it, at that moment: that goes on record here.
    Raises Refused: turn_unknown, no_benches, turn_not_held, bench_not_started, bench_running, handed_in_already.
    Source: domain page 2C, coded hand-in.
    """
    turn = _started(turn_id)
    if turn.code:
        raise Refused.because("handed_in_already", number=turn.number)
    by_limit = "seconds" not in turn.facts
    if by_limit and not is_past_hard_stop(turn):
        raise Refused.because("bench_running", number=turn.number)
    stopped: dict[str, Any] = {}
    if by_limit:
        stopped = {"stopped_at": on_the_wall(hard_stop_of(turn)).isoformat(), "seconds": _record_seconds(turn)}
    turn.code, turn.state = _new_code(turn), MARKING
    about: dict[str, Any] = {"turn": turn.id, "number": turn.number, "code": turn.code}
    record(turn.contest, actor, "hand_in", **about, **stopped)


def bench_rules(turn: Turn) -> Benches:
    """What the format says about benches; Refused(no_benches) where it has none."""
    rules = format_of(turn.round.event)
    if not isinstance(rules, Benches):
        raise Refused.because("no_benches")
    return rules


def _started(turn_id: int) -> Turn:
    turn = turn_of(turn_id)
    bench_rules(turn)
    if turn.not_held:
        raise Refused.because("turn_not_held", number=turn.alias)
    if turn.called_steady is None:
        raise Refused.because("bench_not_started", number=turn.number)
    return turn


def hard_stop_of(turn: Turn) -> datetime:
    """The moment of the installation's own time at which all work of a started bench stops by the event's limits."""
    assert isinstance(turn.called_steady, datetime)
    _, most = bench_rules(turn).limits(turn.round.event.settings)
    return turn.called_steady + timedelta(seconds=most)


def is_past_hard_stop(turn: Turn) -> bool:
    """Whether the hard stop of a started bench has come."""
    return steady() >= hard_stop_of(turn)


def _elapsed(turn: Turn) -> int:
    """Whole seconds since the common start."""
    assert isinstance(turn.called_steady, datetime)
    return int((steady() - turn.called_steady).total_seconds())


def _record_seconds(turn: Turn) -> int:
    _, most = bench_rules(turn).limits(turn.round.event.settings)
    seconds = min(_elapsed(turn), most)
    turn.facts = {**turn.facts, "seconds": seconds}
    return seconds


def _new_code(turn: Turn) -> str:
    """A code that nothing else in the event has and that tells nothing about its order."""
    rounds = select(Round.id).where(Round.event_id == turn.round.event_id)
    taken = set(db.session.scalars(select(Turn.code).where(Turn.round_id.in_(rounds))))
    while (code := f"{secrets.choice(LETTERS)}{secrets.randbelow(90) + 10}") in taken:
        pass
    return code


def merged(turn: Turn, name: str, fact: Any) -> dict[str, Any]:
    """The turn's facts with one of them replaced; a new mapping, because stored ones are not changed in place."""
    return {**turn.facts, name: fact}
