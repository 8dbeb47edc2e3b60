"""The judges' sheets: one a seat and turn, each change a new version that is never overwritten."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scoring.store.model import Model, Moment, now

if TYPE_CHECKING:
    from scoring.store.contests import Turn
    from scoring.store.panel import Seat

# A returned sheet was submitted and is unlocked again: it does not count until it is submitted anew.
DRAFT, SUBMITTED, RETURNED = "draft", "submitted", "returned"
# Where a version came from, where it was not the judge's tablet.
FROM_PAPER, FROM_CORRECTION = "paper", "correction"


class Sheet(Model):
    """A score sheet (评分表) of one seat for one turn; what it holds stands in its versions."""

    __tablename__ = "sheet"
    __table_args__ = (UniqueConstraint("turn_id", "seat_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    turn_id: Mapped[int] = mapped_column(ForeignKey("turn.id"), index=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), index=True)
    turn: Mapped[Turn] = relationship(back_populates="sheets")
    seat: Mapped[Seat] = relationship()
    versions: Mapped[list[SheetVersion]] = relationship(back_populates="sheet", order_by="SheetVersion.number")

    @property
    def newest(self) -> SheetVersion:
        """The version in force; a sheet is never without one."""
        return self.versions[-1]


class SheetVersion(Model):
    """One version of a sheet: what was typed and, once submitted, the exact marks as decimal strings.

    The pair (sheet, number) is unique, so two writers can never both add the same version. `question` is what the
    chief judge asks about a sheet that was sent back; it goes from version to version until the sheet is submitted.
    `source` is "" for the judge's tablet, else paper or correction, with the correction that made it.
    """

    __tablename__ = "sheet_version"
    __table_args__ = (UniqueConstraint("sheet_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("sheet.id"), index=True)
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(20))
    typed: Mapped[dict[str, str]] = mapped_column(JSON)
    marks: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    submission: Mapped[str | None] = mapped_column(String(64), unique=True)
    settings_version: Mapped[int]
    actor: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(String(400), default="")
    question: Mapped[str] = mapped_column(String(400), default="")
    source: Mapped[str] = mapped_column(String(20), default="")
    correction_id: Mapped[int | None] = mapped_column(ForeignKey("correction.id"))
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    previous: Mapped[str] = mapped_column(String(64))
    fingerprint: Mapped[str] = mapped_column(String(64))
    sheet: Mapped[Sheet] = relationship(back_populates="versions")

    def record(self) -> dict[str, Any]:
        """What the fingerprint covers."""
        asked: dict[str, Any] = {"question": self.question} if self.question else {}  # as before there were any
        asked |= {"source": self.source, "correction": self.correction_id} if self.source else {}
        return asked | {
            "sheet": self.sheet_id,
            "number": self.number,
            "state": self.state,
            "typed": self.typed,
            "marks": self.marks,
            "submission": self.submission,
            "settings_version": self.settings_version,
            "actor": self.actor,
            "reason": self.reason,
            "at": self.at.isoformat(),
        }
