"""The page of penalties and bonuses: what was entered by the list, who confirmed it, and entering one more."""

from __future__ import annotations

from flask import render_template
from werkzeug.wrappers import Response

from scoring import access
from scoring.board.views.listed import listed as listed_view
from scoring.organizers import doors
from scoring.organizers.pressing import may
from scoring.organizers.setting_up.specs import LIST_CONFIRMING, LIST_ENTERING
from scoring.organizers.steps import Step, step
from scoring.pages.event_meant import event_meant
from scoring.pages.found import found
from scoring.rules.listed import ANYBODY
from scoring.store.people import CHIEF, ORGANIZER


@doors.behind("listed")
def listed(contest_id: int) -> str:
    """Show the list and what was entered by it."""
    return render_template(
        "organizers/running/listed.html",
        page=found(listed_view, contest_id, event_meant()),
        mine=[who for who in LIST_ENTERING if who == ANYBODY or access.may(who, ORGANIZER)],
        confirming=LIST_CONFIRMING,
        may=may,
        me=access.actor().label,
        is_chief=access.may(CHIEF),
    )


STEPS = {
    "enter": Step("enter_listed"),
    "confirm": Step("confirm_penalty"),
    "withdraw": Step("withdraw_penalty"),
}


@doors.behind("listed")
def listed_step(contest_id: int, name: str) -> Response:
    """Perform one step of the page."""
    return step(contest_id, "organizers.listed", name, STEPS)
