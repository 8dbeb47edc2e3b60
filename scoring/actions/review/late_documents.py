"""Documents that come after the coding: taken in without a code, then coded among those that nobody has opened yet."""

from __future__ import annotations

from typing import Any

from scoring.actions.registry import _l, logged, typed, verb
from scoring.actions.review.coding import check_cleared, coding_in_force, put_behind, seats_of_event
from scoring.actions.review.documents import event_of_documents, turns_of_documents
from scoring.actions.running.late_places import shortest
from scoring.actions.said import check_reason, check_witness, stated_if_any
from scoring.actions.transaction import Actor, record
from scoring.board.views.review import HIDING, late_authors
from scoring.extensions import db
from scoring.rules.draw import draw
from scoring.rules.refusal import Refused
from scoring.store import Appearance, Contestant, Event, Turn
from scoring.store.contests import WAITING
from scoring.store.people import CODER

PURPOSE = "late codes"


@verb(
    (typed("witness"), typed("reason")),
    roles=(CODER,),
    done=_l("The late documents are coded. Their reviewers can be assigned now."),
)
@logged("review", _l("coded %(documents)s late documents among %(among)s, witnessed by %(witness)s"))
def code_late_documents(actor: Actor, contest_id: int, witness: str, alone: bool = False, reason: str = "") -> None:
    """Give codes to the documents that came after the coding, in the order that the sealed seed draws.

    They are drawn together with all documents that are not open to reviewers yet: behind a new code there may be any of
    them, so that the last code does not tell who came late. Reviewers of those are assigned anew. The seed is the one
    that was sealed at the first coding, so that nobody chooses it knowing who is late.
    Among fewer than HIDING documents a code would all but name its author to whoever knows who came late: then they
    wait for others, or the coding officer decides that they are coded `alone`, for a reason that goes on record.
    Raises Refused: contest_unknown, no_documents_here, not_coded, decoded_already, witness_missing,
    witness_is_actor, nothing_late, documents_not_cleared, late_recognised (says how few they are), reason_missing.
    """
    event = event_of_documents(contest_id)
    coding = coding_in_force(event)
    check_witness(witness, actor)
    late = [author for author in late_authors(event) if author.document is not None]
    if not late:
        raise Refused.because("nothing_late")
    check_cleared(late)
    closed = [turn for turn in turns_of_documents(event) if turn.state == WAITING]
    authors = [*(turn.appearances[0].contestant for turn in closed), *late]
    recognised = len(authors) < HIDING
    if recognised and not alone:
        raise Refused.because("late_recognised", documents=len(authors), needed=HIDING)
    if recognised:
        check_reason(reason)
    turns = [*closed, *(_new_turn(event, author) for author in late)]
    by_number = {author.number: author for author in authors}
    for turn in closed:
        turn.assignments.clear()
    drawn = draw(coding.seed, f"{PURPOSE} {len(turns_of_documents(event))}", list(by_number))
    put_behind(turns, [by_number[number] for number in drawn])
    told: dict[str, Any] = {"documents": len(late), "among": len(authors), "witness": witness.strip()[:60]}
    told |= {"alone": True, "reason": stated_if_any(reason)} if recognised else {}
    record(event.contest, actor, "code_late_documents", seats_of_event(event), **told)


def _new_turn(event: Event, author: Contestant) -> Turn:
    """A turn at the end, with the next code."""
    played = event.rounds[0]
    place = max((turn.position for turn in played.turns), default=0) + 1
    digits = max((len(turn.code) - 1 for turn in played.turns), default=2)
    turn = Turn(round=played, room=shortest(event.rooms, played.turns), position=place, facts={})
    turn.code = f"A{place:0{digits}d}"
    db.session.add_all([turn, Appearance(turn=turn, part="", contestant=author)])
    db.session.flush()
    db.session.refresh(played, ["turns"])
    return turn
