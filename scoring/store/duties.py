"""What the record says of the duties: which contests have begun, and whether somebody asks to join the duties again."""

from __future__ import annotations

from sqlalchemy import select

from scoring.extensions import db
from scoring.store.contests import Contest
from scoring.store.ledger import SiteEntry, first_fingerprint

SEPARATE, ASK, JOIN, STAY = "separate_duties", "ask_to_join", "join_duties", "stay_separated"


def joining_asked() -> SiteEntry | None:
    """By which entry somebody asks that one person may hold several duties, as long as nobody has answered."""
    wanted = select(SiteEntry).where(SiteEntry.verb.in_((SEPARATE, ASK, JOIN, STAY))).order_by(SiteEntry.id.desc())
    last = db.session.scalars(wanted.limit(1)).first()
    return last if last is not None and last.verb == ASK else None


def first_fingerprints() -> dict[str, str]:
    """The fingerprint of the first entry of each contest that has one, by the contest's id: it stays the same."""
    own = Contest.__table__.c.id
    found = db.session.execute(select(own, first_fingerprint(own).scalar_subquery()))
    return {str(contest_id): fingerprint for contest_id, fingerprint in found if fingerprint}
