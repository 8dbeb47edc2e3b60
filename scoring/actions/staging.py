"""A heavy verb in two steps: worked out on a copy of the database in another process, then written in one short go.

The writer is kept from the sheets only for the writing, and nothing is written that was worked out for another state
of the contest than it is in by then. Entries of the log are made at the end, chained to what came meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import event, func, select

from scoring.actions.rooms_touched import seats_touched
from scoring.actions.transaction import Actor, record
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Contest, ImportDraft
from scoring.store.prepared import driven
from scoring.store.unit_of_work import at_work, unit_of_work


@dataclass(frozen=True)
class Staged:
    """What a verb would write: statements with their values, the entries, and what has to be as it was.

    `frame` is the contest's revision of all but sheets, `tops` the highest id of each table that gets rows, `read` what
    the draft `draft` held.
    """

    contest_id: int
    frame: int
    draft: int
    read: Any
    tops: dict[str, int]
    statements: list[tuple[str, list[Any]]]
    entries: list[dict[str, Any]]

    def to_data(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return vars(self)


def stage(contest_id: int, draft_id: int, verb: Callable[..., None], *args: Any) -> Staged:
    """Perform the verb on this database, keep what it writes, and write nothing. Raises Refused as the verb."""
    frame = db.session.execute(select(Contest.frame_revision).where(Contest.id == contest_id)).scalar_one()
    read = db.session.execute(select(ImportDraft.read).where(ImportDraft.id == draft_id)).scalar_one_or_none()
    entries: list[dict[str, Any]] = []
    with _noted() as (statements, tables), unit_of_work(staged=entries):
        verb(*args)
        seats = seats_touched(at_work())
    entries = [one | {"seats": sorted({*one["seats"], *seats})} for one in entries]
    db.session.rollback()
    tops = {name: _top(name) for name in tables}
    return Staged(contest_id, frame, draft_id, read, tops, list(_gathered(statements)), entries)


def _gathered(statements: list[tuple[str, Any]]) -> Iterator[tuple[str, list[Any]]]:
    """Each statement once for all the rows that follow one another in it: run so, many are soon done."""
    for statement, same in groupby(statements, key=lambda one: one[0]):
        yield statement, [values for _, values in same]


@contextmanager
def _noted() -> Iterator[tuple[list[tuple[str, Any]], set[str]]]:
    """The statements that write while this lasts, and the tables that get rows."""
    statements: list[tuple[str, Any]] = []
    tables: set[str] = set()

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, context: Any, _many: bool) -> None:
        if context is None or not (context.isinsert or context.isupdate or context.isdelete):
            return
        many = bool(values) and isinstance(values[0], tuple)  # many rows of one statement may be one long list
        statement = statement.partition(" RETURNING ")[0]  # nobody asks for the ids any more
        statements.extend((statement, list(row)) for row in (values if many else [values]))
        if context.isinsert:
            tables.add(context.compiled.statement.table.name)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield statements, tables
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def _top(table: str) -> int:
    key = db.metadata.tables[table].c.id
    return db.session.execute(select(func.coalesce(func.max(key), 0))).scalar_one()


def write_staged(actor: Actor, staged: Staged) -> None:
    """Write what was worked out. Raises Refused: import_changed, if anything has changed that it rests on."""
    contest = db.session.get_one(Contest, staged.contest_id)
    draft = db.session.get(ImportDraft, staged.draft)
    as_it_was = contest.frame_revision == staged.frame and draft is not None and draft.read == staged.read
    if not as_it_was or any(_top(table) != top for table, top in staged.tops.items()):
        raise Refused.because("import_changed")
    connection = db.session.connection()
    for statement, rows in staged.statements:
        driven(connection, "executemany", statement, rows)
    db.session.expire_all()
    for entry in staged.entries:
        verb, seats = entry["verb"], entry["seats"]
        record(contest, actor, verb, seats, frame=entry["frame"], **entry["details"])
