"""The coding officer applies what was declared after the draw: who is kept off now leaves, and others are drawn."""

from __future__ import annotations

from scoring.actions.registry import _l, logged, verb
from scoring.actions.review.coding import coding_in_force, seats_of_event
from scoring.actions.review.documents import event_of_documents, turns_of_documents
from scoring.actions.review.reviewers import ASKED, replacement
from scoring.actions.review.sealing import check_may_pair
from scoring.actions.transaction import Actor, record
from scoring.board.conditions.kept_off import kept_off, related_to
from scoring.extensions import db
from scoring.rules.formats.common import reviewing_by
from scoring.rules.refusal import Refused
from scoring.store import Assignment, Event, Recusal, Seat, Turn
from scoring.store.contests import RELEASED
from scoring.store.people import CODER


@verb(roles=(CODER,), done=_l("What was declared is applied. Others are drawn where somebody left."))
@logged("draws", _l("applied to the coded documents what was declared since the draw"))
def apply_to_codes(actor: Actor, contest_id: int) -> None:
    """Take every reviewer off whatever they are kept off from by now, and draw others where there are too few.

    Whoever has begun with a document stays on it as recused, and the sheet does not count. Where nobody is free the
    document stays short, which only the coding officer's page says.
    Raises Refused: contest_unknown, no_documents_here, not_coded, decoded_already, coder_decides, nothing_waits.
    """
    event = event_of_documents(contest_id)
    coding_in_force(event)
    check_may_pair(actor, event)
    turns = [turn for turn in turns_of_documents(event) if turn.state != RELEASED and turn.assignments]
    left = [{"code": turn.code, "seats": gone} for turn in turns if (gone := _leave(actor, turn))]
    came = [{"code": turn.code, "seats": new} for turn in turns if (new := _fill(event, turn))]
    if not left and not came:
        raise Refused.because("nothing_waits")
    record(event.contest, actor, "apply_to_codes", seats_of_event(event), left=left, came=came)


def _leave(actor: Actor, turn: Turn) -> list[int]:
    """The numbers of those who leave the document."""
    grounds, begun = related_to(turn), {sheet.seat_id for sheet in turn.sheets}
    leaving = [one for one in turn.assignments if one.seat_id in grounds and one.seat_id not in turn.recused]
    for one in leaving:
        if one.seat_id in begun:
            about = {"ground": grounds[one.seat_id], "reason": "", "relation": True, "actor": actor.label}
            turn.recusals.append(Recusal(seat=one.seat, seat_id=one.seat_id, **about))
        else:
            turn.assignments.remove(one)
        _ask_again(turn, one.seat)
    db.session.flush()
    return [one.seat.number for one in leaving]


def _ask_again(turn: Turn, seat: Seat) -> None:
    """Where the further reviewer leaves, a further review is asked for as before."""
    further = turn.facts.get("rereview") or {}
    if further.get("seat") == str(seat.number):
        turn.facts = {name: fact for name, fact in turn.facts.items() if name != "rereview"} | {ASKED: further["by"]}


def _fill(event: Event, turn: Turn) -> list[int]:
    """The numbers of those who are drawn for the document, until it has its reviewers or nobody is free."""
    came: list[Seat] = []
    needed = reviewing_by(event.settings).per_document
    while _reviewing(turn) < needed:
        try:
            seat = replacement(event, turn, kept_off(turn))
        except Refused:
            break
        turn.assignments.append(Assignment(seat=seat))
        came.append(seat)
        db.session.flush()
    return [seat.number for seat in came]


def _reviewing(turn: Turn) -> int:
    """How many review the document in the first place: neither recused nor called in further."""
    further = (turn.facts.get("rereview") or {}).get("seat")
    return sum(one.seat_id not in turn.recused and str(one.seat.number) != further for one in turn.assignments)
