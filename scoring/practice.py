"""Whether the page that is asked for belongs to a practice run (演练) or a rehearsal (彩排): every screen says so."""

from __future__ import annotations

from flask import has_request_context, request
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from scoring.extensions import db
from scoring.store import Contest, Event, Rehearsal, Room, Seat

OFFICIAL, PRACTICE, REHEARSAL = "", "practice", "rehearsal"


def kind_of_run() -> str:
    """OFFICIAL, or what the contest that the address names, itself or by a seat of it, is instead."""
    here = (request.view_args or {}) if has_request_context() else {}
    wanted = select(Contest.practice, Rehearsal.contest_id).select_from(Contest)
    wanted = wanted.outerjoin(Rehearsal, Rehearsal.contest_id == Contest.id)
    if "contest_id" in here:
        wanted = wanted.where(Contest.id == here["contest_id"])
    elif "slug" in here:
        wanted = wanted.where(Contest.slug == here["slug"])
    elif "seat_id" in here:
        wanted = wanted.join(Event, Event.contest_id == Contest.id).join(Room, Room.event_id == Event.id)
        wanted = wanted.join(Seat, Seat.room_id == Room.id).where(Seat.id == here["seat_id"])
    else:
        return OFFICIAL
    try:
        found = db.session.execute(wanted).first()
    except SQLAlchemyError:
        return OFFICIAL  # a page that says that the database is gone must not fail for the same reason
    if found is None or not found.practice:
        return OFFICIAL
    return PRACTICE if found.contest_id is None else REHEARSAL
