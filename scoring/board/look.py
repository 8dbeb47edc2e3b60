"""Finding a contest before there is anything to show of it."""

from __future__ import annotations

from sqlalchemy import select

from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Contest, Event, Room, Seat
from scoring.store.model import is_storable


def contest_by_slug(slug: str) -> int:
    """The id of the contest with this name in its address; Refused(contest_unknown)."""
    found = db.session.scalar(select(Contest.id).where(Contest.slug == slug)) if is_storable(slug) else None
    if found is None:
        raise Refused.because("contest_unknown")
    return found


def check_contest(contest_id: int) -> None:
    """Refused(contest_unknown) if there is no such contest."""
    if db.session.get(Contest, contest_id) is None:
        raise Refused.because("contest_unknown")


def revisions() -> dict[int, int]:
    """The newest revision of each contest."""
    return dict(db.session.execute(select(Contest.id, Contest.revision)).tuples().all())


def seats_of_contest(contest_id: int) -> frozenset[int]:
    """The ids of all seats of the contest."""
    wanted = select(Seat.id).join(Room).join(Event, Room.event_id == Event.id).where(Event.contest_id == contest_id)
    return frozenset(db.session.scalars(wanted))
