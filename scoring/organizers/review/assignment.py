"""The reviewers of each document by its code: the draw, changes by hand, opening, disputes, rulings and the release."""

from __future__ import annotations

import secrets

from flask import render_template
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from scoring.actions.registry import ids, read_ids
from scoring.board.views.review import review, severity
from scoring.organizers import doors
from scoring.organizers.grounds import GROUNDS
from scoring.organizers.review.contest import check_review
from scoring.organizers.steps import Given, Sent, Step, step, whole

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
    "away": _l("away from the seat"),
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


def ticked(sent: Sent) -> Given:
    """The boxes that were ticked, for every document of the form."""
    return {"chosen": {turn: read_ids("", sent.getlist(f"seats-{turn}")) for turn in TURNS.value(sent)}}


def by_whom(sent: Sent) -> Given:
    """Who reviews once more, where somebody was chosen."""
    return {"seat_id": whole(sent, "seat")} if sent.get("seat") else {}


def _ruling(sent: Sent) -> Given:
    ruling, _, kind = sent.get("ruling", "").partition(":")
    return {"ruling": ruling, "kind": kind}


TURNS = ids("turn")
STEPS = {
    "draw": Step("draw_reviewers", _l("The reviewers are drawn. Only the coding officer sees who reviews what.")),
    "hand": Step("assign_by_hand", given=ticked),
    "open": Step("open_review"),
    "rereview": Step("order_rereview", _l("A further review is ordered."), by_whom),
    "rule": Step("rule", _l("The ruling is recorded."), _ruling),
    "take-back": Step("take_back", given=_ruling),
    "recuse": Step("recuse_reviewer"),
    "release": Step("release_review"),
}


@doors.behind("assignment")
def assignment_step(contest_id: int, name: str) -> Response:
    """Perform one step of the page."""
    check_review(contest_id)
    return step(contest_id, "organizers.assignment", name, STEPS)
