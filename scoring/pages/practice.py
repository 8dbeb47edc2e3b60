"""Whether the page that is asked for belongs to a practice run (演练) or a rehearsal (彩排): every screen says so."""

from __future__ import annotations

from flask import has_request_context, request
from sqlalchemy import bindparam, select
from sqlalchemy.exc import SQLAlchemyError

from scoring.extensions import db
from scoring.store import Contest, Event, Rehearsal, Room, Seat
from scoring.store.prepared import Prepared, Row

OFFICIAL, PRACTICE, REHEARSAL = "", "practice", "rehearsal"
_KIND = (
    select(Contest.practice, Rehearsal.contest_id)
    .select_from(Contest)
    .outerjoin(Rehearsal, Rehearsal.contest_id == Contest.id)
)
_ROOMS = _KIND.join(Event, Event.contest_id == Contest.id).join(Room, Room.event_id == Event.id)
#: By what an address may name the contest with; every page asks, so that each is put together once.
_NAMED_BY = {
    "contest_id": Prepared(_KIND.where(Contest.id == bindparam("contest_id"))),
    "slug": Prepared(_KIND.where(Contest.slug == bindparam("slug"))),
    "seat_id": Prepared(_ROOMS.join(Seat, Seat.room_id == Room.id).where(Seat.id == bindparam("seat_id"))),
}


def kind_of_run() -> str:
    """OFFICIAL, or what the contest that the address names, itself or by a seat of it, is instead."""
    try:
        found = _asked_for()
    except SQLAlchemyError:
        return OFFICIAL  # a page that says that the database is gone must not fail for the same reason
    if found is None or not found[0]:
        return OFFICIAL
    return PRACTICE if found[1] is None else REHEARSAL


def _asked_for() -> Row | None:
    """Whether the contest of the address is for practice, and its id if it is a rehearsal; None where there is none."""
    here = (request.view_args or {}) if has_request_context() else {}
    name = next((name for name in _NAMED_BY if name in here), None)
    if name is None:
        return None
    db.session.flush()
    return _NAMED_BY[name].one(db.session.connection(), **{name: here[name]})
