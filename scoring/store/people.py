"""The accounts of those who sign in with a name and a password."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from scoring.store.model import Model

ORGANIZER, CHIEF, TIMEKEEPER, CODER, SUPERVISOR = "organizer", "chief", "timekeeper", "coder", "supervisor"
ROLES = (ORGANIZER, CHIEF, TIMEKEEPER, CODER, SUPERVISOR)


class Account(Model):
    """Who signs in with a name and a password, and as what; the password is kept as an Argon2 hash only."""

    __tablename__ = "account"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    password: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20), default=ORGANIZER)
