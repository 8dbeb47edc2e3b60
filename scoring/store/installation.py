"""What holds for the whole installation: its time zone and address, its duties, and how accounts sign in."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from flask import has_request_context, request
from sqlalchemy import String, false, select
from sqlalchemy.orm import Mapped, mapped_column

from scoring.extensions import db
from scoring.services import Service
from scoring.store.model import Model
from scoring.store.prepared import Prepared

#: Where nobody has chosen another one. Source: the contests are held there.
FIRST_ZONE = "Asia/Shanghai"
#: As it was before there was a choice.
FIRST_POLICY, IDLE_MINUTES = "asvs", 30
_ONLY = 1
_KEPT = "saiping.installation"
_MARK: Service[str] = Service("mark", lambda: db.session.scalar(select(Origin.mark)) or "")


class Installation(Model):
    """The one row of it, from the first time that somebody changes anything.

    `zone` is a name of the IANA database, such as Asia/Shanghai. `address` is where tablets and phones reach the
    server, such as http://192.168.1.10:5000, "" where it is found out. `separated` says whether the duties of the
    three officers and of the contests are in different hands (rules/duties.py). `policy` names the rules for passwords
    (passwords.py), `idle_minutes` is after how long without anything being done the password is asked for again, and
    `second_factor` whether those who may release, correct or administer need one.
    """

    __tablename__ = "installation"
    id: Mapped[int] = mapped_column(primary_key=True, default=_ONLY)
    zone: Mapped[str] = mapped_column(String(60), default=FIRST_ZONE)
    address: Mapped[str] = mapped_column(String(120), default="")
    separated: Mapped[bool] = mapped_column(default=False, server_default=false())
    policy: Mapped[str] = mapped_column(String(10), default=FIRST_POLICY, server_default=FIRST_POLICY)
    idle_minutes: Mapped[int] = mapped_column(default=IDLE_MINUTES, server_default=str(IDLE_MINUTES))
    second_factor: Mapped[bool] = mapped_column(default=False, server_default=false())


class Origin(Model):
    """The one row of it, made with the database: a random mark, so that codes of another database open nothing here.

    It is "" where codes were given out before databases had a mark.
    """

    __tablename__ = "origin"
    id: Mapped[int] = mapped_column(primary_key=True, default=_ONLY)
    mark: Mapped[str] = mapped_column(String(32))


_SETTINGS = Prepared(
    select(
        Installation.zone,
        Installation.address,
        Installation.separated,
        Installation.policy,
        Installation.idle_minutes,
        Installation.second_factor,
    )
)


@dataclass(frozen=True)
class Known:
    """The installation's settings; see Installation."""

    zone: str = FIRST_ZONE
    address: str = ""
    separated: bool = False
    policy: str = FIRST_POLICY
    idle_minutes: int = IDLE_MINUTES
    second_factor: bool = False


def installation() -> Known:
    """The settings as they are, read once for each request."""
    asked: dict[str, Known] = request.environ if has_request_context() else {}
    if _KEPT not in asked:
        asked[_KEPT] = Known(*(_SETTINGS.one(db.session.connection()) or ()))
    return asked[_KEPT]


def is_separated() -> bool:
    """Whether the duties are separated now, whatever this request has read before."""
    return bool(db.session.scalar(select(Installation.separated)))


def mark() -> str:
    """The mark of this database, looked up once."""
    return _MARK.of()


def stored_installation() -> Installation:
    """The row to be changed in this transaction, made now if there was none."""
    stored = db.session.get(Installation, _ONLY)
    if stored is None:
        stored = Installation(**asdict(Known()))
        db.session.add(stored)
    return stored
