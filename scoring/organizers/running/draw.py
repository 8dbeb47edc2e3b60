"""The draw: seed, witness and cases to enter, what was drawn with all that anybody needs to check it, moves by hand."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Any

from flask import render_template, request

from scoring.actions.running.late_entries import closed_to
from scoring.actions.setting_up.match_plans import KNOCKOUT
from scoring.board.conditions.draws import draw_of, is_drawn, lots_of, may_draw, moves_of, sides_drawn
from scoring.board.conditions.late import ADD_MATCH, late_entries
from scoring.board.reading.facts import format_of
from scoring.board.reading.look import event_of, news
from scoring.board.reading.unplaced import ENTER_LATE
from scoring.board.snapshots.audience import Lots
from scoring.board.views.desk import desk as desk_view
from scoring.board.views.spot_checks import spot_check_of
from scoring.organizers import doors
from scoring.organizers.pressing import Refusal, may
from scoring.organizers.running import forms
from scoring.organizers.running.course_words import course_words
from scoring.organizers.running.desk import TURN_STATES
from scoring.pages.event_meant import event_meant
from scoring.pages.found import found
from scoring.store import Event
from scoring.store.contests import WAITING


@doors.behind("draw")
def draw(contest_id: int) -> str:
    """Show the draw."""
    return page(contest_id, Refusal())


def page(contest_id: int, refusal: Refusal) -> str:
    """The draw as it is now, with what was refused just now; answers 404 if there is no such contest or event."""
    event = found(event_of, contest_id, event_meant())
    desk = desk_view(contest_id, event=event.position)
    return render_template(
        "organizers/running/draw.html",
        desk=desk,
        lots_left=lots_left(event, desk),
        page="draw",
        changed=news(contest_id)["changed"],
        drawn=draw_of(contest_id, event.position),
        sides=sides_drawn(contest_id, event.position),
        moves=moves_of(contest_id, event.position),
        late=[
            one["details"] | {"by": one["by"], "at": one["at"], "lots": lots_of(one["details"])}
            for one in late_entries(contest_id, event.position)
            if one["verb"] in (ENTER_LATE, ADD_MATCH)
        ],
        lots_decided=is_drawn(event),
        open=may_draw(event),
        form=forms.DrawForm(formdata=request.form if refusal.verb == "draw" else None),
        course=course_words(format_of(event).subject),
        turn_states=TURN_STATES,
        refusal=refusal,
        may=may,
        command=command,
        mixing=mixing,
    )


def lots_left(event: Event, desk: Mapping[str, Any]) -> str:
    """What the supervisor's words could still go into, by name: the next draw; "" where nothing is drawn any more."""
    subject = desk["subject"]
    if subject == "document" and (event.coding is None or any(turn["state"] == WAITING for turn in desk["turns"])):
        return "documents"
    if subject == "match" and any(not turn["match"]["drawn"] for turn in desk["turns"]):
        return "order"
    if subject not in ("document", "match") and may_draw(event):
        return "order"
    if subject != "document" and not closed_to(event, 1):
        return "later"
    if matches_follow(event, desk):
        return "matches"
    return "" if spot_check_of(event.contest_id, event.position) else "spot_check"


def matches_follow(event: Event, desk: Mapping[str, Any]) -> bool:
    """Whether a knockout has matches still to come whose sides nobody knows yet, and so nobody can draw."""
    if desk["closing"] is not None:
        return False
    unseeded = any(one.plan.get("pairing") == KNOCKOUT and "seeds" not in one.plan for one in event.rounds)
    known = [match for column in desk["bracket"] or () for match in column["matches"] if not match["bye"]]
    return unseeded or any(match["first"] is None or match["second"] is None for match in known)


def command(drawn: dict[str, Any]) -> str:
    """What anybody can type into a terminal to get the first ticket."""
    seed, number = shlex.quote(drawn["seed"]), shlex.quote(drawn["order"][0]["number"])
    return f"printf '%s\\n%s\\n%s' {seed} {drawn['purpose']} {number} | sha256sum"


def mixing(lots: Lots) -> tuple[str, str]:
    """What anybody can type into a terminal to get the seal that was shown before, and the seed."""
    sealed, typed = shlex.quote(lots["sealed_seed"]), shlex.quote(lots["typed"])
    return f"printf %s {sealed} | sha256sum", f"printf '%s\\n%s' {sealed} {typed} | sha256sum"
