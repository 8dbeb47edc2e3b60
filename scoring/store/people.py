"""The accounts of those who sign in with a name and a password."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scoring.rules.duties import ADMINISTRATOR, AUDITOR, OFFICERS, ORGANIZER, SECURITY, SYSTEM, holds
from scoring.store.model import Model, Moment

__all__ = ["ADMINISTRATOR", "AUDITOR", "OFFICERS", "ORGANIZER", "SECURITY", "SYSTEM"]
CHIEF, HOST = "chief", "host"
TIMEKEEPER, TALLIER, CHECKER = "timekeeper", "tallier", "checker"
CODER, SUPERVISOR, OPERATOR = "coder", "supervisor", "operator"
#: Source: domain page 3, roles. The administrator installs and gives out accounts, or three officers do so together.
IN_CONTESTS = (ORGANIZER, CHIEF, HOST, TIMEKEEPER, TALLIER, CHECKER, CODER, SUPERVISOR, OPERATOR)
ROLES = (ADMINISTRATOR, *OFFICERS, *IN_CONTESTS)
#: Of an account whose rights somebody else has to give (again): it signs in and may do nothing.
NO_RIGHTS = "none"


#: Who neither releases nor corrects nor administers, and needs no second factor; everybody else does.
WITHOUT_SECOND_FACTOR = (HOST, TIMEKEEPER, CODER, OPERATOR)
#: What an account that has a sheet of codes and no device keeps in place of its factor.
SHEET = "sheet"


def acts_as(role: str, allowed: Collection[str]) -> bool:
    """Whether an account of this role may do what these roles may; see rules.duties."""
    return holds(role, allowed)


class Account(Model):
    """Who signs in with a name and a password, and as what; the password is kept as an Argon2 hash only.

    A new password begins a new epoch, which signs the account out everywhere. An account is never deleted, because
    the audit trail names it: it is closed, at `closed_at`. `admissions` are the contests it is let into, none for all.
    While its `role` is NO_RIGHTS, `wanted` is the role that was asked for it, or that it had, "" for none.

    `password_at` is when its password was made, by the clock on the wall; one that was `password_given` by somebody
    else is changed at its first use. `factor` is what its second factor is made of (access/factors.py), SHEET where it
    is a sheet of codes, None without any; `factor_step` the step of time of the last code that was used.
    """

    __tablename__ = "account"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    password: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20), default=ORGANIZER)
    wanted: Mapped[str] = mapped_column(String(20), default="", server_default="")
    epoch: Mapped[int] = mapped_column(default=1, server_default="1")
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    password_at: Mapped[datetime | None] = mapped_column(Moment)
    password_given: Mapped[bool] = mapped_column(default=False, server_default=false())
    factor: Mapped[str | None] = mapped_column(String(32))
    factor_step: Mapped[int] = mapped_column(default=0, server_default="0")
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
