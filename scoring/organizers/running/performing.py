"""A verb that comes as a form: performed, then the page that it came from, with what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import abort, flash, redirect, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from scoring import access, wording
from scoring.actions.pressing import perform_named
from scoring.actions.registry import heard, verbs
from scoring.extensions import db
from scoring.organizers import doors
from scoring.organizers.preparing import seats
from scoring.organizers.pressing import Refusal
from scoring.organizers.running import (
    benches,
    clocks,
    desk,
    differences,
    draw,
    forms,
    handovers,
    late,
    marks,
    points,
    totals,
)
from scoring.rules.numbers import whole_number
from scoring.rules.publication import AT_ONCE
from scoring.rules.refusal import Refused
from scoring.store import Seat
from scoring.wording import subjects

# The pages with forms, by the name that each form sends along: what makes the page, and where it is.
PAGES: Mapping[str, tuple[Callable[[int, Refusal], str], str]] = {
    "desk": (desk.page, "organizers.desk"),
    "clocks": (clocks.page, "organizers.clocks"),
    "draw": (draw.page, "organizers.draw"),
    "benches": (benches.page, "organizers.benches"),
    "differences": (differences.page, "organizers.differences"),
    "totals": (totals.page, "organizers.totals"),
    "points": (points.page, "organizers.points"),
    "handovers": (handovers.page, "organizers.handovers"),
    "late": (late.page, "organizers.late"),
    "marks": (marks.page, "organizers.marks"),
    "seats": (seats.page, "organizers.seats"),
}
#: Verbs that say something else where a score is not public at once, or a reviewer has no name.
OTHERWISE = {
    "release": _l("The score of no. %(number)s is approved."),
    "send_back": _l("The reviewer is asked about the sheet for no. %(number)s. Both versions will stay on record."),
}


@access.anyone
def back_from_verb(contest_id: int, verb: str) -> Response:
    """Whoever reloads or comes back to the address of a refused form gets a page again."""
    if verb not in heard():
        abort(404)
    return redirect(url_for(_page("")[1], contest_id=contest_id))


@access.anyone
def perform_verb(contest_id: int, verb: str) -> Response | tuple[str, int]:
    """Perform a verb; a refusal shows the page again with what was typed and what is wrong with it."""
    if verb not in heard():
        abort(404)
    sent = request.form.to_dict()
    make, address = _page(sent.get("page", ""))
    try:
        perform_named(verb, access.actor(), contest_id, sent, sent.get("request"))
    except Refused as refused:
        access.note_refusal(refused)
        return make(contest_id, _refusal(verb, sent, refused)), 409
    if said := _said(contest_id, verb, sent):
        flash(said, "done")
    return redirect(url_for(address, contest_id=contest_id, room=request.args.get("room")), 303)


def _page(name: str) -> tuple[Callable[[int, Refusal], str], str]:
    """The page of that name if the account may open it, else its first page with forms; answers 403 if it has none."""
    role = access.signed_in().role
    mine = [page for page in PAGES if doors.may_open(page, role)]
    if not mine:
        abort(403)
    return PAGES[name if name in mine else mine[0]]


def _refusal(verb: str, sent: Mapping[str, str], refused: Refused) -> Refusal:
    """Each problem beside its field where the verb's form shows that field, else in one sentence for all."""
    typed = verb in forms.FORMS and "proposed" not in sent  # nobody typed what was proposed
    shown = forms.FORMS[verb]() if typed else {}
    beside = {item.field: wording.sentence(item) for item in refused.problems if item.field in shown}
    others = [wording.sentence(item) for item in refused.problems if item.field not in shown]
    return Refusal(verb, refused.code, sent, " ".join(others), beside)


def _said(contest_id: int, verb: str, sent: Mapping[str, str]) -> str:
    """What was done, with the numbers that people know; "" where the page shows it anyway."""
    snapshot = desk.snapshot_of(contest_id)
    number = {str(turn["id"]): turn["number"] for turn in snapshot["turns"]}.get(sent.get("turn", ""))
    seat = _seat_number(sent.get("seat", ""))
    unnamed = verb == "send_back" and sent.get("sheet")
    otherwise = unnamed or (verb == "release" and snapshot["publication"] != AT_ONCE)
    said = str(OTHERWISE[verb] if otherwise else verbs()[verb].done) % {
        "number": number,
        "typed": sent.get("number", ""),
        "judge": subjects.judge(snapshot["subject"], seat),
    }
    return subjects.paired(said)


def _seat_number(sent: str) -> int | None:
    """The number of the seat that was sent, whichever turn it marks; None where none was."""
    seat_id = whole_number(sent)
    seat = None if seat_id is None else db.session.get(Seat, seat_id)
    return seat.number if seat else None
