"""The host's prompter (主持人): what to say now, large, with figures only once they are released."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext

from scoring.board.snapshots.audience import Next, Now, Unranked
from scoring.board.snapshots.matches import Away, MatchResult, ResultSide
from scoring.board.snapshots.pages import Prompter
from scoring.board.views.prompter import prompter as prompter_view
from scoring.exports.words import named
from scoring.organizers import doors
from scoring.pages.asked import number_asked
from scoring.pages.event_meant import event_meant
from scoring.pages.found import found
from scoring.rules.not_performing import FORFEIT
from scoring.wording.announcing import announced
from scoring.wording.subjects import SIDES


@doors.behind("prompter")
def prompter(contest_id: int) -> str:
    """Show what the host says now and next."""
    shown = found(prompter_view, contest_id, event_meant(), number_asked("room"))
    return render_template(
        "organizers/running/prompter.html", prompter=shown, call=call, result=_result(shown), out=_out(shown)
    )


def call(turn: Now | Next) -> str:
    """How whoever comes on is called: by number, both sides of a match."""
    if not turn["sides"]:
        return gettext("Contestant no. %(number)s, please.", number=turn["number"])
    sides = {side["side"]: side["number"] for side in turn["sides"]}
    return gettext(
        "Prosecution no. %(control)s and defence no. %(defence)s, please.",
        control=sides["control"],
        defence=sides["defence"],
    )


def _out(shown: Prompter) -> list[str]:
    """Who does not perform, each in one sentence."""
    return [is_out(one, named(one["ground"])) for one in shown["out"]]


def _result(shown: Prompter) -> list[str]:
    """What is read out of the newest public result, sentence by sentence; [] before the first."""
    if shown["match"]:
        return _match(shown["match"])
    return announced(shown["latest"], shown["contest"]["subject"]) if shown["latest"] else []


def _match(match: MatchResult) -> list[str]:
    forfeited = match["decided_by"] == FORFEIT
    said = [sentence for side in match["sides"] for sentence in _side(side, match["winner"], forfeited)]
    won = next((side for side in match["sides"] if side["side"] == match["winner"]), None)
    if won is not None:
        return [*said, gettext("No. %(number)s %(name)s has won.", number=won["number"], name=won["name"])]
    return [*said, gettext("Nobody has won the match.") if forfeited else gettext("The match is tied.")]


def _side(side: ResultSide, winner: str | None, forfeited: bool) -> list[str]:
    """A side's figure and which of its speakers are away; of a forfeited match only who is not there."""
    about = {"side": SIDES[side["side"]], "number": side["number"], "name": side["name"]}
    if forfeited and side["side"] != winner:
        return [gettext("%(side)s, no. %(number)s %(name)s, does not perform.", **about)]
    figure = gettext("%(side)s, no. %(number)s %(name)s: %(figure)s.", **about, figure=side["precise"])
    return ([] if forfeited else [figure]) + [is_out(one, named(one)) for one in side["away"]]


def is_out(one: Unranked | Away, ground: str) -> str:
    """What the host says of somebody who does not perform."""
    if not one["name"]:
        return gettext("No. %(number)s: %(ground)s.", number=one["number"], ground=ground)
    return gettext("No. %(number)s %(name)s: %(ground)s.", number=one["number"], name=one["name"], ground=ground)
