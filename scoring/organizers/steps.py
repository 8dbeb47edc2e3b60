"""The named steps of a page: each is a verb, pressed with the page's form and answered with the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, current_app, flash, make_response, redirect, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from scoring import access, wording
from scoring.actions.registry import read_whole, verbs
from scoring.organizers.pressing import press
from scoring.organizers.typed_again import typed_again
from scoring.rules.refusal import Refused

Sent = MultiDict[str, str]
Given = dict[str, Any]


@dataclass(frozen=True)
class Step:
    """A verb as a page presses it: with an answer of the page's own, and with what that reads of its form itself."""

    verb: str
    done: Any = ""
    given: Callable[[Sent], Given] = lambda _sent: {}


def whole(sent: Sent, name: str) -> int:
    """A whole number that a page reads itself; what is empty is none either. Raises Refused: field_not_a_number."""
    return read_whole(name, sent.get(name) or "none")


def step(contest_id: int, page: str, name: str, steps: Mapping[str, Step]) -> Response:
    """Perform one named step of a page and show the page again, with what came of it."""
    if name not in steps:
        abort(404)
    taken, found = steps[name], verbs()[steps[name].verb]
    access.check_may(*found.roles)
    try:
        press(taken.verb, contest_id, request.form, **taken.given(request.form))
        flash(str(taken.done or found.done), "done")
    except Refused as refused:
        for problem in refused.problems[:8]:
            flash(_sentence(problem), "refused")
        return _again(contest_id, page)
    return redirect(url_for(page, contest_id=contest_id), 303)


def _again(contest_id: int, page: str) -> Response:
    """The page with what was typed, and why it was refused."""
    request.environ["saiping.page"] = url_for(page, contest_id=contest_id)  # for the switch of languages
    shown = make_response(current_app.view_functions[page](contest_id=contest_id))
    if shown.status_code == 200 and shown.mimetype == "text/html":
        shown.set_data(typed_again(shown.get_data(as_text=True), request.path, request.form))
        shown.status_code = 409
    return shown


def _sentence(problem: Any) -> str:
    """What was refused; a document is named by its code, which is the problem's field then."""
    said = wording.sentence(problem)
    return f"{problem.field}: {said}" if problem.field[:1].isupper() else said
