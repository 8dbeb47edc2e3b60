"""Points taken off after averaging, and the rule for speaking overtime."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from scoring.rules.declared import Setting
from scoring.rules.figures import plain
from scoring.rules.refusal import Problem, Refused, refuse_any


@dataclass(frozen=True)
class OvertimeRule(Setting):
    """What overtime costs: seconds in whole seconds, points in points.

    Raises Refused seconds_negative, step_not_positive, points_not_positive, most_not_positive,
    stop_before_free. Source: domain page 2A, overtime.
    """

    free_seconds: int = 10
    step_seconds: int = 15
    points_per_step: Decimal = Decimal("0.5")
    most: Decimal = Decimal(3)
    stop_seconds: int = 60

    def __post_init__(self) -> None:
        refuse_any([*self._problems_of_seconds(), *self._problems_of_points()])

    def _problems_of_seconds(self) -> list[Problem]:
        if self.free_seconds < 0:
            return [Problem("seconds_negative", "free_seconds")]
        if self.step_seconds <= 0:
            return [Problem("step_not_positive", "step_seconds")]
        if self.stop_seconds < self.free_seconds:
            return [Problem("stop_before_free", "stop_seconds", {"free": str(self.free_seconds)})]
        return []

    def _problems_of_points(self) -> list[Problem]:
        problems = []
        if self.points_per_step <= 0:
            problems.append(Problem("points_not_positive", "points_per_step"))
        if self.most <= 0:
            problems.append(Problem("most_not_positive", "most"))
        return problems


def overtime_points(seconds_over: int, rule: OvertimeRule) -> Decimal:
    """The points that speaking `seconds_over` whole seconds past the end costs.

    Each started step after the free seconds costs the same, up to the most. Raises Refused
    seconds_not_whole, also for seconds below 0. Source: domain page 2A, overtime.
    """
    if type(seconds_over) is not int or seconds_over < 0:
        raise Refused.because("seconds_not_whole", "seconds")
    charged = max(0, seconds_over - rule.free_seconds)
    started_steps = -(-charged // rule.step_seconds)
    return Decimal(plain(min(started_steps * rule.points_per_step, rule.most)))
