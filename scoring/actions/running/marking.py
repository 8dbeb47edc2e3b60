"""Closing the marking of a turn, so that whoever has not handed in is named and settled; and opening it again."""

from __future__ import annotations

from scoring.actions.find import turn_of
from scoring.actions.registry import EVERYWHERE, TURN, _l, logged, verb
from scoring.actions.transaction import Actor, record
from scoring.board.conditions.releasing import check_close, check_reopen
from scoring.board.reading.facts import missing_seats
from scoring.store.model import now


@verb(TURN, done=_l("The marking of no. %(number)s is closed."), heard=True)
@logged("course", _l("closed the marking of no. %(turn)s"), EVERYWHERE)
def close_marking(actor: Actor, turn_id: int) -> None:
    """Accept no sheet of the turn any more; the trail says which seats had not handed one in.

    Their drafts stay where they are and never count: the desk waits for them by opening the marking again, or records
    a recusal or abstention. Raises Refused: turn_unknown, and as the board's `check_close` does.
    """
    turn = turn_of(turn_id)
    check_close(turn)
    turn.closed_at = now()
    missing = [seat.number for seat in missing_seats(turn)]
    record(turn.contest, actor, "close_marking", turn=turn.id, number=turn.number, missing=missing)


@verb(TURN, done=_l("The marking of no. %(number)s is open again."), heard=True)
@logged("course", _l("opened the marking of no. %(turn)s again"), EVERYWHERE)
def reopen_marking(actor: Actor, turn_id: int) -> None:
    """Accept sheets of the turn again, to wait for those that are missing.

    Raises Refused: turn_unknown, and as the board's `check_reopen` does.
    """
    turn = turn_of(turn_id)
    check_reopen(turn)
    turn.closed_at = None
    record(turn.contest, actor, "reopen_marking", turn=turn.id, number=turn.number)
