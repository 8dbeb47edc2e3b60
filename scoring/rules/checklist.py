"""A checklist as data: items with a maximum, and the kinds of defect that take points off each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from scoring.rules.declared import Listing, Named, keys_twice
from scoring.rules.figures import plain, sum_of
from scoring.rules.refusal import Problem, refuse_any

_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
NOTHING_FOUND = "nothing_found"


@dataclass(frozen=True)
class Defect(Named):
    """A kind of defect: each occurrence takes `points` off its item.

    Raises Refused defect_key_malformed, defect_name_missing, points_not_positive. Source: domain page 2C [D].
    """

    points: Decimal

    def __post_init__(self) -> None:
        problems = []
        if not _KEY.fullmatch(self.key) or self.key == NOTHING_FOUND:
            problems.append(Problem("defect_key_malformed", "key"))
        problems += self.without_name("defect_name_missing")
        if self.points <= 0:
            problems.append(Problem("points_not_positive", "points"))
        refuse_any(problems)


@dataclass(frozen=True)
class Item(Named):
    """An item worth `maximum` points; its defects together never take off more than that.

    Raises Refused item_key_malformed, item_name_missing, maximum_not_positive, item_without_defects,
    defect_key_twice, defect_above_item (figures maximum): one occurrence cannot cost more than there is.
    Source: domain page 2C.
    """

    maximum: Decimal
    defects: tuple[Defect, ...]

    def __post_init__(self) -> None:
        problems = []
        if not _KEY.fullmatch(self.key):
            problems.append(Problem("item_key_malformed", "key"))
        problems += self.without_name("item_name_missing")
        if self.maximum <= 0:
            problems.append(Problem("maximum_not_positive", "maximum"))
        refuse_any([*problems, *self._problems_of_defects()])

    def _problems_of_defects(self) -> list[Problem]:
        problems = [] if self.defects else [Problem("item_without_defects", "defects")]
        problems += keys_twice("defect_key_twice", self.defects, "defects.")
        problems += [
            Problem("defect_above_item", f"defects.{place}.points", {"maximum": plain(self.maximum)})
            for place, defect in enumerate(self.defects)
            if 0 < self.maximum < defect.points
        ]
        return problems

    def deducted(self, counts: Mapping[str, int]) -> Decimal:
        """The points of so many occurrences by defect key, before the item's cap."""
        return sum_of(defect.points * counts.get(defect.key, 0) for defect in self.defects)

    def left(self, counts: Mapping[str, int]) -> Decimal:
        """The points the item still has, never fewer than 0. Source: domain page 2C, capped by each item's maximum."""
        return sum_of([self.maximum, -min(self.maximum, self.deducted(counts))])


@dataclass(frozen=True)
class Checklist(Listing):
    """All items, in the order they are printed. Raises Refused checklist_empty, item_key_twice."""

    items: tuple[Item, ...]

    def __post_init__(self) -> None:
        problems = [] if self.items else [Problem("checklist_empty")]
        refuse_any([*problems, *keys_twice("item_key_twice", self.items)])

    @cached_property
    def maximum(self) -> Decimal:
        """The points of a sheet without a defect."""
        return sum_of(item.maximum for item in self.items)

    def lines(self) -> Iterator[tuple[Item, Defect]]:
        """Every item with each of its defects, in order."""
        return ((item, defect) for item in self.items for defect in item.defects)

    def costs(self) -> dict[str, dict[str, Any]]:
        """The maximum of each item and what one occurrence of each defect costs, by its field, decimals as strings."""
        return {
            item.key: {
                "maximum": plain(item.maximum),
                "points": {f"{item.key}.{defect.key}": plain(defect.points) for defect in item.defects},
            }
            for item in self.items
        }

    def entry_names(self) -> dict[str, dict[str, str]]:
        """What the entries of a sheet are called in both languages, by item and defect."""
        clean = {
            f"{item.key}.{NOTHING_FOUND}": {"zh": f"{item.zh}：未发现问题", "en": f"{item.en}: nothing found"}
            for item in self.items
        }
        found = {
            f"{item.key}.{defect.key}": {"zh": f"{item.zh}：{defect.zh}", "en": f"{item.en}: {defect.en}"}
            for item, defect in self.lines()
        }
        return clean | found
