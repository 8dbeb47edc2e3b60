"""The supervisor's page of a review: signing, with an own account, that the documents may be decoded."""

from __future__ import annotations

from flask import render_template
from werkzeug.wrappers import Response

from scoring.board.views.review import witnessing
from scoring.organizers import doors
from scoring.organizers.review.contest import check_review
from scoring.organizers.steps import Step, step


@doors.behind("witness")
def witness(contest_id: int) -> str:
    """Show how near the review is to its decoding, by codes only."""
    check_review(contest_id)
    review = witnessing(contest_id)
    return render_template("organizers/review/witness.html", review=review)


STEPS = {"sign": Step("witness_decoding")}


@doors.behind("witness")
def witness_step(contest_id: int, name: str) -> Response:
    """Sign for the decoding."""
    check_review(contest_id)
    return step(contest_id, "organizers.witness", name, STEPS)
