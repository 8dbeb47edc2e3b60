"""The judge calls the chief judge by form, for browsers that have no socket."""

from __future__ import annotations

from flask import Response as Json
from flask import flash, jsonify, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from scoring import access, wording
from scoring.actions import calls
from scoring.actions.transaction import perform
from scoring.judges.forms import is_script
from scoring.rules.refusal import Refused


def call_chief(seat_id: int) -> Response | Json:
    """Call the chief judge to the seat; the same form again changes nothing. A script gets the socket's answer."""
    try:
        place = access.seat(seat_id)
        said, sent = request.form.get("message", ""), request.form.get("request") or None
        perform(calls.call_chief, access.seat_actor(place.id), seat_id, said, request=sent)
    except Refused as refused:
        if is_script():
            raise
        flash(wording.sentence(refused.problems[0]), "refused")
        return redirect(url_for("judges.tablet", seat_id=seat_id))
    if is_script():
        return jsonify(ok=True)
    flash(gettext("The desk is told. Somebody will come to your seat."), "done")
    return redirect(url_for("judges.tablet", seat_id=seat_id))
