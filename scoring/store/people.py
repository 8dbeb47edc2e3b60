"""The accounts of those who sign in with a name and a password."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from scoring.store.model import Model


class Account(Model):
    """An organizer's account; the password is kept as an Argon2 hash only."""

    __tablename__ = "account"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    password: Mapped[str] = mapped_column(String(200))
