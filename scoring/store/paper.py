"""Paper sheets as they are entered by hand: a draft each, never in force alone."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scoring.store.model import Model, Moment, now

if TYPE_CHECKING:
    from scoring.store.contests import Turn
    from scoring.store.panel import Seat


class PaperEntry(Model):
    """What one account read off a judge's paper sheet; once two accounts agree, the sheet is stored from it.

    An entry is closed when its account enters the sheet again or withdraws it, or when the sheet is in.
    """

    __tablename__ = "paper_entry"
    id: Mapped[int] = mapped_column(primary_key=True)
    turn_id: Mapped[int] = mapped_column(ForeignKey("turn.id"), index=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), index=True)
    actor: Mapped[str] = mapped_column(String(80))
    typed: Mapped[dict[str, str]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    turn: Mapped[Turn] = relationship()
    seat: Mapped[Seat] = relationship()
