"""Attempts to take a seat that a tablet holds: told to the desk until somebody there has looked after them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scoring.store.model import Model, Moment, now
from scoring.store.panel import Seat


class SeatAttempt(Model):
    """Somebody with the code of a seat that is held: from which network address, how often, and when last.

    `settled_at` is when the desk said that it has seen it, or opened the seat's handover.
    """

    __tablename__ = "seat_attempt"
    id: Mapped[int] = mapped_column(primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), index=True)
    address: Mapped[str] = mapped_column(String(45))
    times: Mapped[int] = mapped_column(default=1)
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    seat: Mapped[Seat] = relationship()
