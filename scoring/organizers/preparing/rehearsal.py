"""The rehearsal: begun and thrown away with one button each, seat by seat, and the readiness report of one page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import render_template
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from scoring import wording
from scoring.actions.preparing.rehearsing import Known
from scoring.board.views.rehearsal import rehearsal as rehearsal_view
from scoring.board.views.review import is_review
from scoring.organizers import doors
from scoring.organizers.preparing.heading import contest_called, heading
from scoring.organizers.steps import Given, Sent, Step, step
from scoring.rules.refusal import Problem
from scoring.store.contests import OPEN
from scoring.venue.machine import machine_now
from scoring.wording.subjects import judge

SCENES = {
    "welcome": _l("the welcome, before the first is called"),
    "draw": _l("a draw, held while the hall screen is open"),
    "performing": _l("who performs, with the clock"),
    "race": _l("the benches at work, with the clock"),
    "marking": _l("how far the marking is"),
    "score": _l("a score with its marks"),
    "ranking": _l("the ranking alone"),
    "current": _l("the stage alone, without the ranking"),
    "overall": _l("the overall result, on its own hall screen"),
    "message": _l("a text of your own"),
    "frozen": _l("the ranking standing still"),
    "dark": _l("a dark screen"),
    "closing": _l("the end, after the last score"),
}
MATCH_ON = _l("the match that is on, with the clock")
FAULTS = {
    "dead_tablet": _l("a dead tablet: move its seat to a spare one"),
    "cut": _l(
        "a cut: switch a tablet's network off while a sheet is filled in, and on again; the marks must be there still"
    ),
    "restart": _l(
        "a restart: stop the server while a sheet is filled in and start it again; the marks must be there still"
    ),
}
#: By code: what was found, and what to do about it. What the check list finds has its own sentences.
FINDINGS = {
    "not_reached": _l("%(judge)s: no tablet has come. Scan the seat card there."),
    "not_submitted": _l("%(judge)s: no sheet submitted. Mark one as a trial, and submit it."),
    "marks_lost": _l("%(judge)s: after a cut the marks were gone. Take another tablet or browser there."),
    "battery_low": _l("%(judge)s: the battery is too low. Charge it, or plug it in."),
    "battery_unknown": _l("%(judge)s: nobody said how full the battery is."),
    "sound_silent": _l("%(judge)s: the bell was not heard."),
    "sound_unknown": _l("%(judge)s: nobody said whether the bell is heard."),
    "screen_small": _l("%(judge)s: the screen is small (%(what)s). Marking works; a larger tablet is easier."),
    "screen_unknown": _l("%(judge)s: the size of the screen is not known."),
    "scene_not_shown": _l("No hall screen has shown: %(what)s."),
    "fault_not_tried": _l("Not tried: %(what)s."),
    "panel_too_small": _l(
        "No. %(number)s: %(given)s seats may mark, and the rules need %(least)s. Add a seat, or change the recusals."
    ),
    "contest_changed": _l(
        "The contest was changed %(what)s times since the rehearsal began, which the rehearsal does not know. "
        "Begin it anew."
    ),
    "seat_not_in_rehearsal": _l(
        "%(judge)s came after the rehearsal began; nobody has checked this seat. Begin it anew."
    ),
    "address_own_only": _l(
        "The server's address is %(what)s, by which no other device reaches it. Connect it to the venue's network, "
        "or enter its address on the page “Time and address”."
    ),
    "disk_full": _l("The server's disk has %(what)s GB left; at least 2 are needed for a day. Make room."),
}


@doors.behind("rehearsal")
def rehearsal(contest_id: int) -> str:
    """Show the rehearsal of the contest: that one can begin, how the present one stands, or what the last one said."""
    contest = contest_called(contest_id)
    held, about = rehearsal_view(contest_id, machine_now()), heading(contest_id)
    subject = about["subject"]
    findings = (
        [finding | {"said": _said(finding, subject)} for finding in _grouped(held["findings"], subject)] if held else []
    )
    return render_template(
        "organizers/preparing/rehearsal.html",
        contest=about,
        held=held,
        stops=[finding for finding in findings if finding["stops"]],
        open=[finding for finding in findings if not finding["stops"]],
        labels=_names(subject),
        opened=contest.state == OPEN,
        reviewed=is_review(contest_id),
        own_changes=contest.public_revision,
    )


def _names(subject: str) -> dict[str, Any]:
    """What the scenes and faults are called where this is judged."""
    return {**SCENES, **FAULTS} | ({"performing": MATCH_ON} if subject == "match" else {})


def _grouped(findings: Sequence[dict[str, Any]], subject: str) -> list[dict[str, Any]]:
    """The same finding at several seats, or about several things, as one: a report of one page."""
    groups: dict[Any, list[dict[str, Any]]] = {}
    for one in findings:
        about = one["what"] if one["seat"] else ""
        key = one["code"], one["stops"], about, tuple(one.get("figures", {}).items())
        groups.setdefault(key, []).append(one)
    return [_together(group, _names(subject)) for group in groups.values()]


def _together(group: Sequence[dict[str, Any]], named: dict[str, Any]) -> dict[str, Any]:
    whats = dict.fromkeys(str(named.get(one["what"], one["what"])) for one in group)
    seats = (one["seat"] for one in group)
    return group[0] | {"seat": gettext(", ").join(seats), "what": gettext("; ").join(whats)}


def _said(finding: dict[str, Any], subject: str) -> str:
    figures = finding.get("figures", {})
    if finding["code"] not in FINDINGS:
        return wording.sentence(Problem(finding["code"], "", figures))
    return str(FINDINGS[finding["code"]]) % {
        "judge": judge(subject, finding["seat"]),
        "what": finding["what"],
        **figures,
    }


def _answer(sent: Sent) -> Given:
    """What a person beside a tablet says of its bell or its battery."""
    about, said = sent.get("about", ""), sent.get("said") == "1"
    return {"known": Known(sound=said) if about == "sound" else Known(battery=said)}


def _machine(sent: Sent) -> Given:
    return {"machine": machine_now()}


STEPS = {
    "begin": Step("begin_rehearsal"),
    "anew": Step("begin_anew", given=_machine),
    "answer": Step("answer_for_tablet", given=_answer),
    "screen": Step("know_screen"),
    "skip": Step("skip_rest"),
    "end": Step("end_rehearsal", given=_machine),
}


@doors.behind("rehearsal")
def rehearsal_step(contest_id: int, name: str) -> Response:
    """Perform one step of the page."""
    contest_called(contest_id)
    return step(contest_id, "organizers.rehearsal", name, STEPS)
