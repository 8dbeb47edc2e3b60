"""Who was let in: browsers at seats, and accounts that have signed in. A cookie holds a name; its hash is kept here.

A session belongs to the installation in whose database it stands: a new database knows none of them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String, UniqueConstraint, bindparam, func, select
from sqlalchemy.orm import Mapped, mapped_column

from scoring.extensions import db
from scoring.store.installation import IDLE_MINUTES, Installation
from scoring.store.model import Model, Moment
from scoring.store.people import Account, Admission
from scoring.store.prepared import Prepared

#: How long after the password was given it is asked for again in any case.
ABSOLUTE = timedelta(hours=12)
#: How long after the password a code, or another password, may still be given.
AWAITED = timedelta(minutes=15)
#: How long after its code was shown a browser is let in at a seat without showing it again.
AT_SEAT = timedelta(days=14)
#: What was done within this time of the last note is not noted again.
COARSE = timedelta(minutes=1)
LONGEST_DEVICE, LONGEST_ADDRESS = 200, 45


class Browser(Model):
    """A browser that was let in at seats. To these it is the tablet `tablet`, whatever it was called before.

    `begun` is a moment of the installation's own time (steady.py): when it last showed a code.
    """

    __tablename__ = "browser"
    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    tablet: Mapped[str] = mapped_column(String(32))
    begun: Mapped[datetime] = mapped_column(Moment)


class BrowserSeat(Model):
    """A seat at which a browser was let in, and the epoch of the code that it showed."""

    __tablename__ = "browser_seat"
    __table_args__ = (UniqueConstraint("browser_id", "seat_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    browser_id: Mapped[int] = mapped_column(ForeignKey("browser.id"))
    seat_id: Mapped[int]
    epoch: Mapped[int]


class SignIn(Model):
    """An account that has signed in somewhere, with the account's epoch at that time.

    `begun` and `acted` (the last thing that somebody did) are moments of the installation's own time (steady.py).
    `device` is what the browser says of itself. It is over at `ended_at`, and earlier by its age. As long as it
    `awaits` anything (access/accounts.py) it opens nothing.
    """

    __tablename__ = "sign_in"
    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    epoch: Mapped[int]
    begun: Mapped[datetime] = mapped_column(Moment)
    acted: Mapped[datetime] = mapped_column(Moment)
    address: Mapped[str] = mapped_column(String(LONGEST_ADDRESS))
    device: Mapped[str] = mapped_column(String(LONGEST_DEVICE))
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    awaits: Mapped[str] = mapped_column(String(10), default="", server_default="")


@dataclass(frozen=True)
class KnownBrowser:
    """A browser as a request needs it: its seats' epochs by seat id."""

    id: int
    tablet: str
    begun: datetime
    seats: dict[int, int]


@dataclass(frozen=True)
class KnownSignIn:
    """A sign-in that was not ended and whose account has neither been closed nor renewed since."""

    id: int
    account_id: int
    name: str
    begun: datetime
    acted: datetime
    awaits: str
    idle_minutes: int

    def is_over(self, moment: datetime) -> bool:
        """Whether the password was given too long ago."""
        return moment - self.begun > (AWAITED if self.awaits else ABSOLUTE)

    def is_idle(self, moment: datetime) -> bool:
        """Whether nothing was done for so long that the password is asked for before anything is."""
        return moment - self.acted > timedelta(minutes=self.idle_minutes)


_BROWSER = Prepared(
    select(Browser.id, Browser.tablet, Browser.begun, BrowserSeat.seat_id, BrowserSeat.epoch)
    .outerjoin(BrowserSeat, BrowserSeat.browser_id == Browser.id)
    .where(Browser.digest == bindparam("digest"))
)
_IDLE = func.coalesce(select(Installation.idle_minutes).scalar_subquery(), IDLE_MINUTES)
_GOOD = (
    select(SignIn.id, SignIn.account_id, Account.name, SignIn.begun, SignIn.acted, SignIn.awaits, _IDLE)
    .join(Account, Account.id == SignIn.account_id)
    .where(SignIn.ended_at.is_(None), SignIn.epoch == Account.epoch, Account.closed_at.is_(None))
)
_BY_NAME = Prepared(_GOOD.where(SignIn.digest == bindparam("digest")))
_BY_ID = Prepared(_GOOD.where(SignIn.id == bindparam("sign_in_id"), SignIn.awaits == ""))
_ADMISSIONS = Prepared(select(Admission.contest_id).where(Admission.account_id == bindparam("account_id")))


def digest_of(name: str) -> str:
    """What is kept of a name that a cookie holds."""
    return hashlib.sha256(name.encode(errors="replace")).hexdigest()


def browser_called(name: str) -> KnownBrowser | None:
    """The browser whose cookie holds this name, None where none was let in under it."""
    rows = _BROWSER.all(db.session.connection(), digest=digest_of(name))
    if not rows:
        return None
    seats = {seat_id: epoch for *_, seat_id, epoch in rows if seat_id is not None}
    (browser_id, tablet, begun, *_), *_ = rows
    return KnownBrowser(browser_id, tablet, begun, seats)


def sign_in_called(name: str) -> KnownSignIn | None:
    """The sign-in whose cookie holds this name, as long as it holds; it may still await something."""
    row = _BY_NAME.one(db.session.connection(), digest=digest_of(name))
    return KnownSignIn(*row) if row else None


def sign_in_now(sign_in_id: int) -> KnownSignIn | None:
    """The sign-in with this id, as long as it holds and awaits nothing."""
    row = _BY_ID.one(db.session.connection(), sign_in_id=sign_in_id)
    return KnownSignIn(*row) if row else None


def is_let_into(account_id: int, contest_id: int) -> bool:
    """Whether the account is let into this contest, see Account."""
    admissions = _ADMISSIONS.all(db.session.connection(), account_id=account_id)
    return not admissions or (contest_id,) in admissions
