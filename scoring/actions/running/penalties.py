"""Penalties: points off after averaging, entered at the desk and never by judges."""

from __future__ import annotations

from scoring.actions.find import turn_of
from scoring.actions.registry import PENALTY, REASON, TIMING, TURN, _l, logged, text, verb, whole
from scoring.actions.said import stated
from scoring.actions.transaction import Actor, coming, record
from scoring.board.conditions.releasing import check_open, check_unreleased
from scoring.board.reading.facts import format_of, parts_of, penalties_shown
from scoring.extensions import db
from scoring.rules.formats.common import overtime_of
from scoring.rules.penalties import overtime_points
from scoring.rules.refusal import Refused
from scoring.store import Penalty
from scoring.store.model import now


@verb(
    (TURN, whole("seconds"), text("part", optional=True)),
    roles=TIMING,
    done=_l("The overtime of no. %(number)s is recorded."),
    heard=True,
)
@logged(
    "results", _l("recorded an overtime of no. %(turn)s: %(seconds)s seconds, %(points)s points"), ("desk", "clocks")
)
def add_overtime(actor: Actor, turn_id: int, seconds: int, part: str = "") -> None:
    """Record an overtime of whole seconds; the event's rule says how many points it costs.

    Raises Refused: turn_unknown, overtime_from_time, turn_released, turn_not_open, overtime_free (nothing to take off),
    overtime_twice, and what the rule refuses about the seconds; unknown_part unless a match's side or
    speaker is named.
    """
    turn = turn_of(turn_id)
    rule = overtime_of(turn.round.event.settings)
    if format_of(turn.round.event).coded or rule is None:
        raise Refused.because("overtime_from_time")
    check_open(turn)
    if part not in parts_of(turn):
        raise Refused.because("unknown_part", "part")
    if any(_is_overtime(penalty, part) for penalty in turn.penalties):
        raise Refused.because("overtime_twice", number=turn.number)
    points = overtime_points(seconds, rule)
    if not points:
        raise Refused.because("overtime_free", "seconds", seconds=str(rule.free_seconds))
    about = {"points": str(points), "actor": actor.label, "revision": coming(turn.contest)}
    taken = Penalty(turn=turn, part=part, kind="overtime", seconds=seconds, **about)
    db.session.add(taken)
    record(turn.contest, actor, "add_overtime", turn=turn.id, part=part, seconds=seconds, points=str(points))


def _is_overtime(penalty: Penalty, part: str) -> bool:
    return penalty.kind == "overtime" and penalty.part == part and penalty.withdrawn_at is None


@verb((PENALTY, REASON), done=_l("The penalty is withdrawn. It stays on record."), heard=True)
@logged("results", _l("withdrew a penalty of no. %(turn)s"), ("desk", "clocks"))
def withdraw_penalty(actor: Actor, penalty_id: int, reason: str) -> None:
    """Take back a penalty before the release; it stays on record as withdrawn.

    Raises Refused: penalty_unknown, turn_released, reason_missing.
    """
    penalty = db.session.get(Penalty, penalty_id)
    if penalty is None or penalty not in penalties_shown(penalty.turn):
        raise Refused.because("penalty_unknown")
    check_unreleased(penalty.turn)
    reason = stated(reason)
    penalty.withdrawn_at, penalty.withdrawn_revision = now(), coming(penalty.turn.contest)
    turn = penalty.turn
    record(turn.contest, actor, "withdraw_penalty", turn=turn.id, penalty=penalty.id, reason=reason)
