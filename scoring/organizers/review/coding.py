"""The coding officer's page: the blind codes before the review, and telling whose they are after it."""

from __future__ import annotations

import secrets

from flask import render_template
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from scoring.actions.registry import read_whole
from scoring.actions.review import review_rulings
from scoring.board.views.review import code_table, documents, reviewers_by_code
from scoring.organizers import doors
from scoring.organizers.grounds import GROUNDS
from scoring.organizers.review.assignment import SHEETS, STATUSES, by_whom, ticked
from scoring.organizers.review.contest import check_review
from scoring.organizers.steps import Given, Sent, Step, step


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


def _penalty(sent: Sent) -> Given:
    return {"ruling": review_rulings.PENALTY, "kind": sent.get("kind", "")}


def _pair(sent: Sent) -> Given:
    """The document and the reviewer that were chosen together."""
    turn, _, seat = sent.get("pair", "").partition("-")
    return {"turn_id": read_whole("turn", turn), "seat_id": read_whole("seat", seat)}


STEPS = {
    "code": Step("code_documents"),
    "code-late": Step("code_late_documents", given=lambda sent: {"alone": "alone" in sent}),
    "penalty": Step("rule", _l("The penalty is recorded under the code."), _penalty),
    "draw-again": Step("draw_reviewers", _l("The reviewers are drawn again; this is on record with its reason.")),
    "apply": Step("apply_to_codes"),
    "hand": Step("assign_by_hand", given=ticked),
    "rereview": Step("order_rereview", _l("The document has one more reviewer."), by_whom),
    "recuse": Step("recuse_reviewer"),
    "reinstate": Step("reinstate_reviewer", given=_pair),
    "paper": Step("name_paper", given=_pair),
    "decode": Step("decode"),
}


@doors.behind("coding")
def coding_step(contest_id: int, name: str) -> Response:
    """Code or decode."""
    check_review(contest_id)
    return step(contest_id, "organizers.coding", name, STEPS)
