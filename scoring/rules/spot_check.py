"""The spot check (抽查): which scores are held against the signed paper again, and when all of them must be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from scoring.rules.declared import Setting
from scoring.rules.draw import draw
from scoring.rules.refusal import Problem, refuse_any

PURPOSE = "spot check"


@dataclass(frozen=True)
class SpotCheckRule(Setting):
    """The first `top` ranks, `share` per cent of the rest; errors in over `errors` per cent ask for a full check.

    Raises Refused top_negative, percent_out_of_range. Source: domain page 4, spot checks.
    """

    top: int = 10
    share: Decimal = Decimal(15)
    errors: Decimal = Decimal(5)

    def __post_init__(self) -> None:
        problems = [Problem("top_negative", "top")] if self.top < 0 else []
        for name in ("share", "errors"):
            if not 0 <= getattr(self, name) <= 100:
                problems.append(Problem("percent_out_of_range", name))
        refuse_any(problems)


@dataclass(frozen=True)
class Selection:
    """The names to check: those of the first ranks, best first, and those drawn from the rest, in drawn order."""

    top: tuple[str, ...]
    drawn: tuple[str, ...]


def choose(rule: SpotCheckRule, ranks: Mapping[str, int], seed: str) -> Selection:
    """Whose scores are checked, by name and rank; a rank that is shared at the edge is in with all who share it.

    The share of the rest is rounded up. Anybody can draw the same again from the seed. Raises Refused as the draw.
    Source: domain page 4, "the top 10 again, at least 15 % of the rest".
    """
    top = sorted((name for name, rank in ranks.items() if rank <= rule.top), key=lambda name: (ranks[name], name))
    rest = [name for name in ranks if ranks[name] > rule.top]
    wanted = ceil(Fraction(rule.share) * len(rest) / 100)
    drawn = draw(seed, PURPOSE, rest)[:wanted] if rest else ()
    return Selection(tuple(top), drawn)


def asks_for_all(rule: SpotCheckRule, errors: int, checked: int) -> bool:
    """Whether so many errors among the scores to check are too many. Source: domain page 4, "over 5 % errors"."""
    return Fraction(errors * 100) > Fraction(rule.errors) * checked
