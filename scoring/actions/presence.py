"""A tablet's sign of life: kept coarsely and beside the record, because it is no change of the contest."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import current_app

from scoring.extensions import db
from scoring.store import SeatPresence
from scoring.store.steady import steady

#: What was written this recently is not written again: a disk has better things to do.
COARSE = timedelta(seconds=8)


def seen(seat_id: int) -> None:
    """Note that the seat's tablet was heard just now; its place in the record, its revision and its screens stay."""
    moment = steady()
    if not _is_stale(seat_id, moment):
        return
    db.session.rollback()  # the reading ends here, so that it keeps nobody from writing
    current_app.extensions["writer"].perform(lambda: _note(seat_id, moment))


def _is_stale(seat_id: int, moment: datetime) -> bool:
    known = db.session.get(SeatPresence, seat_id)
    return known is None or moment - known.seen_at > COARSE


def _note(seat_id: int, moment: datetime) -> None:
    db.session.merge(SeatPresence(seat_id=seat_id, seen_at=moment))
