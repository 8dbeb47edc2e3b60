"""A tablet's sign of life: kept coarsely and beside the record, because it is no change of the contest."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select

from scoring.extensions import db
from scoring.store import Seat, SeatPresence
from scoring.store.steady import steady
from scoring.store.writer import WRITER


def note(heard: Mapping[int, float]) -> None:
    """Note that these seats' tablets were heard, each so many seconds ago; one commit for all of them.

    Their places in the record, their revisions and their screens stay.
    """
    if not heard:
        return
    moment = steady()
    seen = {seat_id: moment - timedelta(seconds=ago) for seat_id, ago in heard.items()}
    db.session.rollback()  # the reading ends here, so that it keeps nobody from writing
    WRITER.of().perform(lambda: _store(seen))


def _store(seen: Mapping[int, datetime]) -> None:
    """Store what is newer than what is stored; a seat that was taken away meanwhile has no presence."""
    wanted = select(Seat.id, SeatPresence).outerjoin(SeatPresence, SeatPresence.seat_id == Seat.id)
    for seat_id, known in db.session.execute(wanted.where(Seat.id.in_(seen))):
        if known is None:
            db.session.add(SeatPresence(seat_id=seat_id, seen_at=seen[seat_id]))
        elif known.seen_at < seen[seat_id]:
            known.seen_at = seen[seat_id]
