"""What each sheet moves in its contest: the revision and, once it is submitted, the audit trail.

These are statements of every sheet; see prepared.py. All other changes go through `actions.transaction.record`.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from scoring.store.contests import Contest
from scoring.store.ledger import Entry, chained
from scoring.store.prepared import Prepared, Row

_newest = (
    select(Entry.fingerprint)
    .where(Entry.contest_id == bindparam("contest"))
    .order_by(Entry.revision.desc())
    .limit(1)
    .scalar_subquery()
)
_of_contest = update(Contest).where(Contest.id == bindparam("contest"))
_later = {"revision": Contest.revision + 1}
_MOVE = Prepared(_of_contest.values(_later).returning(Contest.revision))
_MOVE_IN_PUBLIC = Prepared(
    _of_contest.values(_later | {"public_revision": Contest.public_revision + 1}).returning(Contest.revision, _newest)
)
_VALUES = tuple(column.name for column in Entry.__table__.columns if column.name != "id")
_ADD = Prepared(insert(Entry).values({name: bindparam(name) for name in _VALUES}).inline())


def move(connection: Connection, contest_id: int) -> int:
    """Give the contest its next revision, for a change that its audience cannot see; answers it."""
    (revision,) = _moved(_MOVE.one(connection, contest=contest_id))
    return int(revision)


def move_in_public(connection: Connection, contest_id: int, verb: str, actor: str, details: dict[str, Any]) -> int:
    """Give the contest its next revision and write the entry of a change that its audience can see; answers it."""
    revision, newest = _moved(_MOVE_IN_PUBLIC.one(connection, contest=contest_id))
    about = {"contest_id": contest_id, "revision": revision, "verb": verb, "actor": actor, "details": details}
    _ADD.run(connection, **chained(newest, **about, request=None))
    return int(revision)


def _moved(row: Row | None) -> Row:
    assert row is not None, "the contest of a turn is there"
    return row
