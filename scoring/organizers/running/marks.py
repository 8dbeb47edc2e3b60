"""The chief judge's screen: all marks once all sheets are in, the spread, the question to a judge, the release."""

from __future__ import annotations

from flask import render_template

from scoring import wording
from scoring.board.views.marks import marks as marks_view
from scoring.organizers import doors
from scoring.organizers.pressing import Refusal, may
from scoring.organizers.running.desk import SEAT_STATES, words
from scoring.pages.event_meant import event_meant
from scoring.pages.found import found
from scoring.wording.subjects import SIDES


@doors.behind("marks")
def marks(contest_id: int) -> str:
    """Show the marks of every turn that was called."""
    return page(contest_id, Refusal())


def page(contest_id: int, refusal: Refusal) -> str:
    """The marks as they are now, with what was refused just now; answers 404 if there is no such contest."""
    snapshot = found(marks_view, contest_id, event_meant())
    return render_template(
        "organizers/running/marks.html",
        desk=snapshot,
        page="marks",
        refusal=refusal,
        may=may,
        sides=SIDES,
        seat_states=SEAT_STATES,
        sentence=lambda problem: wording.sentence(problem["code"], **problem["figures"]),
        words=words(),
    )
