"""Sending one sheet back to its judge with a question; the judge keeps it or changes it, and both versions stay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scoring.actions.find import seat_of, turn_of
from scoring.actions.registry import EVERYWHERE, RULING, TURN, _l, logged, of_id, text, text_if_any, verb
from scoring.actions.results.versions import give_back
from scoring.actions.review.documents import turns_of_documents
from scoring.actions.review.sealing import check_may_pair
from scoring.actions.transaction import Actor, record
from scoring.board.conditions.releasing import check_open
from scoring.board.conditions.withheld import was_left
from scoring.rules.refusal import Refused
from scoring.store import Sheet, Turn
from scoring.store.nameless import names_of
from scoring.store.sheets import SUBMITTED


@verb(
    (TURN, of_id("seat", optional=True), text_if_any("sheet"), text("question")),
    roles=RULING,
    done=_l("%(judge)s is asked about the sheet for no. %(number)s. Both versions will stay on record."),
    heard=True,
)
def send_back(actor: Actor, turn_id: int, seat_id: int = 0, question: str = "", sheet: str = "") -> None:
    """Unlock one submitted sheet and ask its judge about it; it does not count until it is submitted again.

    The sheet is named by its judge's seat; that of a coded document by the name that the marks' page gave it, as nobody
    is told whose it is.
    Raises Refused: turn_unknown, coder_decides (by the seat while it is coded, or once a reviewer has left one),
    seat_not_in_room, question_missing, turn_released, turn_not_open, judge_recused, sheet_sent_back (it is with the
    judge already), sheet_not_submitted.
    """
    turn = turn_of(turn_id)
    if turn.hidden:
        if seat_id or was_left(turns_of_documents(turn.round.event)):
            check_may_pair(actor, turn.round.event)
        _send_back_unnamed(actor, turn, question, seat_id, sheet)
        return
    seat = seat_of(turn, seat_id)
    _check_question(turn, question)
    if seat.id in turn.recused:
        raise Refused.because("judge_recused", seats=str(seat.number), number=turn.number)
    of_seat = next((one for one in turn.sheets if one.seat_id == seat.id), None)
    _give_back(actor, turn, of_seat, question.strip(), str(seat.number))


def _send_back_unnamed(actor: Actor, turn: Turn, question: str, seat_id: int, name: str) -> None:
    """The same of a coded document: a sheet that does not count, or is none of it, is refused as one that is not in."""
    _check_question(turn, question)
    panel = {seat.id for seat in turn.panel} - turn.recused.keys()
    counted = {one.seat_id: one for one in turn.sheets if one.seat_id in panel}
    marks = {seat: held for seat, one in counted.items() if (held := _submitted_marks(one))}
    _give_back(actor, turn, counted.get(seat_id or names_of(turn.id, marks).get(name, 0)), question.strip(), "—")


def _submitted_marks(sheet: Sheet) -> Mapping[str, Any] | None:
    """What the sheet held when it was submitted last."""
    return next((version.marks for version in reversed(sheet.versions) if version.marks), None)


def _check_question(turn: Turn, question: str) -> None:
    if not question.strip():
        raise Refused.because("question_missing", "question")
    check_open(turn)


@logged(
    "sheets",
    _l("sent the sheet of %(about)s for no. %(turn)s back with a question"),
    EVERYWHERE,
    name="send_back",
    coded=_l("sent a sheet back with a question; which one is told after the decoding"),
)
def _give_back(actor: Actor, turn: Turn, sheet: Sheet | None, asked: str, shown: str) -> None:
    if sheet is not None and sheet.newest.question:
        raise Refused.because("sheet_sent_back", seats=shown)
    if sheet is None or sheet.newest.state != SUBMITTED:
        raise Refused.because("sheet_not_submitted", seats=shown, number=turn.number)
    give_back(sheet, actor, turn, question=asked)
    about: dict[str, Any] = {"turn": turn.id, "seat": sheet.seat_id, "number": turn.number, "question": asked}
    record(turn.contest, actor, "send_back", [sheet.seat_id], **about)
