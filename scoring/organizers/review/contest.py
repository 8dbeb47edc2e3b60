"""The pages of a review are there for a contest in which documents are judged, and for no other."""

from __future__ import annotations

from flask import abort

from scoring.board.views.review import is_review
from scoring.pages.found import found


def check_review(contest_id: int) -> None:
    """Answers 404 unless documents are judged in the contest."""
    if not found(is_review, contest_id):
        abort(404)
