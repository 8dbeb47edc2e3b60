"""Sending one sheet back to its judge with a question; the judge keeps it or changes it, and both versions stay."""

from __future__ import annotations

from scoring.actions.find import seat_of, turn_of
from scoring.actions.transaction import Actor, record
from scoring.actions.versions import give_back
from scoring.board.releasing import check_open
from scoring.rules.refusal import Refused
from scoring.store.sheets import SUBMITTED


def send_back(actor: Actor, turn_id: int, seat_id: int, question: str) -> None:
    """Unlock one submitted sheet and ask its judge about it; it does not count until it is submitted again.

    Raises Refused: turn_unknown, seat_not_in_room, question_missing, turn_released, turn_not_open, judge_recused,
    sheet_sent_back (it is with the judge already), sheet_not_submitted.
    """
    turn = turn_of(turn_id)
    seat = seat_of(turn, seat_id)
    if not question.strip():
        raise Refused.because("question_missing", "question")
    check_open(turn)
    if seat.id in turn.recused:
        raise Refused.because("judge_recused", seats=str(seat.number), number=turn.number)
    sheet = next((sheet for sheet in turn.sheets if sheet.seat_id == seat.id), None)
    if sheet is not None and sheet.newest.question:
        raise Refused.because("sheet_sent_back", seats=str(seat.number))
    if sheet is None or sheet.newest.state != SUBMITTED:
        raise Refused.because("sheet_not_submitted", seats=str(seat.number), number=turn.number)
    asked = question.strip()
    give_back(sheet, actor, turn, question=asked)
    record(turn.contest, actor, "send_back", [seat.id], turn=turn.id, seat=seat.id, number=turn.number, question=asked)
