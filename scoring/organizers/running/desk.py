"""The desk: one screen that runs a contest. Every verb is a form that works without a script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template, request
from flask_babel import lazy_gettext as _l

from scoring import access
from scoring.actions.running.releases import UNDO_WITHIN
from scoring.board.reading.look import event_of, events_of
from scoring.board.reading.offices import offices_to_ask
from scoring.board.reading.presence import health
from scoring.board.reading.stages import waits
from scoring.board.snapshots.desk import Desk, TurnOnDesk
from scoring.board.views.desk import desk as desk_view
from scoring.organizers import doors
from scoring.organizers.grounds import GROUNDS
from scoring.organizers.pressing import Refusal
from scoring.organizers.running import clock_card, forms
from scoring.organizers.running.course_words import course_words, stands_at
from scoring.pages.asked import number_asked
from scoring.pages.event_meant import event_meant
from scoring.pages.found import found
from scoring.rules.duties import SITE_VERBS
from scoring.rules.publication import AT_END, AT_ONCE, FIRST_TOGETHER
from scoring.store.steady import milliseconds, steady

SEAT_STATES = {
    "empty": _l("not here yet"),
    "draft": _l("saved"),
    "submitted": _l("submitted"),
    "approved": _l("approved"),
    "returned": _l("given back"),
    "recused": _l("recused"),
    "abstained": _l("abstained"),
    "away": _l("away from the seat"),
}
TURN_STATES = {
    "waiting": _l("waiting"),
    "performing": _l("performing"),
    "marking": _l("sheets open"),
    "approved": _l("approved"),
    "released": _l("released"),
}
# What is called otherwise where nobody is called to perform.
STATES_OF = {
    "bench": {"performing": _l("at work"), "marking": _l("being inspected")},
    "document": {"waiting": _l("to be read"), "marking": _l("being read")},
    "test": {"waiting": _l("no result yet"), "marking": _l("entered")},
}
# How a sheet is shown in the matrix of judges and turns.
CELL_STATES = SEAT_STATES | {"returned": _l("sent back"), "missing": _l("missing")}
HEALTH = {
    "online": _l("online"),
    "late": _l("late, heard %(time)s ago"),
    "offline": _l("offline for %(time)s"),
    "absent": _l("not signed in"),
}
WORDS = {
    "online": _l("live"),
    "offline": _l("Connection lost. Trying again …"),
    "not_sent": _l("Not sent: the server did not answer. Press again; doing it twice does no harm."),
}


@doors.behind("desk")
def desk(contest_id: int) -> str:
    """Show the contest's desk."""
    return page(contest_id, Refusal())


def snapshot_of(contest_id: int) -> Desk:
    """The desk of the room that the address names, of the first where there are several, of the whole contest else.

    Answers 404 if there is no such contest, event or room.
    """
    snapshot = found(desk_view, contest_id, number_asked("room"), event_meant())
    if snapshot["room"] is None and len(snapshot["rooms"]) > 1:
        return found(desk_view, contest_id, snapshot["rooms"][0]["room"], event_meant())
    return snapshot


def page(contest_id: int, refusal: Refusal) -> str:
    """The desk as it is now, with what was refused just now."""
    snapshot = snapshot_of(contest_id)
    return render_template(
        "organizers/running/desk.html",
        desk=snapshot,
        page="desk",
        refusal=refusal,
        turns={turn["id"]: turn for turn in snapshot["turns"]},
        health={seat["seat"]: seat for seat in health(contest_id)},
        decisions=_decisions(snapshot),
        undoable=_undoable(snapshot),
        public_when=_public_when(snapshot),
        approves=snapshot["publication"] != AT_ONCE,
        opens=_opens,
        stage_waits=waits(found(event_of, contest_id, event_meant())),
        unclear=offices_to_ask(contest_id),
        devices_wait=bool(access.kept_out()),
        makes_door_codes=access.may(*SITE_VERBS["make_door_code"]),
        **_forms(contest_id, snapshot, refusal),
        **_words(snapshot),
        **clock_card.words_and_figures(),
    )


