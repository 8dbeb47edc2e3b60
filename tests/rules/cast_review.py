"""The fixed cast of the tests of suggestion review: a document with its reviews, its outcome."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from scoring.rules import formats
from scoring.rules.explanation import Explanation
from scoring.rules.formats.base import Outcome, PenaltyFacts, SheetFacts, TurnFacts
from scoring.rules.panel import Standing

FORMAT = formats.get("suggestion_review")
ALONE = ("",)
ON_THE_DAY = {"mode": "on_the_day"}
GOOD = {
    "choice": "9",
    "facts": "17.5",
    "analysis": "17",
    "reasoning": "13",
    "operability": "17.5",
    "form": "9",
    "uptake": "4",
}


def settings(**changes: Any) -> dict[str, Any]:
    return {**FORMAT.defaults(), **changes}


def sheet_of(total: str) -> dict[str, str]:
    """A sheet that comes to this total: the criteria filled up one after the other."""
    left = Decimal(total)
    marks = {}
    for criterion in FORMAT.rubric(settings(), "").criteria:
        mark = min(left, criterion.maximum)
        marks[criterion.key] = str(mark)
        left -= mark
    return marks


def document(*given: str | Standing, penalties: tuple[PenaltyFacts, ...] = (), **facts: Any) -> TurnFacts:
    """Seats 1, 2, … with the total each gave, or the standing of those who did not."""
    seats = tuple(
        SheetFacts(str(n), one) if isinstance(one, Standing) else SheetFacts(str(n), Standing.COUNTED, sheet_of(one))
        for n, one in enumerate(given, start=1)
    )
    return TurnFacts(ALONE, seats, penalties, facts)


def outcome(facts: TurnFacts, **changes: Any) -> Outcome:
    return FORMAT.score(settings(**changes), facts)


def explained(facts: TurnFacts, **changes: Any) -> Explanation:
    return outcome(facts, **changes).scores[""].explanation


def final(facts: TurnFacts, **changes: Any) -> str:
    return str(explained(facts, **changes).final)


def by(who: str, seat: str = "3") -> dict[str, str]:
    return {"seat": seat, "by": who}


def fates(facts: TurnFacts) -> list[str]:
    return [line.fate for line in explained(facts).judges]
