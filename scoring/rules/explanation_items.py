"""The checklist's part of an explanation: items, their defects with counts and points, and where they were seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from scoring.rules.declared import Record
from scoring.rules.figures import plain


@dataclass(frozen=True)
class Sighting(Record):
    """One occurrence of a defect as an inspector's sheet gives it; page and note may be ""."""

    seat: str
    page: str
    note: str


@dataclass(frozen=True)
class DefectLine(Record):
    """One kind of defect: the agreed count, what each costs in points, and how the count came about.

    `found` is each inspector's count by seat; `reason` is the chief's where the chief settled the line, else "".
    """

    key: str
    zh: str
    en: str
    count: int
    each: Decimal
    found: Mapping[str, int]
    reason: str = ""
    sightings: tuple[Sighting, ...] = ()

    @property
    def points(self) -> Decimal:
        """The points that the line takes off before its item's cap."""
        return self.each * self.count

    def to_data(self) -> dict[str, Any]:
        """JSON-able, decimals as strings; by hand, as a judge's line is."""
        return {
            "key": self.key,
            "zh": self.zh,
            "en": self.en,
            "count": self.count,
            "each": plain(self.each),
            "points": plain(self.points),
            "found": dict(self.found),
            "reason": self.reason,
            "sightings": [sighting.to_data() for sighting in self.sightings],
        }


@dataclass(frozen=True)
class ItemLine(Record):
    """One item of a checklist: `deducted` points in all its lines, of which at most `maximum` are taken off.

    `defects` are the lines on which anything was found or settled; `nothing_found` says that the item was looked
    at and is without a defect.
    """

    key: str
    zh: str
    en: str
    maximum: Decimal
    deducted: Decimal
    left: Decimal
    nothing_found: bool
    defects: tuple[DefectLine, ...] = ()

    @property
    def capped(self) -> bool:
        """Whether the defects would have cost more than the item is worth."""
        return self.deducted > self.maximum

    def to_data(self) -> dict[str, Any]:
        """JSON-able, decimals as strings; by hand, as a judge's line is."""
        return {
            "key": self.key,
            "zh": self.zh,
            "en": self.en,
            "maximum": plain(self.maximum),
            "deducted": plain(self.deducted),
            "left": plain(self.left),
            "capped": self.capped,
            "nothing_found": self.nothing_found,
            "defects": [line.to_data() for line in self.defects],
        }
