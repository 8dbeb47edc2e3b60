"""The pages of a review are there for a contest in which documents are judged, and for no other."""

from __future__ import annotations

from flask import abort

from scoring import board
from scoring.found import found


def check_review(contest_id: int) -> None:
    """Answers 404 unless documents are judged in the contest."""
    if not found(board.is_review, contest_id):
        abort(404)
