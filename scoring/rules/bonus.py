"""The bonus for finishing early."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from scoring.rules.figures import plain
from scoring.rules.refusal import Problem, Refused, refuse_any
from scoring.rules.settings import Reader


@dataclass(frozen=True)
class SpeedBonus:
    """Points for each whole step of seconds before the end, up to the most; `given` says whether there is one.

    Raises Refused step_not_positive, points_not_positive, most_not_positive. Source: domain page 2C [D], off by
    default.
    """

    given: bool = False
    step_seconds: int = 60
    points_per_step: Decimal = Decimal("0.2")
    most: Decimal = Decimal(5)

    def __post_init__(self) -> None:
        problems = []
        if self.step_seconds <= 0:
            problems.append(Problem("step_not_positive", "step_seconds"))
        if self.points_per_step <= 0:
            problems.append(Problem("points_not_positive", "points_per_step"))
        if self.most <= 0:
            problems.append(Problem("most_not_positive", "most"))
        refuse_any(problems)

    @classmethod
    def from_data(cls, data: object) -> SpeedBonus:
        """From `to_data`'s shape; what is absent has its default. Raises Refused."""
        read = Reader(data, cls.__dataclass_fields__)
        given = read.flag("given", cls.given)
        step_seconds = read.whole("step_seconds", cls.step_seconds)
        points = read.decimal("points_per_step", cls.points_per_step)
        most = read.decimal("most", cls.most)
        read.done()
        return cls(given, step_seconds, points, most)

    def to_data(self) -> dict[str, object]:
        """JSON-able, decimals as strings."""
        return {
            "given": self.given,
            "step_seconds": self.step_seconds,
            "points_per_step": plain(self.points_per_step),
            "most": plain(self.most),
        }


def bonus_points(seconds_early: int, bonus: SpeedBonus) -> Decimal:
    """The points for finishing `seconds_early` whole seconds before the end; only whole steps count.

    Raises Refused seconds_not_whole, also for seconds below 0. Source: domain page 2C.
    """
    if type(seconds_early) is not int or seconds_early < 0:
        raise Refused.because("seconds_not_whole", "seconds")
    if not bonus.given:
        return Decimal(0)
    steps = seconds_early // bonus.step_seconds
    return Decimal(plain(min(steps * bonus.points_per_step, bonus.most)))
