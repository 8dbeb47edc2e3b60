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
    """Show the contests in which the account has a page, the newest first."""
    contest_ids = db.session.scalars(select(Contest.id).order_by(Contest.id.desc()))
    boards = [board.audience(contest_id) for contest_id in list(contest_ids)]
    mine = [(shown, door) for shown in boards if (door := _first_door(shown["contest"])) is not None]
    return render_template("organizers/contests.html", contests=mine)


def _first_door(contest: dict[str, Any]) -> doors.Door | None:
    account = access.account()
    assert account is not None
    return next(doors.of_role(account.role, contest["subject"]), None)
