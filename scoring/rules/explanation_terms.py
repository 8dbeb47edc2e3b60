"""The parts of a score that is put together from others: speakers, matches, events, and what each weighs."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from scoring.rules.declared import Record, Shown
from scoring.rules.figures import exact_text


@dataclass(frozen=True)
class Term(Record):
    """One score that another is put together from: speaker, match or event `key`, and what it weighs.

    `exact` times `weight` is what it adds; `shown` is the figure that was published for it.
    """

    key: str
    exact: Fraction
    shown: Shown
    weight: Fraction = Fraction(1)

    def to_data(self) -> dict[str, str]:
        """JSON-able, exact values as strings; by hand, as a judge's line is."""
        exact, weight = exact_text(self.exact), exact_text(self.weight)
        return {"key": self.key, "exact": exact, "shown": str(self.shown), "weight": weight}
