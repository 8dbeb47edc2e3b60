"""Recusal and abstention: a judge who does not mark a turn, recorded with a reason."""

from __future__ import annotations

from scoring.actions.find import check_has_judges, seat_of, unreleased_turn_of
from scoring.actions.registry import EVERYWHERE, REASON, SEAT, TURN, _l, logged, text, verb
from scoring.actions.review.sealing import check_may_pair
from scoring.actions.said import stated
from scoring.actions.transaction import Actor, record
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Recusal
from scoring.store.model import now
from scoring.store.panel import GROUNDS


@verb(
    (TURN, SEAT, text("ground"), REASON),
    done=_l("%(judge)s does not mark no. %(number)s. This is on record."),
    heard=True,
)
@logged(
    "panel",
    _l("recused %(about)s for no. %(turn)s"),
    EVERYWHERE,
    grounds={
        "abstained": _l("recorded that %(about)s abstains for no. %(turn)s"),
        "away": _l("recorded that %(about)s is away from the seat for no. %(turn)s"),
    },
    coded=_l("recused a judge for one piece of work; which one is told after the decoding"),
)
def recuse(actor: Actor, turn_id: int, seat_id: int, ground: str, reason: str) -> None:
    """Take a judge out of the marking of one turn; a sheet already there stays on record but does not count.

    Raises Refused: turn_unknown, seat_not_in_room, turn_released, ground_unknown, reason_missing, already_recused,
    no_judges_here, coder_decides (the documents are coded).
    """
    turn = unreleased_turn_of(turn_id)
    check_has_judges(turn.round.event)
    check_may_pair(actor, turn.round.event)
    seat = seat_of(turn, seat_id)
    if ground not in GROUNDS:
        raise Refused.because("ground_unknown", "ground")
    reason = stated(reason)
    if seat.id in turn.recused:
        raise Refused.because("already_recused", seats=str(seat.number))
    db.session.add(Recusal(turn=turn, seat=seat, ground=ground, reason=reason, actor=actor.label))
    record(turn.contest, actor, "recuse", turn=turn.id, seat=seat.id, ground=ground, reason=reason)


@verb((TURN, SEAT), done=_l("%(judge)s marks no. %(number)s again."), heard=True)
@logged(
    "panel",
    _l("let %(about)s mark no. %(turn)s again"),
    EVERYWHERE,
    coded=_l("let a judge mark one piece of work again; which one is told after the decoding"),
)
def reinstate(actor: Actor, turn_id: int, seat_id: int) -> None:
    """Withdraw a recusal that was recorded by mistake.

    Raises Refused: turn_unknown, seat_not_in_room, turn_released, not_recused, recusal_from_relation, coder_decides.
    """
    turn = unreleased_turn_of(turn_id)
    check_may_pair(actor, turn.round.event)
    seat = seat_of(turn, seat_id)
    recusal = turn.recused.get(seat.id)
    if recusal is None:
        raise Refused.because("not_recused", seats=str(seat.number))
    if recusal.relation:
        raise Refused.because("recusal_from_relation", seats=str(seat.number))
    recusal.withdrawn_at = now()
    record(turn.contest, actor, "reinstate", turn=turn.id, seat=seat.id)