def _forms(contest_id: int, snapshot: Desk, refusal: Refusal) -> dict[str, Any]:
    """The desk's forms; the one that was refused with what was typed in it."""

    def again(verb: str) -> Any:
        return request.form if refusal.verb == verb else None

    events, chosen = len(events_of(contest_id)), request.args.get("out", "")
    typed = request.form if refusal.verb else None
    return {
        "recuse": forms.recuse_form(snapshot, again("recuse")),
        "send_back": forms.send_back_form(snapshot, again("send_back")),
        "overtime": forms.overtime_form(snapshot, again("add_overtime")),
        "not_performing": forms.not_performing_form(snapshot, events, chosen, again("record_not_performing")),
        "undo": forms.UndoReleaseForm(formdata=again("undo_release")),
        "take_back": forms.WithdrawForm(formdata=None),
        "take_back_again": forms.WithdrawForm(formdata=typed),
        "withdraw": forms.WithdrawForm(formdata=None),
        "refused_withdraw": forms.WithdrawForm(formdata=typed),
    }


def _words(snapshot: Desk) -> dict[str, Any]:
    """What the desk calls things, by what is judged, and how it says figures."""
    subject = snapshot["subject"]
    return {
        "words": words() | {"health": {state: str(said) for state, said in HEALTH.items()}},
        "course": course_words(subject),
        "stands_at": stands_at,
        "judge": forms.judge_of(subject),
        "grounds": GROUNDS,
        "seat_states": SEAT_STATES,
        "cell_states": CELL_STATES,
        "turn_states": states_of(subject),
        "state_of": state_of,
        "health_said": health_said,
        "sent_with": sent_with,
        "since": _seconds_since,
    }


def _decisions(snapshot: Desk) -> list[Any]:
    """The decisions that somebody does not perform, each once however many turns it holds in."""
    return list({one["id"]: one for turn in snapshot["turns"] for one in turn["not_performing"]}.values())


def words() -> dict[str, Any]:
    """The sentences that the script of a desk page says by itself."""
    return {name: str(sentence) for name, sentence in WORDS.items()}


def sent_with(step: Mapping[str, Any]) -> dict[str, Any]:
    """What the main button's form sends with its verb."""
    return {name: step[name] for name in ("turn", "clock", "side") if name in step}


def health_said(seat: Mapping[str, Any]) -> str:
    """How a seat's tablet is, with how long it has not been heard."""
    seconds = seat["seconds"] or 0
    return str(HEALTH[seat["state"]]) % {"time": f"{seconds // 60}:{seconds % 60:02d}"}


def _undoable(snapshot: Desk) -> TurnOnDesk | None:
    """The turn whose release may still be a wrong press."""
    turn = next((turn for turn in snapshot["turns"] if turn["id"] == snapshot["undo_release"]), None)
    since = turn["released_since"] if turn else None
    return turn if since is not None and _seconds_since(since) < UNDO_WITHIN.total_seconds() else None


def _opens(endpoint: str) -> bool:
    """Whether the signed-in account may open a page beside the desk."""
    return doors.may_open(endpoint, access.signed_in().role)


def states_of(subject: str) -> dict[str, Any]:
    """How the states of a turn are called, by what is judged: at a bench nobody performs, a document is read."""
    return TURN_STATES | STATES_OF.get(subject, {})


def state_of(turn: Mapping[str, Any]) -> str:
    """A turn's state as the desk calls it: a released score that is not public yet is approved."""
    return "approved" if turn["state"] == "released" and not turn["public"] else str(turn["state"])


def _public_when(snapshot: Desk) -> str:
    """When an approved score that nobody sees yet becomes public. Source: domain page 2A, publication."""
    if snapshot["publication"] == AT_END:
        return str(course_words(snapshot["subject"]).last)
    if snapshot["performed"] < FIRST_TOGETHER:
        return str(_l("The first three become public together."))
    if snapshot["subject"] == "match":
        return str(_l("Public after the next match."))
    return str(_l("Public when the next has performed."))


def _seconds_since(moment: int) -> int:
    """Whole seconds from a moment of the snapshot until now."""
    return max(0, milliseconds(steady()) - moment) // 1000
