"""The groups' part of an explanation: the figure of each group of judges, and what it weighed in the score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from scoring.rules.declared import Record, Shown
from scoring.rules.figures import exact_text, mean_of, plain


@dataclass(frozen=True)
class GroupLine(Record):
    """One group of judges: `weight` of 100 by the rules, and the `share` that it made of this score.

    The share is another than the weight where a group with too few sheets left its own to the others, and 0 of that
    group. `exact` is the figure that `method` made of `counted` of its `valid` sheets, which add up to `counted_sum`,
    and `shown` the same rounded; all share times exact make the score.
    """

    key: str
    zh: str
    en: str
    weight: Decimal
    share: Fraction
    seats: tuple[str, ...]
    method: str
    valid: int
    counted: int
    counted_sum: Decimal
    exact: Fraction
    shown: Shown
    figures: Mapping[str, str] = field(default_factory=dict)
    sections = ("figures",)

    def to_data(self) -> dict[str, Any]:
        """JSON-able, exact values as strings; by hand, as a judge's line is."""
        told: dict[str, Any] = {
            "key": self.key,
            "zh": self.zh,
            "en": self.en,
            "weight": plain(self.weight),
            "share": exact_text(self.share),
            "seats": list(self.seats),
            "method": self.method,
            "valid": self.valid,
            "counted": self.counted,
            "counted_sum": plain(self.counted_sum),
            "exact": exact_text(self.exact),
            "shown": str(self.shown),
        }
        return {**told, "figures": dict(self.figures)} if self.figures else told


def mean_in(groups: Sequence[GroupLine], values: Mapping[str, Decimal]) -> Fraction:
    """The mean of the judges' values, by seat; of judges in groups the means of the groups by their shares."""
    if not groups:
        return mean_of(values.values())
    mine = ((line, [values[seat] for seat in line.seats if seat in values]) for line in groups if line.share)
    return sum((line.share * mean_of(found) for line, found in mine), Fraction(0))
