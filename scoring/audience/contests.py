"""Finds what an address names: a contest's board by its slug, and the boards of all contests."""

from __future__ import annotations

from typing import Any

from flask import abort
from sqlalchemy import select

from scoring import board
from scoring.event_meant import event_meant
from scoring.extensions import db
from scoring.found import found
from scoring.store import Contest
from scoring.store.contests import OPEN

View = dict[str, Any]


def board_of(slug: str) -> View:
    """The snapshot of the event that the address means of the contest with this slug; answers 404 if there is none."""
    return found(board.audience, contest_id_of(slug), event_meant())


def contest_id_of(slug: str) -> int:
    """The id of the contest with this slug; answers 404 if there is none."""
    contest_id = db.session.scalar(select(Contest.id).where(Contest.slug == slug))
    if contest_id is None:
        abort(404)
    return contest_id


def all_boards() -> list[View]:
    """The audience's snapshots of the events of all open contests, the newest contest first; none of one in doubt."""
    wanted = select(Contest.id).where(Contest.state == OPEN, Contest.id.not_in(board.doubts()))
    contest_ids = list(db.session.scalars(wanted.order_by(Contest.id.desc())))
    events = [(contest_id, event) for contest_id in contest_ids for event in board.events_of(contest_id)]
    return [board.audience(contest_id, event["position"]) for contest_id, event in events]


def titles_in_doubt() -> list[View]:
    """The titles of the contests of which nothing is shown, because their records did not agree at the start."""
    wanted = select(Contest).where(Contest.id.in_(board.doubts()))
    return [{"zh": contest.title_zh, "en": contest.title_en} for contest in db.session.scalars(wanted)]
