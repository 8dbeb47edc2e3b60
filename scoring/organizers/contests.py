"""The list of contests, each with the way to the first page where the account has something to do."""

from __future__ import annotations

from typing import Any

from flask import render_template
from sqlalchemy import select

from scoring import access, board
from scoring.extensions import db
from scoring.organizers import doors
from scoring.store import Contest


@access.anyone
def contests() -> str:
    """Show the events of the contests in which the account has a page, the newest contest first."""
    contest_ids = list(db.session.scalars(select(Contest.id).order_by(Contest.id.desc())))
    events = [(contest_id, event) for contest_id in contest_ids for event in board.events_of(contest_id)]
    boards = [board.audience(contest_id, event["position"]) for contest_id, event in events]
    mine = [(shown, door) for shown in boards if (door := _first_door(shown["contest"])) is not None]
    return render_template("organizers/contests.html", contests=mine)


def _first_door(contest: dict[str, Any]) -> doors.Door | None:
    account = access.account()
    assert account is not None
    return next(doors.of_role(account.role, contest["subject"]), None)
