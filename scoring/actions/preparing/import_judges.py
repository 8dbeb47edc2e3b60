"""Importing judges: each to a seat of a room, as a member of its panel or as a reserve."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from scoring.actions.preparing.import_plans import CHANGED, NEW, SEAT_COMES_LATE, Planned, kept, planned, twice
from scoring.actions.running.late_panels import seat_late
from scoring.board.reading.facts import format_of
from scoring.extensions import db
from scoring.imports import Row
from scoring.rules.folding import squeezed
from scoring.rules.formats.base import Benches
from scoring.rules.numbers import number_key
from scoring.rules.refusal import Problem
from scoring.store import Contest, Room, Seat, Turn
from scoring.store.codes import give_code
from scoring.store.contests import WAITING

FIELDS = ("name", "office", "department", "title")
MOST_SEATS = 99
YES, NO = ("是", "yes", "y", "true", "1", "候补", "√", "✓"), ("否", "no", "n", "false", "0", "")
#: A reserve in the column of seats.
RESERVE = re.compile(r"(候补|替补|备用)(评委|评阅人|检查员)?[0-9]{0,2}|reserve[0-9]{0,2}", re.IGNORECASE)
WORDS = {True: "是", False: "否"}


def rooms_of(contest: Contest) -> list[Room]:
    """All rooms of the contest in which judges sit, by event and place."""
    return [room for event in contest.events for room in event.rooms if not format_of(event).entered]


def name_of(room: Room, among: Sequence[Room]) -> str:
    """The room's Chinese name, with its event's where several events have rooms of that name."""
    same = [other for other in among if other.name_zh == room.name_zh]
    return room.name_zh if len(same) == 1 else f"{room.event.title_zh} {room.name_zh}"


def _names_of(room: Room, rooms: Sequence[Room]) -> tuple[str, ...]:
    return name_of(room, rooms), room.name_zh, room.name_en, str(room.position)


def plan_judges(contest: Contest, rows: Sequence[Row]) -> list[Planned]:
    """What becomes of each row of the list of judges."""
    rooms = rooms_of(contest)
    homes = [_room(rooms, row.cells.get("room", "")) for row in rows]
    seats = _seats(homes, rows)
    places = [f"{room.id}/{seat}" if room and seat else "" for room, seat in zip(homes, seats, strict=True)]
    doubled = twice(rows, places, "seat")
    begun = {turn.room_id for room in rooms for turn in _begun(room)}
    return [
        _row(rooms, home, row, seats[place], [_of_seat(seats[place], one) for one in doubled[place]], begun)
        for place, (home, row) in enumerate(zip(homes, rows, strict=True))
    ]


def _seats(homes: Sequence[Room | None], rows: Sequence[Row]) -> list[str]:
    """The rows' seats, 01 and １ as 1; a list without any seats its judges in its order, whoever sits already stays."""
    given = ["" if _is_reserve(row) else row.cells.get("seat", "") for row in rows]
    if any(given):
        return _with_reserves(homes, rows, [number_key(seat) if seat else "" for seat in given])
    free = {room.id: _free_seats(room) for room in homes if room}
    return [
        _seat_of(room, row.cells.get("name", "")) or str(next(free[room.id])) if room and row.cells.get("name") else ""
        for room, row in zip(homes, rows, strict=True)
    ]


def _is_reserve(row: Row) -> bool:
    """Whether a reserve is written into the column of seats, as lists do that number those who mark: 候补, 候补1."""
    return RESERVE.fullmatch(squeezed(row.cells.get("seat", ""))) is not None


def _with_reserves(homes: Sequence[Room | None], rows: Sequence[Row], given: Sequence[str]) -> list[str]:
    """The seats with one for each reserve that has no number: behind all that are given, or where they sit already."""
    taken = {(room.id, seat) for room, seat in zip(homes, given, strict=True) if room}
    free = {room.id: _free_seats(room) for room in homes if room}

    def next_behind(room: Room) -> str:
        here = [int(seat) for place, seat in taken if place == room.id and seat.isdecimal()]
        last = max([*here, *(seat.number for seat in room.panel)], default=0)
        return next(str(seat) for seat in free[room.id] if seat > last)

    def seat_for(room: Room | None, row: Row, seat: str) -> str:
        if seat or room is None or not _is_reserve(row):
            return seat
        return _seat_of(room, row.cells.get("name", "")) or next_behind(room)

    return [seat_for(room, row, seat) for room, row, seat in zip(homes, rows, given, strict=True)]


def _seat_of(room: Room, name: str) -> str:
    return next((str(seat.number) for seat in room.seats if seat.name == name), "")


