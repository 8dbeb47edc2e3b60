"""Who sits where: names, offices and titles of the judges, the reserves, and a reserve who stands in for somebody."""

from __future__ import annotations

from typing import Any

from flask import render_template
from werkzeug.wrappers import Response

from scoring.actions.setting_up.panels import LONGEST
from scoring.board.conditions.standing_in import standing_in
from scoring.board.reading.facts import format_of
from scoring.board.reading.offices import offices_to_ask
from scoring.organizers import doors
from scoring.organizers.grounds import GROUNDS
from scoring.organizers.preparing.heading import contest_called, heading
from scoring.organizers.pressing import Refusal, may
from scoring.organizers.steps import Given, Sent, Step, step
from scoring.store import Contest, Room, Turn
from scoring.store.contests import RELEASED


@doors.behind("seats")
def seats(contest_id: int) -> str:
    """Show every room with its seats."""
    return page(contest_id, Refusal())


def page(contest_id: int, refusal: Refusal) -> str:
    """The rooms as they are now, with what was refused just now; answers 404 if there is no such contest."""
    contest = contest_called(contest_id)
    rooms = [room for event in contest.events for room in event.rooms if not format_of(event).entered]
    open_turns = _open_turns(contest)
    named = {seat.id: seat for room in rooms for seat in room.seats}
    return render_template(
        "organizers/preparing/seats.html",
        contest=heading(contest_id),
        rooms=[_room(room, rooms) for room in rooms],
        turns=open_turns,
        reserves=[seat for room in rooms for seat in room.seats if seat.reserve],
        panel=[seat for room in rooms for seat in room.panel],
        several=len(rooms) > 1,
        subject_of=lambda seat: format_of(seat.room.event).subject,
        standing=[(turn, seat, named[place]) for turn, seat, place in standing_in(contest_id, open_turns)],
        grounds=GROUNDS,
        unclear=offices_to_ask(contest_id),
        page="seats",
        refusal=refusal,
        may=may,
    )


def _room(room: Room, rooms: list[Room]) -> dict[str, Any]:
    same = [other for other in rooms if other.name_zh == room.name_zh]
    event = room.event
    return {
        "id": room.id,
        "name": {"zh": room.name_zh, "en": room.name_en},
        "event": {"zh": event.title_zh, "en": event.title_en} if len(same) > 1 else None,
        "seats": room.panel,
        "reserves": [seat for seat in room.seats if seat.reserve],
    }


def _open_turns(contest: Contest) -> list[Turn]:
    """The turns for which a reserve may stand in: not released, and not given to reviewers one by one."""
    events = [event for event in contest.events if format_of(event).subject not in ("document", "test")]
    turns = [turn for event in events for played in event.rounds for turn in played.turns]
    return [turn for turn in turns if turn.state != RELEASED]


def _about(sent: Sent) -> Given:
    return {"about": {name: sent.get(name, "") for name in LONGEST}}


STEPS = {
    "describe": Step("describe_seat", given=_about),
    "add-reserve": Step("add_reserve", given=_about),
}


@doors.behind("seats")
def seats_step(contest_id: int, name: str) -> Response:
    """Perform one step of the page."""
    contest_called(contest_id)
    return step(contest_id, "organizers.seats", name, STEPS)
