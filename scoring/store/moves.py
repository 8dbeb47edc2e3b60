"""What each sheet moves in its contest: the revision and, once it is submitted, the audit trail.

These are statements of every sheet; see prepared.py. All other changes go through `actions.transaction.record`.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from scoring.store.contests import Contest
from scoring.store.ledger import Entry, chained
from scoring.store.prepared import Prepared

_later = Contest.revision + 1
_of_contest = update(Contest).where(Contest.id == bindparam("contest")).returning(Contest.revision)
_MOVE = Prepared(_of_contest.values(revision=_later))
_MOVE_IN_PUBLIC = Prepared(_of_contest.values(revision=_later, public_revision=Contest.public_revision + 1))
_NEWEST = Prepared(
    select(Entry.fingerprint)
    .where(Entry.contest_id == bindparam("contest_id"))
    .order_by(Entry.revision.desc())
    .limit(1)
)
_VALUES = tuple(column.name for column in Entry.__table__.columns if column.name != "id")
_ADD = Prepared(insert(Entry).values({name: bindparam(name) for name in _VALUES}).inline())


def move(connection: Connection, contest_id: int) -> int:
    """Give the contest its next revision, for a change that its audience cannot see; answers it."""
    return _moved(connection, _MOVE, contest_id)


def move_in_public(connection: Connection, contest_id: int, verb: str, actor: str, details: dict[str, Any]) -> int:
    """Give the contest its next revision and write the entry of a change that its audience can see; answers it."""
    revision = _moved(connection, _MOVE_IN_PUBLIC, contest_id)
    newest = _NEWEST.one(connection, contest_id=contest_id)
    about = {"contest_id": contest_id, "revision": revision, "verb": verb, "actor": actor, "details": details}
    _ADD.run(connection, **chained(newest[0] if newest else None, **about, request=None))
    return revision


def _moved(connection: Connection, statement: Prepared, contest_id: int) -> int:
    row = statement.one(connection, contest=contest_id)
    assert row is not None
    revision: int = row[0]
    return revision
