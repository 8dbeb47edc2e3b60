"""The reviewers of each document by its code: the draw, changes by hand, opening, disputes, rulings and the release."""

from __future__ import annotations

import secrets
from typing import Any

from flask import render_template
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from scoring.actions.review import review_rulings, reviewers
from scoring.actions.transaction import Actor
from scoring.board.views.review import review, severity
from scoring.organizers import doors
from scoring.organizers.grounds import GROUNDS
from scoring.organizers.review.contest import check_review
from scoring.organizers.steps import Sent, step, whole, wholes

STATUSES = {
    "waiting": _l("not open"),
    "open": _l("being reviewed"),
    "disputed": _l("too far apart"),
    "complete": _l("complete"),
    "void": _l("void"),
    "released": _l("released"),
}
SHEETS = {
    "empty": _l("not begun"),
    "draft": _l("marking"),
    "returned": _l("given back"),
    "submitted": _l("submitted"),
    "recused": _l("recused"),
    "abstained": _l("abstained"),
}


@doors.behind("assignment")
def assignment(contest_id: int) -> str:
    """Show who reviews what, and what waits for a decision."""
    check_review(contest_id)
    return render_template(
        "organizers/review/assignment.html",
        review=review(contest_id),
        severity=severity(contest_id),
        statuses=STATUSES,
        sheets=SHEETS,
        grounds=GROUNDS,
        seed=secrets.token_hex(8),
    )


def _draw(actor: Actor, contest_id: int, sent: Sent) -> Any:
    return reviewers.draw_reviewers, (sent.get("seed", ""), wholes(sent, "seat"), sent.get("reason", ""))


def _hand(actor: Actor, contest_id: int, sent: Sent) -> Any:
    """The boxes that were ticked, for every document of the form."""
    return reviewers.assign_by_hand, ({turn: wholes(sent, f"seats-{turn}") for turn in wholes(sent, "turn")},)


def _open(actor: Actor, contest_id: int, sent: Sent) -> Any:
    return reviewers.open_review, ()


def _rereview(actor: Actor, contest_id: int, sent: Sent) -> Any:
    """By name only where nothing is coded any more; before that it is asked for."""
    seat = whole(sent, "seat") if sent.get("seat") else None
    return reviewers.order_rereview, (whole(sent, "turn"), sent.get("by", ""), seat)


def _rule(actor: Actor, contest_id: int, sent: Sent) -> Any:
    ruling, _, kind = sent.get("ruling", "").partition(":")
    return review_rulings.rule, (whole(sent, "turn"), ruling, kind, sent.get("reason", ""))


def _take_back(actor: Actor, contest_id: int, sent: Sent) -> Any:
    ruling, _, kind = sent.get("ruling", "").partition(":")
    return review_rulings.take_back, (whole(sent, "turn"), ruling, kind, sent.get("reason", ""))


def _recuse(actor: Actor, contest_id: int, sent: Sent) -> Any:
    judge = whole(sent, "turn"), whole(sent, "seat")
    return reviewers.recuse_reviewer, (*judge, sent.get("ground", ""), sent.get("reason", ""))


def _release(actor: Actor, contest_id: int, sent: Sent) -> Any:
    return review_rulings.release_review, ()


STEPS = {
    "draw": (_draw, _l("The reviewers are drawn. Only the coding officer sees who reviews what.")),
    "hand": (_hand, _l("The assignment is changed; this is on record.")),
    "open": (_open, _l("The cleared documents are open to their reviewers.")),
    "rereview": (_rereview, _l("A further review is ordered.")),
    "rule": (_rule, _l("The ruling is recorded.")),
    "take-back": (_take_back, _l("The ruling is taken back. It stays on record.")),
    "recuse": (_recuse, _l("This reviewer does not review the document any more. This is on record.")),
    "release": (_release, _l("The results are released.")),
}


@doors.behind("assignment")
def assignment_step(contest_id: int, name: str) -> Response:
    """Perform one step of the page."""
    check_review(contest_id)
    return step(contest_id, "organizers.assignment", name, STEPS)
