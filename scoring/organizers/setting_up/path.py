"""The path of setting up: its steps in order, how far each is, and the frame that every step stands in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from scoring import wording
from scoring.board.conditions.set_up import SetUp, set_up_of
from scoring.board.reading.facts import format_of
from scoring.organizers.pressing import press
from scoring.pages.event_meant import event_meant
from scoring.pages.found import found
from scoring.rules.refusal import Problem, problems_of

Shown = Mapping[str, Any]
NAMES = {
    "format": _l("Format"),
    "identity": _l("Name and office"),
    "rubric": _l("Rubric"),
    "rules": _l("Panel and rules"),
    "contestants": _l("Contestants"),
    "documents": _l("Documents"),
    "judges": _l("Judges and seats"),
    "rooms": _l("Rooms and times"),
    "check": _l("Check list"),
}

#: What opening a contest makes possible, and until when lists and rules can be changed, by what is judged.
UNTIL = {
    "match": _l("From then on matches can be called. The lists and the rules can still be changed until the first is."),
    "bench": _l("From then on batches can start. The lists and the rules can still be changed until the first has."),
    "document": _l(
        "From then on documents are coded and given to reviewers. The rules can still be changed until one is read."
    ),
    "test": _l("From then on results are entered. The lists and the rules can still be changed until the first is."),
}
UNTIL_CALLED = _l(
    "From then on contestants can be called. The lists and the rules can still be changed until the first is."
)


def named(step: str, subject: str) -> LazyString:
    """How a step is called; a test has rules and no panel."""
    return _l("Rules") if (step, subject) == ("rules", "test") else NAMES[step]


def set_up_called(contest_id: int) -> SetUp:
    """The event in preparation that the address means; answers 404 if there is none."""
    return found(set_up_of, contest_id, event_meant())


def show(contest_id: int, step: str, status: int = 200, **shown: Any) -> tuple[str, int]:
    """One step's page in the frame of the path."""
    found = set_up_called(contest_id)
    subject = format_of(found.event).subject
    page = render_template(
        f"organizers/setting_up/{step}.html",
        contest=heading(found),
        set_up=found,
        event=found.event,
        here=step,
        path=[
            {"key": key, "name": named(key, subject), "url": address(contest_id, key), "state": _state(found, key)}
            for key in found.steps
        ],
        following=_following(found, step),
        until=UNTIL.get(subject, UNTIL_CALLED),
        **shown,
    )
    return page, status


def heading(found: SetUp) -> dict[str, Any]:
    """The contest as the desk's layout needs it."""
    contest = found.event.contest
    return {
        "id": contest.id,
        "slug": contest.slug,
        "title": {"zh": contest.title_zh, "en": contest.title_en},
        "date": contest.held_on,
        "venue": contest.venue,
        "subject": format_of(found.event).subject,
        "practice": contest.practice,
    }


def address(contest_id: int, step: str) -> str:
    """Where a step is."""
    if step == "check":
        return url_for("organizers.set_up", contest_id=contest_id)
    if step == "documents":
        return url_for("organizers.documents", contest_id=contest_id)
    return url_for("organizers.set_up_step", contest_id=contest_id, step=step)


def _state(found: SetUp, step: str) -> str:
    """Done or missing; the check list is done once the contest is open."""
    if step == "check":
        return "missing" if found.preparing else "done"
    return "missing" if found.problems_of(step) else "done"


def _following(found: SetUp, step: str) -> str | None:
    later = found.steps[found.steps.index(step) + 1 :] if step in found.steps else ()
    return address(found.event.contest_id, later[0]) if later else None


def act(verb: str, contest_id: int, /, *, further: bool = False, **given: Any) -> tuple[Problem, ...]:
    """Press a verb of setting up; answers the problems for which it was refused. See `press`."""
    return problems_of(lambda: press(verb, contest_id, request.form, further=further, **given))


def onward(contest_id: int, step: str, said: str = "") -> Response:
    """To the next step if the button said so, else back to this one, with what was done."""
    flash(said or gettext("Saved."), "done")
    wanted = _following(set_up_called(contest_id), step) if request.form.get("do") == "next" else None
    return redirect(wanted or address(contest_id, step), 303)


def sentences(problems: tuple[Problem, ...]) -> dict[str, str]:
    """The sentence of each problem by its place; what has no place stands under ""."""
    said: dict[str, str] = {}
    for problem in problems:
        said.setdefault(problem.field, wording.sentence(problem))
    return said
