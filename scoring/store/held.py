"""What is held of one seat's sheet for one turn: the version in force, and what a sheet meets that comes in.

These are statements of every sheet; see prepared.py. What it adds is written by intake.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, case, func, literal, or_, select
from sqlalchemy.orm import aliased

from scoring.store.contests import MARKING, PERFORMING, RELEASED, Contest, Event, Round, Turn
from scoring.store.ledger import ACCOUNT, Entry
from scoring.store.people import Account
from scoring.store.prepared import Prepared, Row
from scoring.store.sheets import RETURNED, SUBMITTED, Sheet, SheetVersion


@dataclass(frozen=True, slots=True)
class Held:
    """A sheet's version in force; see SheetVersion. `returned`: the sheet was given back to its judge at some time."""

    sheet_id: int
    number: int
    state: str
    typed: dict[str, str]
    marks: dict[str, Any] | None
    submission: str | None
    question: str
    source: str
    at: datetime
    revision: int
    fingerprint: str
    returned: bool

    @classmethod
    def of(cls, version: Mapping[str, Any], before: Held | None) -> Held:
        """The version with these values of SheetVersion, which follows the one before."""
        kept = {name: version[name] for name in cls.__dataclass_fields__ if name in version}
        return cls(**kept, returned=before is not None and before.returned)


@dataclass(frozen=True)
class Met:
    """What a sheet meets when it comes in: the contest, the name of its last change of anything but sheets, itself."""

    contest_id: int
    frame: str
    held: Held | None


_earlier = aliased(SheetVersion)
_newest = select(func.max(_earlier.number)).where(_earlier.sheet_id == Sheet.id).correlate(Sheet).scalar_subquery()
#: Whether a version that is joined to its sheet is the one in force.
IS_IN_FORCE = SheetVersion.number == _newest
_given_back = select(_earlier.id).where(_earlier.sheet_id == Sheet.id, _earlier.state == RETURNED).correlate(Sheet)
_HELD = (
    Sheet.id,
    SheetVersion.number,
    SheetVersion.state,
    SheetVersion.typed,
    SheetVersion.marks,
    SheetVersion.submission,
    SheetVersion.question,
    SheetVersion.source,
    SheetVersion.at,
    SheetVersion.revision,
    SheetVersion.fingerprint,
    _given_back.exists(),
)
_MEETS = Prepared(
    select(Contest.id, Entry.fingerprint, *_HELD)
    .select_from(Turn)
    .join(Round, Round.id == Turn.round_id)
    .join(Event, Event.id == Round.event_id)
    .join(Contest, Contest.id == Event.contest_id)
    .outerjoin(Entry, and_(Entry.contest_id == Contest.id, Entry.revision == Contest.frame_revision))
    .outerjoin(Sheet, and_(Sheet.turn_id == Turn.id, Sheet.seat_id == bindparam("seat_id")))
    .outerjoin(SheetVersion, and_(SheetVersion.sheet_id == Sheet.id, IS_IN_FORCE))
    .where(Turn.id == bindparam("turn_id"))
)
_OPEN_NUMBERS = Prepared(
    select(Sheet.turn_id, Sheet.seat_id, Sheet.id, func.max(SheetVersion.number))
    .select_from(Turn)
    .join(Sheet, Sheet.turn_id == Turn.id)
    .join(SheetVersion, SheetVersion.sheet_id == Sheet.id)
    .where(Turn.round_id == bindparam("round_id"), or_(Turn.state == PERFORMING, Turn.state == MARKING))
    .group_by(Sheet.id)
)
_NUMBERS_OF = Prepared(
    select(Sheet.turn_id, Sheet.seat_id, Sheet.id, func.max(SheetVersion.number))
    .join(SheetVersion, SheetVersion.sheet_id == Sheet.id)
    .where(Sheet.turn_id == bindparam("turn_id"))
    .group_by(Sheet.id)
)
_ALL_IN_FORCE = Prepared(
    select(Sheet.turn_id, Sheet.seat_id, *_HELD)
    .select_from(Turn)
    .join(Sheet, Sheet.turn_id == Turn.id)
    .join(SheetVersion, SheetVersion.sheet_id == Sheet.id)
    .where(Turn.round_id == bindparam("round_id"), IS_IN_FORCE)
)
_IN_FORCE = Prepared(
    select(*_HELD)
    .join(SheetVersion, SheetVersion.sheet_id == Sheet.id)
    .where(Sheet.id == bindparam("sheet_id"), IS_IN_FORCE)
)
_OWN = (
    select(Sheet.turn_id, SheetVersion.state, SheetVersion.question)
    .join(SheetVersion, SheetVersion.sheet_id == Sheet.id)
    .where(Sheet.seat_id == bindparam("seat_id"), IS_IN_FORCE)
)
_EVERY_OWN = Prepared(_OWN)
_OWN_UNRELEASED = Prepared(_OWN.join(Turn, Turn.id == Sheet.turn_id).where(Turn.state != RELEASED))
_OWN_COUNTED = Prepared(
    select(
        func.coalesce(func.sum(SheetVersion.number), 0),
        func.coalesce(func.sum(case((SheetVersion.state == SUBMITTED, 1), else_=0)), 0),
    )
    .join(Sheet, Sheet.id == SheetVersion.sheet_id)
    .where(Sheet.seat_id == bindparam("seat_id"), IS_IN_FORCE)
)
_SUBMITTED_BEFORE = Prepared(
    select(SheetVersion.typed, SheetVersion.marks)
    .where(SheetVersion.sheet_id == bindparam("sheet_id"), SheetVersion.state == SUBMITTED)
    .order_by(SheetVersion.number.desc())
    .limit(1)
)
_ASKER = Prepared(
    select(Account.role)
    .select_from(SheetVersion)
    .join(Account, literal(ACCOUNT) + Account.name == SheetVersion.actor)
    .where(SheetVersion.sheet_id == bindparam("sheet_id"), SheetVersion.state == RETURNED)
    .order_by(SheetVersion.number.desc())
    .limit(1)
)
_STORED = Prepared(
    select(Sheet.turn_id, Sheet.seat_id)
    .join(SheetVersion, SheetVersion.sheet_id == Sheet.id)
    .where(SheetVersion.submission == bindparam("submission"))
)


