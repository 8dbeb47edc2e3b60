"""The chief's screen: where two inspectors differ, line by line, each settled with a reason; caps; the release."""

from __future__ import annotations

from flask import abort, render_template

from scoring import wording
from scoring.board.views.differences import differences as differences_view
from scoring.organizers import doors
from scoring.organizers.pressing import Refusal, may
from scoring.organizers.running.desk import words
from scoring.pages.event_meant import event_meant
from scoring.rules.refusal import Refused


@doors.behind("differences")
def differences(contest_id: int) -> str:
    """Show the differences between the inspectors."""
    return page(contest_id, Refusal())


def page(contest_id: int, refusal: Refusal) -> str:
    """The differences as they are now, with what was refused just now; 404 for a contest without benches."""
    try:
        snapshot = differences_view(contest_id, event_meant())
    except (LookupError, Refused):
        abort(404)
    return render_template(
        "organizers/running/differences.html",
        desk=snapshot,
        page="differences",
        refusal=refusal,
        may=may,
        sentence=lambda problem: wording.sentence(problem["code"], **problem["figures"]),
        words=words(),
    )
