"""The figures: what each is called, what it is held against, and how medians and ratios are made of the rounds."""

from __future__ import annotations

import statistics
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

#: By figure and server, a value for each round.
Figures = dict[str, dict[str, list[float]]]


def no_figures() -> Figures:
    """Figures with nothing measured yet."""
    return defaultdict(lambda: defaultdict(list))


@dataclass(frozen=True)
class Target:
    """What a figure of ours must reach: a ratio to another server's, or to another figure of our own, or a value.

    `least` where more is better, else `most`.
    """

    figure: str
    most: float | None = None
    against: str = ""
    to: str = ""
    least: float | None = None
    of: str = "ours"

    def found(self, figures: Figures) -> float:
        """The value, or the median of the ratios within each round: what slows the whole machine cancels out."""
        mine = figures[self.figure][self.of]
        if not (self.against or self.to):
            return statistics.median(mine)
        other = figures[self.to or self.figure][self.against or self.of]
        return statistics.median(one / held for one, held in zip(mine, other, strict=True))

    def to_data(self, figures: Figures) -> dict[str, Any]:
        """What was found, with the target and whether it is reached."""
        found = self.found(figures)
        reached = found <= self.most if self.most is not None else found >= (self.least or 0)
        named = {"figure": self.figure, "of": self.of, "against": self.against or self.to or None}
        bound = {"at most": self.most} if self.most is not None else {"at least": self.least}
        return named | {"found": round(found, 3)} | bound | {"reached": reached}


def medians(figures: Figures) -> dict[str, dict[str, float]]:
    """The median of each figure by server."""
    return {
        name: {server: round(statistics.median(values), 3) for server, values in servers.items()}
        for name, servers in figures.items()
    }


def percentile(values: list[float], percent: int) -> float:
    """The value that `percent` per cent of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]
