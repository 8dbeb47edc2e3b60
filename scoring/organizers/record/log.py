"""The supervisor's log: every entry of the record as it comes, in plain sentences, with the sign-off."""

from __future__ import annotations

from flask import render_template, request
from werkzeug.wrappers import Response

from scoring.board.reading.log import log as log_view
from scoring.board.reading.look import events_of
from scoring.organizers import doors
from scoring.organizers.pressing import may
from scoring.organizers.record import log_words
from scoring.organizers.steps import Step, step
from scoring.pages.asked import number_asked
from scoring.pages.found import found

ON_A_PAGE = 100


@doors.behind("log")
def log(contest_id: int) -> str:
    """Show the newest entries, of one kind if it is chosen."""
    kind, before = request.args.get("kind", ""), number_asked("before")
    verbs_of_kind = log_words.entries_of(kind) if kind in log_words.KINDS else None
    shown = found(log_view, contest_id, verbs_of_kind, before, ON_A_PAGE, check="live" not in request.args)
    return render_template(
        "organizers/record/log.html",
        log=shown,
        listed=events_of(contest_id)[0],
        kind=kind,
        kinds=log_words.KINDS,
        kind_of=log_words.kind_of,
        sentence=log_words.sentence,
        why=log_words.why,
        who=log_words.who,
        signs=may("sign_off"),
    )


STEPS = {"sign": Step("sign_off")}


@doors.behind("log")
def log_step(contest_id: int, name: str) -> Response:
    """Sign off."""
    return step(contest_id, "organizers.log", name, STEPS)
