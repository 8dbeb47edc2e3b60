"""The rooms of an event with their panels: names, planned times, how many judges sit there, and who."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from scoring.actions.preparing.relations import apply_relations
from scoring.actions.registry import EVERYWHERE, _l, logged, verb
from scoring.actions.setting_up.contests import seat_panel
from scoring.actions.transaction import Actor, record
from scoring.board.reading.facts import format_of
from scoring.board.reading.look import event_of
from scoring.extensions import db
from scoring.rules.refusal import Problem, Refused, refuse_any
from scoring.store import Event, Room, Seat, Turn
from scoring.store.model import is_storable
from scoring.store.references import tables_pointing_to

MOST_ROOMS, MOST_JUDGES = 12, 21  # Source: domain page 6, up to 21 judges in each of four rooms; more rooms [D]
LONGEST_NAME, LONGEST_OFFICE = 60, 120
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


@dataclass(frozen=True)
class RoomLine:
    """One room: its names, when it begins by the venue's clock ("2026-11-25T09:00", "" for unknown), its judges."""

    zh: str
    en: str = ""
    starts: str = ""
    judges: int = 7
    id: int | None = None


@dataclass(frozen=True)
class JudgeLine:
    """Who sits at a seat."""

    name: str
    office: str = ""
    department: str = ""


@verb()
@logged("setup", _l("arranged the rooms"), EVERYWHERE)
def arrange_rooms(actor: Actor, contest_id: int, lines: Sequence[RoomLine], event: int | None = None) -> None:
    """Make the event's rooms what these lines say; turns of a room that goes away move to the others evenly.

    Raises Refused: rooms_fixed once somebody was called, rooms_out_of_range, seat_in_use, and with the place
    ("lines.1.zh"): field_missing, field_too_long, field_not_text, moment_malformed, judges_out_of_range.
    """
    found = event_of(contest_id, event)
    if any(turn.begun for turn in _turns(found)):
        raise Refused.because("rooms_fixed")
    refuse_any(_problems(lines))
    known = {room.id: room for room in found.rooms}
    kept = [known.get(line.id or 0) or Room(event=found, name_zh="", name_en="") for line in lines]
    for place, (room, line) in enumerate(zip(kept, lines, strict=True), 1):
        db.session.add(room)
        room.position, room.name_zh, room.name_en, room.starts = place, line.zh, line.en or line.zh, line.starts
    db.session.flush()
    _close(found, [room for room in known.values() if room not in kept], kept)
    for room, line in zip(kept, lines, strict=True):
        _seat(room, line.judges)
    db.session.refresh(found, ["rooms"])
    rooms = [{"name": line.zh, "starts": line.starts, "judges": line.judges} for line in lines]
    record(found.contest, actor, "arrange_rooms", _seat_ids(found), event=found.position, rooms=rooms)


def _problems(lines: Sequence[RoomLine]) -> list[Problem]:
    if not 1 <= len(lines) <= MOST_ROOMS:
        return [Problem("rooms_out_of_range", "", {"most": str(MOST_ROOMS)})]
    return [problem.under(f"lines.{place}") for place, line in enumerate(lines) for problem in _problems_of(line)]


def _problems_of(line: RoomLine) -> list[Problem]:
    problems = [] if line.zh else [Problem("field_missing", "zh")]
    for name in ("zh", "en"):
        if len(getattr(line, name)) > LONGEST_NAME:
            problems.append(Problem("field_too_long", name, {"most": str(LONGEST_NAME)}))
        if not is_storable(getattr(line, name)):
            problems.append(Problem("field_not_text", name))
    if line.starts and not MOMENT.fullmatch(line.starts):
        problems.append(Problem("moment_malformed", "starts"))
    if not 1 <= line.judges <= MOST_JUDGES:
        problems.append(Problem("judges_out_of_range", "judges", {"most": str(MOST_JUDGES)}))
    return problems


def _turns(event: Event) -> list[Turn]:
    return [turn for played in event.rounds for turn in played.turns]


def _close(event: Event, gone: Sequence[Room], kept: Sequence[Room]) -> None:
    for room in gone:
        _seat(room, 0)
        for place, turn in enumerate(turn for turn in _turns(event) if turn.room_id == room.id):
            turn.room = kept[place % len(kept)]
        db.session.flush()
        db.session.delete(room)
        db.session.flush()


def _seat(room: Room, judges: int) -> None:
    """Add seats with codes of their own, or take the last ones away as long as nothing came from them."""
    there = list(db.session.scalars(select(Seat).where(Seat.room_id == room.id).order_by(Seat.number)))
    if format_of(room.event).entered and judges:
        judges = 1
    seats = [seat for seat in there if not seat.reserve or judges == 0]
    for seat in seats[judges:]:
        if tables_pointing_to(seat):
            raise Refused.because("seat_in_use", seats=seat.number)
        db.session.delete(seat)
    db.session.flush()
    if judges > len(seats):
        first = max([seat.number for seat in there], default=0) + 1
        seat_panel(room, judges - len(seats) + first - 1, first)
    db.session.refresh(room, ["seats"])


def _seat_ids(event: Event) -> list[int]:
    return [seat.id for room in event.rooms for seat in room.seats]


@verb()
@logged("setup", _l("named the judges"), ("desk", "seats"))
def name_judges(actor: Actor, contest_id: int, lines: Mapping[int, JudgeLine], event: int | None = None) -> None:
    """Record who sits where, by seat id. Raises Refused, with the seat as place: field_too_long, field_not_text."""
    found = event_of(contest_id, event)
    seats = {seat.id: seat for room in found.rooms for seat in room.seats}
    refuse_any([p.under(str(key)) for key, line in lines.items() for p in _problems_of_judge(line)])
    for key, line in lines.items():
        if key in seats:
            seats[key].name, seats[key].office, seats[key].department = line.name, line.office, line.department
    named = sum(bool(seat.name) for seat in seats.values())
    record(found.contest, actor, "name_judges", list(seats), event=found.position, named=named, of=len(seats))
    apply_relations(actor, found.contest)


def _problems_of_judge(line: JudgeLine) -> list[Problem]:
    limits = {"name": LONGEST_NAME, "office": LONGEST_OFFICE, "department": LONGEST_OFFICE}
    problems = [
        Problem("field_too_long", name, {"most": str(most)})
        for name, most in limits.items()
        if len(getattr(line, name)) > most
    ]
    return problems + [Problem("field_not_text", name) for name in limits if not is_storable(getattr(line, name))]


@verb()
@logged("setup", _l("distributed the turns over the rooms"), EVERYWHERE)
def distribute(actor: Actor, contest_id: int, chosen: Mapping[int, int], event: int | None = None) -> None:
    """Put turns into rooms: as chosen (room id by turn id), all others one after the other through the rooms.

    Raises Refused: rooms_fixed once somebody was called.
    """
    found = event_of(contest_id, event)
    rooms = {room.id: room for room in found.rooms}
    turns = sorted(_turns(found), key=lambda turn: (turn.round.position, turn.position))
    if any(turn.begun for turn in turns):
        raise Refused.because("rooms_fixed")
    for place, turn in enumerate(turns):
        turn.room = rooms.get(chosen.get(turn.id, 0)) or found.rooms[place % len(found.rooms)]
    share = {room.name_zh: sum(turn.room is room for turn in turns) for room in found.rooms}
    record(found.contest, actor, "distribute", _seat_ids(found), event=found.position, turns=share)
