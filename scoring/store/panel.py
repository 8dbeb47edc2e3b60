"""Who marks: the seats of a room, who of them is assigned to a turn, and who may not mark it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scoring.store.model import Model, Moment, now

if TYPE_CHECKING:
    from scoring.store.contests import Room, Turn

GROUNDS = ("kin", "mentor", "department", "office", "abstained", "away")


class Seat(Model):
    """A judge's place in a room. Its key and PIN follow from the epoch, so a new epoch revokes the old ones.

    At most one tablet holds it: `holder` names that tablet, "" before the first, `tablet` counts them and `taken_at`
    is when the present one took the seat. Until `handover_until`, a moment of the installation's own time (steady.py),
    the desk lets another tablet take it.
    `office` and `department` are the judge's own, "" where nobody recorded them: nobody reviews colleagues' work.
    A `reserve` (候补评委) marks only where it stands in for somebody. From `revoked_at` on no code opens the seat.
    """

    __tablename__ = "seat"
    __table_args__ = (UniqueConstraint("room_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"), index=True)
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(60), default="")
    office: Mapped[str] = mapped_column(String(120), default="")
    department: Mapped[str] = mapped_column(String(120), default="")
    title: Mapped[str] = mapped_column(String(60), default="", server_default="")
    reserve: Mapped[bool] = mapped_column(default=False, server_default=false())
    epoch: Mapped[int] = mapped_column(default=1)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    holder: Mapped[str] = mapped_column(String(80), default="")
    tablet: Mapped[int] = mapped_column(default=0)
    taken_at: Mapped[datetime | None] = mapped_column(Moment)
    handover_until: Mapped[datetime | None] = mapped_column(Moment)
    room: Mapped[Room] = relationship(back_populates="seats")


class Assignment(Model):
    """A seat that marks a turn, where not the whole room does: two inspectors a bench, some reviewers a document.

    `on_paper` says that the coding officer has a sheet of paper of it, to be entered while the documents are coded.
    """

    __tablename__ = "assignment"
    __table_args__ = (UniqueConstraint("turn_id", "seat_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    turn_id: Mapped[int] = mapped_column(ForeignKey("turn.id"), index=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), index=True)
    on_paper: Mapped[bool] = mapped_column(default=False, server_default=false())
    turn: Mapped[Turn] = relationship(back_populates="assignments")
    seat: Mapped[Seat] = relationship()


class Recusal(Model):
    """A judge who does not mark a turn: recused (回避) on a ground, abstained (未评分) or away (不在席), with a reason.

    One that follows from a recorded `relation` comes and goes with it, and says so in place of a reason.
    """

    __tablename__ = "recusal"
    id: Mapped[int] = mapped_column(primary_key=True)
    turn_id: Mapped[int] = mapped_column(ForeignKey("turn.id"), index=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), index=True)
    ground: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(400))
    relation: Mapped[bool] = mapped_column(default=False, server_default=false())
    actor: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    turn: Mapped[Turn] = relationship(back_populates="recusals")
    seat: Mapped[Seat] = relationship()
