"""Closing the marking of a turn, so that whoever has not handed in is named and settled; and opening it again."""

from __future__ import annotations

from scoring.actions.find import seats_of, turn_of
from scoring.actions.transaction import Actor, record
from scoring.board import format_of, missing_seats
from scoring.board.releasing import check_open
from scoring.rules.refusal import Refused
from scoring.store import Turn
from scoring.store.model import now


def close_marking(actor: Actor, turn_id: int) -> None:
    """Accept no sheet of the turn any more; the trail says which seats had not handed one in.

    Their drafts stay where they are and never count: the desk waits for them by opening the marking again, or records
    a recusal or abstention. Raises Refused: turn_unknown, not_called, turn_released, turn_not_open, marking_closed.
    """
    turn = _open_turn(turn_id)
    if turn.closed_at is not None:
        raise Refused.because("marking_closed", number=turn.number)
    turn.closed_at = now()
    missing = [seat.number for seat in missing_seats(turn)]
    record(turn.contest, actor, "close_marking", seats_of(turn), turn=turn.id, number=turn.number, missing=missing)


def reopen_marking(actor: Actor, turn_id: int) -> None:
    """Accept sheets of the turn again, to wait for those that are missing.

    Raises Refused: turn_unknown, not_called, turn_released, turn_not_open, marking_open.
    """
    turn = _open_turn(turn_id)
    if turn.closed_at is None:
        raise Refused.because("marking_open", number=turn.number)
    turn.closed_at = None
    record(turn.contest, actor, "reopen_marking", seats_of(turn), turn=turn.id, number=turn.number)


def _open_turn(turn_id: int) -> Turn:
    turn = turn_of(turn_id)
    if format_of(turn.round.event).coded:
        raise Refused.because("not_called", number=turn.number)
    check_open(turn)
    return turn
