"""Storing the log of access: what was noted since the last time, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from sqlalchemy import delete, select

from scoring.extensions import db
from scoring.store.access_log import KEPT, REPEATED, AccessEntry, Noted, Times
from scoring.store.steady import steady


def store_access(batch: Mapping[Noted, Times]) -> None:
    """Add what was noted; what an entry of the last minutes says already is counted there. Old entries are deleted."""
    moment = steady()
    recent = db.session.scalars(select(AccessEntry).where(AccessEntry.begun > moment - REPEATED))
    known = {entry.noted(): entry for entry in recent}
    for noted, times in batch.items():
        if (entry := known.get(noted)) is not None:
            entry.last, entry.count = times.last, entry.count + times.count
        else:
            when = {"first": times.first, "last": times.last, "count": times.count}
            db.session.add(AccessEntry(begun=moment, **asdict(noted), **when))
    db.session.execute(delete(AccessEntry).where(AccessEntry.begun < moment - KEPT))
