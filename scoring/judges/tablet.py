"""The tablet: what a judge sees of a turn, and the sheet's door for browsers that have no socket."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from scoring import access, board, wording
from scoring.actions import matches, sheets
from scoring.actions.transaction import perform
from scoring.extensions import db
from scoring.judges import document as documents
from scoring.judges.forms import CHECK, SUBMIT, SheetForm
from scoring.rules.refusal import Refused
from scoring.store import Seat, Turn
from scoring.store.contests import RELEASED, WAITING
from scoring.store.sheets import SUBMITTED

GROUNDS = {
    "kin": _l("a close relative"),
    "mentor": _l("a mentor or pupil"),
    "department": _l("the same department"),
    "office": _l("the same office"),
    "abstained": _l("you abstain"),
}
Page = tuple[str, int]


@dataclass(frozen=True)
class Attempt:
    """What a judge sent with the form and what came of it, for the page that answers."""

    typed: Mapping[str, str] = field(default_factory=dict)
    refusal: Mapping[str, Any] = field(default_factory=dict)
    confirm: bool = False


def tablet(seat_id: int) -> Page:
    """The turn that is called now in the seat's room."""
    return _show(_seat(seat_id), None)


def turn(seat_id: int, turn_id: int) -> Page:
    """One turn of the seat's room, such as one whose sheet is still owed."""
    return _show(_seat(seat_id), turn_id)


def mark(seat_id: int, turn_id: int) -> Page | Response | tuple[Response, int]:
    """Save, check or submit a sheet that came as a form; a script gets the same answer as over the socket."""
    place, form = _seat(seat_id), SheetForm()
    try:
        _perform(form, place, turn_id)
    except Refused as refused:
        refusal = wording.refusal(refused)
        if _is_script():
            return jsonify(refusal | {"holds": _held(turn_id, seat_id)}), 409
        return _show(_seat(seat_id), turn_id, Attempt(form.typed, refusal), 409)
    if _is_script():
        return jsonify(ok=True, sheet=_held(turn_id, seat_id))
    if form.verb.data == CHECK:
        return _show(_seat(seat_id), turn_id, Attempt(form.typed, confirm=True))
    if form.verb.data != SUBMIT:
        flash(gettext("The server has your draft. It is not submitted yet."))
    return redirect(_address(_seat(seat_id), turn_id))


def ballot(seat_id: int, turn_id: int) -> Page | Response:
    """Cast the seat's secret vote on a tied match, and go on."""
    place = _seat(seat_id)
    actor, side, sent = access.seat_actor(place.id), request.form.get("side", ""), request.form.get("request") or None
    try:
        perform(matches.cast_ballot, actor, turn_id, seat_id, side, request=sent)
    except Refused as refused:
        return _show(_seat(seat_id), turn_id, Attempt({}, wording.refusal(refused)), 409)
    flash(gettext("Your secret vote is counted."))
    return redirect(_address(_seat(seat_id), turn_id))


def _perform(form: SheetForm, place: Seat, turn_id: int) -> None:
    if not form.validate():
        raise Refused.because("sheet_malformed")
    actor, typed = access.seat_actor(place.id), form.typed
    if form.verb.data == SUBMIT:
        perform(sheets.submit, actor, turn_id, place.id, typed, form.submission.data)
        return
    perform(sheets.save_draft, actor, turn_id, place.id, typed, base=form.base.data)
    if form.verb.data == CHECK:
        _check(turn_id, typed)


def _check(turn_id: int, typed: Mapping[str, str]) -> None:
    """Raise Refused if the sheet could not be submitted like this."""
    judged = db.session.get_one(Turn, turn_id)
    event = judged.round.event
    board.format_of(event).read_sheet(event.settings, board.parts_of(judged), typed)


def _held(turn_id: int, seat_id: int) -> dict[str, Any] | None:
    """The sheet as the server holds it, or None where the seat is not on the turn's panel."""
    judged, place = db.session.get(Turn, turn_id), db.session.get(Seat, seat_id)
    if judged is None or place is None or place not in judged.panel:
        return None
    return wording.worded(board.sheet_view(judged, place))


def _seat(seat_id: int) -> Seat:
    """The seat; a browser that was not let in there is led to the sign-in."""
    try:
        return access.seat(seat_id)
    except Refused as refused:
        if _is_script():
            raise
        flash(wording.sentence(refused.problems[0]), "refused")
        abort(redirect(url_for("judges.sign_in")))


def _is_script() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _address(place: Seat, turn_id: int) -> str:
    """Where the judge goes on: the current turn's page follows the contest, an owed turn has its own."""
    if place.room.current_turn_id == turn_id:
        return url_for("judges.tablet", seat_id=place.id)
    return url_for("judges.turn", seat_id=place.id, turn_id=turn_id)


def stage_of(view: Mapping[str, Any]) -> str:
    """Which of its faces the tablet shows: waiting, recused, ballot, locked, closed or open."""
    shown = view["turn"]
    if shown is None or shown["state"] == WAITING:
        return "waiting"
    if view["recused"]:
        return "recused"
    if view.get("ballot"):
        return "ballot"
    if view["sheet"]["state"] == SUBMITTED:
        return "locked"
    return "closed" if shown["state"] == RELEASED else "open"


def _show(place: Seat, turn_id: int | None, attempt: Attempt | None = None, status: int = 200) -> Page:
    try:
        view = board.seat(place.id, turn_id)
    except LookupError:
        abort(404)
    stage, judged = stage_of(view), _judged(view)
    if view["sheet"]:
        view["sheet"] = wording.worded(view["sheet"])
    page = render_template(
        "judges/tablet.html",
        tablet=view,
        stage=stage,
        judged=judged,
        attempt=attempt or Attempt(),
        follows=turn_id is None or turn_id == place.room.current_turn_id,
        ground=GROUNDS.get(view["recused"]["ground"]) if view["recused"] else "",
        submission=secrets.token_hex(16),
        shelf=_shelf(place),
        document=documents.shown(place, view["turn"]["id"]) if view["turn"] else None,
    )
    return page, status


def _judged(view: Mapping[str, Any]) -> dict[str, Any]:
    """What the format's sheet template needs: the format's key, the parts, their rubrics and all settings."""
    if view["turn"] is None:
        return {}
    return board.judged_of(db.session.get_one(Turn, view["turn"]["id"]))


def _shelf(place: Seat) -> str:
    """The name under which a tablet keeps this seat's unsent sheets; a contest set up anew has another one."""
    contest = place.room.event.contest
    return f"{contest.slug}:{contest.created_at:%Y%m%d%H%M%S%f}:{place.id}"
