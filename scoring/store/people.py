"""The accounts of those who sign in with a name and a password."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from scoring.store.model import Model

ADMINISTRATOR, ORGANIZER, CHIEF, HOST = "administrator", "organizer", "chief", "host"
TIMEKEEPER, TALLIER, CHECKER = "timekeeper", "tallier", "checker"
CODER, SUPERVISOR, OPERATOR = "coder", "supervisor", "operator"
#: Source: domain page 3, roles. The administrator installs and gives out accounts.
ROLES = (ADMINISTRATOR, ORGANIZER, CHIEF, HOST, TIMEKEEPER, TALLIER, CHECKER, CODER, SUPERVISOR, OPERATOR)


def acts_as(role: str, allowed: Collection[str]) -> bool:
    """Whether an account of this role may do what these roles may; the administrator may do all that organizers may."""
    return role in allowed or (role == ADMINISTRATOR and ORGANIZER in allowed)


class Account(Model):
    """Who signs in with a name and a password, and as what; the password is kept as an Argon2 hash only."""

    __tablename__ = "account"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    password: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20), default=ORGANIZER)
