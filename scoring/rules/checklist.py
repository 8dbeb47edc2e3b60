"""A checklist as data: items with a maximum, and the kinds of defect that take points off each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

from scoring.rules.figures import plain, sum_of
from scoring.rules.refusal import Problem, Refused, refuse_any
from scoring.rules.settings import Reader

_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
NOTHING_FOUND = "nothing_found"
T = TypeVar("T", "Defect", "Item")


@dataclass(frozen=True)
class Defect:
    """A kind of defect: each occurrence takes `points` off its item.

    Raises Refused defect_key_malformed, defect_name_missing, points_not_positive. Source: domain page 2C [D].
    """

    key: str
    zh: str
    en: str
    points: Decimal

    def __post_init__(self) -> None:
        problems = []
        if not _KEY.fullmatch(self.key) or self.key == NOTHING_FOUND:
            problems.append(Problem("defect_key_malformed", "key"))
        if not self.zh or not self.en:
            problems.append(Problem("defect_name_missing", "en" if self.zh else "zh"))
        if self.points <= 0:
            problems.append(Problem("points_not_positive", "points"))
        refuse_any(problems)

    @classmethod
    def from_data(cls, data: object) -> Defect:
        """From `to_data`'s shape; named in one language only, it has that name in both. Raises Refused."""
        read = Reader(data, cls.__dataclass_fields__)
        key, zh, en = read.text("key"), read.text("zh"), read.text("en")
        points = read.decimal("points", Decimal(0))
        read.done()
        return cls(key, zh or en, en or zh, points)

    def to_data(self) -> dict[str, object]:
        """JSON-able, decimals as strings."""
        return {"key": self.key, "zh": self.zh, "en": self.en, "points": plain(self.points)}


@dataclass(frozen=True)
class Item:
    """An item worth `maximum` points; its defects together never take off more than that.

    Raises Refused item_key_malformed, item_name_missing, maximum_not_positive, item_without_defects,
    defect_key_twice, defect_above_item (figures maximum): one occurrence cannot cost more than there is.
    Source: domain page 2C.
    """

    key: str
    zh: str
    en: str
    maximum: Decimal
    defects: tuple[Defect, ...]

    def __post_init__(self) -> None:
        problems = []
        if not _KEY.fullmatch(self.key):
            problems.append(Problem("item_key_malformed", "key"))
        if not self.zh or not self.en:
            problems.append(Problem("item_name_missing", "en" if self.zh else "zh"))
        if self.maximum <= 0:
            problems.append(Problem("maximum_not_positive", "maximum"))
        refuse_any([*problems, *self._problems_of_defects()])

    def _problems_of_defects(self) -> list[Problem]:
        problems = [] if self.defects else [Problem("item_without_defects", "defects")]
        problems += _twice("defect_key_twice", [defect.key for defect in self.defects], "defects.")
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

    @classmethod
    def from_data(cls, data: object) -> Item:
        """From `to_data`'s shape; named in one language only, it has that name in both. Raises Refused."""
        read = Reader(data, cls.__dataclass_fields__)
        key, zh, en = read.text("key"), read.text("zh"), read.text("en")
        maximum = read.decimal("maximum", Decimal(0))
        try:
            defects = _read_all(read.data.get("defects", []), Defect.from_data)
        except Refused as refused:
            read.problems += [problem.under("defects") for problem in refused.problems]
        read.done()
        return cls(key, zh or en, en or zh, maximum, defects)

    def to_data(self) -> dict[str, object]:
        """JSON-able, decimals as strings."""
        defects = [defect.to_data() for defect in self.defects]
        return {"key": self.key, "zh": self.zh, "en": self.en, "maximum": plain(self.maximum), "defects": defects}


@dataclass(frozen=True)
class Checklist:
    """All items, in the order they are printed. Raises Refused checklist_empty, item_key_twice."""

    items: tuple[Item, ...]

    def __post_init__(self) -> None:
        problems = [] if self.items else [Problem("checklist_empty")]
        refuse_any([*problems, *_twice("item_key_twice", [item.key for item in self.items], "")])

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

    @classmethod
    def from_data(cls, data: object) -> Checklist:
        """From `to_data`'s shape. Raises Refused with every problem, fields such as "0.defects.1.points"."""
        return cls(_read_all(data, Item.from_data))

    def to_data(self) -> list[dict[str, object]]:
        """JSON-able, decimals as strings."""
        return [item.to_data() for item in self.items]


def _twice(code: str, keys: Sequence[str], under: str) -> list[Problem]:
    return [Problem(code, f"{under}{place}.key", {"key": key}) for place, key in enumerate(keys) if key in keys[:place]]


def _read_all(data: Any, read_one: Callable[[object], T]) -> tuple[T, ...]:
    if not isinstance(data, Sequence) or isinstance(data, str):
        raise Refused.because("settings_malformed")
    good: list[T] = []
    problems: list[Problem] = []
    for place, one in enumerate(data):
        try:
            good.append(read_one(one))
        except Refused as refused:
            problems += [problem.under(str(place)) for problem in refused.problems]
    refuse_any(problems)
    return tuple(good)
