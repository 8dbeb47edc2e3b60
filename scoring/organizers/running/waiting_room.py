"""The waiting room's list (候考室): who is called, prepares and waits, to show or to print."""

from __future__ import annotations

from flask import render_template, request

from scoring import access
from scoring.organizers import doors
from scoring.organizers.running import clock_card
from scoring.organizers.running.desk import TURN_STATES, snapshot_of, state_of, words


@doors.behind("waiting_room")
def waiting_room(contest_id: int) -> str:
    """Show the list; the cases only where the staff asks for them and is there, because contestants read it too."""
    return render_template(
        "organizers/running/waiting_room.html",
        desk=snapshot_of(contest_id),
        with_cases="cases" in request.args and not access.is_idle(),
        state_of=state_of,
        turn_states=TURN_STATES,
        words=words(),
        **clock_card.words_and_figures(),
    )
