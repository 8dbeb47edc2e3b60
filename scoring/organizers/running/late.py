"""The page of latecomers: whoever and whatever is added to a contest that runs, and what was added so far."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from scoring.actions.running.late_entries import closed_to
from scoring.actions.running.late_panels import owes
from scoring.board.conditions.late import ADD_SEAT, late_entries, late_room
from scoring.board.reading.facts import format_of, turns_of
from scoring.board.reading.look import event_of
from scoring.board.reading.not_performing import decision_view, decisions_in_force
from scoring.board.reading.offices import offices_to_ask
from scoring.board.reading.unplaced import ENTER_LATE, unplaced_of
from scoring.board.snapshots.desk import Decision
from scoring.organizers import doors
from scoring.organizers.preparing.heading import heading
from scoring.organizers.pressing import Refusal, may
from scoring.organizers.running import late_forms
from scoring.organizers.running.desk import states_of
from scoring.pages.event_meant import event_meant
from scoring.pages.found import found
from scoring.store import Contestant, Event, Room, Seat

Snapshot = dict[str, Any]


@doors.behind("late")
def late(contest_id: int) -> str:
    """Show who and what can be added, and what was."""
    return page(contest_id, Refusal())


def page(contest_id: int, refusal: Refusal) -> str:
    """The page as it is now, with what was refused just now; answers 404 if there is no such contest or event."""
    event = found(event_of, contest_id, event_meant())
    waiting = unplaced_of(event).waiting

    def sent(verb: str) -> Any:
        return request.form if refusal.verb == verb else None

    return render_template(
        "organizers/running/late.html",
        contest=heading(contest_id),
        event=event,
        closed=closed_to(event, 1),
        states=states_of(format_of(event).subject),
        entering=late_forms.late_form(event, sent("enter_late")),
        match=late_forms.match_form(event, sent("add_match")),
        seat=late_forms.seat_form(event, sent("add_seat")),
        split=late_forms.split_form(event, sent("split_room")),
        latecomers=_latecomers(event),
        waiting=waiting,
        without_match=_without_match(event),
        out=late_forms.unplaced_form(waiting, sent("record_unplaced")),
        rooms=[_room(room) for room in event.rooms],
        unclear=offices_to_ask(contest_id),
        again=lambda: late_forms.ReasonForm(formdata=request.form if refusal.sent else None),
        page="late",
        refusal=refusal,
        may=may,
    )


def _latecomers(event: Event) -> list[Snapshot]:
    """Everybody who was entered late and is still there, the newest first."""
    here = {one.id: one for one in event.contest.contestants}
    told = [one for one in late_entries(event.contest_id) if one["verb"] == ENTER_LATE]
    return [
        {"who": here[entered["id"]], "how": one["details"], "by": one["by"], "at": one["at"]}
        | {"state": _state(event, here[entered["id"]])}
        for one in told
        for entered in one["details"]["entered"]
        if entered["id"] in here
    ]


def _without_match(event: Event) -> list[Decision]:
    """The decisions in force about whoever waited for a match and plays none."""
    decided = [one for one in decisions_in_force(event) if one.turn_id is None and one.event_id == event.id]
    return [decision_view(one) for one in decided] if format_of(event).subject == "match" else []


def _state(event: Event, one: Contestant) -> str:
    """Where the latecomer stands in this event: the state of the first turn, "" without one."""
    turns = [turn for turn in turns_of(event) if any(part.entrant is one for part in turn.appearances)]
    return "" if not turns or turns[0].hidden else turns[0].state


def _room(room: Room) -> Snapshot:
    added = {one["details"]["seat"] for one in late_entries(room.event.contest_id) if one["verb"] == ADD_SEAT}
    return {
        "room": room,
        "owing": [(seat, _owed(seat)) for seat in room.panel if _owed(seat)],
        "added": [seat for seat in room.panel if seat.id in added],
        "split_off": late_room(room.event.contest_id, room.id) is not None,
    }


def _owed(seat: Seat) -> list[str]:
    """What the turns are called for which a sheet of the seat is still missing."""
    return [turn.alias for turn in turns_of(seat.room.event) if owes(seat, turn)]