def met(connection: Connection, turn_id: int, seat_id: int) -> Met | None:
    """What a sheet of the seat for the turn meets; None if there is no such turn."""
    row = _MEETS.one(connection, turn_id=turn_id, seat_id=seat_id)
    if row is None:
        return None
    contest_id, frame, sheet_id, number, *rest = row
    return Met(contest_id, frame or "", None if number is None else Held(sheet_id, number, *rest))


def open_numbers(connection: Connection, round_id: int) -> Iterator[tuple[tuple[int, int], int, int]]:
    """Of each sheet for a round's open turns: (turn id, seat id), its id and the number of the version in force."""
    for turn_id, seat_id, sheet_id, number in _OPEN_NUMBERS.all(connection, round_id=round_id):
        yield (turn_id, seat_id), sheet_id, number


def numbers_of(connection: Connection, turn_id: int) -> Iterator[tuple[tuple[int, int], int, int]]:
    """The same of each sheet for one turn, open or not."""
    for found, seat_id, sheet_id, number in _NUMBERS_OF.all(connection, turn_id=turn_id):
        yield (found, seat_id), sheet_id, number


def all_in_force(connection: Connection, round_id: int) -> dict[tuple[int, int], Held]:
    """The version in force of every sheet for a round's turns, by (turn id, seat id)."""
    rows = _ALL_IN_FORCE.all(connection, round_id=round_id)
    return {(turn_id, seat_id): Held(*held) for turn_id, seat_id, *held in rows}


def in_force(connection: Connection, sheet_id: int) -> Held:
    """The version in force of a sheet."""
    row = _IN_FORCE.one(connection, sheet_id=sheet_id)
    assert row is not None
    return Held(*row)


@dataclass(frozen=True)
class OwnSheet:
    """How far a seat is with one of its sheets; see SheetVersion."""

    state: str
    question: str

    @property
    def is_submitted(self) -> bool:
        """Whether it is submitted."""
        return self.state == SUBMITTED


@dataclass(frozen=True)
class OwnSheets:
    """A seat's sheets: how many `versions` all have and how many are `done`; those of unreleased turns, by turn id."""

    unreleased: Mapping[int, OwnSheet]
    versions: int
    done: int

    def is_submitted(self, turn_id: int) -> bool:
        """Whether the seat's sheet for a turn that is not released is submitted."""
        return turn_id in self.unreleased and self.unreleased[turn_id].is_submitted


def own_sheets(connection: Connection, seat_id: int) -> OwnSheets:
    """How far the seat is with its sheets; those of released turns, by the hundred in a large contest, are counted."""
    counted = _OWN_COUNTED.one(connection, seat_id=seat_id)
    assert counted is not None
    return OwnSheets(_by_turn(_OWN_UNRELEASED.all(connection, seat_id=seat_id)), *counted)


def every_own_sheet(connection: Connection, seat_id: int) -> Mapping[int, OwnSheet]:
    """The seat's sheets for all turns, released or not, by turn id."""
    return _by_turn(_EVERY_OWN.all(connection, seat_id=seat_id))


def _by_turn(rows: list[Row]) -> dict[int, OwnSheet]:
    return {turn_id: OwnSheet(state, question) for turn_id, state, question in rows}


def submitted_before(connection: Connection, held: Held) -> tuple[dict[str, str], dict[str, Any]]:
    """What a sheet that was given back was submitted with: as it was typed, and its marks."""
    row = _SUBMITTED_BEFORE.one(connection, sheet_id=held.sheet_id)
    assert row is not None
    return row[0], row[1]


def role_of_asker(connection: Connection, held: Held) -> str:
    """The role of the account that gave the sheet back last; "" where no account did."""
    row = _ASKER.one(connection, sheet_id=held.sheet_id)
    return "" if row is None else str(row[0])


_COUNTS = Prepared(
    select(Sheet.turn_id)
    .join(SheetVersion, SheetVersion.sheet_id == Sheet.id)
    .where(SheetVersion.submission == bindparam("submission"), SheetVersion.state == SUBMITTED, IS_IN_FORCE)
)


def counts_as(connection: Connection, submission: str) -> int | None:
    """The turn whose sheet came in under this id and is in force; None for no such."""
    row = _COUNTS.one(connection, submission=submission)
    return None if row is None else row[0]


def stored_as(connection: Connection, submission: str) -> tuple[int, int] | None:
    """The turn and the seat of the sheet that came in under this id; None if none did."""
    row = _STORED.one(connection, submission=submission)
    return None if row is None else (row[0], row[1])
