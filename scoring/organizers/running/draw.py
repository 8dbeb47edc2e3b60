"""The draw: seed, witness and cases to enter, what was drawn with all that anybody needs to check it, moves by hand."""

from __future__ import annotations

import shlex
from typing import Any

from flask import render_template, request

from scoring import board
from scoring.event_meant import event_meant
from scoring.found import found
from scoring.organizers import doors
from scoring.organizers.pressing import Refusal, may
from scoring.organizers.running import forms
from scoring.organizers.running.course_words import course_words
from scoring.organizers.running.desk import TURN_STATES


@doors.behind("draw")
def draw(contest_id: int) -> str:
    """Show the draw."""
    return page(contest_id, Refusal())


def page(contest_id: int, refusal: Refusal) -> str:
    """The draw as it is now, with what was refused just now; answers 404 if there is no such contest or event."""
    event = found(board.event_of, contest_id, event_meant())
    return render_template(
        "organizers/draw.html",
        desk=board.desk(contest_id, event=event.position),
        page="draw",
        changed=board.news(contest_id)["changed"],
        drawn=board.draw_of(contest_id, event.position),
        sides=board.sides_drawn(contest_id, event.position),
        moves=board.moves_of(contest_id, event.position),
        late=[
            one["details"] | {"by": one["by"], "at": one["at"], "lots": board.lots_of(one["details"])}
            for one in board.late_entries(contest_id, event.position)
            if one["verb"] in (board.ENTER_LATE, board.ADD_MATCH)
        ],
        lots_decided=board.is_drawn(event),
        open=board.may_draw(event),
        form=forms.DrawForm(formdata=request.form if refusal.verb == "draw" else None),
        course=course_words(board.format_of(event).subject),
        turn_states=TURN_STATES,
        refusal=refusal,
        may=may,
        command=command,
        mixing=mixing,
    )


def command(drawn: dict[str, Any]) -> str:
    """What anybody can type into a terminal to get the first ticket."""
    seed, number = shlex.quote(drawn["seed"]), shlex.quote(drawn["order"][0]["number"])
    return f"printf '%s\\n%s\\n%s' {seed} {drawn['purpose']} {number} | sha256sum"


def mixing(lots: dict[str, Any]) -> tuple[str, str]:
    """What anybody can type into a terminal to get the seal that was shown before, and the seed."""
    sealed, typed = shlex.quote(lots["sealed_seed"]), shlex.quote(lots["typed"])
    return f"printf %s {sealed} | sha256sum", f"printf '%s\\n%s' {sealed} {typed} | sha256sum"
