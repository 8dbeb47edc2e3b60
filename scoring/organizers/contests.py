"""The list of contests, each with the way to the page where the account has something to do."""

from __future__ import annotations

from flask import render_template
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from scoring import access, board
from scoring.extensions import db
from scoring.store import Contest
from scoring.store.people import CODER, TIMEKEEPER

DESK = ("organizers.desk", _l("Open the desk"))
DOORS = {
    TIMEKEEPER: ("organizers.clocks", _l("Open the clocks")),
    CODER: ("organizers.coding", _l("Open the code table")),
}


@access.anyone
def contests() -> str:
    """Show all contests, the newest first; to the coding officer those with something to code."""
    account = access.account()
    assert account is not None
    door, called = DOORS.get(account.role, DESK)
    contest_ids = list(db.session.scalars(select(Contest.id).order_by(Contest.id.desc())))
    if account.role == CODER:
        contest_ids = [contest_id for contest_id in contest_ids if board.is_review(contest_id)]
    boards = [board.audience(contest_id) for contest_id in contest_ids]
    return render_template("organizers/contests.html", boards=boards, door=door, called=called)
