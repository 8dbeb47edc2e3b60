"""Whether the page that is asked for belongs to a practice run (演练), which every screen then says."""

from __future__ import annotations

from flask import has_request_context, request
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from scoring.extensions import db
from scoring.store import Contest, Event, Room, Seat


def is_practice() -> bool:
    """Whether the address names a contest, or a seat of one, that is only a practice run."""
    here = (request.view_args or {}) if has_request_context() else {}
    wanted = select(Contest.practice)
    if "contest_id" in here:
        wanted = wanted.where(Contest.id == here["contest_id"])
    elif "slug" in here:
        wanted = wanted.where(Contest.slug == here["slug"])
    elif "seat_id" in here:
        wanted = wanted.join(Event).join(Room, Room.event_id == Event.id).join(Seat).where(Seat.id == here["seat_id"])
    else:
        return False
    try:
        return bool(db.session.scalar(wanted))
    except SQLAlchemyError:
        return False  # a page that says that the database is gone must not fail for the same reason
