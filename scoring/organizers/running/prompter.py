"""The host's prompter (主持人): what to say now, large, with figures only once they are released."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from flask_babel import gettext

from scoring import board
from scoring.announcing import announced
from scoring.event_meant import event_meant
from scoring.found import found
from scoring.organizers import doors
from scoring.subjects import SIDES


@doors.behind("prompter")
def prompter(contest_id: int) -> str:
    """Show what the host says now and next."""
    shown = found(board.prompter, contest_id, event_meant(), request.args.get("room", type=int))
    return render_template("organizers/prompter.html", prompter=shown, call=call, result=_result(shown))


def call(turn: dict[str, Any]) -> str:
    """How whoever comes on is called: by number, both sides of a match."""
    if not turn["sides"]:
        return gettext("Contestant no. %(number)s, please.", number=turn["number"])
    sides = {side["side"]: side["number"] for side in turn["sides"]}
    return gettext(
        "Prosecution no. %(control)s and defence no. %(defence)s, please.",
        control=sides["control"],
        defence=sides["defence"],
    )


def _result(shown: dict[str, Any]) -> list[str]:
    """What is read out of the newest public result, sentence by sentence; [] before the first."""
    if shown["match"]:
        return _match(shown["match"])
    return announced(shown["latest"], shown["contest"]["subject"]) if shown["latest"] else []


def _match(match: dict[str, Any]) -> list[str]:
    said = [
        gettext("%(side)s, no. %(number)s %(name)s: %(figure)s.", side=SIDES[side["side"]], **_figures(side))
        for side in match["sides"]
    ]
    won = next((side for side in match["sides"] if side["side"] == match["winner"]), None)
    if won is None:
        return [*said, gettext("The match is tied.")]
    return [*said, gettext("No. %(number)s %(name)s has won.", number=won["number"], name=won["name"])]


def _figures(side: dict[str, Any]) -> dict[str, str]:
    return {"number": side["number"], "name": side["name"], "figure": side["precise"]}
