"""The tally of the tallier and the checker: judges by contestants, what is missing, and the totals once complete."""

from __future__ import annotations

from flask import render_template
from flask_babel import lazy_gettext as _l

from scoring import access, wording
from scoring.board.views.tally import tally as tally_view
from scoring.organizers import doors
from scoring.pages.event_meant import event_meant
from scoring.pages.found import found
from scoring.wording.subjects import SIDES

STATES = {
    "waiting": "",
    "empty": _l("missing"),
    "draft": _l("marking"),
    "submitted": _l("in"),
    "returned": _l("given back"),
    "recused": _l("recused"),
    "abstained": _l("abstained"),
    "away": _l("away from the seat"),
}


@doors.behind("tally")
def tally(contest_id: int) -> str:
    """Show the matrix."""
    shown = found(tally_view, contest_id, event_meant())
    role = access.signed_in().role
    may_open = {name for name in ("totals", "paper") if doors.may_open(name, role)}
    return render_template(
        "organizers/record/tally.html",
        tally=shown,
        states=STATES,
        sides=SIDES,
        may_open=may_open,
        sentence=wording.sentence,
    )
