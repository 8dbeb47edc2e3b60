"""Whose seat it is: a tablet takes it by pressing a button, and one that does not hold it is told what to do."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from scoring import access, wording
from scoring.access import Opened
from scoring.actions.running import seats
from scoring.board.reading.facts import format_of
from scoring.pages.moments import clock_time
from scoring.rules.refusal import Refused
from scoring.store import Seat

Page = tuple[str, int]


def offer(opened: Opened[Seat]) -> Response | Page:
    """The button that takes the seat whose code was scanned: opening a link alone, as previews do, takes nothing."""
    if opened.seat.holder == access.tablet():
        return redirect(_home(opened.seat))
    access.check_free(opened, access.tablet())
    shown = {"subject": _subject(opened.seat), "whose": _whose(opened.seat)}
    return render_template("judges/take.html", seat=opened.seat, **shown), 200


def enter(opened: Opened[Seat]) -> Response:
    """Give the browser the seat, and go to the tablet. Raises Refused: seat_held, seat_taken."""
    place, holder = opened.seat, access.tablet()
    access.check_free(opened, holder)
    if place.holder != holder:
        _take(opened)
    access.let_in(place)
    return redirect(_home(place), 303 if request.method == "POST" else 302)


def follow(place: Seat, other: Seat) -> Response:
    """Go on at the seat that this one leads to, into a rehearsal or back; the tablet that holds it takes it along."""
    if {place.holder, other.holder} <= {"", access.tablet()}:
        return enter(Opened(other))
    access.let_in(other)
    return redirect(_home(other))


def leave(seat_id: int) -> Response:
    """Let the seat go, so that another tablet takes it with the card."""
    place = access.seat(seat_id)
    seats.leave_seat(access.seat_actor(seat_id), place.id)
    access.let_out(seat_id)
    flash(gettext("You have left the seat. Whoever sits down next enters the PIN or scans the card."), "done")
    return redirect(url_for("judges.sign_in"), 303)


def _take(opened: Opened[Seat]) -> None:
    place = opened.seat
    seat_id, seen = place.id, place.tablet
    seats.take_seat(access.seat_actor(seat_id), seat_id, seen, handed_over=opened.handed_over)
    if opened.handed_over:
        flash(gettext("This tablet holds the seat now. The other one is locked."), "done")


def moved(place: Seat) -> dict[str, Any]:
    """What a tablet is told that does not hold the seat: whether it did, and who took it when."""
    since = clock_time(place.taken_at) if place.taken_at else ""
    return {"before": access.epoch_at(place.id) is not None, "since": since}


def _home(place: Seat) -> str:
    return url_for("judges.tablet", seat_id=place.id)


def _whose(place: Seat) -> dict[str, dict[str, str]]:
    """The contest that the seat belongs to, and its room where there are several: seats are called alike everywhere."""
    room, contest = place.room, place.room.event.contest
    several = len(contest.events) > 1 or len(room.event.rooms) > 1
    shown = {"title": {"zh": contest.title_zh, "en": contest.title_en}}
    return shown | ({"room": {"zh": room.name_zh, "en": room.name_en}} if several else {})


def _subject(place: Seat) -> str:
    return format_of(place.room.event).subject


def refused_status(refused: Refused) -> int:
    """The status of a page that says why a seat cannot be taken."""
    return {"too_many_attempts": 429, "seat_held": 409, "seat_taken": 409}.get(refused.code, 403)


def sentence(refused: Refused) -> str:
    """Why, in the visitor's language."""
    return wording.sentence(refused.problems[0])
