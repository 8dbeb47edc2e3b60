"""The spot check: drawn with a witness, each score beside its sheets, and whether it agrees with the signed paper."""

from __future__ import annotations

import secrets
from typing import Any

from flask import render_template
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from scoring.board.views.spot_checks import spot_check as spot_check_view
from scoring.board.views.spot_checks import spot_check_line as spot_check_line_view
from scoring.organizers import doors
from scoring.organizers.pressing import may
from scoring.organizers.steps import Given, Sent, Step, step, whole
from scoring.pages.event_meant import event_meant
from scoring.pages.found import found
from scoring.rules.refusal import Refused

STATES = {
    "running": _l("being checked"),
    "all_needed": _l("too many errors: check all scores"),
    "all_running": _l("all scores are being checked"),
    "passed": _l("passed"),
    "all_checked": _l("all scores are checked"),
}
CHOSEN = {"top": _l("first ranks"), "drawn": _l("drawn"), "full": _l("full check")}
FOUND = {"": _l("to be checked"), "agrees": _l("agrees"), "error": _l("error")}


@doors.behind("spot_check")
def spot_check(contest_id: int) -> str:
    """Show the spot check and how far it is."""
    shown = found(spot_check_view, contest_id, event_meant())
    return render_template("organizers/record/spot_check.html", spot=shown, **_words())


@doors.behind("spot_check")
def spot_check_line(contest_id: int, line_id: int) -> str:
    """Show one score with every sheet, to be compared with the paper."""
    shown = found(spot_check_view, contest_id, event_meant())
    line = found(spot_check_line_view, contest_id, line_id)
    return render_template("organizers/record/spot_check_line.html", spot=shown, line=line, **_words())


def _words() -> dict[str, Any]:
    return {
        "draws": may("draw_spot_check"),
        "checks": may("note_spot_check"),
        "states": STATES,
        "chosen": CHOSEN,
        "found": FOUND,
        "seed": secrets.token_hex(8),
    }


def _rule(sent: Sent) -> Given:
    rule = {"top": _top(sent), "share": sent.get("share", "").strip(), "errors": sent.get("errors", "").strip()}
    return {"event": event_meant(), "rule": rule}


def _top(sent: Sent) -> int:
    try:
        return whole(sent, "top")
    except Refused:
        raise Refused.because("top_negative", "top") from None


STEPS = {
    "draw": Step("draw_spot_check", given=_rule),
    "note": Step("note_spot_check"),
    "all": Step("check_all", given=lambda sent: {"event": event_meant()}),
}


@doors.behind("spot_check")
def spot_check_step(contest_id: int, name: str) -> Response:
    """Draw, record what was found, or widen the check to all."""
    return step(contest_id, "organizers.spot_check", name, STEPS)
