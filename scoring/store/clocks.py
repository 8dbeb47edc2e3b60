"""The clocks of a turn as facts: how much is spent, and since when one runs."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scoring.store.model import Model, Moment

if TYPE_CHECKING:
    from scoring.store.contests import Turn


class TurnClock(Model):
    """One clock of a turn, for one side where it has sides; it exists from its first start.

    `spent_ms` is what ran before `running_since`, a moment of the installation's own time (steady.py); `extra_seconds`
    is time that was added.
    """

    __tablename__ = "turn_clock"
    __table_args__ = (UniqueConstraint("turn_id", "key", "side"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    turn_id: Mapped[int] = mapped_column(ForeignKey("turn.id"), index=True)
    key: Mapped[str] = mapped_column(String(40))
    side: Mapped[str] = mapped_column(String(20), default="")
    spent_ms: Mapped[int] = mapped_column(default=0)
    extra_seconds: Mapped[int] = mapped_column(default=0)
    running_since: Mapped[datetime | None] = mapped_column(Moment)
    turn: Mapped[Turn] = relationship(back_populates="clocks")

    def spent_at(self, moment: datetime) -> int:
        """Milliseconds spent by that moment of the installation's own time."""
        if self.running_since is None:
            return self.spent_ms
        return self.spent_ms + max(0, round((moment - self.running_since).total_seconds() * 1000))
