"""What is decided about a turn besides the sheets: penalties, checks of the totals, and releases."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scoring.store.model import Model, Moment, now
from scoring.store.steady import steady

if TYPE_CHECKING:
    from scoring.store.contests import Turn
    from scoring.store.corrections import Correction


class Penalty(Model):
    """Points taken off after averaging (扣分), or added where it `adds` (加分); withdrawn ones stay on record.

    They count from the contest's `revision` on, and no more from `withdrawn_revision` on. Where `confirms` names who
    has to confirm, they count only from `confirmed_revision` on, and till then are proposed.
    """

    __tablename__ = "penalty"
    id: Mapped[int] = mapped_column(primary_key=True)
    turn_id: Mapped[int] = mapped_column(ForeignKey("turn.id"), index=True)
    part: Mapped[str] = mapped_column(String(20), default="")
    kind: Mapped[str] = mapped_column(String(20))
    seconds: Mapped[int | None]
    points: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(String(400), default="")
    actor: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    revision: Mapped[int]
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_revision: Mapped[int | None]
    adds: Mapped[bool] = mapped_column(default=False, server_default=false())
    confirms: Mapped[str] = mapped_column(String(20), default="", server_default="")
    confirmed_by: Mapped[str] = mapped_column(String(80), default="", server_default="")
    confirmed_revision: Mapped[int | None]
    turn: Mapped[Turn] = relationship(back_populates="penalties")

    @property
    def counts_from(self) -> int | None:
        """The contest's revision from which it counts; None while it is only proposed."""
        return self.confirmed_revision if self.confirms else self.revision

    @property
    def is_proposed(self) -> bool:
        """Whether somebody still has to confirm it."""
        return self.counts_from is None and self.withdrawn_at is None


class TotalsCheck(Model):
    """A confirmation (核分) of a turn's totals before their release, by somebody in this `role`.

    `figures` is the fingerprint of what was confirmed: once the totals are others, the confirmation holds no more.
    """

    __tablename__ = "totals_check"
    id: Mapped[int] = mapped_column(primary_key=True)
    turn_id: Mapped[int] = mapped_column(ForeignKey("turn.id"), index=True)
    figures: Mapped[str] = mapped_column(String(64))
    actor: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(20), default="", server_default="")
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    turn: Mapped[Turn] = relationship(back_populates="checks")


class Release(Model):
    """A published result (公布) with the figures as they were announced, to be held against a recount.

    One that was taken back stays on record with the moment; the turn's newest is the one that counts.
    A turn has another one for each correction that was approved after the first. `revision` is the contest's with it,
    which says what it came before, `withdrawn_revision` that from which it is taken back; `steady` the moment by the
    installation's own time (steady.py).
    """

    __tablename__ = "release"
    id: Mapped[int] = mapped_column(primary_key=True)
    turn_id: Mapped[int] = mapped_column(ForeignKey("turn.id"), index=True)
    announced: Mapped[dict[str, Any]] = mapped_column(JSON)
    verdict: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    correction_id: Mapped[int | None] = mapped_column(ForeignKey("correction.id"))
    actor: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    revision: Mapped[int]
    steady: Mapped[datetime] = mapped_column(Moment, default=steady)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_revision: Mapped[int | None]
    turn: Mapped[Turn] = relationship(back_populates="releases")
    correction: Mapped[Correction | None] = relationship()