def _free_seats(room: Room) -> Iterator[int]:
    """The seats in which nobody of another name sits, then new ones."""
    taken = {seat.number for seat in room.seats if seat.name}
    return (number for number in itertools.count(1) if number not in taken)


def _of_seat(seat: str, problem: Problem) -> Problem:
    return Problem(problem.code, problem.field, {**problem.figures, "key": seat})


def _begun(room: Room) -> list[Turn]:
    turns = [turn for played in room.event.rounds for turn in played.turns]
    return [turn for turn in turns if turn.room_id == room.id and turn.state != WAITING]


def _room(rooms: Sequence[Room], name: str) -> Room | None:
    """The room of that name; without a name the only one there is."""
    if not name:
        return rooms[0] if len(rooms) == 1 else None
    wanted = squeezed(name)
    found = [room for room in rooms if wanted in {squeezed(one) for one in _names_of(room, rooms)}]
    return found[0] if len(found) == 1 else None


def _row(
    rooms: Sequence[Room], room: Room | None, row: Row, number: str, doubled: Sequence[Problem], begun: set[int]
) -> Planned:
    if room is None:
        names = ", ".join(name_of(one, rooms) for one in rooms[:8])
        return planned(row, None, dict(row.cells), None, [Problem("room_unknown", "room", {"rooms": names})])
    seat = next((one for one in room.seats if str(one.number) == number), None)
    before = _shown(rooms, seat) if seat and _is_taken(seat) else None
    after = kept(row, FIELDS, before) | {"room": name_of(room, rooms), "seat": number, "reserve": _reserve(row, seat)}
    by_pairs = isinstance(format_of(room.event), Benches)
    problems = [*doubled, *_wrong(number, seat, room.id in begun, after["reserve"], by_pairs)]
    given = (
        []
        if (row.cells.get("seat") and not _is_reserve(row)) or not number
        else [Problem("seat_given", "seat", {"seat": number})]
    )
    late = room.id in begun and seat is None and after["reserve"] == WORDS[False]
    given += [Problem(SEAT_COMES_LATE, "seat")] if late else []
    return planned(row, before, after, seat.id if seat else None, problems, given)


def _is_taken(seat: Seat) -> bool:
    """Whether anybody is recorded at the seat; whoever comes to an empty one is new."""
    return any(getattr(seat, name) for name in FIELDS)


def _shown(rooms: Sequence[Room], seat: Seat) -> dict[str, str]:
    shown = {name: str(getattr(seat, name)) for name in FIELDS}
    return shown | {"room": name_of(seat.room, rooms), "seat": str(seat.number), "reserve": WORDS[seat.reserve]}


def _reserve(row: Row, seat: Seat | None) -> str:
    typed = row.cells.get("reserve", "").lower() or (WORDS[True] if _is_reserve(row) else "")
    if not typed and seat is not None:
        return WORDS[seat.reserve]
    return WORDS[True] if typed in YES else WORDS[False] if typed in NO else typed


def _wrong(number: str, seat: Seat | None, begun: bool, reserve: str, by_pairs: bool) -> list[Problem]:
    if number and not (number.isascii() and number.isdigit() and 1 <= int(number) <= MOST_SEATS):
        return [Problem("seat_out_of_range", "seat", {"most": str(MOST_SEATS)})]
    if reserve not in WORDS.values():
        return [Problem("cell_not_yes_or_no", "reserve")]
    if begun and seat is None and reserve != WORDS[True] and by_pairs:
        return [Problem("seat_by_pairs", "seat")]
    if begun and seat is not None and reserve != WORDS[seat.reserve]:
        return [Problem("reserve_too_late", "reserve")]
    return []


def write_judges(contest: Contest, rows: Sequence[Planned]) -> None:
    """Write the planned seats; a new seat gets a code of its own."""
    rooms = rooms_of(contest)
    for one in rows:
        if one.state in (NEW, CHANGED):
            _write(rooms, one.target, one.after, one.late)


def _write(rooms: Sequence[Room], seat_id: int | None, after: Mapping[str, str], late: bool) -> None:
    seat = db.session.get(Seat, seat_id) if seat_id is not None else None
    if seat is None and late:
        room = next(room for room in rooms if name_of(room, rooms) == after["room"])
        seat = seat_late(room, {name: after[name] for name in FIELDS}, int(after["seat"]))
    elif seat is None:
        room = next(room for room in rooms if name_of(room, rooms) == after["room"])
        seat = Seat(number=int(after["seat"]))
        room.seats.append(seat)
        db.session.flush()
        give_code(seat)
    for name in FIELDS:
        setattr(seat, name, after[name])
    seat.reserve = after["reserve"] == WORDS[True]
