"""The documents of a review: taken in file by file, looked at, and cleared for the reviewers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import Response, abort, render_template, request
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from scoring import wording
from scoring.actions.review.intake import author_by_name, names_to_hide, receive
from scoring.board.conditions.set_up import set_up_of
from scoring.board.views.review import documents as documents_view
from scoring.extensions import db
from scoring.organizers import doors
from scoring.organizers.pressing import press
from scoring.organizers.review.contest import check_review
from scoring.organizers.setting_up import path
from scoring.organizers.steps import Step, step
from scoring.pages.given_out import given_out
from scoring.rules.not_performing import ABSENT, KINDS
from scoring.rules.numbers import whole_number
from scoring.rules.refusal import Refused
from scoring.store import Contest, Document
from scoring.store.kept_files import content_of

MOST_FILES = 60
ROOM_FOR_FILES = MOST_FILES * 20 * 1024 * 1024
SPOTS = {
    "file_name": _l("file name"),
    "property": _l("property %(label)s"),
    "page": _l("page %(number)s"),
    "paragraph": _l("paragraph %(number)s"),
    "header": _l("header %(number)s"),
    "footer": _l("footer %(number)s"),
    "footnote": _l("footnote %(number)s"),
    "endnote": _l("endnote %(number)s"),
    "comment": _l("comment %(number)s"),
    "drawing": _l("drawing %(number)s"),
}


@dataclass(frozen=True)
class Taken:
    """What became of one file of a batch: whose it is, or why it was refused."""

    name: str
    number: str = ""
    refused: str = ""


@doors.behind("documents")
def documents(contest_id: int) -> str:
    """Show every author with the document in force and what was found in it."""
    check_review(contest_id)
    return _page(contest_id)


@doors.behind("documents")
def upload(contest_id: int) -> str:
    """Take in all files of the form; one that is refused does not stop the others."""
    check_review(contest_id)
    only = request.form.get("contestant", "")
    files = [file for file in request.files.getlist("files") if file.filename][:MOST_FILES]
    taken = [_take(contest_id, file, whole_number(only)) for file in files]
    return _page(contest_id, taken)


def _take(contest_id: int, file: FileStorage, only: int | None) -> Taken:
    name = file.filename or ""
    try:
        contest = db.session.get_one(Contest, contest_id)
        author_id = only or author_by_name(contest, name).id
        received = receive(name, file.stream.read(), names_to_hide(contest))
        press("upload_document", contest_id, further=True, contestant_id=author_id, received=received)
    except Refused as refused:
        return Taken(name, refused=" ".join(wording.sentence(problem) for problem in refused.problems))
    return Taken(name, number=_number(contest_id, author_id))


def _number(contest_id: int, author_id: int) -> str:
    authors = db.session.get_one(Contest, contest_id).contestants
    return next(one.number for one in authors if one.id == author_id)


def _page(contest_id: int, taken: Iterable[Taken] = ()) -> str:
    review = documents_view(contest_id)
    return render_template(
        "organizers/review/documents.html",
        review=review,
        taken=list(taken),
        path=_path(contest_id, review["event"]["position"]),
        place=_place,
        kinds=KINDS,
        absent=ABSENT,
    )


def _path(contest_id: int, event: int) -> dict[str, str] | None:
    """The way back to the steps and on to the next one while the contest is being set up; None once it is open."""
    if not set_up_of(contest_id, event).preparing:
        return None
    return {"back": path.address(contest_id, "check"), "next": path.address(contest_id, "judges")}


def _place(finding: dict[str, Any]) -> str:
    """Where something was found, in words."""
    place = finding["place"]
    return str(SPOTS[place["spot"]]) % {"number": place["number"], "label": place["label"]}


STEPS = {
    "clear": Step("clear_document"),
    "put-out": Step("record_author"),
    "take-back": Step("take_author_back"),
}


@doors.behind("documents")
def documents_step(contest_id: int, name: str) -> AnyResponse:
    """Clear a document, or record who is out, and take that back."""
    check_review(contest_id)
    return step(contest_id, "organizers.documents", name, STEPS)


@doors.behind("documents")
def read_document(contest_id: int, document_id: int) -> Response | str:
    """Show the document exactly as its reviewers would get it."""
    found = db.session.get(Document, document_id)
    if found is None or found.contestant.contest_id != contest_id:
        abort(404)
    if found.kind == "pdf":
        return given_out(found.shown_sha256, "application/pdf")
    html = content_of(found.shown_sha256).decode()
    return render_template("organizers/review/read_document.html", html=html, document=found)
