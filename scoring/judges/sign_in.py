"""Sign-in at a seat: by the PIN on its card, or by its QR code."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from scoring import access, wording
from scoring.board.views.seat import counted_under
from scoring.judges import seating
from scoring.judges.forms import PinForm
from scoring.rules.refusal import Refused
from scoring.store import Seat

#: Sheets that a tablet names which was signed out.
MOST_SENT = 8


def sign_in() -> Response | tuple[str, int]:
    """Ask for the PIN and let the browser in at its seat."""
    access.tablet()  # named before it knocks: a button pressed twice is one tablet
    form = PinForm()
    if not form.validate_on_submit():
        return _ask(form, 422 if form.errors else 200)
    try:
        access.use_door_code()
        return seating.enter(access.seat_by_pin(form.pin.data))
    except Refused as refused:
        if refused.code == "door_code_unknown":
            return _ask(form, 403, door_code=seating.sentence(refused))
        form.pin.errors = [seating.sentence(refused)]
        return _ask(form, seating.refused_status(refused))


def enter(key: str) -> Response | tuple[str, int]:
    """The seat whose card was scanned: a button takes it."""
    return _by_code(access.seat_by_key, key)


def handover(key: str) -> Response | tuple[str, int]:
    """The seat whose code at the desk was scanned: a button takes it."""
    return _by_code(access.seat_by_handover, key)


def _by_code(opens: Callable[[str], access.Opened[Seat]], key: str) -> Response | tuple[str, int]:
    """Show the button, or take the seat where it was pressed; who is refused may enter six digits there."""
    try:
        opened = opens(key)
        return seating.enter(opened) if request.method == "POST" else seating.offer(opened)
    except Refused as refused:
        held = refused.code == "seat_held"
        return _ask(PinForm(formdata=None), seating.refused_status(refused), seating.sentence(refused), held)


def sign_in_again() -> Response | None:
    """Where a judge goes on whose sheet came after the session had ended, None for any other form.

    The sign-in says whether the sheet had been counted before; a sheet that was not stays in the browser's own page.
    """
    if request.endpoint != "judges.mark":
        return None
    sent = request.form.get("submission", "")
    if counted_under(sent) is None:
        return None
    flash(wording.sentence("seat_not_yours"), "refused")
    return redirect(url_for("judges.sign_in", sent=sent), 303)


def _ask(form: PinForm, status: int, notice: str = "", held: bool = False, door_code: str = "") -> tuple[str, int]:
    """The form; where the seat is `held`, the six digits are those that the desk shows, not those on the card.

    Where too many have guessed it also asks for a door code; `door_code` is what is wrong with the one typed.
    """
    counted = [stored for sent in request.args.getlist("sent")[:MOST_SENT] if (stored := counted_under(sent))]
    told = {"notice": notice, "held": held, "waits": status == 429, "door_code_problem": door_code}
    told |= {"page_shown": "judges.sign_in"}  # an address of a card that does not open its seat shows this page too
    return render_template("judges/sign_in.html", form=form, counted=counted, **told), status
