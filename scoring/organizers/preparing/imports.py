"""Lists from a spreadsheet: the templates, the upload, the preview of every row, and the confirmation."""

from __future__ import annotations

from io import BytesIO

import gevent
from flask import Response, abort, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from scoring import access, wording
from scoring.actions import imports as verbs
from scoring.actions.import_plans import CHANGED, NEW, SAME, WRONG, Planned
from scoring.actions.transaction import perform
from scoring.exports import XLSX
from scoring.imports import KINDS, Reading, read_apart, template
from scoring.organizers import doors
from scoring.organizers.preparing.heading import contest_called, heading
from scoring.rules.refusal import Problem, Refused

KIND_NAMES = {
    "contestants": _l("Contestants"),
    "teams": _l("Teams"),
    "judges": _l("Judges"),
    "offices": _l("Offices"),
    "relations": _l("Recusal relations"),
}
KIND_TASKS = {
    "contestants": _l("Number, name, office and department of each contestant."),
    "teams": _l("Each team with its speakers in the order of their seats."),
    "judges": _l("Who sits where, with office and department, and the reserves."),
    "offices": _l("Full and short names, so that recusal by office knows both."),
    "relations": _l("Kin and mentors, as they were declared."),
}
STATES = {NEW: _l("new"), CHANGED: _l("changed"), SAME: _l("same"), WRONG: _l("wrong")}


@doors.behind("imports")
def imports(contest_id: int) -> str:
    """Show what can be imported."""
    return _page(contest_id)


def _page(contest_id: int, refused: str = "", chosen: str = "") -> str:
    kinds = [KINDS[kind] for kind in verbs.kinds_of(contest_called(contest_id))]
    return render_template(
        "organizers/imports.html",
        contest=heading(contest_id),
        kinds=kinds,
        names=KIND_NAMES,
        tasks=KIND_TASKS,
        refused=refused,
        chosen=chosen,
    )


@doors.behind("imports")
def import_template(contest_id: int, kind: str) -> Response:
    """The workbook to fill in."""
    if kind not in verbs.kinds_of(contest_called(contest_id)):
        abort(404)
    name = f"{KINDS[kind].zh}.xlsx"
    return send_file(BytesIO(template(KINDS[kind])), XLSX, as_attachment=True, download_name=name)


@doors.behind("imports")
def upload_list(contest_id: int) -> AnyResponse | tuple[str, int]:
    """Read the file, keep what was read, and show it; a file that cannot be read says why."""
    kind = request.form.get("kind", "")
    if kind not in verbs.kinds_of(contest_called(contest_id)):
        abort(404)
    file = request.files.get("file")
    name, content = (file.filename or "", file.stream.read()) if file else ("", b"")
    try:
        reading: Reading = gevent.get_hub().threadpool.apply(read_apart, (kind, content))
        draft_id = perform(verbs.keep_draft, access.actor(), contest_id, kind, name, reading)
    except Refused as refused:
        return _page(contest_id, " ".join(wording.sentence(one) for one in refused.problems), kind), 409
    return redirect(url_for("organizers.import_preview", contest_id=contest_id, draft_id=draft_id), 303)


@doors.behind("imports")
def import_preview(contest_id: int, draft_id: int) -> str:
    """Show what the import would do to each row."""
    return _preview(contest_id, draft_id)


def _preview(contest_id: int, draft_id: int, refused: str = "") -> str:
    try:
        draft = verbs.draft_called(contest_id, draft_id)
    except Refused:
        abort(404)
    shown = verbs.preview(draft)
    order = {WRONG: 0, CHANGED: 1, NEW: 2, SAME: 3}
    return render_template(
        "organizers/import_preview.html",
        contest=heading(contest_id),
        draft=draft,
        skipped=Reading.from_data(draft.read).skipped,
        kind=KINDS[draft.kind],
        names=KIND_NAMES,
        rows=sorted(shown.planned, key=lambda one: order[one.state]),
        counts={state: shown.count(state) for state in STATES},
        states=STATES,
        digest=shown.digest,
        said=said,
        refused=refused,
    )


def said(one: Planned, problem: Problem) -> str:
    """A problem with its place: sheet, row and column, and what to do."""
    figures = {"sheet": one.row.sheet, "line": one.row.line, "said": wording.sentence(problem)}
    if letter := one.row.columns.get(problem.field, ""):
        return gettext("Sheet “%(sheet)s”, row %(line)s, column %(column)s: %(said)s", column=letter, **figures)
    return gettext("Sheet “%(sheet)s”, row %(line)s: %(said)s", **figures)


@doors.behind("imports")
def confirm_import(contest_id: int, draft_id: int) -> AnyResponse | tuple[str, int]:
    """Write the import as it was shown; if that is not possible any more, show it again."""
    contest_called(contest_id)
    sent = request.form
    try:
        shown = sent.get("digest", "")
        perform(verbs.confirm_import, access.actor(), contest_id, draft_id, shown, request=sent.get("request"))
    except Refused as refused:
        return _preview(contest_id, draft_id, " ".join(wording.sentence(one) for one in refused.problems)), 409
    flash(gettext("The list is imported. This is on record."), "done")
    return redirect(url_for("organizers.imports", contest_id=contest_id), 303)
