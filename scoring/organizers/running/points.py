"""The page of results without judges: opened, entered or imported, confirmed by somebody else, released."""

from __future__ import annotations

from flask import render_template
from flask_babel import lazy_gettext as _l

from scoring import access
from scoring.board.views.points import points as points_view
from scoring.organizers import doors
from scoring.organizers.pressing import Refusal, may
from scoring.pages.event_meant import event_meant
from scoring.pages.found import found

STATES = {
    "waiting": _l("not open yet"),
    "open": _l("nothing entered yet"),
    "once": _l("entered once; a second person enters it"),
    "differs": _l("the two entries differ"),
    "listed": _l("from a list; somebody else confirms it"),
    "in": _l("in, and can be released"),
    "released": _l("released"),
    "not_held": _l("does not take part"),
}


@doors.behind("points")
def points(contest_id: int) -> str:
    """Show how far the results are."""
    return page(contest_id, Refusal())


def page(contest_id: int, refusal: Refusal) -> str:
    """The results as they are now, with what was refused just now; answers 404 where there are none to enter."""
    return render_template(
        "organizers/running/points.html",
        points=found(points_view, contest_id, access.actor().label, event_meant()),
        page="points",
        refusal=refusal,
        may=may,
        states=STATES,
        imports=doors.may_open("imports", access.signed_in().role),
        enters=doors.may_open("paper", access.signed_in().role),
    )
