"""What every table shares: the base class, times in UTC and the fingerprint of a record."""

from __future__ import annotations

import hashlib
import json
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import DateTime
from sqlalchemy.orm import Session, object_session
from sqlalchemy.types import TypeDecorator

from scoring.extensions import Base, db

#: What the first record of a chain has before it.
GENESIS = "0" * 64
#: The largest id that a table gives out; a larger one in an address or a message names nothing.
LARGEST_ID = 2**31 - 1

_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


def session_of(record: Model) -> Session:
    """The session that a stored record belongs to.

    What is kept of an event beyond a request is newer than what the request has begun to read: whatever is kept beside
    it is looked for here and not in the request's session.
    """
    session = object_session(record)
    assert session is not None
    return session


class Moment(TypeDecorator[datetime]):
    """A moment in UTC: SQLite forgets the zone, so it is put back on the way out."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: object) -> datetime | None:
        """Store UTC without a zone."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: object) -> datetime | None:
        """Give UTC with its zone."""
        return None if value is None else value.replace(tzinfo=UTC)


def now() -> datetime:
    """The clock on the wall, in UTC: to be shown, and never to decide what came first or how long something took.

    The order is that of the revisions; what lasts is measured by store/steady.py. A tablet's clock is never trusted.
    """
    return datetime.fromtimestamp(time.time(), UTC)


def is_storable(text: str) -> bool:
    """Whether every database can keep the text and every screen can be sent it: no NUL, no half of a pair."""
    try:
        return b"\0" not in text.encode()
    except UnicodeEncodeError:
        return False


def fingerprint(previous: str, record: dict[str, Any]) -> str:
    """The SHA-256 (64 hex digits) that chains a record to the one before it.

    The record is written as JSON with sorted keys, so that anyone can compute the same digest again.
    """
    return hashlib.sha256(f"{previous}\n{_canonical(record)}".encode()).hexdigest()
