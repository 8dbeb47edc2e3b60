"""Whose tablets look different: those of every room in which a verb has written a turn, or anything about one.

A tablet shows who is next in its room. What ends in one room can fill a match in another, so nobody has to think of it.
It also says when its event is over, and the last turn of that may be in any of its rooms.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, event, inspect, select
from sqlalchemy.orm import Mapper

from scoring.extensions import db
from scoring.store import Event, Room, Round, Seat, Sheet, Turn
from scoring.store.contests import RELEASED
from scoring.store.model import Model
from scoring.store.unit_of_work import Change, UnitOfWork, at_work, is_writing

WRITTEN = ("after_insert", "after_update", "after_delete")


def _note_turn(_mapper: Mapper[Any], _connection: Connection, turn: Turn) -> None:
    if is_writing():
        left = inspect(turn).attrs.room_id.history.deleted
        at_work().rooms.update(room for room in (turn.room_id, *left) if room is not None)
        at_work().turns.add(turn.id)


def _note_row(_mapper: Mapper[Any], _connection: Connection, row: Model) -> None:
    """A clock, a ballot, a recusal …; a sheet is its own seat's alone."""
    about = None if isinstance(row, Sheet) else getattr(row, "turn_id", None)
    if about is not None and is_writing():
        at_work().turns.add(about)


for _when in WRITTEN:
    event.listen(Turn, _when, _note_turn)
    event.listen(Model, _when, _note_row, propagate=True)


def seats_touched(unit: UnitOfWork) -> frozenset[int]:
    """The ids of the seats of all rooms in which the unit of work has changed a turn; it is flushed with that.

    Where nothing else is left open in an event, of all its rooms.
    """
    db.session.flush()
    rooms = unit.rooms | _rooms_of(unit.turns) | _rooms_at_the_end(unit)
    return frozenset(db.session.scalars(select(Seat.id).where(Seat.room_id.in_(rooms)))) if rooms else frozenset()


def _rooms_at_the_end(unit: UnitOfWork) -> set[int]:
    """The rooms of the events of which every turn is released, but for those that the unit of work has written.

    No event ends where no turn is written, as with a sheet.
    """
    if not unit.turns:
        return set()
    contests = {change.contest_id for change in unit.changes if isinstance(change, Change)}
    here = select(Round.event_id).join(Turn).join(Event).where(Event.contest_id.in_(contests))
    begun, left = here.where(Turn.state == RELEASED), here.where(Turn.state != RELEASED, Turn.id.not_in(unit.turns))
    ended = select(Room.id).where(Room.event_id.in_(begun), Room.event_id.not_in(left))
    return set(db.session.scalars(ended)) if contests else set()


def _rooms_of(turn_ids: Iterable[int]) -> set[int]:
    ids = list(turn_ids)
    return set(db.session.scalars(select(Turn.room_id).where(Turn.id.in_(ids)))) if ids else set()
