"""A turn as those who mark it need it: who is on its panel, what is marked, and whether a sheet can come in.

It is a plain value, so that every thread may keep it. Nothing kept is the truth: whoever uses one has asked the
database, in the same transaction, for the last change of anything but sheets, and that change's name is part of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from scoring.rules import formats
from scoring.rules.formats.base import Format
from scoring.rules.settings import Settled
from scoring.store.contests import Turn

#: Turns; of the oldest half is forgotten when there are more.
MOST_KEPT = 256


@dataclass(frozen=True)
class SeatToMark:
    """A seat of the panel; see Seat."""

    id: int
    number: int
    epoch: int
    holder: str
    taken_at: datetime | None


@dataclass(frozen=True)
class RecusalToMark:
    """Why a seat does not mark; see Recusal."""

    ground: str


@dataclass(frozen=True)
class TurnToMark:
    """A turn without its sheets: `alias` is what its panel knows it by, `parts` what is judged within it in order.

    It is `handed_in` once its panel may see it: what is judged by its code must have been given one.
    """

    id: int
    contest_id: int
    number: str
    alias: str
    state: str
    closed: bool
    handed_in: bool
    sided: bool
    seats: Mapping[int, SeatToMark]
    recused: Mapping[int, RecusalToMark]
    parts: tuple[str, ...]
    kind: Format
    settings: Settled
    settings_version: int


_kept: dict[int, tuple[str, TurnToMark]] = {}


def turn_to_mark(connection: Connection, turn_id: int, frame: str) -> TurnToMark:
    """The turn as it stands in this transaction, whose last change of anything but sheets is named `frame`.

    "" names none, and then nothing is kept. The turn must be there.
    """
    known = _kept.get(turn_id)
    if known is not None and frame and known[0] == frame:
        return known[1]
    with Session(connection, autoflush=False, join_transaction_mode="create_savepoint") as session:
        turn = as_marked(session.get_one(Turn, turn_id))
    if frame:
        _keep(turn_id, frame, turn)
    return turn


def _keep(turn_id: int, frame: str, turn: TurnToMark) -> None:
    if len(_kept) >= MOST_KEPT:
        for old in list(_kept)[: MOST_KEPT // 2]:
            _kept.pop(old, None)
    _kept[turn_id] = (frame, turn)


def as_marked(turn: Turn) -> TurnToMark:
    """The stored turn as a plain value."""
    event = turn.round.event
    kind = formats.get(event.format)
    seats = [SeatToMark(seat.id, seat.number, seat.epoch, seat.holder, seat.taken_at) for seat in turn.panel]
    return TurnToMark(
        id=turn.id,
        contest_id=event.contest_id,
        number=turn.number,
        alias=turn.alias,
        state=turn.state,
        closed=turn.closed_at is not None,
        handed_in=bool(turn.code) or not kind.coded,
        sided=bool(turn.sides),
        seats={seat.id: seat for seat in seats},
        recused={seat_id: RecusalToMark(recusal.ground) for seat_id, recusal in turn.recused.items()},
        parts=tuple(appearance.part for appearance in turn.appearances),
        kind=kind,
        settings=Settled(event.settings),
        settings_version=event.settings_version,
    )
