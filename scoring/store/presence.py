"""When each seat's tablet was last heard: for the desk's health of seats, no part of the record."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from scoring.store.model import Model, Moment


class SeatPresence(Model):
    """The last sign of life of a seat's tablet, kept coarsely; a seat that nobody signed in at has no row.

    `seen_at` is a moment of the installation's own time (steady.py).
    """

    __tablename__ = "seat_presence"
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(Moment)
