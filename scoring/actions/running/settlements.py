"""What the chief decides about a bench: each difference between its inspectors, and caps."""

from __future__ import annotations

from scoring.actions.find import turn_of
from scoring.actions.registry import REASON, RULING, TURN, _l, logged, text, verb, whole
from scoring.actions.running.benches import bench_rules, merged
from scoring.actions.transaction import Actor, record
from scoring.board.conditions.releasing import check_unreleased
from scoring.board.reading.facts import sheets_of
from scoring.rules.refusal import Refused
from scoring.rules.rulings import read_reason
from scoring.store import Turn


@verb(
    (TURN, text("line"), whole("count"), REASON),
    roles=RULING,
    done=_l("The difference is settled. Both sheets stay on record."),
    heard=True,
)
@logged("changes", _l("settled a difference between the inspectors of no. %(turn)s"), ("desk",))
def settle_difference(actor: Actor, turn_id: int, line: str, count: int, reason: str) -> None:
    """Settle one line on which the two inspectors differ; both their sheets stay as they are.

    It falls away by itself when one of the sheets is changed afterwards; settling again replaces it.
    Raises Refused: turn_unknown, no_benches, turn_released, missing_sheets, two_inspectors_needed, line_not_in_dispute,
    count_not_whole, count_too_high, reason_missing, reason_too_long. Source: domain page 2C, the chief reconciles.
    """
    turn = _open_turn(turn_id)
    settled = bench_rules(turn).settle(turn.round.event.settings, sheets_of(turn), line, count, reason)
    turn.facts = merged(turn, "settlements", {**turn.facts.get("settlements", {}), line: settled})
    record(turn.contest, actor, "settle_difference", turn=turn.id, line=line, settled=settled)


@verb((TURN, text("kind"), REASON), roles=RULING, done=_l("The cap is ruled."), heard=True)
@logged("changes", _l("ruled a cap for no. %(turn)s"))
def rule_cap(actor: Actor, turn_id: int, kind: str, reason: str) -> None:
    """Rule a cap on the total, such as for a damaged or lost original.

    Raises Refused: turn_unknown, no_benches, turn_released, unknown_ruling, reason_missing, reason_too_long, cap_twice.
    Source: domain page 2C.
    """
    turn = _open_turn(turn_id)
    caps = bench_rules(turn).rule_cap(turn.round.event.settings, turn.facts, kind, reason)
    turn.facts = merged(turn, "caps", caps)
    record(turn.contest, actor, "rule_cap", turn=turn.id, kind=kind, reason=reason)


@verb(
    (TURN, text("kind"), REASON),
    roles=RULING,
    done=_l("The cap is taken back. That it was ruled stays on record."),
    heard=True,
)
@logged("changes", _l("took a cap of no. %(turn)s back"))
def withdraw_cap(actor: Actor, turn_id: int, kind: str, reason: str) -> None:
    """Take a cap back that was ruled by mistake; that it was ruled stays on record.

    Raises Refused: turn_unknown, no_benches, turn_released, cap_unknown, reason_missing, reason_too_long.
    """
    turn = _open_turn(turn_id)
    caps = turn.facts.get("caps", [])
    left = [cap for cap in caps if cap["kind"] != kind]
    if len(left) == len(caps):
        raise Refused.because("cap_unknown", "kind")
    turn.facts = merged(turn, "caps", left)
    record(turn.contest, actor, "withdraw_cap", turn=turn.id, kind=kind, reason=read_reason(reason))


def _open_turn(turn_id: int) -> Turn:
    turn = turn_of(turn_id)
    bench_rules(turn)
    check_unreleased(turn)
    return turn
