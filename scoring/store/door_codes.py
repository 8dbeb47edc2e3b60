"""Door codes: with one, given out at desk or terminal, one device may try at once where strangers must wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from scoring.extensions import db
from scoring.store.model import Model, Moment
from scoring.store.steady import steady

#: How long after it was made a code is taken, and the device that typed it may try.
GOOD_FOR = timedelta(minutes=15)
#: How many one person may make in so long a time.
MOST, WITHIN = 20, timedelta(hours=1)


class DoorCode(Model):
    """A code by its digest, who made it (signed as in the record), and the device that typed it, None before.

    `made` is a moment of the installation's own time (steady.py). One that `unlocks` was made by somebody who may
    unlock accounts: the lock of an account does not keep the device out.
    """

    __tablename__ = "door_code"
    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    made_by: Mapped[str] = mapped_column(String(80))
    made: Mapped[datetime] = mapped_column(Moment)
    unlocks: Mapped[bool]
    device: Mapped[str | None] = mapped_column(String(64), index=True)


@dataclass(frozen=True)
class KnownDoorCode:
    """The code that a device has typed, as long as it lets it try."""

    id: int
    unlocks: bool


def door_code_of(device: str) -> KnownDoorCode | None:
    """The newest code that the device with this digest has typed, None where none lets it try any more."""
    own = select(DoorCode.id, DoorCode.unlocks).where(DoorCode.device == device, DoorCode.made > steady() - GOOD_FOR)
    row = db.session.execute(own.order_by(DoorCode.id.desc())).first()
    return KnownDoorCode(*row) if row else None


def takes(digest: str, device: str) -> bool:
    """Whether there is such a code that this device may type: nobody has, or this device itself."""
    found = db.session.execute(
        select(DoorCode.device).where(DoorCode.digest == digest, DoorCode.made > steady() - GOOD_FOR)
    ).first()
    return found is not None and found[0] in (None, device)
