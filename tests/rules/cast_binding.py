"""The fixed cast of the tests of case-file binding: a bench, its two checklists, its explanation."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from scoring.rules import formats
from scoring.rules.explanation import Explanation
from scoring.rules.formats.base import PenaltyFacts, SheetFacts, TurnFacts
from scoring.rules.panel import Standing

FORMAT = formats.get("case_binding")
ALONE = ("",)
ITEMS = ("covers", "index", "completeness", "order", "pagination", "remarks", "craft")
BONUS = {"given": True, "step_seconds": 60, "points_per_step": "0.2", "most": "5"}


def settings(**changes: Any) -> dict[str, Any]:
    return {**FORMAT.defaults(), **changes}


def sheet(**counts: str) -> dict[str, str]:
    """A complete sheet with these counts ("index__wrong_entry"), nothing found in the other items."""
    typed = {name.replace("__", "."): count for name, count in counts.items()}
    said = {f"{item}.nothing_found": "1" for item in ITEMS if not any(name.startswith(item) for name in typed)}
    return said | typed


# 2 blank fields on the covers cost 2, 3 wrong entries 3, a missing item 3, a wrong corner 0.5: 100 − 8.5 = 91.5.
FOUND = sheet(
    covers__blank_or_wrong_field="2",
    index__wrong_entry="3",
    completeness__missing_item="1",
    pagination__wrong_corner="1",
)


def bench(
    *sheets: dict[str, str] | Standing,
    seconds: Any = 3600,
    penalties: tuple[PenaltyFacts, ...] = (),
    **facts: Any,
) -> TurnFacts:
    """Seats 1, 2, … with the checklist each handed in; without any, both found the same 8.5 points."""
    seats = tuple(
        SheetFacts(str(seat), given) if isinstance(given, Standing) else SheetFacts(str(seat), Standing.COUNTED, given)
        for seat, given in enumerate(sheets or (FOUND, FOUND), start=1)
    )
    return TurnFacts(ALONE, seats, penalties, {"seconds": seconds, **facts})


def scored(facts: TurnFacts, **changes: Any) -> Explanation:
    return FORMAT.score(settings(**changes), facts).scores[""].explanation


def final(facts: TurnFacts, **changes: Any) -> Decimal:
    return scored(facts, **changes).final


def lost(reason: str = "起诉书原件遗失") -> list[dict[str, str]]:
    return [{"kind": "lost_original", "reason": reason}]
