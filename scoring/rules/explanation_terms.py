"""The parts of a score that is put together from others: speakers, matches, events, and what each weighs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from scoring.rules.figures import exact_text, read_exact, read_stored


@dataclass(frozen=True)
class Term:
    """One score that another is put together from: speaker, match or event `key`, and what it weighs.

    `exact` times `weight` is what it adds; `shown` is the figure that was published for it.
    """

    key: str
    exact: Fraction
    shown: Decimal
    weight: Fraction = Fraction(1)

    def to_data(self) -> dict[str, str]:
        """JSON-able, exact values as strings."""
        exact, weight = exact_text(self.exact), exact_text(self.weight)
        return {"key": self.key, "exact": exact, "shown": str(self.shown), "weight": weight}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Term:
        """From `to_data`'s shape."""
        exact, weight = read_exact(data["exact"]), read_exact(data["weight"])
        return cls(data["key"], exact, read_stored(data["shown"]), weight)
