"""The coding officer's page: the blind codes before the review, and telling whose they are after it."""

from __future__ import annotations

import secrets
from typing import Any

from flask import render_template
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from scoring.actions.review import coding as verbs
from scoring.actions.review import late_documents, review_rulings, reviewers, sealed_relations
from scoring.actions.running import paper
from scoring.actions.transaction import Actor
from scoring.actions.verbs import read_whole
from scoring.board.views.review import code_table, documents, reviewers_by_code
from scoring.organizers import doors
from scoring.organizers.grounds import GROUNDS
from scoring.organizers.review.assignment import SHEETS, STATUSES
from scoring.organizers.review.contest import check_review
from scoring.organizers.steps import Sent, step, whole, wholes


@doors.behind("coding")
def coding(contest_id: int) -> str:
    """Show the code table to the coding officer, and to nobody else."""
    check_review(contest_id)
    handed_in = documents(contest_id)
    return render_template(
        "organizers/review/coding.html",
        review=code_table(contest_id),
        matrix=reviewers_by_code(contest_id),
        grounds=GROUNDS,
        statuses=STATUSES,
        sheets=SHEETS,
        missing=handed_in["missing"],
        late=handed_in["late"],
        among=handed_in["among"],
        hiding=handed_in["hiding"],
        seed=secrets.token_hex(16),
    )


def _code(actor: Actor, contest_id: int, sent: Sent) -> Any:
    return verbs.code_documents, (sent.get("seed", ""), sent.get("witness", ""), sent.get("reason", ""))


def _code_late(actor: Actor, contest_id: int, sent: Sent) -> Any:
    return late_documents.code_late_documents, (sent.get("witness", ""), "alone" in sent, sent.get("reason", ""))


def _penalty(actor: Actor, contest_id: int, sent: Sent) -> Any:
    turn_id = whole(sent, "turn")
    return review_rulings.rule, (turn_id, review_rulings.PENALTY, sent.get("kind", ""), sent.get("reason", ""))


def _draw_again(actor: Actor, contest_id: int, sent: Sent) -> Any:
    return reviewers.draw_reviewers, (sent.get("seed", ""), wholes(sent, "seat"), sent.get("reason", ""))


def _apply(actor: Actor, contest_id: int, sent: Sent) -> Any:
    return sealed_relations.apply_to_codes, ()


def _hand(actor: Actor, contest_id: int, sent: Sent) -> Any:
    """The boxes that were ticked, for every document of the form."""
    return reviewers.assign_by_hand, ({turn: wholes(sent, f"seats-{turn}") for turn in wholes(sent, "turn")},)


def _rereview(actor: Actor, contest_id: int, sent: Sent) -> Any:
    """By the reviewer who was chosen, or by one who is drawn."""
    seat = whole(sent, "seat") if sent.get("seat") else None
    return reviewers.order_rereview, (whole(sent, "turn"), sent.get("by", ""), seat)


def _recuse(actor: Actor, contest_id: int, sent: Sent) -> Any:
    judge = whole(sent, "turn"), whole(sent, "seat")
    return reviewers.recuse_reviewer, (*judge, sent.get("ground", ""), sent.get("reason", ""))


def _reinstate(actor: Actor, contest_id: int, sent: Sent) -> Any:
    return reviewers.reinstate_reviewer, _pair(sent)


def _name_paper(actor: Actor, contest_id: int, sent: Sent) -> Any:
    return paper.name_paper, _pair(sent)


def _pair(sent: Sent) -> tuple[int, int]:
    """The document and the reviewer that were chosen together."""
    turn, _, seat = sent.get("pair", "").partition("-")
    return read_whole("turn", turn), read_whole("seat", seat)


def _decode(actor: Actor, contest_id: int, sent: Sent) -> Any:
    return verbs.decode, ()


STEPS = {
    "code": (_code, _l("The documents are coded. Only this page tells whose they are.")),
    "code-late": (_code_late, _l("The late documents are coded. Their reviewers can be assigned now.")),
    "penalty": (_penalty, _l("The penalty is recorded under the code.")),
    "draw-again": (_draw_again, _l("The reviewers are drawn again; this is on record with its reason.")),
    "apply": (_apply, _l("What was declared is applied. Others are drawn where somebody left.")),
    "hand": (_hand, _l("The assignment is changed; this is on record.")),
    "rereview": (_rereview, _l("The document has one more reviewer.")),
    "recuse": (_recuse, _l("This reviewer does not review the document any more. This is on record.")),
    "reinstate": (_reinstate, _l("This reviewer reviews the document again. This is on record.")),
    "paper": (_name_paper, _l("Two people can enter this sheet of paper now.")),
    "decode": (_decode, _l("The documents are decoded. The results can be released now.")),
}


@doors.behind("coding")
def coding_step(contest_id: int, name: str) -> Response:
    """Code or decode."""
    check_review(contest_id)
    return step(contest_id, "organizers.coding", name, STEPS)
