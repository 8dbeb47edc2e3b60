"""The fixed cast of the debate's tests: settings, sheets and matches."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from scoring.rules import formats
from scoring.rules.formats.base import Outcome, PenaltyFacts, SheetFacts, TurnFacts
from scoring.rules.formats.debate import defaults_for
from scoring.rules.panel import Standing

FORMAT = formats.get("debate")
SIDES = ("control", "defence")
Sheet = dict[str, str]


def settings(speakers: int = 2, decide: str = "scores", **changes: Any) -> dict[str, Any]:
    """A debate's settings for a way to decide, with what that way asks for; team matches without speakers' sheets."""
    individual = decide in ("individual_ranking", "sum_of_speakers")
    ties = ["exact_value", "format_step", "untrimmed_mean", "play_off", "shared_rank"]
    if individual:
        ties.insert(1, "key_criterion")
    if decide == "individual_ranking":
        ties.remove("format_step")
    fitting = {
        "decide": decide,
        "individual_sheets": individual,
        "silent": {"points": "10", "from": "speaker" if individual else "side"},
        "tied_match": "secret_ballot",
        "ties": ties,
    }
    made = {**defaults_for(speakers), **fitting, **changes}
    FORMAT.check_settings(made)
    return made


def team(part: str, free_debate: str) -> Sheet:
    """A side's marks without cross-examination: 60 less the free debate, whose mark is given."""
    marks = {"opening": "25", "closing": "15", "teamwork": "10", "manner": "10", "free_debate": free_debate}
    return {f"{part}.{key}": mark for key, mark in marks.items()}


def speaker(part: str, evidence: str) -> Sheet:
    """A speaker's marks: 60 less the evidence, whose mark is given."""
    marks = {"argument": "20", "rebuttal": "20", "logic": "10", "manner": "10", "evidence": evidence}
    return {f"{part}.{key}": mark for key, mark in marks.items()}


def teams(control: str, defence: str) -> Sheet:
    """A sheet of both sides by their marks for the free debate; totals are 60 more."""
    return team("control", control) | team("defence", defence)


def duel(control: str, defence: str) -> Sheet:
    """A sheet of a 1v1 by the marks for evidence; totals are 60 more."""
    return speaker("control.1", control) | speaker("defence.1", defence)


def votes(sheet: Sheet, impression: str, deciding: str) -> Sheet:
    """The sheet with the judge's ballots, named by the side's first letter."""
    named = {"c": "control", "d": "defence"}
    return sheet | {"ballot.impression": named[impression], "ballot.deciding": named[deciding]}


def match(
    given: dict[str, Any],
    *sheets: Sheet | Standing,
    penalties: tuple[PenaltyFacts, ...] = (),
    **facts: Any,
) -> TurnFacts:
    """Seats 1, 2, … with the sheet each handed in, or the standing of those who did not."""
    seats = tuple(
        SheetFacts(str(seat), sheet) if isinstance(sheet, Standing) else SheetFacts(str(seat), Standing.COUNTED, sheet)
        for seat, sheet in enumerate(sheets, start=1)
    )
    return TurnFacts(FORMAT.parts(given), seats, penalties, facts)


def outcome(given: dict[str, Any], *sheets: Sheet | Standing, **more: Any) -> Outcome:
    return FORMAT.score(given, match(given, *sheets, **more))


def off(part: str, points: str, kind: str = "overtime", reason: str = "") -> PenaltyFacts:
    return PenaltyFacts(part, kind, Decimal(points), reason)
