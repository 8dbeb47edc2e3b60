"""The list of contests, each with the way to its desk."""

from __future__ import annotations

from flask import render_template
from sqlalchemy import select

from scoring import access, board
from scoring.extensions import db
from scoring.store import Contest


@access.organizer
def contests() -> str:
    """Show all contests, the newest first."""
    contest_ids = db.session.scalars(select(Contest.id).order_by(Contest.id.desc()))
    boards = [board.audience(contest_id) for contest_id in contest_ids]
    return render_template("organizers/contests.html", boards=boards)
