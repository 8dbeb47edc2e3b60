"""The named steps of a page: each reads its form, is performed once, and answers with the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import abort, current_app, flash, make_response, redirect, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from scoring import access, wording
from scoring.actions.transaction import Actor, perform
from scoring.organizers.typed_again import typed_again
from scoring.rules.numbers import whole_number
from scoring.rules.refusal import Refused

Sent = MultiDict[str, str]
Step = Callable[[Actor, int, Sent], tuple[Callable[..., Any], tuple[Any, ...]]]


def step(contest_id: int, page: str, name: str, steps: Mapping[str, tuple[Step, Any]]) -> Response:
    """Perform one named step of a page and show the page again, with what came of it."""
    if name not in steps:
        abort(404)
    read, said = steps[name]
    actor = access.actor()
    try:
        verb, args = read(actor, contest_id, request.form)
        perform(verb, actor, contest_id, *args, request=request.form.get("request"))
        flash(str(said), "done")
    except Refused as refused:
        access.note_refusal(refused)
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


def whole(sent: Sent, name: str) -> int:
    """A whole number of a form; Refused(field_not_a_number)."""
    number = whole_number(sent.get(name, ""))
    if number is None:
        raise Refused.because("field_not_a_number", name)
    return number


def wholes(sent: Sent, name: str) -> list[int]:
    """All whole numbers of that name; what is none is left out."""
    return [number for raw in sent.getlist(name) if (number := whole_number(raw)) is not None]
