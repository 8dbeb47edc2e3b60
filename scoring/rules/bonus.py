"""The bonus for finishing early."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from scoring.rules.declared import Setting
from scoring.rules.figures import plain
from scoring.rules.refusal import Problem, Refused, refuse_any


@dataclass(frozen=True)
class SpeedBonus(Setting):
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
