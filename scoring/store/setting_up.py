"""What setting up leaves behind: settings that were replaced, own templates, the code of the first start."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scoring.store.model import Model, Moment, now


class EventSettings(Model):
    """An event's settings that a newer version replaced, so that every older sheet can still be explained.

    `version` is the number that the sheets of that time name; `reason` is why it was replaced.
    """

    __tablename__ = "event_settings"
    __table_args__ = (UniqueConstraint("event_id", "version"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    version: Mapped[int]
    settings: Mapped[dict[str, Any]] = mapped_column(JSON)
    full_marks: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(String(400))
    actor: Mapped[str] = mapped_column(String(80))
    replaced_at: Mapped[datetime] = mapped_column(Moment, default=now)


class SettingsTemplate(Model):
    """The rubric and rules of a format under a name of the organizer's own, for contests to begin with."""

    __tablename__ = "settings_template"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    format: Mapped[str] = mapped_column(String(40))
    settings: Mapped[dict[str, Any]] = mapped_column(JSON)
    full_marks: Mapped[str] = mapped_column(String(12))
    actor: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Moment, default=now)


class FirstCode(Model):
    """A code that lets somebody make the first account, kept as an Argon2 hash only; the newest one counts."""

    __tablename__ = "first_code"
    id: Mapped[int] = mapped_column(primary_key=True)
    hashed: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Moment, default=now)
