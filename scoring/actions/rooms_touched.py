"""Whose tablets look different: those of every room in which a verb has made, moved, filled or taken away a turn.

A tablet shows who is next in its room. What ends in one room can fill a match in another, so nobody has to think of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, event, inspect, select
from sqlalchemy.orm import Mapper

from scoring.extensions import db
from scoring.store import Appearance, Seat, Turn
from scoring.store.unit_of_work import UnitOfWork, at_work, is_writing

WRITTEN = ("after_insert", "after_update", "after_delete")


def _note_turn(_mapper: Mapper[Any], _connection: Connection, turn: Turn) -> None:
    if is_writing():
        left = inspect(turn).attrs.room_id.history.deleted
        at_work().rooms.update(room for room in (turn.room_id, *left) if room is not None)


def _note_appearance(_mapper: Mapper[Any], _connection: Connection, one: Appearance) -> None:
    if is_writing() and one.turn_id is not None:
        at_work().turns.add(one.turn_id)


for _when in WRITTEN:
    event.listen(Turn, _when, _note_turn)
    event.listen(Appearance, _when, _note_appearance)


def seats_touched(unit: UnitOfWork) -> frozenset[int]:
    """The ids of the seats of all rooms in which the unit of work has changed a turn; it is flushed with that."""
    db.session.flush()
    rooms = unit.rooms | _rooms_of(unit.turns)
    return frozenset(db.session.scalars(select(Seat.id).where(Seat.room_id.in_(rooms)))) if rooms else frozenset()


def _rooms_of(turn_ids: Iterable[int]) -> set[int]:
    ids = list(turn_ids)
    return set(db.session.scalars(select(Turn.room_id).where(Turn.id.in_(ids)))) if ids else set()
