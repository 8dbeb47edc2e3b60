"""Which pages are noted in the log of access when somebody opens them: what is not public, and the files.

Every page of the desk stands here, those that show nothing of the kind with None, so that a new one is not forgotten.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, abort, current_app, has_request_context, request, template_rendered
from jinja2 import Template
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from scoring import access
from scoring.extensions import db
from scoring.store import Contest
from scoring.store.access_log import CODES, EXPORT, LOGS, MARKS, PERSONAL, PRINT, REFUSED

#: Page of the desk → what of it is not public: marks before their release, PINs and seat codes, who people are.
PAGES: dict[str, str | None] = {
    "marks": MARKS,
    "totals": MARKS,
    "tally": MARKS,
    "differences": MARKS,
    "paper": MARKS,
    "points": MARKS,
    "promotion": MARKS,
    "listed": MARKS,
    "paper_sheet": MARKS,
    "corrections": MARKS,
    "correction_sheet": MARKS,
    "spot_check": MARKS,
    "spot_check_line": MARKS,
    "photo": MARKS,
    "assignment": MARKS,
    "cards": CODES,
    "handovers": CODES,
    "seats": CODES,
    "accounts": PERSONAL,
    "duties": PERSONAL,
    "sessions": PERSONAL,
    "imports": PERSONAL,
    "import_preview": PERSONAL,
    "relations": PERSONAL,
    "late": PERSONAL,
    "documents": PERSONAL,
    "read_document": PERSONAL,
    "coding": PERSONAL,
    "witness": PERSONAL,
    "set_up": PERSONAL,
    "prompter": PERSONAL,
    "waiting_room": PERSONAL,
    "log": LOGS,
    "access_log": LOGS,
    "site_log": LOGS,
    "ranking_xlsx": EXPORT,
    "ranking_csv": EXPORT,
    "overall_xlsx": EXPORT,
    "job_file": EXPORT,
    "access_csv": EXPORT,
    "desk": None,
    "clocks": None,
    "benches": None,
    "draw": None,
    "screens": None,
    "events": None,
    "rehearsal": None,
    "contests": None,
    "new_contest": None,
    "set_up_step": None,
    "import_template": None,
    "door_codes": None,
    "installation": None,
    "own_password": None,
    "password_policy": None,
    "second_factor": None,
    "second_factor_code": None,
    "first_start": None,
    "sign_in": None,
    "go_on": None,
    "session": None,
    "job": None,
    "back_from_verb": None,
}
#: Template of a page that is not called as the page is, whatever its chapter → the page.
SHOWN_BY = {
    "preparing/import_done": "import_preview",
    "setting_up/check": "set_up",
    "setting_up/contestants": "set_up",
    "setting_up/judges": "set_up",
}
_SHOWN = "saiping.shown"
#: The answers with which a file is given out, whole or a part of it.
GIVEN = (200, 206)
#: The answers that say that something is not for whoever asks.
NOT_THEIRS = (401, 403, 429)
#: Where what was refused is noted with its reason already.
SIGN_INS = (
    "sign_in",
    "go_on",
    "own_password",
    "second_factor_code",
    "judges.sign_in",
    "judges.enter",
    "judges.handover",
)


def watch(app: Flask) -> None:
    """Note what is answered, after it was."""
    template_rendered.connect(_keep_page, app)
    app.after_request(note_answer)


def _keep_page(_app: Flask, template: Template, **_named: Any) -> None:
    """Keep which page is shown: by which door and with which status does not matter, a refused form shows it too."""
    name = (template.name or "").removeprefix("organizers/").removesuffix(".html")
    page = SHOWN_BY.get(name, name.rpartition("/")[2])
    if has_request_context() and PAGES.get(page) is not None:
        request.environ[_SHOWN] = page


def note_answer(response: Response) -> Response:
    """Note a page or a file that is watched, and whoever was turned away."""
    name = (request.endpoint or "").removeprefix("organizers.")
    if response.status_code in NOT_THEIRS and name not in SIGN_INS:
        access.note(REFUSED, name or "unknown", contest_id=access.contest_here())
    elif (kind := PAGES.get(page := _given_out(name, response))) is not None:
        access.note(kind, page, contest_id=access.contest_here())
    return response


def _given_out(name: str, response: Response) -> str:
    """The page that the answer shows or the file that it is, "" where it is neither."""
    if request.method != "HEAD" and _SHOWN in request.environ:
        return str(request.environ[_SHOWN])
    return name if request.method == "GET" and response.status_code in GIVEN else ""


@access.anyone
def printed() -> tuple[str, int]:
    """A browser says that somebody prints this page, one that it may open; noted by the page's name."""
    try:
        endpoint, named = current_app.url_map.bind("").match(request.form.get("page", ""))
    except (HTTPException, RequestRedirect):
        endpoint, named = "unknown", {}
    contest = db.session.get(Contest, named["contest_id"]) if "contest_id" in named else None
    view = current_app.view_functions.get(endpoint)
    if view is not None and not access.may_look(view, named.get("contest_id")):
        abort(403)
    access.note(PRINT, endpoint.removeprefix("organizers."), contest_id=contest.id if contest else None)
    return "", 204
