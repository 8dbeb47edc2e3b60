"""The benches on the timekeeper's tablet: one start for a batch, a stop for each bench, and the hand-in."""

from __future__ import annotations

from flask import abort, render_template
from flask_babel import lazy_gettext as _l

from scoring.board.views.benches import benches as benches_view
from scoring.organizers import doors
from scoring.organizers.pressing import Refusal, may
from scoring.organizers.running.desk import words
from scoring.pages.event_meant import event_meant
from scoring.rules.refusal import Refused

STAGES = {
    "waiting": _l("waiting"),
    "working": _l("at work"),
    "over": _l("stopped by the hard stop"),
    "stopped": _l("stopped"),
    "handed_in": _l("handed in"),
    "released": _l("released"),
}


@doors.behind("benches")
def benches(contest_id: int) -> str:
    """Show the contest's benches."""
    return page(contest_id, Refusal())


def page(contest_id: int, refusal: Refusal) -> str:
    """The benches as they are now, with what was refused just now; 404 for a contest without benches."""
    try:
        snapshot = benches_view(contest_id, event_meant())
    except (LookupError, Refused):
        abort(404)
    return render_template(
        "organizers/running/benches.html",
        desk=snapshot,
        page="benches",
        refusal=refusal,
        stages=STAGES,
        clock=clock,
        may=may,
        words=words(),
    )


def clock(seconds: int) -> str:
    """Whole seconds as minutes and seconds: 3005 is 50:05."""
    return f"{seconds // 60}:{seconds % 60:02d}"
