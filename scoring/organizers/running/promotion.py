"""The page of promotion: which event is a stage, who goes on to it, and a second person's word."""

from __future__ import annotations

from flask import render_template
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from scoring import access, wording
from scoring.board.views.promotion import promotion as promotion_view
from scoring.organizers import doors
from scoring.organizers.pressing import may
from scoring.organizers.steps import Given, Sent, Step, step, whole
from scoring.pages.event_meant import event_meant
from scoring.pages.found import found

TAKES = {
    "first": _l("the first so many"),
    "share": _l("so many percent"),
    "score": _l("all with at least so many points"),
}
LAST = {
    "all": _l("all who are level with the last place go on"),
    "ties": _l("the tie steps decide; who is still level goes on"),
    "play_off": _l("the tie steps decide, then a play-off"),
    "lots": _l("the tie steps decide, then lots"),
}


@doors.behind("promotion")
def promotion(contest_id: int) -> str:
    """Show the stages."""
    return render_template(
        "organizers/running/promotion.html",
        promotion=found(promotion_view, contest_id, event_meant()),
        takes=TAKES,
        last=LAST,
        may=may,
        me=access.actor().label,
        sentence=wording.sentence,
    )


def _rule(sent: Sent) -> Given:
    source = whole(sent, "source")
    return {"rule": {"source": source, **{name: sent.get(name, "") for name in ("take", "value", "last")}}}


STEPS = {
    "set": Step("set_stage", given=_rule),
    "clear": Step("clear_stage"),
    "propose": Step("propose_promotion"),
    "confirm": Step("confirm_promotion"),
    "undo": Step("undo_promotion"),
    "move-up": Step("move_up"),
    "step-back": Step("step_back"),
    "keep": Step("keep_promotion"),
}


@doors.behind("promotion")
def promotion_step(contest_id: int, name: str) -> Response:
    """Perform one step of the page."""
    return step(contest_id, "organizers.promotion", name, STEPS)
