"""Whether the duties were in separate hands while a contest was held, by the record of the installation."""

from __future__ import annotations

from sqlalchemy import func, or_, select

from scoring.board.snapshots.record import Duties
from scoring.extensions import db
from scoring.store import Entry, SiteEntry
from scoring.store.duties import JOIN, SEPARATE
from scoring.store.ledger import first_fingerprint, name_behind
from scoring.store.prepared import Prepared

#: One person may hold them all since ever, or since they were joined again; or they were separated after the beginning.
NEVER, JOINED, LATE = "never", "joined", "late"


_NEWEST = Prepared(select(func.max(SiteEntry.id)).where(or_(SiteEntry.verb == SEPARATE, SiteEntry.verb == JOIN)))


def duties_changed() -> int:
    """The entry by which the duties were separated or joined last, 0 for none: what is said is another after it."""
    newest = _NEWEST.one(db.session.connection())
    return (newest[0] if newest else 0) or 0


def duties(contest_id: int | None = None) -> Duties | None:
    """What every page of the record says of the duties; None where they were separated from the contest's first entry.

    The shape is {"state", "at", "by" (names), "reason"}; without a contest the state of the installation now is told.
    """
    wanted = select(SiteEntry).where(SiteEntry.verb.in_((SEPARATE, JOIN))).order_by(SiteEntry.id.desc()).limit(1)
    last = db.session.scalars(wanted).first()
    if last is None:
        return {"state": NEVER, "at": "", "by": [], "reason": ""}
    hands = [name_behind(one) for one in (last.details.get("asked_by"), last.actor) if one]
    late = contest_id is not None and _had_begun(contest_id, last)
    if last.verb != JOIN and not late:
        return None
    reason: str = last.details.get("reason", "")
    return {"state": JOINED if last.verb == JOIN else LATE, "at": last.at.isoformat(), "by": hands, "reason": reason}


def _had_begun(contest_id: int, separated: SiteEntry) -> bool:
    """Whether the contest's record began before the duties were separated; never told by a clock that may be put right.

    Separations recorded before entries named the contests that had begun are told by their moment.
    """
    if "begun" in separated.details:
        return db.session.scalar(first_fingerprint(contest_id)) in separated.details["begun"].values()
    first = db.session.scalar(select(func.min(Entry.at)).where(Entry.contest_id == contest_id))
    return first is not None and first < separated.at
