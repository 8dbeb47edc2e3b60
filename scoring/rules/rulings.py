"""What a chief may rule on one entry: a cap on its total, a fixed penalty, a void. All of them are editable data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Protocol, TypeVar

from scoring.rules.explanation import CapLine
from scoring.rules.figures import plain
from scoring.rules.refusal import Problem, Refused, refuse_any
from scoring.rules.settings import Reader

LONGEST_REASON = 400


class Ruling(Protocol):
    """Anything that can be ruled, by key."""

    @property
    def key(self) -> str:
        """What it is recorded as."""


R = TypeVar("R", bound=Ruling)


@dataclass(frozen=True)
class Cap:
    """A limit of `limit` points on the total of an entry that has this fault, before the penalties.

    Raises Refused ruling_key_missing, ruling_name_missing, limit_not_positive. Source: domain pages 2C and 2D [D].
    """

    key: str
    zh: str
    en: str
    limit: Decimal

    def __post_init__(self) -> None:
        problems = _problems_of_names(self.key, self.zh, self.en)
        if self.limit <= 0:
            problems.append(Problem("limit_not_positive", "limit"))
        refuse_any(problems)

    @classmethod
    def from_data(cls, data: object) -> Cap:
        """From `to_data`'s shape. Raises Refused."""
        read = Reader(data, cls.__dataclass_fields__)
        key, zh, en = read.text("key"), read.text("zh"), read.text("en")
        limit = read.decimal("limit", Decimal(0))
        read.done()
        return cls(key, zh or en, en or zh, limit)

    def to_data(self) -> dict[str, object]:
        """JSON-able, decimals as strings."""
        return {"key": self.key, "zh": self.zh, "en": self.en, "limit": plain(self.limit)}


@dataclass(frozen=True)
class FixedPenalty:
    """A penalty of `points` points that the desk offers by name.

    Raises Refused ruling_key_missing, ruling_name_missing, points_not_positive. Source: domain page 2D [D].
    """

    key: str
    zh: str
    en: str
    points: Decimal

    def __post_init__(self) -> None:
        problems = _problems_of_names(self.key, self.zh, self.en)
        if self.points <= 0:
            problems.append(Problem("points_not_positive", "points"))
        refuse_any(problems)

    @classmethod
    def from_data(cls, data: object) -> FixedPenalty:
        """From `to_data`'s shape. Raises Refused."""
        read = Reader(data, cls.__dataclass_fields__)
        key, zh, en = read.text("key"), read.text("zh"), read.text("en")
        points = read.decimal("points", Decimal(0))
        read.done()
        return cls(key, zh or en, en or zh, points)

    def to_data(self) -> dict[str, object]:
        """JSON-able, decimals as strings."""
        return {"key": self.key, "zh": self.zh, "en": self.en, "points": plain(self.points)}


@dataclass(frozen=True)
class VoidGround:
    """A fault for which an entry has no score at all.

    Raises Refused ruling_key_missing, ruling_name_missing. Source: domain page 2D [D].
    """

    key: str
    zh: str
    en: str

    def __post_init__(self) -> None:
        refuse_any(_problems_of_names(self.key, self.zh, self.en))

    @classmethod
    def from_data(cls, data: object) -> VoidGround:
        """From `to_data`'s shape. Raises Refused."""
        read = Reader(data, cls.__dataclass_fields__)
        key, zh, en = read.text("key"), read.text("zh"), read.text("en")
        read.done()
        return cls(key, zh or en, en or zh)

    def to_data(self) -> dict[str, object]:
        """JSON-able."""
        return {"key": self.key, "zh": self.zh, "en": self.en}


def _problems_of_names(key: str, zh: str, en: str) -> list[Problem]:
    problems = [] if key else [Problem("ruling_key_missing", "key")]
    if not zh or not en:
        problems.append(Problem("ruling_name_missing", "en" if zh else "zh"))
    return problems


def read_rulings(data: object, read_one: Callable[[object], R]) -> tuple[R, ...]:
    """The rulings that an event offers. Raises Refused, also ruling_key_twice; fields like "0.limit"."""
    if not isinstance(data, Sequence) or isinstance(data, str):
        raise Refused.because("settings_malformed")
    rulings: list[R] = []
    problems: list[Problem] = []
    for place, item in enumerate(data):
        try:
            ruling = read_one(item)
        except Refused as refused:
            problems += [p.under(str(place)) for p in refused.problems]
            continue
        if ruling.key in [earlier.key for earlier in rulings]:
            problems.append(Problem("ruling_key_twice", f"{place}.key", {"key": ruling.key}))
        rulings.append(ruling)
    refuse_any(problems)
    return tuple(rulings)


def ruled(rulings: Sequence[R], fact: object) -> tuple[R, str]:
    """The ruling and the reason of a recorded fact {"kind": key, "reason": text}.

    Raises Refused fact_malformed, unknown_ruling (figures kind), reason_missing, reason_too_long (figures most).
    """
    if not isinstance(fact, Mapping) or not isinstance(fact.get("reason", ""), str):
        raise Refused.because("fact_malformed")
    kind, reason = fact.get("kind"), fact.get("reason", "").strip()
    found = next((ruling for ruling in rulings if ruling.key == kind), None)
    if found is None:
        raise Refused.because("unknown_ruling", "kind", kind=str(kind)[:40])
    return found, read_reason(reason)


def read_reason(raw: object) -> str:
    """A reason that goes on record. Raises Refused reason_missing, reason_too_long (figures most)."""
    reason = raw.strip() if isinstance(raw, str) else ""
    if not reason:
        raise Refused.because("reason_missing", "reason")
    if len(reason) > LONGEST_REASON:
        raise Refused.because("reason_too_long", "reason", most=LONGEST_REASON)
    return reason


def caps_of(caps: Sequence[Cap], facts: object) -> list[tuple[Cap, str]]:
    """The caps recorded for an entry as a list of facts, each with its reason.

    Raises Refused as `ruled` does, fields like "caps.0.kind", and cap_twice (figures kind).
    """
    if not isinstance(facts, Sequence) or isinstance(facts, str):
        raise Refused.because("fact_malformed", "caps")
    recorded: list[tuple[Cap, str]] = []
    problems: list[Problem] = []
    for place, fact in enumerate(facts):
        try:
            cap, reason = ruled(caps, fact)
        except Refused as refused:
            problems += [p.under(f"caps.{place}") for p in refused.problems]
            continue
        if cap in [earlier for earlier, _ in recorded]:
            problems.append(Problem("cap_twice", f"caps.{place}.kind", {"kind": cap.key}))
        recorded.append((cap, reason))
    refuse_any(problems)
    return recorded


def cap_figure(figure: Fraction, recorded: Sequence[tuple[Cap, str]]) -> tuple[Fraction, tuple[CapLine, ...]]:
    """The figure under all caps, the strictest last, and a line for each, also for one that takes nothing away.

    Caps come before penalties: a fault limits what the work is worth, being late still costs. Source: domain
    pages 2C and 2D; the order [D].
    """
    lines = []
    for cap, reason in sorted(recorded, key=lambda ruling: (-ruling[0].limit, ruling[0].key)):
        lines.append(CapLine(cap.key, cap.zh, cap.en, cap.limit, figure, reason))
        figure = min(figure, Fraction(cap.limit))
    return figure, tuple(lines)
