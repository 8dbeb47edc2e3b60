"""Photos of defects: what an inspector saw, kept beside the documents and referred to from a sheet by its id."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scoring.store.model import Model, Moment, now

if TYPE_CHECKING:
    from scoring.store.contests import Turn
    from scoring.store.panel import Seat


class Photo(Model):
    """A photo that a seat took of what a bench handed in; the very same bytes again are the same photo.

    `sha256` names the kept bytes, `kind` is their media type.
    """

    __tablename__ = "photo"
    __table_args__ = (UniqueConstraint("turn_id", "seat_id", "sha256"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    turn_id: Mapped[int] = mapped_column(ForeignKey("turn.id"), index=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), index=True)
    sha256: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    turn: Mapped[Turn] = relationship(back_populates="photos")
    seat: Mapped[Seat] = relationship()
