"""The spot check: drawn with a witness, each score beside its sheets, and whether it agrees with the signed paper."""

from __future__ import annotations

import secrets
from typing import Any

from flask import render_template
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from scoring import access
from scoring.actions.results import spot_checks as verbs
from scoring.actions.transaction import Actor
from scoring.board.views.spot_checks import spot_check as spot_check_view
from scoring.board.views.spot_checks import spot_check_line as spot_check_line_view
from scoring.organizers import doors
from scoring.organizers.steps import Sent, step, whole
from scoring.pages.event_meant import event_meant
from scoring.pages.found import found
from scoring.rules.refusal import Refused
from scoring.store.people import CHECKER, ORGANIZER

MAY_DRAW, MAY_CHECK = (CHECKER, ORGANIZER), (CHECKER,)
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
        "draws": access.may(*MAY_DRAW),
        "checks": access.may(*MAY_CHECK),
        "states": STATES,
        "chosen": CHOSEN,
        "found": FOUND,
        "seed": secrets.token_hex(8),
    }


def _draw(actor: Actor, contest_id: int, sent: Sent) -> Any:
    access.check_may(*MAY_DRAW)
    rule = {"top": _top(sent), "share": sent.get("share", "").strip(), "errors": sent.get("errors", "").strip()}
    lots = sent.get("seed", ""), sent.get("witness", "")
    return verbs.draw_spot_check, (event_meant(), *lots, rule, sent.get("reason", ""))


def _top(sent: Sent) -> int:
    try:
        return whole(sent, "top")
    except Refused:
        raise Refused.because("top_negative", "top") from None


def _note(actor: Actor, contest_id: int, sent: Sent) -> Any:
    access.check_may(*MAY_CHECK)
    return verbs.note_spot_check, (whole(sent, "line"), sent.get("found", ""), sent.get("note", ""))


def _all(actor: Actor, contest_id: int, sent: Sent) -> Any:
    access.check_may(*MAY_DRAW)
    return verbs.check_all, (event_meant(),)


STEPS = {
    "draw": (_draw, _l("The spot check is drawn. With the same seed the draw comes out the same.")),
    "note": (_note, _l("Recorded.")),
    "all": (_all, _l("All scores are before the checker now.")),
}


@doors.behind("spot_check")
def spot_check_step(contest_id: int, name: str) -> Response:
    """Draw, record what was found, or widen the check to all."""
    return step(contest_id, "organizers.spot_check", name, STEPS)
