"""Corrections: who asks for what, old and new, and the chief judge's approval or rejection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from scoring import access, wording
from scoring.actions.results import corrections as verbs
from scoring.actions.transaction import Actor, perform
from scoring.board.conditions.approving import approvers
from scoring.board.views.corrections import corrections as corrections_view
from scoring.board.views.corrections import sheet_to_correct
from scoring.organizers import doors
from scoring.organizers.record import sheet_entry
from scoring.organizers.steps import Sent, step, whole
from scoring.pages.event_meant import event_meant
from scoring.pages.found import found
from scoring.rules.not_performing import KINDS
from scoring.rules.refusal import Refused
from scoring.store.installation import installation
from scoring.store.people import CHECKER, CHIEF, ORGANIZER, TALLIER

MAY_ASK, MAY_DECIDE = (TALLIER, CHECKER, ORGANIZER), (CHIEF,)
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
        asks=access.may(*MAY_ASK),
        decides=access.may(*MAY_DECIDE),
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
    access.check_may(*MAY_ASK)
    sent, typed = request.form, sheet_entry.typed_sent()
    asked = typed, sent.get("asked_by", ""), sent.get("reason", "")
    try:
        perform(verbs.request_sheet, access.actor(), contest_id, turn_id, seat_id, *asked, request=sent.get("request"))
    except Refused as refused:
        return _sheet(contest_id, turn_id, seat_id, typed, wording.refusal(refused)), 409
    flash(gettext("The request waits for the chief judge. Nothing is changed before the approval."), "done")
    return redirect(url_for("organizers.corrections", contest_id=contest_id), 303)


def _overtime(actor: Actor, contest_id: int, sent: Sent) -> Any:
    access.check_may(*MAY_ASK)
    about = whole(sent, "turn"), sent.get("part", ""), whole(sent, "seconds")
    return verbs.request_overtime, (*about, sent.get("asked_by", ""), sent.get("reason", ""))


def _out(actor: Actor, contest_id: int, sent: Sent) -> Any:
    access.check_may(*MAY_ASK)
    who = whole(sent, "contestant") if "contestant" in sent else 0
    given = (sent.get(name, "") for name in ("kind", "asked_by", "reason"))
    return verbs.request_out, (whole(sent, "turn"), *given, who)


def _lift(actor: Actor, contest_id: int, sent: Sent) -> Any:
    access.check_may(*MAY_ASK)
    return verbs.request_lift, (whole(sent, "decision"), sent.get("asked_by", ""), sent.get("reason", ""))


def _approve(actor: Actor, contest_id: int, sent: Sent) -> Any:
    access.check_may(*MAY_DECIDE)
    return verbs.approve_correction, (whole(sent, "correction"), sent.get("reason", ""))


def _reject(actor: Actor, contest_id: int, sent: Sent) -> Any:
    access.check_may(*MAY_DECIDE)
    return verbs.reject_correction, (whole(sent, "correction"), sent.get("reason", ""))


STEPS = {
    "overtime": (_overtime, _l("The request waits for the chief judge. Nothing is changed before the approval.")),
    "out": (_out, _l("The request waits for the chief judge. Nothing is changed before the approval.")),
    "lift": (_lift, _l("The request waits for the chief judge. Nothing is changed before the approval.")),
    "approve": (_approve, _l("Approved: the score is counted again and shown as corrected.")),
    "reject": (_reject, _l("Rejected. The request stays on record.")),
}


@doors.behind("corrections")
def correction_step(contest_id: int, name: str) -> Response:
    """Ask for another overtime, approve or reject."""
    return step(contest_id, "organizers.corrections", name, STEPS)


def _sheet(
    contest_id: int,
    turn_id: int,
    seat_id: int,
    typed: Mapping[str, str] | None = None,
    refusal: Mapping[str, Any] | None = None,
) -> str:
    access.check_may(*MAY_ASK)
    listed = found(corrections_view, contest_id, event_meant())
    sheet = found(sheet_to_correct, contest_id, turn_id, seat_id)
    return sheet_entry.page("correction_sheet", sheet, typed, refusal, corrections=listed, sent=request.form)
