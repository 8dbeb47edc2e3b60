"""What was read from a spreadsheet and waits to be confirmed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from scoring.store.model import Model, Moment, now


class ImportDraft(Model):
    """The sheets of one file and what was decided about them; nothing is in the contest before `applied_at`.

    `read` has `sheets` and `choices` as `scoring.imports` tells them; `kind` is one of its kinds.
    """

    __tablename__ = "import_draft"
    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(255))
    read: Mapped[dict[str, Any]] = mapped_column(JSON)
    actor: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    applied_at: Mapped[datetime | None] = mapped_column(Moment)
