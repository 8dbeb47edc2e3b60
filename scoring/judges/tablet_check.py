"""A judge says in a rehearsal what only a person can say of the tablet; its script tells the rest."""

from __future__ import annotations

from typing import Any

from flask import Response as Json
from flask import request
from flask_babel import gettext
from werkzeug.wrappers import Response

from scoring import access
from scoring.actions.preparing.rehearsing import CameBack, Known, check_tablet
from scoring.actions.transaction import perform
from scoring.extensions import db
from scoring.judges.forms import typed_entries
from scoring.judges.presses import answer_press
from scoring.rules.numbers import whole_number
from scoring.store import Rehearsal, Seat, TabletCheck

_SAID = {"1": True, "0": False}


def tablet_check(seat_id: int) -> Response | Json:
    """Note what is known of the tablet at this seat; the same again changes nothing."""
    return answer_press(seat_id, _check, gettext("Thank you. The desk knows how this tablet is."))


def _check(seat_id: int) -> None:
    sent = request.form
    known = Known(
        screen=sent.get("screen", ""),
        sound=_SAID.get(sent.get("sound", "")),
        battery=_SAID.get(sent.get("battery", "")),
        back=_came_back(),
    )
    place = access.seat(seat_id)
    perform(check_tablet, access.seat_actor(place.id), seat_id, known, request=sent.get("request") or None)


def _came_back() -> CameBack | None:
    """What the script says of the sheet after a cut, None where it says nothing of one."""
    turn = whole_number(request.form.get("back", ""))
    if turn is None:
        return None
    return CameBack(turn, typed_entries(), kept=request.form.get("kept") == "1")


def asked_of(place: Seat) -> dict[str, Any] | None:
    """What the tablet's page asks in a rehearsal, with what was said already; None outside of one."""
    held = db.session.get(Rehearsal, place.room.event.contest_id)
    if held is None or held.ended_at is not None:
        return None
    check = db.session.get(TabletCheck, place.id)
    return {"sound": check.sound if check else None, "battery": check.battery if check else None}
