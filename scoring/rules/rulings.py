"""What a chief may rule on one entry: a cap on its total, a void. Both are editable data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from scoring.rules.declared import Named, read_named
from scoring.rules.explanation import CapLine
from scoring.rules.refusal import Problem, Refused, refuse_any

LONGEST_REASON = 400


@dataclass(frozen=True)
class Ruling(Named):
    """Anything that can be ruled, by key. Raises Refused ruling_key_missing, ruling_name_missing."""

    def __post_init__(self) -> None:
        refuse_any(self._problems())

    def _problems(self) -> list[Problem]:
        return [
            *([] if self.key else [Problem("ruling_key_missing", "key")]),
            *self.without_name("ruling_name_missing"),
        ]


@dataclass(frozen=True)
class Cap(Ruling):
    """A limit of `limit` points on the total of an entry that has this fault, before the penalties.

    Raises Refused as every ruling, limit_not_positive. Source: domain pages 2C and 2D [D].
    """

    limit: Decimal

    def _problems(self) -> list[Problem]:
        return super()._problems() + ([] if self.limit > 0 else [Problem("limit_not_positive", "limit")])


@dataclass(frozen=True)
class VoidGround(Ruling):
    """A fault for which an entry has no score at all. Source: domain page 2D [D]."""


R = TypeVar("R", bound=Ruling)


def read_rulings(data: object, read_one: Callable[[object], R]) -> tuple[R, ...]:
    """The rulings that an event offers. Raises Refused, also ruling_key_twice; fields like "0.limit"."""
    return read_named("ruling_key_twice", data, read_one)


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
