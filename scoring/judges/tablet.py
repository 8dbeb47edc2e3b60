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

from scoring import access, wording
from scoring.actions.running import matches, sheets
from scoring.actions.transaction import perform
from scoring.board.reading.facts import format_of, parts_of
from scoring.board.snapshots.judging import Judged
from scoring.board.snapshots.tablet import Tablet, WhatGoesOn, WordedSheet
from scoring.board.views.seat import earlier_sheets, held_after, held_sheet, seat
from scoring.board.views.sheet_form import judged_of
from scoring.extensions import db
from scoring.judges import document as documents
from scoring.judges import seating, tablet_check
from scoring.judges.forms import CHECK, KEEP, SUBMIT, SheetForm, is_script
from scoring.rules.refusal import Refused
from scoring.store import Seat, Turn
from scoring.store.contests import RELEASED, WAITING
from scoring.store.rehearsals import seat_led_to
from scoring.store.sheets import SUBMITTED

GROUNDS = {
    "kin": _l("a close relative"),
    "mentor": _l("a mentor or pupil"),
    "department": _l("the same department"),
    "office": _l("the same office"),
    "abstained": _l("you abstain"),
    "away": _l("you are away from the seat"),
}
#: A tablet that does not hold the seat is shown nothing of what goes on there.
NOTHING_SHOWN: WhatGoesOn = {
    "turn": None,
    "sheet": None,
    "recused": None,
    "ballot": None,
    "call": None,
    "next": None,
    "owed": [],
    "over": False,
    "list": [],
}
Page = tuple[str, int]


@dataclass(frozen=True)
class Attempt:
    """What a judge sent with the form and what came of it, for the page that answers."""

    typed: Mapping[str, str] = field(default_factory=dict)
    refusal: Mapping[str, Any] = field(default_factory=dict)
    confirm: bool = False
    reason: str = ""
    held: Mapping[str, Any] | None = None


def tablet(seat_id: int) -> Page:
    """The turn that is called now in the seat's room."""
    return _show(_known_seat(seat_id), None)


def turn(seat_id: int, turn_id: int) -> Page:
    """One turn of the seat's room, such as one whose sheet is still owed."""
    return _show(_known_seat(seat_id), turn_id)


def mark(seat_id: int, turn_id: int) -> Page | Response | tuple[Response, int]:
    """Save, check or submit a sheet that came as a form; a script gets the same answer as over the socket."""
    place, form = _known_seat(seat_id), SheetForm()
    try:
        _perform(form, access.seat(seat_id), turn_id)
    except Refused as refused:
        stored = held_after(refused.code, turn_id, seat_id, form.submission.data)
        refusal, held = wording.refusal(refused), wording.worded(stored) if stored else None
        if is_script():
            return jsonify({**refusal, "holds": held}), 409
        attempt = Attempt(form.typed, refusal, reason=form.reason.data or "", held=held)
        return _show(_known_seat(seat_id), turn_id, attempt, 409)
    if is_script():
        return jsonify(ok=True, sheet=_held(turn_id, seat_id))
    if form.verb.data == CHECK:
        return _show(place, turn_id, Attempt(form.typed, confirm=True, reason=form.reason.data or ""))
    if form.verb.data not in (SUBMIT, KEEP):
        flash(gettext("Your draft is saved. It is not submitted yet."))
    return redirect(_address(_known_seat(seat_id), turn_id))


def ballot(seat_id: int, turn_id: int) -> Page | Response | tuple[Response, int]:
    """Cast the seat's secret vote on a tied match, and go on; a script gets the same answer as over the socket."""
    place = _known_seat(seat_id)
    actor, side, sent = access.seat_actor(place.id), request.form.get("side", ""), request.form.get("request") or None
    try:
        perform(matches.cast_ballot, actor, turn_id, seat_id, side, request=sent)
    except Refused as refused:
        if is_script():
            return jsonify(wording.refusal(refused)), 409
        return _show(_known_seat(seat_id), turn_id, Attempt({}, wording.refusal(refused)), 409)
    if is_script():
        return jsonify(ok=True)
    flash(gettext("Your secret vote is counted."))
    return redirect(_address(_known_seat(seat_id), turn_id))


def _perform(form: SheetForm, place: Seat, turn_id: int) -> None:
    if not form.validate():
        raise Refused.because("sheet_malformed")
    actor, typed, base = access.seat_actor(place.id), form.typed, form.base.data
    if form.verb.data == KEEP:
        typed = _kept(turn_id, place.id) or typed
    if form.verb.data in (SUBMIT, KEEP):
        reason, sent = form.reason.data or "", form.submission.data
        perform(sheets.submit, actor, turn_id, place.id, typed, sent, base=base, reason=reason)
        return
    perform(sheets.save_draft, actor, turn_id, place.id, typed, base=base)
    if form.verb.data == CHECK:
        _check(turn_id, typed)


