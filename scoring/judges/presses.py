"""A press of a judge that comes as a form: what becomes of it, for a browser with scripts and for one without."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response as Json
from flask import flash, jsonify, redirect, url_for
from werkzeug.wrappers import Response

from scoring import wording
from scoring.judges.forms import is_script
from scoring.rules.refusal import Refused


def answer_press(seat_id: int, press: Callable[[int], None], done: str) -> Response | Json:
    """Do what was pressed at a seat; then, and if it is refused, back to the tablet, which says so.

    A script gets the answer that the socket would give. Raises Refused to a script.
    """
    try:
        press(seat_id)
    except Refused as refused:
        if is_script():
            raise
        flash(wording.sentence(refused.problems[0]), "refused")
    else:
        if is_script():
            return jsonify(ok=True)
        flash(done, "done")
    return redirect(url_for("judges.tablet", seat_id=seat_id))
