"""Wrong guesses that are counted, and until when: a restart of the server gives nobody new ones."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from scoring.store.model import Model, Moment


class GuessCount(Model):
    """How often something was guessed wrong that is counted under this key (throttling.py).

    `until` is a moment of the installation's own time (steady.py), at which the count begins again.
    """

    __tablename__ = "guess_count"
    key: Mapped[str] = mapped_column(String(250), primary_key=True)
    count: Mapped[int]
    until: Mapped[datetime] = mapped_column(Moment)
