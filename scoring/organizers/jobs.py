"""The page of a job: how far it is, what came of it, and what to do where it failed; it works without a script."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask import Response, abort, redirect, render_template, send_file, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from scoring import access, wording
from scoring.board.reading.duties import duties
from scoring.jobs.queue import Job, jobs
from scoring.organizers import doors
from scoring.organizers.preparing.heading import contest_called, heading
from scoring.pages.event_meant import event_meant
from scoring.pages.found import found
from scoring.pages.language import chosen
from scoring.rules.refusal import Refused

#: Seconds for which a page waits before it shows how far the work is: most files are there by then.
AT_ONCE = 4.0
#: What a browser is told to do by itself, with or without scripts: look again after so many seconds.
ASK_AGAIN = "2"
TITLES = {
    "ranking_xlsx": _l("The ranking as a workbook"),
    "ranking_csv": _l("The ranking as CSV"),
    "overall_xlsx": _l("The overall result as a workbook"),
    "import": _l("Import of a list"),
}


def file_of(contest_id: int, kind: str, revision: int) -> AnyResponse:
    """The file of this kind as the contest stands; where it takes long, the page that shows how far it is."""
    about = {"contest_id": contest_id, "event": event_meant()}
    key = (kind, *about.values(), chosen(), revision, str(duties(contest_id)))
    asked = found(jobs().ask, kind, about, chosen(), access.signed_in().id, key)
    asked.ended.wait(AT_ONCE)
    if asked.problems:
        raise Refused(*asked.problems)
    return redirect(address(contest_id, asked), 303) if asked.open else _taken(asked)


def address(contest_id: int, asked: Job) -> str:
    """Where the job is shown."""
    return url_for("organizers.job", contest_id=contest_id, job_id=asked.id)


def _taken(asked: Job) -> Response:
    content = BytesIO(asked.path.read_bytes())
    return send_file(content, asked.mimetype, as_attachment=True, download_name=asked.name)


@access.anyone
def job(contest_id: int, job_id: str) -> tuple[str, int] | tuple[str, int, dict[str, str]]:
    """Show how far the job is; the page asks again by itself until it has ended."""
    contest_called(contest_id)
    asked = _asked(contest_id, job_id)
    if asked is None:
        problems = Refused.because("job_gone").problems
        return _page(contest_id, None, said=[wording.sentence(one) for one in problems]), 404
    about = {"title": TITLES[asked.kind], "onward": _onward(contest_id, asked)}
    said = [wording.sentence(one) for one in asked.problems]
    page = _page(contest_id, asked, said=said, before=jobs().waiting_before(asked), **about)
    return page, 200, {} if asked.problems else {"Refresh": ASK_AGAIN if asked.open else f"0; url={about['onward']}"}


def _page(contest_id: int, asked: Job | None, **about: Any) -> str:
    return render_template("organizers/job.html", contest=heading(contest_id), job=asked, **about)


def _onward(contest_id: int, asked: Job) -> str:
    """Where the one who asked goes on: to the file, or to what was changed."""
    if asked.kind == "import":
        return url_for("organizers.import_preview", contest_id=contest_id, draft_id=asked.args["draft"])
    return url_for("organizers.job_file", contest_id=contest_id, job_id=asked.id)


@doors.behind("desk")
def job_file(contest_id: int, job_id: str) -> AnyResponse:
    """The file that the job has made, as often as it is wanted by whoever may still have one made."""
    asked = _asked(contest_id, job_id)
    if asked is None or not asked.name or not asked.path.exists():
        abort(404)
    return _taken(asked)


def _asked(contest_id: int, job_id: str) -> Job | None:
    """The account's own job in this contest: the address of another one opens nothing of it."""
    asked = jobs().called(job_id, access.signed_in().id)
    return asked if asked is not None and asked.args["contest_id"] == contest_id else None
