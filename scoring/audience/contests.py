"""Finds what an address names: a contest's board by its slug, and the boards of all contests."""

from __future__ import annotations

from typing import Any

from flask import abort
from sqlalchemy import select

from scoring import board
from scoring.extensions import db
from scoring.store import Contest

View = dict[str, Any]


def board_of(slug: str) -> View:
    """The audience's snapshot of the contest with this slug; answers 404 if there is none."""
    contest_id = db.session.scalar(select(Contest.id).where(Contest.slug == slug))
    if contest_id is None:
        abort(404)
    return board.audience(contest_id)


def all_boards() -> list[View]:
    """The audience's snapshots of all contests, the newest contest first."""
    contest_ids = db.session.scalars(select(Contest.id).order_by(Contest.id.desc()))
    return [board.audience(contest_id) for contest_id in contest_ids]
