"""Who is related to whom: recorded once for a contest, and applied to every turn."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scoring.store.model import Model, Moment, now

if TYPE_CHECKING:
    from scoring.store.contests import Contestant


class Relation(Model):
    """A relation (近亲属, 师徒) of a judge to a contestant, as it was declared.

    It is about the person: it holds for every seat of the contest at which a judge of this name sits.
    """

    __tablename__ = "relation"
    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"), index=True)
    judge: Mapped[str] = mapped_column(String(60))
    contestant_id: Mapped[int] = mapped_column(ForeignKey("contestant.id"), index=True)
    ground: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(String(200), default="")
    actor: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    contestant: Mapped[Contestant] = relationship()


class Waiver(Model):
    """A decision, with its reason, that a judge marks a contestant in spite of one ground for recusal."""

    __tablename__ = "waiver"
    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"), index=True)
    judge: Mapped[str] = mapped_column(String(60))
    contestant_id: Mapped[int] = mapped_column(ForeignKey("contestant.id"), index=True)
    ground: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(400))
    actor: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)


class Office(Model):
    """An office (院) that takes part, with the short name under which it stands in lists."""

    __tablename__ = "office"
    __table_args__ = (UniqueConstraint("contest_id", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    short: Mapped[str] = mapped_column(String(60), default="")


class OfficeAnswer(Model):
    """Whether two ways of writing an office mean one office, as somebody answered; `one` is the other's other name."""

    __tablename__ = "office_answer"
    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"), index=True)
    one: Mapped[str] = mapped_column(String(120))
    other: Mapped[str] = mapped_column(String(120))
    same: Mapped[bool]
    actor: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
