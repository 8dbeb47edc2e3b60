"""Spot checks (抽查): which scores were drawn to be held against the signed paper, and what was found."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scoring.store.model import Model, Moment, now

if TYPE_CHECKING:
    from scoring.store.contests import Contest, Turn


TOP, DRAWN, FULL = "top", "drawn", "full"
AGREES, ERROR = "agrees", "error"


class SpotCheck(Model):
    """One spot check of a contest: its rule, its witnessed seed, and since when everything is checked, if so."""

    __tablename__ = "spot_check"
    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"), index=True)
    rule: Mapped[dict[str, Any]] = mapped_column(JSON)
    seed: Mapped[str] = mapped_column(String(64))
    witness: Mapped[str] = mapped_column(String(120))
    actor: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    full_at: Mapped[datetime | None] = mapped_column(Moment)
    contest: Mapped[Contest] = relationship()
    lines: Mapped[list[SpotCheckLine]] = relationship(back_populates="spot_check", order_by="SpotCheckLine.id")


class SpotCheckLine(Model):
    """One turn to check: why it is in (`chosen`: top, drawn or full), and what was found, "" until it is checked."""

    __tablename__ = "spot_check_line"
    __table_args__ = (UniqueConstraint("spot_check_id", "turn_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    spot_check_id: Mapped[int] = mapped_column(ForeignKey("spot_check.id"), index=True)
    turn_id: Mapped[int] = mapped_column(ForeignKey("turn.id"), index=True)
    chosen: Mapped[str] = mapped_column(String(20))
    found: Mapped[str] = mapped_column(String(20), default="")
    note: Mapped[str] = mapped_column(String(400), default="")
    actor: Mapped[str] = mapped_column(String(80), default="")
    at: Mapped[datetime | None] = mapped_column(Moment)
    spot_check: Mapped[SpotCheck] = relationship(back_populates="lines")
    turn: Mapped[Turn] = relationship()
