"""Who does not perform, by whose decision: absent, forfeited, disqualified, withdrawn."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scoring.store.model import Model, Moment, now
from scoring.store.steady import steady

if TYPE_CHECKING:
    from scoring.store.contests import Appearance, Contestant, Turn


class NotPerforming(Model):
    """A decision that a contestant does not perform (缺席, 弃权, 取消资格, 退赛); one taken back stays on record.

    It was taken about `turn`, None where there was none or nobody may know which: then it is about `event_id`. `reach`
    says how far it goes: this turn, the event or the whole contest. `decided_by` says in words who decided, `actor` is
    the account that entered it. `revision` is the contest's with it, which says what it came before, and
    `withdrawn_revision` that from which it does not hold any more; `steady` the moment by the installation's own time
    (steady.py). What it puts out are the `appearances`.
    """

    __tablename__ = "not_performing"
    id: Mapped[int] = mapped_column(primary_key=True)
    contestant_id: Mapped[int] = mapped_column(ForeignKey("contestant.id"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    turn_id: Mapped[int | None] = mapped_column(ForeignKey("turn.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    reach: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(400))
    decided_by: Mapped[str] = mapped_column(String(60))
    actor: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    revision: Mapped[int]
    steady: Mapped[datetime] = mapped_column(Moment, default=steady)
    correction_id: Mapped[int | None] = mapped_column(ForeignKey("correction.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_revision: Mapped[int | None]
    contestant: Mapped[Contestant] = relationship()
    turn: Mapped[Turn | None] = relationship(foreign_keys=[turn_id])
    appearances: Mapped[list[Appearance]] = relationship(back_populates="not_performing")
