"""What is looked up for whoever comes in by a socket: after a restart everybody comes at once, so it is little."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import and_, bindparam, exists, or_, select

from scoring.extensions import db
from scoring.store.contests import Contest, Event, Room
from scoring.store.hidden import HIDDEN
from scoring.store.model import is_storable
from scoring.store.panel import Seat
from scoring.store.prepared import Prepared
from scoring.store.rehearsals import Rehearsal
from scoring.store.to_mark import SeatToMark

_ON = and_(Rehearsal.original_id == Event.contest_id, Rehearsal.ended_at.is_(None))
_OVER = and_(Rehearsal.contest_id == Event.contest_id, Rehearsal.ended_at.is_not(None))
_SEAT = Prepared(
    select(
        Seat.id,
        Seat.number,
        Seat.epoch,
        Seat.holder,
        Seat.taken_at,
        Seat.tablet,
        Seat.revoked_at.is_(None),
        exists().where(or_(_ON, _OVER)),
    )
    .join(Room, Seat.room_id == Room.id)
    .join(Event, Room.event_id == Event.id)
    .where(Seat.id == bindparam("seat_id"))
)
_EVENTS = Prepared(
    select(Contest.id, Event.position, Event.id, HIDDEN)
    .outerjoin(Event, Event.contest_id == Contest.id)
    .where(Contest.slug == bindparam("slug"))
    .order_by(Event.position)
)


@dataclass(frozen=True)
class SeatAtDoor(SeatToMark):
    """A seat, see Seat: whether its code is `open` to anybody, and whether its tablet `moves` to another contest."""

    tablet: int
    open: bool
    moves: bool


def seat_at_door(seat_id: int) -> SeatAtDoor | None:
    """The seat as the session's transaction sees it, None for no seat."""
    row = _SEAT.one(db.session.connection(), seat_id=seat_id)
    if row is None:
        return None
    number, epoch, holder, taken_at, tablet, is_open, moves = row[1:]
    return SeatAtDoor(seat_id, number, epoch, holder, taken_at, tablet, bool(is_open), bool(moves))


def holders(seat_ids: Collection[int]) -> dict[int, str]:
    """The tablets that hold these seats, by seat id, as the session's transaction sees them."""
    wanted = select(Seat.id, Seat.holder).where(Seat.id.in_(seat_ids))
    return dict(db.session.connection().execute(wanted).all())


def events_at(slug: str) -> tuple[int, dict[int, int], bool] | None:
    """The id of the contest with this name in its address, its events' ids by place, whether it is hidden; or None.

    A watcher has no session yet, and making one would take longer than the answer.
    """
    if not is_storable(slug):
        return None
    with db.engine.connect() as connection:
        rows = _EVENTS.all(connection, slug=slug)
    if not rows:
        return None
    return rows[0][0], {row[1]: row[2] for row in rows if row[2] is not None}, bool(rows[0][3])
