"""What the sheets of one transaction add: kept back, and written all at once before the commit or before it is read.

The judges of a hall hand in together, and a row of many costs a third of a row alone (`./dev bench intake`). All other
changes go through the session and `actions.transaction.record`; both ways move the same revisions and chains. Only the
row that begins a sheet is written at once, because the fingerprint of its first version covers its id.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from scoring.store.contests import Contest
from scoring.store.held import Held
from scoring.store.ledger import Entry, newest_fingerprint
from scoring.store.ledger import chained as chained_entry
from scoring.store.prepared import Prepared
from scoring.store.sheets import Sheet, SheetVersion
from scoring.store.sheets import chained as chained_version

_BEGIN = Prepared(insert(Sheet).values(turn_id=bindparam("turn_id"), seat_id=bindparam("seat_id")).returning(Sheet.id))
_VERSION = tuple(column.name for column in SheetVersion.__table__.columns if column.name not in ("id", "correction_id"))
_ADD_VERSIONS = Prepared(insert(SheetVersion).values({name: bindparam(name) for name in _VERSION}).inline())
_ENTRY = tuple(column.name for column in Entry.__table__.columns if column.name != "id")
_ADD_ENTRIES = Prepared(insert(Entry).values({name: bindparam(name) for name in _ENTRY}).inline())
# Locked where the database knows locks of rows: nobody else gives out the contest's next revisions meanwhile.
_TIP = Prepared(
    select(Contest.revision, Contest.public_revision, newest_fingerprint(bindparam("contest")).scalar_subquery())
    .where(Contest.id == bindparam("contest"))
    .with_for_update(of=Contest)
)
_MOVE = Prepared(
    update(Contest)
    .where(Contest.id == bindparam("contest"))
    .values(revision=bindparam("revision"), public_revision=bindparam("public_revision"))
)


@dataclass
class _Tip:
    """Where a contest has come to: its revisions, and the fingerprint of its newest entry."""

    revision: int
    public_revision: int
    newest: str | None


class Intake:
    """The sheets that one transaction takes in."""

    def __init__(self, connection: Connection) -> None:
        """Take in within the connection's transaction; who began it calls `write` before the commit."""
        self._connection = connection
        self._versions: list[dict[str, Any]] = []
        self._entries: list[dict[str, Any]] = []
        self._tips: dict[int, _Tip] = {}
        self._added: set[object] = set()

    @property
    def connection(self) -> Connection:
        """The transaction with all that was added written."""
        self.write()
        return self._connection

    def connection_for(self, turn_id: int, seat_id: int, submission: str | None = None) -> Connection:
        """The transaction as far as this one sheet needs it: what was added for it, or under this id, is written."""
        if (turn_id, seat_id) in self._added or submission in self._added:
            self.write()
        return self._connection

    def add_version(self, turn_id: int, seat_id: int, held: Held | None, **version: Any) -> Held:
        """Add the sheet's next version, chained to the one before; the sheet is begun with its first.

        `version` has SheetVersion's `state`, `typed`, `settings_version`, `actor`, `revision`, and more where there is.
        """
        sheet_id = held.sheet_id if held else self._begin(turn_id, seat_id)
        values = chained_version(sheet_id, held, **version)
        self._versions.append(values)
        self._added.add((turn_id, seat_id))
        if values["submission"] is not None:
            self._added.add(values["submission"])
        return Held.of(values, held)

    def move(self, contest_id: int) -> int:
        """Give the contest its next revision, for a change that its audience cannot see; answers it."""
        tip = self._tip(contest_id)
        tip.revision += 1
        return tip.revision

    def move_in_public(self, contest_id: int, verb: str, actor: str, details: dict[str, Any]) -> int:
        """Give the contest its next revision and add the entry of a change that its audience can see; answers it."""
        tip = self._tip(contest_id)
        tip.revision += 1
        tip.public_revision += 1
        about = {"contest_id": contest_id, "revision": tip.revision, "verb": verb, "actor": actor, "details": details}
        entry = chained_entry(tip.newest, **about, request=None)
        tip.newest = entry["fingerprint"]
        self._entries.append(entry)
        return tip.revision

    def write(self) -> None:
        """Write what was added. Raises DBAPIError as SQLAlchemy does."""
        if self._versions:
            _ADD_VERSIONS.many(self._connection, self._versions)
        if self._entries:
            _ADD_ENTRIES.many(self._connection, self._entries)
        for contest_id, tip in self._tips.items():
            moved = {"revision": tip.revision, "public_revision": tip.public_revision}
            _MOVE.run(self._connection, contest=contest_id, **moved)
        self._versions, self._entries, self._tips, self._added = [], [], {}, set()

    def _begin(self, turn_id: int, seat_id: int) -> int:
        begun = _BEGIN.one(self._connection, turn_id=turn_id, seat_id=seat_id)
        assert begun is not None
        return int(begun[0])

    def _tip(self, contest_id: int) -> _Tip:
        """Where the contest has come to with what was added."""
        tip = self._tips.get(contest_id)
        if tip is None:
            row = _TIP.one(self._connection, contest=contest_id)
            assert row is not None, "the contest of a turn is there"
            tip = self._tips[contest_id] = _Tip(*row)
        return tip
