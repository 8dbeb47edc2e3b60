"""The rehearsal: begun and thrown away with one button each, seat by seat, and the readiness report of one page."""

from __future__ import annotations

from typing import Any

from flask import current_app, render_template
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from scoring import board
from scoring.actions import rehearsing as verbs
from scoring.actions.transaction import Actor
from scoring.organizers import doors
from scoring.organizers.preparing.heading import contest_called, heading
from scoring.organizers.steps import Sent, step
from scoring.store.contests import OPEN

SCENES = {
    "performing": _l("who performs, with the clock"),
    "score": _l("a score with its marks and the ranking"),
    "ranking": _l("the ranking alone"),
    "current": _l("who performs alone"),
    "message": _l("a text of your own"),
    "dark": _l("a dark screen"),
}
FAULTS = {
    "dead_tablet": _l("a dead tablet: move its seat to a spare one"),
    "cut": _l("a cut: switch a tablet's network off for a moment while its judge marks"),
    "restart": _l("a restart: stop the server and start it again"),
}
#: By code: what was found, and what to do about it.
FINDINGS = {
    "not_reached": _l("Judge %(seat)s: no tablet has come. Scan the seat card there."),
    "not_submitted": _l("Judge %(seat)s: no sheet submitted. Let the judge mark one contestant."),
    "battery_low": _l("Judge %(seat)s: the battery is too low. Charge it, or plug it in."),
    "battery_unknown": _l("Judge %(seat)s: nobody said how full the battery is."),
    "sound_silent": _l("Judge %(seat)s: the bell was not heard."),
    "sound_unknown": _l("Judge %(seat)s: nobody said whether the bell is heard."),
    "screen_small": _l("Judge %(seat)s: the screen is small (%(what)s). Marking works; a larger tablet is easier."),
    "screen_unknown": _l("Judge %(seat)s: the size of the screen is not known."),
    "scene_not_shown": _l("The hall screen did not show: %(what)s."),
    "fault_not_tried": _l("Not tried: %(what)s."),
}


@doors.behind("rehearsal")
def rehearsal(contest_id: int) -> str:
    """Show the rehearsal of the contest: that one can begin, how the present one stands, or what the last one said."""
    contest = contest_called(contest_id)
    held = board.rehearsal(contest_id, current_app.extensions["process"])
    findings = [finding | {"said": _said(finding)} for finding in held["findings"]] if held else []
    return render_template(
        "organizers/rehearsal.html",
        contest=heading(contest_id),
        held=held,
        stops=[finding for finding in findings if finding["stops"]],
        open=[finding for finding in findings if not finding["stops"]],
        labels={**SCENES, **FAULTS},
        opened=contest.state == OPEN,
        own_revision=contest.revision,
    )


def _said(finding: dict[str, Any]) -> str:
    what = {**SCENES, **FAULTS}.get(finding["what"], finding["what"])
    return str(FINDINGS[finding["code"]]) % {"seat": finding["seat"], "what": what}


def _begin(actor: Actor, contest_id: int, sent: Sent) -> Any:
    return verbs.begin_rehearsal, ()


def _end(actor: Actor, contest_id: int, sent: Sent) -> Any:
    return verbs.end_rehearsal, ()


STEPS = {
    "begin": (_begin, _l("The rehearsal is on. The tablets move over by themselves.")),
    "end": (_end, _l("The rehearsal is over and thrown away. Tablets and hall screens are back in the contest.")),
}


@doors.behind("rehearsal")
def rehearsal_step(contest_id: int, name: str) -> Response:
    """Perform one step of the page."""
    contest_called(contest_id)
    return step(contest_id, "organizers.rehearsal", name, STEPS)
