"""Requests to correct what is released already, with what became of them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scoring.store.model import Model, Moment, now

if TYPE_CHECKING:
    from scoring.store.contests import Turn
    from scoring.store.panel import Seat

OPEN, APPROVED, REJECTED = "open", "approved", "rejected"


class Correction(Model):
    """A request (更正) about one judge's sheet, or about an overtime where there is no seat.

    `changes` has the old and the new value by field; `typed` is the whole corrected sheet, {} for an overtime.
    `asked_by` says in words who asked for it, `requested_by` is the account that entered it.
    """

    __tablename__ = "correction"
    id: Mapped[int] = mapped_column(primary_key=True)
    turn_id: Mapped[int] = mapped_column(ForeignKey("turn.id"), index=True)
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id"), index=True)
    part: Mapped[str] = mapped_column(String(20), default="")
    typed: Mapped[dict[str, str]] = mapped_column(JSON)
    changes: Mapped[dict[str, Any]] = mapped_column(JSON)
    version: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(String(400))
    asked_by: Mapped[str] = mapped_column(String(80))
    requested_by: Mapped[str] = mapped_column(String(80))
    requested_at: Mapped[datetime] = mapped_column(Moment, default=now)
    state: Mapped[str] = mapped_column(String(20), default=OPEN)
    decided_by: Mapped[str] = mapped_column(String(80), default="")
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    decision: Mapped[str] = mapped_column(String(400), default="")
    turn: Mapped[Turn] = relationship()
    seat: Mapped[Seat | None] = relationship()
