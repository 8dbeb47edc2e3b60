"""The rows behind an event as the driver gives them, so that what has changed is told by comparing, without records.

Whatever a board is made of stands in one of TABLES, in the sheets' versions, which are only ever added, or is asked for
anew at each change. It costs about 1 µs a row, a hundredth of the records.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, Select, bindparam, func, select

from scoring.store.ballots import Ballot
from scoring.store.clocks import TurnClock
from scoring.store.contests import Appearance, Contest, Contestant, Event, Room, Round, Turn
from scoring.store.documents import Coding, Document
from scoring.store.model import Model
from scoring.store.not_performing import NotPerforming
from scoring.store.panel import Assignment, Recusal, Seat
from scoring.store.photos import Photo
from scoring.store.prepared import Prepared, Row
from scoring.store.results import Penalty, Release, TotalsCheck
from scoring.store.screens import HallScreen
from scoring.store.sheets import Sheet, SheetVersion

#: What belongs to one turn, with the turn's id.
OF_TURNS: tuple[type[Model], ...] = (
    Appearance,
    Assignment,
    Recusal,
    Penalty,
    TotalsCheck,
    Release,
    Ballot,
    TurnClock,
    Photo,
)
#: Columns whose change changes nothing that was worked out of the record, only what the record itself says.
MOVING: Mapping[type[Model], tuple[str, ...]] = {
    Contest: ("revision", "public_revision", "frame_revision"),
    Room: ("current_turn_id",),
    Seat: ("epoch", "revoked_at", "holder", "tablet", "taken_at", "handover_until"),
}
#: Columns of a turn that say which place it has among the others.
PLACING = ("round_id", "position")

_event_id: BindParameter[int] = bindparam("event_id")
_contest_id: BindParameter[int] = bindparam("contest_id")
_turn_ids = select(Turn.id).join(Round, Round.id == Turn.round_id).where(Round.event_id == _event_id)
_contestant_ids = select(Contestant.id).where(Contestant.contest_id == _contest_id)
#: What is about more than one turn, and the rows of it that an event is made of.
_OF_MORE: tuple[tuple[type[Model], ColumnElement[bool]], ...] = (
    (Contest, Contest.id == _contest_id),
    (Event, Event.contest_id == _contest_id),
    (Round, Round.event_id == _event_id),
    (Room, Room.event_id == _event_id),
    (Seat, Seat.room_id.in_(select(Room.id).where(Room.event_id == _event_id))),
    (Contestant, Contestant.contest_id == _contest_id),
    (NotPerforming, NotPerforming.contestant_id.in_(_contestant_ids)),
    (HallScreen, HallScreen.contest_id == _contest_id),
    (Coding, Coding.event_id == _event_id),
    (Document, Document.contestant_id.in_(_contestant_ids)),
)
TABLES: tuple[type[Model], ...] = (Turn, *OF_TURNS, *(table for table, _ in _OF_MORE))
"""Every table that is compared."""


def _columns(table: type[Model], only: tuple[str, ...] | None = None) -> list[ColumnElement[Any]]:
    """The columns that are compared; the turn's id, where there is one, comes second."""
    moving = MOVING.get(table, ())
    named = [column for column in table.__table__.columns if only is None or column.name in only]
    wanted = [column for column in named if only is not None or column.name not in moving]
    return sorted(wanted, key=lambda column: (column.name != "id", column.name != "turn_id"))


def _ordered(table: type[Model], columns: list[ColumnElement[Any]], of_event: ColumnElement[bool]) -> Select[Any]:
    return select(*columns).where(of_event).order_by(table.__table__.c.id)


def _of_turn(table: type[Model]) -> ColumnElement[bool]:
    return table.__table__.c.turn_id.in_(_turn_ids)


_WHERE: dict[type[Model], ColumnElement[bool]] = {
    Turn: Turn.id.in_(_turn_ids),
    **{table: _of_turn(table) for table in OF_TURNS},
    **dict(_OF_MORE),
}
_STATEMENTS = {table: Prepared(_ordered(table, _columns(table), _WHERE[table])) for table in TABLES}
_OF_MOVING = {
    table: Prepared(_ordered(table, _columns(table, ("id", *moving)), _WHERE[table]))
    for table, moving in MOVING.items()
    if table is not Contest
}
_PLACES = [place for place, column in enumerate(_columns(Turn)) if column.name in PLACING]
_LAST_VERSION = Prepared(select(func.max(SheetVersion.id)))
_NEW_VERSIONS = Prepared(
    select(Sheet.turn_id)
    .join(SheetVersion, SheetVersion.sheet_id == Sheet.id)
    .where(SheetVersion.id > bindparam("last"), Sheet.turn_id.in_(_turn_ids))
    .distinct()
)


@dataclass(frozen=True)
class Rows:
    """All that is compared of an event, as it was read at one time."""

    by_table: Mapping[type[Model], list[Row]]
    moving: Mapping[type[Model], list[Row]]
    last_version: int


@dataclass(frozen=True)
class Changes:
    """What is other than it was: the turns, by id, and the records of MOVING, by table and id."""

    turns: frozenset[int]
    moved: tuple[tuple[type[Model], int], ...]


def rows_of(connection: Connection, event_id: int, contest_id: int) -> Rows:
    """The event's rows as they are stored now."""
    named = {"event_id": event_id, "contest_id": contest_id}
    last = _LAST_VERSION.one(connection)
    return Rows(
        {table: statement.raw(connection, **named) for table, statement in _STATEMENTS.items()},
        {table: statement.raw(connection, **named) for table, statement in _OF_MOVING.items()},
        (last[0] if last else None) or 0,
    )


def changes(connection: Connection, event_id: int, before: Rows, after: Rows) -> Changes | None:
    """What has changed; None where it is more than single turns, so that the event must be read anew."""
    if any(before.by_table[table] != after.by_table[table] for table, _ in _OF_MORE):
        return None
    if _places(before) != _places(after):
        return None
    turns = {row[0] for row in _differing(before, after, Turn)}
    turns |= {row[1] for table in OF_TURNS for row in _differing(before, after, table)}
    new = _NEW_VERSIONS.all(connection, last=before.last_version, event_id=event_id)
    return Changes(frozenset(turns | {row[0] for row in new}), tuple(_moved(before, after)))


def _places(rows: Rows) -> list[tuple[Any, ...]]:
    """Which turns there are, and where."""
    return [(row[0], *(row[place] for place in _PLACES)) for row in rows.by_table[Turn]]


def _differing(before: Rows, after: Rows, table: type[Model]) -> Iterator[Row]:
    """The rows that are there in one of them only, or are others."""
    old, new = before.by_table[table], after.by_table[table]
    if old == new:
        return
    known, found = {row[0]: row for row in old}, {row[0]: row for row in new}
    yield from (row for row in old if found.get(row[0]) != row)
    yield from (row for row in new if known.get(row[0]) != row)


def _moved(before: Rows, after: Rows) -> Iterator[tuple[type[Model], int]]:
    for table, old in before.moving.items():
        yield from ((table, row[0]) for was, row in zip(old, after.moving[table], strict=True) if was != row)
