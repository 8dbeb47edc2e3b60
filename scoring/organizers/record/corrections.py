"""Corrections: who asks for what, old and new, and the chief judge's approval or rejection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from scoring import access, wording
from scoring.actions.registry import ASKING
from scoring.actions.results.corrections import WAITS
from scoring.board.conditions.approving import approvers
from scoring.board.views.corrections import corrections as corrections_view
from scoring.board.views.corrections import sheet_to_correct
from scoring.organizers import doors
from scoring.organizers.pressing import may, press
from scoring.organizers.record import sheet_entry
from scoring.organizers.steps import Step, step, whole
from scoring.pages.event_meant import event_meant
from scoring.pages.found import found
from scoring.rules.not_performing import KINDS
from scoring.rules.refusal import Refused
from scoring.store.installation import installation

STATES = {
    "open": _l("waits for the chief judge"),
    "approved": _l("approved by the chief judge"),
    "rejected": _l("rejected"),
}
FIELDS = {"seconds": _l("Seconds over"), "points": _l("Points off")}


@doors.behind("corrections")
def corrections(contest_id: int) -> str:
    """Show every request, and the released scores that can be asked about."""
    shown = found(corrections_view, contest_id, event_meant())
    return render_template(
        "organizers/record/corrections.html",
        corrections=shown,
        asks=may("request_sheet"),
        decides=may("approve_correction"),
        plays_off=may("record_play_off"),
        approvers=approvers(contest_id),
        separated=installation().separated,
        states=STATES,
        fields=FIELDS,
        kinds=KINDS,
    )


@doors.behind("corrections")
def correction_sheet(contest_id: int, turn_id: int, seat_id: int) -> str | tuple[str, int]:
    """Show one sheet with its marks, to be changed into what it should be."""
    return _sheet(contest_id, turn_id, seat_id)


@doors.behind("corrections")
def ask_correction(contest_id: int, turn_id: int, seat_id: int) -> Response | tuple[str, int]:
    """Ask for the correction of a sheet; a refusal shows what was typed with what is wrong beside it."""
    access.check_may(*ASKING)
    typed = sheet_entry.typed_sent()
    try:
        press("request_sheet", contest_id, request.form, turn_id=turn_id, seat_id=seat_id, typed=typed)
    except Refused as refused:
        return _sheet(contest_id, turn_id, seat_id, typed, wording.refusal(refused)), 409
    flash(str(WAITS), "done")
    return redirect(url_for("organizers.corrections", contest_id=contest_id), 303)


STEPS = {
    "overtime": Step("request_overtime", given=lambda sent: {"seconds": whole(sent, "seconds")}),
    "listed": Step("request_listed"),
    "out": Step("request_out"),
    "play-off": Step(
        "record_play_off", _l("The play-off is recorded. It decides once all who are tied have their figure.")
    ),
    "lift": Step("request_lift"),
    "approve": Step("approve_correction"),
    "reject": Step("reject_correction"),
}


@doors.behind("corrections")
def correction_step(contest_id: int, name: str) -> Response:
    """Ask for another overtime, other points of the list or somebody to be put out; approve or reject."""
    return step(contest_id, "organizers.corrections", name, STEPS)


def _sheet(
    contest_id: int,
    turn_id: int,
    seat_id: int,
    typed: Mapping[str, str] | None = None,
    refusal: Mapping[str, Any] | None = None,
) -> str:
    access.check_may(*ASKING)
    listed = found(corrections_view, contest_id, event_meant())
    sheet = found(sheet_to_correct, contest_id, turn_id, seat_id)
    return sheet_entry.page("correction_sheet", sheet, typed, refusal, corrections=listed, sent=request.form)
