"""The clocks as desk and timekeeper run them: which one is in front, and what is left on each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scoring.organizers.pressing import may
from scoring.store.steady import milliseconds, steady
from scoring.wording.subjects import SIDES

View = Mapping[str, Any]


def words_and_figures() -> dict[str, Any]:
    """What the templates of a page with clocks need besides its snapshot."""
    return {"may": may, "in_front": in_front, "left_of": left_of, "sides": SIDES}


def in_front(clocks: Sequence[View]) -> list[View]:
    """The clock to show large, with both sides of a dual one: what runs, else what was begun last, else the first."""
    begun = [clock for clock in clocks if clock["begun"]] or list(clocks[:1])
    chosen = next((clock for clock in begun if clock["running_since"] is not None), begun[-1] if begun else None)
    return [clock for clock in clocks if chosen and clock["key"] == chosen["key"]]


def left_of(clock: View) -> str:
    """What is left on a clock now, as minutes and seconds; time over has a minus."""
    ran = milliseconds(steady()) - clock["running_since"] if clock["running_since"] is not None else 0
    left = -int((clock["spent_ms"] + max(0, ran) - clock["seconds"] * 1000) // 1000)
    sign, seconds = ("−", -left) if left < 0 else ("", left)
    return f"{sign}{seconds // 60}:{seconds % 60:02d}"
