"""The audit trail: one entry for each change of a contest, chained by fingerprint."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, ForeignKey, Select, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from scoring.store.model import GENESIS, Model, Moment, fingerprint, now

ACCOUNT = "account:"


def signature_of(name: str) -> str:
    """How the account of this name stands in the record as the one who did something."""
    return ACCOUNT + name


def name_behind(actor: str) -> str:
    """The account's name behind who did something; whoever is no account, such as a seat, stays as recorded."""
    return actor.removeprefix(ACCOUNT)


class Entry(Model):
    """Who did what, when and why. The request id makes a verb that arrives twice harmless.

    `rows` is what the contest's rows come to after it (covered.py); None where it changed none, as a sheet does.
    """

    __tablename__ = "entry"
    __table_args__ = (UniqueConstraint("contest_id", "revision"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    revision: Mapped[int]
    verb: Mapped[str] = mapped_column(String(40))
    actor: Mapped[str] = mapped_column(String(80))
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    request: Mapped[str | None] = mapped_column(String(64), unique=True)
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    previous: Mapped[str] = mapped_column(String(64))
    fingerprint: Mapped[str] = mapped_column(String(64))
    rows: Mapped[str | None] = mapped_column(String(80))

    def record(self) -> dict[str, Any]:
        """What the fingerprint covers."""
        return record_of({column.name: getattr(self, column.name) for column in Entry.__table__.columns})


def record_of(entry: Mapping[str, Any]) -> dict[str, Any]:
    """What the fingerprint of a contest's entry with these values covers."""
    return with_rows(entry["rows"]) | {
        "contest": entry["contest_id"],
        "revision": entry["revision"],
        "verb": entry["verb"],
        "actor": entry["actor"],
        "details": entry["details"],
        "request": entry["request"],
        "at": entry["at"].isoformat(),
    }


def with_rows(rows: str | None) -> dict[str, Any]:
    """What an entry says of the rows it left; entries of before say nothing, and their fingerprints stay right."""
    return {} if rows is None else {"rows": rows}


def newest_fingerprint(contest_id: int | ColumnElement[int]) -> Select[str]:
    """The fingerprint of the contest's newest entry, to which the next one is chained; no row where there is none."""
    return select(Entry.fingerprint).where(Entry.contest_id == contest_id).order_by(Entry.revision.desc()).limit(1)


def chained(previous: str | None, **entry: Any) -> dict[str, Any]:
    """The values of a contest's next entry, made now and chained to the one before, if there is one.

    `entry` has its `contest_id`, `revision`, `verb`, `actor`, `details` and `request`.
    """
    values = entry | {"at": now(), "previous": previous or GENESIS, "rows": None}
    return values | {"fingerprint": fingerprint(values["previous"], record_of(values))}


def first_fingerprint(contest_id: int | ColumnElement[int]) -> Select[str]:
    """The fingerprint of the contest's first entry, which tells it from others: ids may be given again."""
    return select(Entry.fingerprint).where(Entry.contest_id == contest_id).order_by(Entry.revision).limit(1)


class SiteEntry(Model):
    """Who changed what about the installation itself, such as its accounts; chained like a contest's entries."""

    __tablename__ = "site_entry"
    id: Mapped[int] = mapped_column(primary_key=True)
    verb: Mapped[str] = mapped_column(String(40))
    actor: Mapped[str] = mapped_column(String(80))
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    request: Mapped[str | None] = mapped_column(String(64), unique=True)
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    previous: Mapped[str] = mapped_column(String(64), unique=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    rows: Mapped[str | None] = mapped_column(String(80))

    def record(self) -> dict[str, Any]:
        """What the fingerprint covers."""
        return with_rows(self.rows) | {
            "verb": self.verb,
            "actor": self.actor,
            "details": self.details,
            "request": self.request,
            "at": self.at.isoformat(),
        }
