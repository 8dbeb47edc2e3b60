"""The secret ballot of a panel: one vote a seat and match, never changed and never shown with its seat."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scoring.store.model import Model, Moment, now

if TYPE_CHECKING:
    from scoring.store.contests import Turn
    from scoring.store.panel import Seat


class Ballot(Model):
    """One seat's vote for a side; it counts only while the match is tied."""

    __tablename__ = "ballot"
    __table_args__ = (UniqueConstraint("turn_id", "seat_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    turn_id: Mapped[int] = mapped_column(ForeignKey("turn.id"), index=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), index=True)
    side: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    turn: Mapped[Turn] = relationship(back_populates="ballots")
    seat: Mapped[Seat] = relationship()
