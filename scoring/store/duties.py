"""Which contests have begun, by what stays the same of each: the fingerprint of its record's first entry."""

from __future__ import annotations

from sqlalchemy import select

from scoring.extensions import db
from scoring.store.contests import Contest
from scoring.store.ledger import first_fingerprint


def first_fingerprints() -> dict[str, str]:
    """The fingerprint of the first entry of each contest that has one, by the contest's id."""
    own = Contest.__table__.c.id
    found = db.session.execute(select(own, first_fingerprint(own).scalar_subquery()))
    return {str(contest_id): fingerprint for contest_id, fingerprint in found if fingerprint}