def _kept(turn_id: int, seat_id: int) -> dict[str, str] | None:
    """The marks that a sheet was submitted with before it was sent back with a question."""
    held = held_sheet(turn_id, seat_id)
    return held["question"]["typed"] if held and held["question"] else None


def _check(turn_id: int, typed: Mapping[str, str]) -> None:
    """Raise Refused if the sheet could not be submitted like this."""
    judged = db.session.get_one(Turn, turn_id)
    event = judged.round.event
    format_of(event).read_sheet(event.settings, parts_of(judged), typed)


def _held(turn_id: int, seat_id: int) -> WordedSheet | None:
    """The sheet as the server holds it, or None where the seat is not on the turn's panel."""
    held = held_sheet(turn_id, seat_id)
    return wording.worded(held) if held else None


def _known_seat(seat_id: int) -> Seat:
    """The seat, whoever holds it; a browser that was not let in there is led to the sign-in."""
    try:
        place = access.known_seat(seat_id)
    except Refused as refused:
        if is_script():
            raise
        flash(wording.sentence(refused.problems[0]), "refused")
        abort(redirect(url_for("judges.sign_in", sent=request.form.get("submission") or None)))
    if not is_script() and (other := seat_led_to(place)) is not None:
        abort(seating.follow(place, other))  # into the rehearsal of the seat's contest, or back from it
    return place


def _address(place: Seat, turn_id: int) -> str:
    """Where the judge goes on: the current turn's page follows the contest, an owed turn has its own."""
    if place.room.current_turn_id == turn_id:
        return url_for("judges.tablet", seat_id=place.id)
    return url_for("judges.turn", seat_id=place.id, turn_id=turn_id)


def stage_of(view: Tablet) -> str:
    """Which of its faces the tablet shows: waiting, recused, ballot, locked, closed or open."""
    shown = view["turn"]
    if shown is None or shown["state"] == WAITING:
        return "waiting"
    if view["recused"]:
        return "recused"
    if shown["not_held"]:
        return "closed"
    if view["ballot"]:
        return "ballot"
    if view["sheet"] and view["sheet"]["state"] == SUBMITTED:
        return "locked"
    return "closed" if shown["state"] == RELEASED else "open"


def _show(place: Seat, turn_id: int | None, attempt: Attempt | None = None, status: int = 200) -> Page:
    try:
        view = seat(place.id, turn_id)
    except LookupError:
        abort(404)
    held_elsewhere = None if _holds(place) else seating.moved(place)
    shown = turn_id if view["turn"] is None else view["turn"]["id"]
    judged = _judged(shown)
    if held_elsewhere:
        view = {**view, **NOTHING_SHOWN}
    sheet = wording.worded(view["sheet"]) if view["sheet"] else None
    page = render_template(
        "judges/tablet.html",
        tablet={**view, "sheet": sheet},
        stage="moved" if held_elsewhere else stage_of(view),
        moved=held_elsewhere,
        judged=judged,
        attempt=attempt or Attempt(),
        follows=turn_id is None or turn_id == place.room.current_turn_id,
        earlier=[] if held_elsewhere or view["list"] else earlier_sheets(place.id, shown),
        ground=GROUNDS.get(view["recused"]["ground"]) if view["recused"] else "",
        submission=secrets.token_hex(16),
        shelf=_shelf(place),
        check=None if held_elsewhere else tablet_check.asked_of(place),
        document=documents.shown(place, view["turn"]["id"]) if view["turn"] else None,
    )
    return page, status


def _holds(place: Seat) -> bool:
    """Whether this browser holds the seat; its tablet is heard with that."""
    try:
        access.check_held(place, access.tablet())
    except Refused:
        return False
    return True


def _judged(turn_id: int | None) -> Judged | dict[str, Any]:
    """What the format's sheet template needs: the format's key, the parts, their rubrics and all settings."""
    if turn_id is None:
        return {}
    return judged_of(db.session.get_one(Turn, turn_id))


def _shelf(place: Seat) -> str:
    """The name under which a tablet keeps this seat's unsent sheets; a contest set up anew has another one."""
    contest = place.room.event.contest
    return f"{contest.slug}:{contest.created_at:%Y%m%d%H%M%S%f}:{place.id}"
