"""The last entry of a change says what the rows behind it come to: whoever changes them by hand is found out."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm.exc import ObjectDeletedError

from scoring.board.reading.altered import keep_altered
from scoring.extensions import db
from scoring.store.covered import ALTERED, rows_agree, rows_covered, site_rows_agree, site_rows_covered
from scoring.store.journal import SITE
from scoring.store.ledger import Entry, SiteEntry
from scoring.store.model import fingerprint

Written = Entry | SiteEntry


def cover(written: Iterable[Written]) -> None:
    """Put into the last of these entries of each contest, and of the installation, what the rows come to with it.

    Nobody is chained to it yet. Where the rows as they were committed before do not agree with the entry of then,
    somebody has changed them in another way: that is said with it, and stays on record.
    """
    db.session.flush()
    last = {_record_of(entry): entry for entry in written if not _is_gone(entry)}
    for entry in last.values():
        entry.rows = _rows_after(entry)
        entry.fingerprint = fingerprint(entry.previous, entry.record())
    db.session.flush()


def _record_of(entry: Written) -> int | None:
    return entry.contest_id if isinstance(entry, Entry) else None


def _is_gone(entry: Written) -> bool:
    """Whether it was deleted again with all that a rehearsal has left."""
    try:
        return not entry.verb
    except ObjectDeletedError:
        return True


def _rows_after(entry: Written) -> str:
    after = db.session.connection()
    rows = rows_covered(after, entry.contest_id) if isinstance(entry, Entry) else site_rows_covered(after)
    if _agreed_before(entry):
        return rows
    keep_altered(entry.contest_id if isinstance(entry, Entry) else SITE, f"{entry.verb} of {entry.actor}")
    return rows + ALTERED


def _agreed_before(entry: Written) -> bool:
    """Whether all rows that others see, without this transaction, are as the newest entry left them."""
    with db.engine.connect() as before:
        return rows_agree(before, entry.contest_id) if isinstance(entry, Entry) else site_rows_agree(before)
