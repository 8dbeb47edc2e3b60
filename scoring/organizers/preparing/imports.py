"""Lists from a spreadsheet or pasted: the templates, the upload, the preview that is put right, the confirmation."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from scoring import access, wording
from scoring.actions.preparing import imports as verbs
from scoring.actions.preparing.import_late import Lateness
from scoring.actions.preparing.import_plans import CHANGED, LATE, NEW, SAME, WRONG, Planned, Preview
from scoring.actions.preparing.imports import Mending
from scoring.actions.running.late_places import LAST, Lots
from scoring.actions.said import stated_if_any
from scoring.actions.setting_up.entry_list import entrant_kind
from scoring.board.conditions.conflicts import relations as relations_view
from scoring.board.conditions.set_up import set_up_of
from scoring.board.reading.facts import format_of
from scoring.board.reading.look import event_of
from scoring.board.reading.unplaced import unplaced_of
from scoring.exports import XLSX
from scoring.imports import BYTES_MOST, KINDS, TEXT, Grid, LeftOut, Row, pasted_apart, sheets_apart, template
from scoring.jobs.queue import Job, actor_data, jobs
from scoring.loop.in_thread import in_thread
from scoring.organizers import doors
from scoring.organizers.jobs import address as job_address
from scoring.organizers.preparing.heading import contest_called, heading
from scoring.organizers.preparing.import_kinds import KIND_NAMES, offered
from scoring.organizers.pressing import press
from scoring.organizers.running.late_forms import places_of
from scoring.pages.event_meant import event_meant
from scoring.pages.found import found
from scoring.pages.language import chosen
from scoring.rules.refusal import Problem, Refused
from scoring.store import Event, ImportDraft
from scoring.store.contests import TEAM

#: Bytes that may come with the form, so that a list which is too large still gets its sentence.
ROOM_FOR_A_LIST = 5 * BYTES_MOST
STATES = {NEW: _l("new"), CHANGED: _l("changed"), SAME: _l("same"), WRONG: _l("wrong")}
#: The note of a blank office below one that is given.
BLANK_BELOW = "cell_blank_below"
#: What is remarkable about many rows alike is said once; how often, stands with it.
SUMMED = (
    *("cell_merged", BLANK_BELOW, "cell_formula_value", "number_padded", "number_given"),
    *("seat_given", "team_of_office"),
)
#: What the fields of the preview begin with: a column's meaning, and a cell of a row.
COLUMN, CELL = "column.", "cell."
#: A longer list is confirmed beside the loop.
ROWS_AT_ONCE = 100
#: So many rows of a preview are shown before somebody asks for all; what needs a look stands first.
SHOWN_AT_ONCE = 200


@doors.behind("imports")
def imports(contest_id: int) -> str:
    """Show what can be imported."""
    return _page(contest_id, chosen=request.args.get("kind", ""))


def _page(contest_id: int, refused: str = "", chosen: str = "", typed: str = "") -> str:
    shown = offered(contest_called(contest_id))
    shown["kinds"].sort(key=lambda kind: kind.key != chosen)
    about = {"refused": refused, "chosen": chosen, "typed": typed}
    return render_template("organizers/preparing/imports.html", contest=heading(contest_id), offer=shown, **about)


@doors.behind("imports")
def import_template(contest_id: int, kind: str) -> Response:
    """The workbook to fill in."""
    if kind not in verbs.kinds_of(contest_called(contest_id)):
        abort(404)
    name = f"{KINDS[kind].zh}.xlsx"
    return send_file(BytesIO(template(KINDS[kind])), XLSX, as_attachment=True, download_name=name)


@doors.behind("imports")
def upload_list(contest_id: int) -> AnyResponse | tuple[str, int]:
    """Read a file or what was pasted, keep it, and show it; what cannot be read says why, and what was pasted stays."""
    kind, typed = request.form.get("kind", ""), request.form.get("pasted", "")
    if kind not in verbs.kinds_of(contest_called(contest_id)):
        abort(404)
    try:
        name, sheets = _handed_in(typed)
        handed_in = verbs.readable(kind, sheets)
        draft_id = press("keep_draft", contest_id, further=True, name=name, handed_in=handed_in)
    except Refused as refused:
        return _page(contest_id, _said(refused), kind, typed), 409
    return redirect(_address(contest_id, draft_id), 303)


def _handed_in(typed: str) -> tuple[str, tuple[Grid, ...]]:
    """What the list is called, and its sheets: a file goes before what stands in the box."""
    file = request.files.get("file")
    content = file.stream.read() if file else b""
    if content or not typed.strip():
        name = (file.filename or "") if file else ""
        return name, in_thread(sheets_apart, content)
    return gettext("pasted list"), in_thread(pasted_apart, typed, request.form.get("table", ""))


def _said(refused: Refused) -> str:
    return " ".join(wording.sentence(one) for one in refused.problems)


def _address(contest_id: int, draft_id: int) -> str:
    return url_for("organizers.import_preview", contest_id=contest_id, draft_id=draft_id)


@doors.behind("imports")
def import_preview(contest_id: int, draft_id: int) -> str:
    """Show what the import would do to each row, or what it has done."""
    return _preview(contest_id, draft_id)


def _draft(contest_id: int, draft_id: int) -> ImportDraft:
    try:
        return verbs.draft_called(contest_id, draft_id)
    except Refused:
        abort(404)


def _preview(contest_id: int, draft_id: int, refused: str = "") -> str:
    draft = _draft(contest_id, draft_id)
    about = {"draft": draft, "kind": KINDS[draft.kind], "names": KIND_NAMES, "refused": refused}
    in_order = draft.kind != "judges"  # who marks has no place in the order
    places = _places(found(event_of, contest_id, event_meant())) if in_order else {}
    about |= {"places": places, "lot": secrets.token_hex(8)}
    if draft.applied_at is not None:
        done = draft.read.get("done", {})
        onward = _onward(contest_id, draft.kind)
        page = "organizers/preparing/import_done.html"
        return render_template(page, contest=heading(contest_id), done=done, onward=onward, **about)
    shown = verbs.preview(draft)
    about["become_teams"] = draft.kind == "contestants" and entrant_kind(contest_called(contest_id).events) == TEAM
    page = "organizers/preparing/import_preview.html"
    return render_template(page, contest=heading(contest_id), **about, **_of_preview(shown))


def _places(event: Event) -> dict[str, str]:
    """The places as an import gives them: a list names no opponent, so that a match is added by hand afterwards."""
    places = places_of(event)
    if format_of(event).subject == "match" and LAST in places:
        places[LAST] = gettext("no match yet; add it on the page “Late arrivals”")
    return places


def _of_preview(shown: Preview) -> dict[str, Any]:
    order = {WRONG: 0, CHANGED: 1, NEW: 2, SAME: 3}
    reading = shown.reading
    times = Counter(note.code for one in shown.planned for note in one.notes if note.code != BLANK_BELOW)
    times[BLANK_BELOW] = len(_blank_below(shown))
    rows = sorted(shown.planned, key=lambda one: (order[one.state], not _marked(one.row)))
    at_once = len(rows) if "all" in request.args else SHOWN_AT_ONCE
    return {
        "reading": reading,
        "rows": rows[:at_once],
        "hidden": len(rows[at_once:]),
        "skipped": shown.skipped,
        "counts": {state: shown.count(state) for state in STATES},
        "late": sum(one.late for one in shown.planned),
        "states": STATES,
        "digest": shown.digest,
        "sheets_out": [sheet for sheet in reading.sheets if sheet.code],
        "unread": [column for column in reading.columns if not column.meaning],
        "lacking": [wording.sentence(problem) for problem in reading.problems],
        "blank_below": times[BLANK_BELOW],
        "summed": [wording.sentence(code, count=str(times[code])) for code in SUMMED if times[code]],
        "notes": notes,
        "place": place,
        "said": said,
    }


def _blank_below(shown: Preview) -> list[Planned]:
    """The new rows whose blank office stands below one that is given."""
    return [one for one in shown.planned if one.state == NEW and any(note.code == BLANK_BELOW for note in one.notes)]


def _filled_down(shown: Preview) -> dict[str, str]:
    """By their keys the offices of those rows, each from the nearest row above that has one."""
    wanted, found, above = {one.row.key for one in _blank_below(shown)}, {}, ""
    for row in shown.reading.rows:
        above = row.cells.get("office", "") or above
        if row.key in wanted:
            found[row.key] = above
    return found


def _marked(row: Row) -> bool:
    """Whether somebody should look at the row: it is hidden, filtered away or struck through."""
    return any(note.code.startswith("row_") for note in row.notes)


def notes(one: Planned) -> list[Problem]:
    """What is remarkable about this row and not about many."""
    given = [note for note in one.notes if note.code not in SUMMED and one.state != SAME]
    return [note for note in given if note.code not in LATE or one.late]  # a row that stays out gets no place


def place(row: Row | LeftOut) -> str:
    """Where a row stands; a text has no sheets."""
    if row.sheet == TEXT:
        return gettext("Row %(line)s", line=row.line)
    return gettext("Sheet “%(sheet)s”, row %(line)s", sheet=row.sheet, line=row.line)


def said(one: Planned, problem: Problem) -> str:
    """A problem with its place: sheet, row and column, and what to do."""
    figures = {"sheet": one.row.sheet, "line": one.row.line, "said": wording.sentence(problem)}
    if one.row.sheet == TEXT:
        return gettext("Row %(line)s: %(said)s", **figures)
    if letter := one.row.columns.get(problem.field, ""):
        return gettext("Sheet “%(sheet)s”, row %(line)s, column %(column)s: %(said)s", column=letter, **figures)
    return gettext("Sheet “%(sheet)s”, row %(line)s: %(said)s", **figures)


def _onward(contest_id: int, kind: str) -> tuple[str, str]:
    """The one thing to do after an import: its name and address."""
    relations = relations_view(contest_id)
    if relations["unclear"]:
        question = gettext("Say which names are one office (%(count)s)", count=len(relations["unclear"]))
        return question, url_for("organizers.relations", contest_id=contest_id, _anchor="offices")
    if kind != "judges" and (waiting := _waits_for_match(contest_id)):
        name = gettext("Add the match of no. %(number)s", number=waiting)
        return name, url_for("organizers.late", contest_id=contest_id, _anchor="late-waiting")
    if not set_up_of(contest_id).preparing:
        page = "organizers.seats" if kind == "judges" else "organizers.desk"
        name = gettext("On to seats and codes") if kind == "judges" else gettext("To the desk")
        return name, url_for(page, contest_id=contest_id)
    step = {"contestants": "judges", "teams": "judges", "judges": "rooms"}.get(kind, "check")
    if step == "check":
        return gettext("On to the check list"), url_for("organizers.set_up", contest_id=contest_id)
    name = gettext("On to judges and seats") if step == "judges" else gettext("On to rooms and times")
    return name, url_for("organizers.set_up_step", contest_id=contest_id, step=step)


def _waits_for_match(contest_id: int) -> str:
    """The number of who waits for a match in the event that is meant, "" for nobody."""
    waiting = unplaced_of(found(event_of, contest_id, event_meant())).waiting
    return waiting[0].number if waiting else ""


@doors.behind("imports")
def mend_import(contest_id: int, draft_id: int) -> AnyResponse | tuple[str, int]:
    """Keep what was put right in the preview, and show it again."""
    contest_called(contest_id)
    try:
        _mended(contest_id, _draft(contest_id, draft_id))
    except Refused as refused:
        return _preview(contest_id, draft_id, _said(refused)), 409
    return redirect(_address(contest_id, draft_id), 303)


def _mended(contest_id: int, draft: ImportDraft) -> bool:
    """Keep whatever the form says otherwise than the preview did; answers whether it said anything."""
    reading = verbs.reading_of_draft(draft)
    meanings = {column.key: column.meaning for column in reading.columns}
    columns = {key: text for key, text in _sent(COLUMN).items() if meanings.get(key) != text}
    texts = {f"{row.key}.{key}": text for row in reading.rows for key, text in row.cells.items()}
    cells: dict[str, dict[str, str]] = {}
    for key, text in _sent(CELL).items():
        if texts.get(key, "") != text.strip():
            row, _, column = key.rpartition(".")
            cells.setdefault(row, {})[column] = text
    skip, take = request.form.getlist("skip"), request.form.getlist("take")
    if request.form.get("do") == "skip-wrong":
        skip += [one.row.key for one in verbs.preview(draft).planned if one.state == WRONG]
    if request.form.get("do") == "fill-down":
        for key, text in _filled_down(verbs.preview(draft)).items():
            cells.setdefault(key, {}).setdefault("office", text)
    sheets = {key: name == "sheet-in" for name in ("sheet-in", "sheet-out") for key in request.form.getlist(name)}
    if not (columns or cells or skip or take or sheets):
        return False
    mended = verbs.mended(draft, Mending(columns, cells, skip, take, sheets))
    press("mend_draft", contest_id, further=True, draft_id=draft.id, choices=mended)
    return True


def _sent(beginning: str) -> dict[str, str]:
    return {key.removeprefix(beginning): text for key, text in request.form.items() if key.startswith(beginning)}


@doors.behind("imports")
def confirm_import(contest_id: int, draft_id: int) -> AnyResponse | tuple[str, int]:
    """Write the import as it was shown; if that is not possible any more, or more was typed, show it again."""
    contest_called(contest_id)
    sent = request.form
    try:
        if _typed_more(contest_id, draft_id):
            return redirect(_address(contest_id, draft_id), 303)
        digest = sent.get("digest", "")
        if _is_long(_draft(contest_id, draft_id), sent):
            return redirect(job_address(contest_id, _asked(contest_id, draft_id, digest, sent.get("request"))), 303)
        press("confirm_import", contest_id, draft_id=draft_id, digest=digest, late=_lateness(sent))
    except Refused as refused:
        return _preview(contest_id, draft_id, _said(refused)), 409
    return redirect(_said_and_led_on(contest_id, _draft(contest_id, draft_id)), 303)


def _said_and_led_on(contest_id: int, draft: ImportDraft) -> str:
    """Say what was imported; the address of the step that follows where there is one, else of what was done."""
    done = {state: draft.read.get("done", {}).get(state, 0) for state in (NEW, CHANGED, SAME)}
    flash(gettext("The list is imported: %(new)s new, %(changed)s changed, %(same)s same.", **done), "done")
    leads_on = set_up_of(contest_id).preparing or (draft.kind != "judges" and _waits_for_match(contest_id))
    return _onward(contest_id, draft.kind)[1] if leads_on else _address(contest_id, draft.id)


def _is_long(draft: ImportDraft, sent: Mapping[str, str]) -> bool:
    """Whether writing it would keep the sheets waiting; latecomers are few, and get their places one by one."""
    rows = sum(len(sheet["lines"]) for sheet in draft.read["sheets"])
    return draft.applied_at is None and rows > ROWS_AT_ONCE and not sent.get("late-reason", "").strip()


def _asked(contest_id: int, draft_id: int, digest: str, request_id: str | None) -> Job:
    """The job that confirms a long list. Raises Refused: too_many_jobs."""
    told = {"contest_id": contest_id, "draft": draft_id, "digest": digest, "actor": actor_data(access.actor())}
    key = ("import", draft_id, digest)
    return jobs().ask("import", told, chosen(), access.signed_in().id, key, request_id)


def _lateness(sent: Mapping[str, str]) -> Lateness:
    """What was said about rows that come late."""
    names = ("place", "seed", "witness")
    way, seed, witness = (sent.get(f"late-{name}", "").strip() for name in names)
    reason = stated_if_any(sent.get("late-reason", ""))
    return Lateness(reason, Lots(way or LAST, seed, witness, reason=reason), event_meant())


def _typed_more(contest_id: int, draft_id: int) -> bool:
    draft = _draft(contest_id, draft_id)
    if draft.applied_at is not None or not _mended(contest_id, draft):
        return False
    flash(gettext("What you typed is taken in. Please look at the rows once more, then import them."), "done")
    return True
