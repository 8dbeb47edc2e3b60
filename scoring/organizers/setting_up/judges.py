"""The step of judges: how many sit in each room, and who."""

from __future__ import annotations

from typing import Any

from flask import request
from werkzeug.wrappers import Response

from scoring.actions.setting_up.rooms import JudgeLine, RoomLine
from scoring.board.conditions.set_up import SetUp
from scoring.organizers.preparing.import_kinds import offered
from scoring.organizers.setting_up import path
from scoring.organizers.setting_up.reading import read_whole
from scoring.pages.event_meant import event_meant
from scoring.rules.refusal import Problem
from scoring.store import Seat

COLUMNS = ("name", "office", "department")


def judges_step(contest_id: int) -> Response | tuple[str, int]:
    """Show the panels; save names and sizes together."""
    found = path.set_up_called(contest_id)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        problems = _save(contest_id, found)
        if not problems:
            return path.onward(contest_id, "judges")
        found = path.set_up_called(contest_id)
    said = path.sentences(problems)
    seats = [seat for room in found.event.rooms for seat in room.seats]
    beside = {f"{seat.id}.{name}" for seat in seats for name in COLUMNS}
    beside |= {f"lines.{place}.judges" for place in range(len(found.event.rooms))}
    return path.show(
        contest_id,
        "judges",
        409 if problems else 200,
        offer=offered(found.event.contest, ("judges",)),
        typed=_typed,
        problems=said,
        others=[sentence for place, sentence in said.items() if place not in beside],
    )


def _typed(seat: Seat, name: str) -> str:
    """What was typed for the seat, else what is stored."""
    return request.form.get(f"{seat.id}.{name}", getattr(seat, name))


def _save(contest_id: int, found: SetUp) -> tuple[Problem, ...]:
    """Names first, because the seats that go away are the last ones of a room."""
    seats = [seat for room in found.event.rooms for seat in room.seats]
    lines = {seat.id: JudgeLine(*(_typed(seat, name).strip() for name in COLUMNS)) for seat in seats}
    rooms = [
        RoomLine(room.name_zh, room.name_en, room.starts, _judges(room.id, len(room.seats)), room.id)
        for room in found.event.rooms
    ]
    resized = any(room.judges != len(kept.seats) for room, kept in zip(rooms, found.event.rooms, strict=True))
    problems = path.act("name_judges", contest_id, lines=lines, event=event_meant())
    return problems or (_resize(contest_id, rooms) if resized else ())


def _resize(contest_id: int, rooms: list[RoomLine]) -> tuple[Problem, ...]:
    return path.act("arrange_rooms", contest_id, further=True, lines=rooms, event=event_meant())


def _judges(room_id: int, now: int) -> int:
    """How many judges were typed for the room; 0, which is refused, for what is no number."""
    typed: Any = read_whole(request.form.get(f"judges.{room_id}", str(now)))
    return typed if isinstance(typed, int) else 0
