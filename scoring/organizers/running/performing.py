"""A verb that comes as a form: performed, then the page that it came from, with what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from scoring import access, wording
from scoring.actions import verbs
from scoring.extensions import db
from scoring.organizers import doors
from scoring.organizers.preparing import seats
from scoring.organizers.pressing import Refusal
from scoring.organizers.running import benches, clocks, desk, differences, draw, forms, handovers, late, marks, totals
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
    "handovers": (handovers.page, "organizers.handovers"),
    "late": (late.page, "organizers.late"),
    "marks": (marks.page, "organizers.marks"),
    "seats": (seats.page, "organizers.seats"),
}
# A clock shows by itself what was done with it.
SAID = {
    "call": _l("No. %(number)s is called."),
    "undo_call": _l("The call of no. %(number)s is taken back; it waits again."),
    "release": _l("The score of no. %(number)s is released."),
    "approve": _l("The score of no. %(number)s is approved."),
    "recuse": _l("%(judge)s does not mark no. %(number)s. This is on record."),
    "reinstate": _l("%(judge)s marks no. %(number)s again."),
    "add_overtime": _l("The overtime of no. %(number)s is recorded."),
    "record_not_performing": _l("It is recorded who does not perform. Everything else goes on."),
    "record_unplaced": _l("It is recorded who does not perform. Everything else goes on."),
    "withdraw_not_performing": _l("It is taken back. That it was recorded stays on record."),
    "withdraw_penalty": _l("The penalty is withdrawn. It stays on record."),
    "draw_sides": _l("The sides of this round are drawn. The seed and the witness are on record."),
    "mark_silent": _l("Recorded for no. %(number)s; the rules say what it costs."),
    "record_play_off": _l("The play-off of no. %(number)s is recorded."),
    "plan_benches": _l("The benches are planned and their inspectors assigned."),
    "start_benches": _l("The batch has started."),
    "stop_bench": _l("The time of no. %(number)s is stopped."),
    "undo_stop": _l("The stop of no. %(number)s is taken back; its time goes on."),
    "hand_in": _l("The file of no. %(number)s is handed in."),
    "settle_difference": _l("The difference is settled. Both sheets stay on record."),
    "rule_cap": _l("The cap is ruled."),
    "withdraw_cap": _l("The cap is taken back. That it was ruled stays on record."),
    "unlock_panel": _l("The sheets of no. %(number)s are unlocked. Each judge submits again."),
    "send_back_unnamed": _l(
        "The reviewer is asked about the sheet for no. %(number)s. Both versions will stay on record."
    ),
    "send_back": _l("%(judge)s is asked about the sheet for no. %(number)s. Both versions will stay on record."),
    "answer_call": _l("The judge is told that somebody is coming."),
    "open_handover": _l("The handover is open for ten minutes. Scan the code with the spare tablet."),
    "settle_attempt": _l("Noted. The tablet that holds the seat goes on holding it."),
    "close_handover": _l("The handover is closed; its code is worth nothing any more."),
    "draw": _l("The order is drawn and on record."),
    "type_seed": _l("It is on record, and mixed with the next draw."),
    "close_marking": _l("The marking of no. %(number)s is closed."),
    "reopen_marking": _l("The marking of no. %(number)s is open again."),
    "ask_for_checks": _l("Changed. It holds from the next release on."),
    "check_totals": _l("The totals of no. %(number)s are confirmed."),
    "undo_check": _l("Your confirmation of no. %(number)s is taken back."),
    "undo_release": _l("The release of no. %(number)s is taken back; every screen shows so."),
    "seat_reserve": _l("The reserve judge marks no. %(number)s now in this place. This is on record."),
    "stand_down": _l("The reserve judge does not mark no. %(number)s any more. This is on record."),
    "enter_late": _l("No. %(typed)s is entered late. This is on record."),
    "remove_late": _l("No. %(typed)s is taken off again. This is on record."),
    "add_match": _l("The match is added and its sides are drawn. This is on record."),
    "add_seat": _l("The seat is added, with a code of its own. It marks from the next call on."),
    "remove_seat": _l("The seat is taken away again. This is on record."),
    "excuse_earlier": _l("This seat owes nothing of what was called before, and marks from the next call on."),
    "split_room": _l("The room is open. Enter who sits there and print the seat cards."),
    "undo_split": _l("The room is closed; its turns are back where they came from."),
    "move_turn": _l("No. %(number)s is moved. The change is on record."),
}


@access.anyone
def back_from_verb(contest_id: int, verb: str) -> Response:
    """Whoever reloads or comes back to the address of a refused form gets a page again."""
    if verb not in verbs.VERBS:
        abort(404)
    return redirect(url_for(_page("")[1], contest_id=contest_id))


@access.anyone
def perform_verb(contest_id: int, verb: str) -> Response | tuple[str, int]:
    """Perform a verb; a refusal shows the page again with what was typed and what is wrong with it."""
    if verb not in verbs.VERBS:
        abort(404)
    sent = request.form.to_dict()
    make, address = _page(sent.get("page", ""))
    try:
        verbs.perform_named(verb, access.actor(), contest_id, sent, sent.get("request"))
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
    snapshot: dict[str, Any] = desk.snapshot_of(contest_id)
    number = {str(turn["id"]): turn["number"] for turn in snapshot["turns"]}.get(sent.get("turn", ""))
    seat = _seat_number(sent.get("seat", ""))
    told = "approve" if verb == "release" and snapshot["publication"] != AT_ONCE else verb
    told = "send_back_unnamed" if verb == "send_back" and sent.get("sheet") else told
    said = str(SAID.get(told, "")) % {
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
