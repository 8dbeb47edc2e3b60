"""Whose seat it is: a tablet takes it, and one that does not hold it is told why and what to do."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, session, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from scoring import access, wording
from scoring.actions import seats
from scoring.attendance import attendance
from scoring.moments import clock_time
from scoring.rules.refusal import Refused
from scoring.store import Seat

Page = tuple[str, int]


def enter(place: Seat) -> Response:
    """Let the browser in, give it a seat that nobody holds, and go to the tablet; a held one is asked for there."""
    access.let_in(place)
    if not place.holder:
        _take(place, place.tablet)
    return redirect(url_for("judges.tablet", seat_id=place.id))


def handover(key: str) -> Response:
    """The desk's code for this seat was scanned: the tablet's page asks whether to take it."""
    try:
        return enter(access.seat_by_handover(key))
    except Refused as refused:
        flash(wording.sentence(refused.problems[0]), "refused")
        return redirect(url_for("judges.sign_in"))


def take(seat_id: int) -> Response:
    """Take the seat from the tablet that held it, where that is allowed; the draft comes along from the server."""
    place = access.known_seat(seat_id)
    if place.holder != access.tablet():
        if access.may_take(place):
            _take(place, request.form.get("seen", -1, type=int))
        else:
            flash(wording.sentence("seat_held", seats=str(place.number)), "refused")
    return redirect(url_for("judges.tablet", seat_id=seat_id))


def _take(place: Seat, seen: int) -> None:
    seat_id = place.id
    try:
        seats.take_seat(access.seat_actor(seat_id), seat_id, seen)
    except Refused as refused:
        flash(wording.sentence(refused.problems[0]), "refused")
        return
    attendance().hear(seat_id, access.tablet())
    session["held"] = [*session.get("held", []), seat_id]
    if seen:
        flash(gettext("This tablet holds the seat now. The other one is locked."), "done")


def moved(place: Seat) -> dict[str, Any]:
    """What a tablet is told that does not hold the seat: whether it did, who took it when, whether it may take it."""
    since = clock_time(place.taken_at) if place.taken_at else ""
    return {"before": place.id in session.get("held", []), "since": since, "may_take": access.may_take(place)}
