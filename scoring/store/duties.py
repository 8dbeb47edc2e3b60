"""Which contests have begun, by what stays the same of each: the fingerprint of its record's first entry."""

from __future__ import annotations

from sqlalchemy import func, select

from scoring.extensions import db
from scoring.store.ledger import Entry


def first_fingerprints(contest_id: int | None = None) -> dict[str, str]:
    """The fingerprint of each contest's first entry, or of this one's, by the contest's id; ids may be given again."""
    firsts = select(Entry.contest_id, func.min(Entry.revision).label("revision")).group_by(Entry.contest_id).subquery()
    wanted = select(Entry.contest_id, Entry.fingerprint).join(
        firsts, (firsts.c.contest_id == Entry.contest_id) & (firsts.c.revision == Entry.revision)
    )
    if contest_id is not None:
        wanted = wanted.where(Entry.contest_id == contest_id)
    return {str(found): fingerprint for found, fingerprint in db.session.execute(wanted)}
