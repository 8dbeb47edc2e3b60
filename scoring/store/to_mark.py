"""A turn as those who mark it need it: who is on its panel, what is marked, and whether a sheet can come in.

It is a plain value, so that every thread may keep it. Nothing kept is the truth: whoever uses one has asked the
database, in the same transaction, for the last change of anything but sheets, and that change's name is part of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy.orm import aliased

from scoring.rules import formats
from scoring.rules.formats.base import Format
from scoring.rules.not_performing import sides_out
from scoring.rules.settings import Settled
from scoring.store.contests import Appearance, Contestant, Event, Round, Turn, behind_sides
from scoring.store.documents import Coding
from scoring.store.panel import Assignment, Recusal, Seat
from scoring.store.prepared import Prepared

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
    not_held: bool
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
    turn = _read(connection, turn_id)
    if frame:
        _keep(turn_id, frame, turn)
    return turn


def _keep(turn_id: int, frame: str, turn: TurnToMark) -> None:
    if len(_kept) >= MOST_KEPT:
        for old in list(_kept)[: MOST_KEPT // 2]:
            _kept.pop(old, None)
    _kept[turn_id] = (frame, turn)


_TURN = Prepared(
    select(
        Turn.state,
        Turn.code,
        Turn.closed_at,
        Turn.room_id,
        Event.contest_id,
        Event.format,
        Event.settings,
        Event.settings_version,
        Coding.id,
        Coding.decoded_at,
    )
    .join(Round, Round.id == Turn.round_id)
    .join(Event, Event.id == Round.event_id)
    .outerjoin(Coding, Coding.event_id == Event.id)
    .where(Turn.id == bindparam("turn_id"))
)
_SEAT = select(Seat.id, Seat.number, Seat.epoch, Seat.holder, Seat.taken_at).order_by(Seat.number)
_ASSIGNED = Prepared(
    _SEAT.join(Assignment, Assignment.seat_id == Seat.id).where(Assignment.turn_id == bindparam("turn_id"))
)
_IN_ROOM = Prepared(_SEAT.where(Seat.room_id == bindparam("room_id"), Seat.reserve.is_(False)))
_RECUSED = Prepared(
    select(Recusal.seat_id, Recusal.ground)
    .where(Recusal.turn_id == bindparam("turn_id"), Recusal.withdrawn_at.is_(None))
    .order_by(Recusal.id)
)
_team = aliased(Contestant)
_APPEARING = Prepared(
    select(
        Appearance.part,
        Contestant.number,
        func.coalesce(_team.number, Contestant.number),
        Appearance.not_performing_id.is_not(None),
    )
    .join(Contestant, Contestant.id == Appearance.contestant_id)
    .outerjoin(_team, _team.id == Contestant.team_id)
    .where(Appearance.turn_id == bindparam("turn_id"))
    .order_by(Appearance.part)
)


def _read(connection: Connection, turn_id: int) -> TurnToMark:
    """The turn by statements of its own, a tenth of the time that the records of a large panel take."""
    row = _TURN.one(connection, turn_id=turn_id)
    assert row is not None
    state, code, closed_at, room_id, contest_id, key, settings, version, coding_id, decoded_at = row
    kind = formats.get(key)
    hidden = coding_id is not None and decoded_at is None and bool(code)
    appearing = _APPEARING.all(connection, turn_id=turn_id)
    sides = behind_sides((part, number, entrant) for part, number, entrant, _ in appearing)
    not_held = bool(sides_out((part, bool(out)) for part, _, _, out in appearing))
    number = code if hidden else " : ".join(sides.values() or [row[1] for row in appearing])
    seats = _ASSIGNED.all(connection, turn_id=turn_id) or _IN_ROOM.all(connection, room_id=room_id)
    recused = _RECUSED.all(connection, turn_id=turn_id)
    return TurnToMark(
        id=turn_id,
        contest_id=contest_id,
        number=number,
        alias=code or number,
        state=state,
        closed=closed_at is not None,
        handed_in=bool(code) or not kind.coded,
        sided=bool(sides),
        not_held=not_held,
        seats={seat[0]: SeatToMark(*seat) for seat in seats},
        recused={seat_id: RecusalToMark(ground) for seat_id, ground in recused},
        parts=tuple(part for part, _, _, out in appearing if not_held or not out),
        kind=kind,
        settings=Settled(settings),
        settings_version=version,
    )
