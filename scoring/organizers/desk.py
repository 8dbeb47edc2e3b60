"""The desk: one screen that runs a contest. Every verb is a form that works without a script."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from scoring import access, board, wording
from scoring.actions import verbs
from scoring.organizers import forms
from scoring.rules.refusal import Refused
from scoring.store.model import now

Snapshot = dict[str, Any]

SAID = {
    "call": _l("No. %(number)s is called."),
    "undo_call": _l("The call of no. %(number)s is taken back; it waits again."),
    "release": _l("The score of no. %(number)s is released."),
    "recuse": _l("Judge %(seat)s does not mark no. %(number)s. This is on record."),
    "reinstate": _l("Judge %(seat)s marks no. %(number)s again."),
    "add_overtime": _l("The overtime of no. %(number)s is recorded."),
    "withdraw_penalty": _l("The penalty is withdrawn. It stays on record."),
    "plan_benches": _l("The benches are planned and their inspectors assigned."),
    "start_benches": _l("The batch has started."),
    "stop_bench": _l("The time of no. %(number)s is stopped."),
    "undo_stop": _l("The stop of no. %(number)s is taken back; its time goes on."),
    "hand_in": _l("The file of no. %(number)s is handed in."),
    "settle_difference": _l("The difference is settled. Both sheets stay on record."),
    "rule_cap": _l("The cap is ruled."),
    "withdraw_cap": _l("The cap is taken back. That it was ruled stays on record."),
}
SEAT_STATES = {
    "empty": _l("not begun"),
    "draft": _l("marking"),
    "submitted": _l("submitted"),
    "recused": _l("recused"),
    "abstained": _l("abstained"),
}
TURN_STATES = {
    "waiting": _l("waiting"),
    "performing": _l("performing"),
    "marking": _l("sheets open"),
    "released": _l("released"),
}
WORDS = {
    "online": _l("live"),
    "offline": _l("Connection lost. Trying again …"),
    "not_sent": _l("Not sent: the server did not answer. Press again; doing it twice does no harm."),
}


@dataclass(frozen=True)
class Refusal:
    """What was refused just now: the verb, what was sent, a sentence for all and those beside fields."""

    verb: str = ""
    code: str = ""
    sent: Mapping[str, str] = field(default_factory=dict)
    sentence: str = ""
    beside: Mapping[str, str] = field(default_factory=dict)


@access.organizer
def desk(contest_id: int) -> str:
    """Show the contest's desk."""
    return _page(_snapshot(contest_id), Refusal())


@access.organizer
def back_to_desk(contest_id: int, verb: str) -> Response:
    """Whoever reloads or comes back to the address of a refused form gets the desk."""
    if verb not in verbs.VERBS:
        abort(404)
    return redirect(url_for("organizers.desk", contest_id=contest_id))


@access.organizer
def perform_verb(contest_id: int, verb: str) -> Response | tuple[str, int]:
    """Perform a verb; a refusal shows the desk again with what was typed and what is wrong with it."""
    if verb not in verbs.VERBS:
        abort(404)
    account = access.account()
    assert account is not None
    sent = request.form.to_dict()
    try:
        verbs.perform_named(verb, access.account_actor(account), contest_id, sent, sent.get("request"))
    except Refused as refused:
        return _page(_snapshot(contest_id), _refusal(verb, sent, refused)), 409
    flash(_said(_snapshot(contest_id), verb, sent), "done")
    return redirect(url_for("organizers.desk", contest_id=contest_id), 303)


def _snapshot(contest_id: int) -> Snapshot:
    try:
        return board.desk(contest_id)
    except LookupError:
        abort(404)


def _refusal(verb: str, sent: Mapping[str, str], refused: Refused) -> Refusal:
    """Each problem beside its field where the verb's form shows that field, else in one sentence for all."""
    shown = forms.FORMS[verb]() if verb in forms.FORMS else {}
    beside = {item.field: wording.sentence(item) for item in refused.problems if item.field in shown}
    others = [wording.sentence(item) for item in refused.problems if item.field not in shown]
    return Refusal(verb, refused.code, sent, " ".join(others), beside)


def _said(snapshot: Snapshot, verb: str, sent: Mapping[str, str]) -> str:
    """What was done, with the numbers that people know."""
    number = {str(turn["id"]): turn["number"] for turn in snapshot["turns"]}.get(sent.get("turn", ""))
    seat = {str(seat["id"]): seat["number"] for seat in snapshot["seats"]}.get(sent.get("seat", ""))
    return str(SAID[verb]) % {"number": number, "seat": seat}


def _page(snapshot: Snapshot, refusal: Refusal) -> str:
    again = request.form if refusal.verb else None
    return render_template(
        "organizers/desk.html",
        desk=snapshot,
        turns={turn["id"]: turn for turn in snapshot["turns"]},
        refusal=refusal,
        recuse=forms.recuse_form(snapshot, again if refusal.verb == "recuse" else None),
        overtime=forms.overtime_form(snapshot, again if refusal.verb == "add_overtime" else None),
        withdraw=forms.WithdrawForm(formdata=None),
        refused_withdraw=forms.WithdrawForm(formdata=again),
        new_request=lambda: secrets.token_hex(16),
        since=_seconds_since,
        judge=forms.judge,
        grounds=forms.GROUNDS,
        seat_states=SEAT_STATES,
        turn_states=TURN_STATES,
        words={name: str(words) for name, words in WORDS.items()},
    )


def _seconds_since(moment: str) -> int:
    """Whole seconds from a moment of the snapshot until now, by the server's clock."""
    return max(0, int((now() - datetime.fromisoformat(moment)).total_seconds()))
