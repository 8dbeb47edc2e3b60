"""The log of access: who came in, was turned away, took files away or looked at what is not public.

It stands beside the record, which nothing here changes: entries are stored in batches, repeated ones are counted, and
those that are older than KEPT are deleted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from scoring.store.model import Model, Moment
from scoring.store.sessions import LONGEST_ADDRESS, LONGEST_DEVICE

#: How long an entry is kept at least, by the installation's own time. Source: 网络安全法 art. 21: six months or more.
KEPT = timedelta(days=200)
#: What is done again within this time is counted in the same entry.
REPEATED = timedelta(minutes=10)

SIGNED_IN, SIGNED_OUT, NOT_SIGNED_IN = "signed_in", "signed_out", "not_signed_in"
SEAT_TAKEN, SEAT_REFUSED, REFUSED = "seat_taken", "seat_refused", "refused"
LET_IN = "let_in"
EXPORT, PRINT, MARKS, CODES, PERSONAL, LOGS = "export", "print", "marks", "codes", "personal", "logs"
#: What stands in place of the particulars where too many different ones came in a minute.
OTHERS = "others"


@dataclass(frozen=True)
class Noted:
    """What somebody did: `kind` is one of the above, `about` the page, file or refusal by its name, "" for none.

    `who` signs as in the record (account:NAME, seat:ID), "" for a stranger. No password, PIN or key is ever in it.
    """

    kind: str
    about: str = ""
    who: str = ""
    contest_id: int | None = None
    address: str = ""
    device: str = ""


@dataclass
class Times:
    """When first and last, by the clock on the wall, and how often."""

    first: datetime
    last: datetime
    count: int = 1


class AccessEntry(Model):
    """One entry of the log of access; see Noted and Times. `begun` is the first time by the installation's own time."""

    __tablename__ = "access_entry"
    id: Mapped[int] = mapped_column(primary_key=True)
    begun: Mapped[datetime] = mapped_column(Moment, index=True)
    first: Mapped[datetime] = mapped_column(Moment)
    last: Mapped[datetime] = mapped_column(Moment)
    count: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20), index=True)
    about: Mapped[str] = mapped_column(String(60))
    who: Mapped[str] = mapped_column(String(80))
    contest_id: Mapped[int | None]
    address: Mapped[str] = mapped_column(String(LONGEST_ADDRESS))
    device: Mapped[str] = mapped_column(String(LONGEST_DEVICE))

    def noted(self) -> Noted:
        """What was done, without when and how often."""
        return Noted(self.kind, self.about, self.who, self.contest_id, self.address, self.device)
