"""The document that a judge reviews: read beside the rubric, handed out to those it is assigned to and nobody else."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, url_for
from markupsafe import escape
from sqlalchemy import select

from scoring import access, wording
from scoring.extensions import db
from scoring.pages.given_out import given_out
from scoring.rules.refusal import Refused
from scoring.store import Assignment, Document, Seat, Turn
from scoring.store.contests import WAITING
from scoring.store.documents import CLEARED
from scoring.store.kept_files import content_of


def document(seat_id: int, turn_id: int) -> Response:
    """The safe PDF of a document that this seat reviews; its own file name never goes with it."""
    try:
        place = access.seat(seat_id)
    except Refused:
        abort(404)
    found = _handed_to(place, turn_id)
    if found is None or found.kind != "pdf":
        abort(404)
    return given_out(found.shown_sha256, "application/pdf")


def shown(place: Seat, turn_id: int) -> dict[str, Any] | None:
    """What the tablet shows beside the sheet: a PDF by its address, a DOCX as safe HTML; None if there is nothing.

    Where the kept file is not what was handed in any more, that is told in its place.
    """
    found = _handed_to(place, turn_id)
    if found is None:
        return None
    if found.kind == "pdf":
        return {"kind": "pdf", "address": url_for("judges.document", seat_id=place.id, turn_id=turn_id)}
    try:
        return {"kind": found.kind, "html": content_of(found.shown_sha256).decode()}
    except Refused as refused:
        return {"kind": found.kind, "html": escape(wording.sentence(refused.problems[0]))}


def _handed_to(place: Seat, turn_id: int) -> Document | None:
    """The cleared document of an open turn that the seat is assigned to and not recused from."""
    turn = db.session.get(Turn, turn_id)
    mine = select(Assignment.id).where(Assignment.turn_id == turn_id, Assignment.seat_id == place.id)
    if turn is None or turn.state == WAITING or place.id in turn.recused or db.session.scalar(mine) is None:
        return None
    found = turn.appearances[0].contestant.document
    return found if found is not None and found.state == CLEARED else None
