"""What an account signs in with besides its password: the passwords it had, and the codes that replace its device."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from scoring.store.model import Model, Moment


class FormerPassword(Model):
    """The Argon2 hash of a password that an account had; the newest are kept, so that none of them is taken again."""

    __tablename__ = "former_password"
    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    hashed: Mapped[str] = mapped_column(String(200))


class RecoveryCode(Model):
    """The SHA-256 of a code of 60 random bits that signs an account in once, in place of its device."""

    __tablename__ = "recovery_code"
    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None] = mapped_column(Moment)
