"""What the screen operator has put on the hall's screens, and since when the audience's board stands still."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scoring.store.model import Model, Moment

if TYPE_CHECKING:
    from scoring.store.contests import Contest

# What a hall screen shows: by itself what is newest, or what the operator took.
LIVE, RANKING, CURRENT, MESSAGE = "live", "ranking", "current", "message"
SCENES = (LIVE, RANKING, CURRENT, MESSAGE)


class HallScreen(Model):
    """The scene on air and the one prepared, the same for every hall screen of the contest.

    The audience's board shows what came before `frozen_revision`, None while it moves; `frozen_at` is to be shown.
    """

    __tablename__ = "hall_screen"
    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"), unique=True)
    scene: Mapped[str] = mapped_column(String(20), default=LIVE)
    message: Mapped[str] = mapped_column(String(200), default="")
    next_scene: Mapped[str] = mapped_column(String(20), default=LIVE)
    next_message: Mapped[str] = mapped_column(String(200), default="")
    blackout: Mapped[bool] = mapped_column(default=False)
    frozen_at: Mapped[datetime | None] = mapped_column(Moment)
    frozen_revision: Mapped[int | None]
    contest: Mapped[Contest] = relationship(back_populates="hall_screen")
