"""The accounts of those who sign in with a name and a password."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scoring.store.model import Model, Moment

ADMINISTRATOR, ORGANIZER, CHIEF, HOST = "administrator", "organizer", "chief", "host"
TIMEKEEPER, TALLIER, CHECKER = "timekeeper", "tallier", "checker"
CODER, SUPERVISOR, OPERATOR = "coder", "supervisor", "operator"
#: Source: domain page 3, roles. The administrator installs and gives out accounts.
ROLES = (ADMINISTRATOR, ORGANIZER, CHIEF, HOST, TIMEKEEPER, TALLIER, CHECKER, CODER, SUPERVISOR, OPERATOR)


def acts_as(role: str, allowed: Collection[str]) -> bool:
    """Whether an account of this role may do what these roles may; the administrator may do all that organizers may."""
    return role in allowed or (role == ADMINISTRATOR and ORGANIZER in allowed)


class Account(Model):
    """Who signs in with a name and a password, and as what; the password is kept as an Argon2 hash only.

    A new password begins a new epoch, which signs the account out everywhere. An account is never deleted, because
    the audit trail names it: it is closed, at `closed_at`. `admissions` are the contests it is let into, none for all.
    """

    __tablename__ = "account"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    password: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20), default=ORGANIZER)
    epoch: Mapped[int] = mapped_column(default=1, server_default="1")
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    admissions: Mapped[list[Admission]] = relationship(cascade="all, delete-orphan", order_by="Admission.contest_id")

    def is_admitted(self, contest_id: int) -> bool:
        """Whether the account is let into this contest."""
        return not self.admissions or contest_id in [one.contest_id for one in self.admissions]


class Admission(Model):
    """A contest that an account is let into, where it is not let into all of them."""

    __tablename__ = "admission"
    __table_args__ = (UniqueConstraint("account_id", "contest_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"), index=True)
