"""The judge calls the chief judge by form, for browsers that have no socket."""

from __future__ import annotations

from flask import Response as Json
from flask import request
from flask_babel import gettext
from werkzeug.wrappers import Response

from scoring import access
from scoring.actions.running import calls
from scoring.actions.transaction import perform
from scoring.judges.presses import answer_press


def call_chief(seat_id: int) -> Response | Json:
    """Call the chief judge to the seat; the same form again changes nothing. A script gets the socket's answer."""
    return answer_press(seat_id, _call, gettext("The desk is told. Somebody will come to your seat."))


def _call(seat_id: int) -> None:
    place = access.seat(seat_id)
    said, sent = request.form.get("message", ""), request.form.get("request") or None
    perform(calls.call_chief, access.seat_actor(place.id), seat_id, said, request=sent)
