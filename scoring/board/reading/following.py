"""What is kept of an event is brought to the present: only the records that have changed are read again.

What has changed is told by the stored rows themselves (scoring/store/rows.py), whoever wrote them and however. Where it
is more than single turns, everything is read anew.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import MANYTOONE, Mapper, Session
from sqlalchemy.orm.util import identity_key

from scoring.store import Contest, Event, SheetVersion, Turn
from scoring.store.model import Model
from scoring.store.rows import MOVING, TABLES, Rows, changes, rows_of

#: Turns that are read again one by one; where more have changed, reading all anew is about as fast.
MOST_TURNS = 64


def rows_behind(session: Session, event: Event) -> Rows:
    """The event's rows; read before its records, so that what is stored in between is found by the next look."""
    return rows_of(session.connection(), event.id, event.contest_id)


def bring_to_the_present(
    session: Session, event: Event, before: Rows, read: Callable[[Collection[int]], object]
) -> tuple[Rows, frozenset[int]] | None:
    """Let the session's records be as they are stored; the rows now, and the turns that are others.

    `read` reads the turns with these ids over what the session holds of them. None where everything must be read anew.
    """
    after = rows_behind(session, event)
    found = changes(session.connection(), event.id, before, after)
    if found is None or len(found.turns) > MOST_TURNS:
        return None
    _let_go_of_what_is_not_compared(session)
    for table, number in found.moved:
        _let_go_of_moving(session, table, number)
    for number in found.turns:
        turn = session.identity_map.get(identity_key(Turn, number))
        if turn is not None:
            session.expire(turn)
    read(found.turns)
    return after, found.turns


def _let_go_of_what_is_not_compared(session: Session) -> None:
    """Versions of sheets are never changed; every other record that is not compared is read again when it is needed."""
    for record in session.identity_map.values():
        kind = type(record)
        if kind in TABLES:
            loaded = [name for name in _not_compared(kind) if name in record.__dict__]
            if loaded:
                session.expire(record, loaded)
        elif kind is not SheetVersion:
            session.expire(record)


@cache
def _not_compared(kind: type[Model]) -> tuple[str, ...]:
    """What of a compared record comes from elsewhere: lists of records that are not compared, a contest's revisions."""
    mapper: Mapper[Any] = inspect(kind)
    lists = (one for one in mapper.relationships if one.direction is not MANYTOONE)
    others = tuple(one.key for one in lists if one.mapper.class_ not in TABLES)
    return others + (MOVING[Contest] if kind is Contest else ())


def _let_go_of_moving(session: Session, kind: type[Model], number: int) -> None:
    record = session.identity_map.get(identity_key(kind, number))
    if record is not None:
        session.expire(record, _moving(kind))


@cache
def _moving(kind: type[Model]) -> tuple[str, ...]:
    """The moving columns, and the records that they point to."""
    mapper: Mapper[Any] = inspect(kind)
    columns = MOVING[kind]
    pointing = (one for one in mapper.relationships if one.direction is MANYTOONE)
    return columns + tuple(one.key for one in pointing if any(column.name in columns for column in one.local_columns))
