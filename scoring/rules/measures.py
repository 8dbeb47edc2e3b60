"""Measures turned into points by a table: words a minute, minutes, errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from scoring.rules.declared import Listing, Setting
from scoring.rules.figures import plain, read_decimal
from scoring.rules.refusal import Problem, Refused, refuse_any
from scoring.rules.rubric import Criterion, Rubric

AT_LEAST, AT_MOST = "at_least", "at_most"
#: The largest figure that is read as measured, and its decimals: a day in seconds has five digits. [D]
MOST, DECIMALS = Decimal(99999), 2


@dataclass(frozen=True)
class MeasureStep(Setting):
    """Whoever measures `value` or better in a criterion has so many `points`.

    Better is more for `at_least` (words a minute), less for `at_most` (minutes, errors). Raises Refused
    measure_direction_unknown, measure_negative (field value), points_negative.
    """

    criterion: str
    better: str
    value: Decimal
    points: Decimal

    def __post_init__(self) -> None:
        problems = [] if self.better in (AT_LEAST, AT_MOST) else [Problem("measure_direction_unknown", "better")]
        problems += [Problem("measure_negative", "value")] if self.value < 0 else []
        refuse_any([*problems, *([Problem("points_negative", "points")] if self.points < 0 else [])])

    def reached(self, measured: Decimal) -> bool:
        """Whether what was measured is as good as this step."""
        return measured >= self.value if self.better == AT_LEAST else measured <= self.value


@dataclass(frozen=True)
class Measures(Listing):
    """The table: the steps of all criteria that are measured; () where points are entered.

    Raises Refused with the step's place: measure_directions_mixed (a criterion has one direction), measure_twice,
    measure_falls (a better figure is worth no less).
    """

    steps: tuple[MeasureStep, ...] = ()

    def __post_init__(self) -> None:
        refuse_any([one for place, step in enumerate(self.steps) for one in self._problems(place, step)])

    def _problems(self, place: int, step: MeasureStep) -> list[Problem]:
        before = [one for one in self.steps[:place] if one.criterion == step.criterion]
        if any(one.better != step.better for one in before):
            return [Problem("measure_directions_mixed", f"{place}.better")]
        if any(one.value == step.value for one in before):
            return [Problem("measure_twice", f"{place}.value", {"value": plain(step.value)})]
        falls = any(_falls(one, step) for one in before)
        return [Problem("measure_falls", f"{place}.points")] if falls else []

    def of(self, criterion: str) -> Sequence[MeasureStep]:
        """The steps of a criterion, () where its points are entered."""
        return [step for step in self.steps if step.criterion == criterion]

    def points(self, criterion: str, measured: Decimal) -> Decimal:
        """The points of what was measured: those of the best step that it reaches, 0 where it reaches none."""
        return max((step.points for step in self.of(criterion) if step.reached(measured)), default=Decimal(0))

    def problems_with(self, rubric: Rubric) -> list[Problem]:
        """The steps of no criterion, or worth more than its maximum; fields such as "measures.0.points"."""
        known = {one.key: one.maximum for one in rubric.criteria}
        strange = [
            Problem("unknown_criterion", f"measures.{n}.criterion")
            for n, one in enumerate(self.steps)
            if one.criterion not in known
        ]
        high = [
            Problem("measure_above_maximum", f"measures.{n}.points", {"maximum": plain(known[one.criterion])})
            for n, one in enumerate(self.steps)
            if one.points > known.get(one.criterion, one.points)
        ]
        return strange + high


def _falls(one: MeasureStep, other: MeasureStep) -> bool:
    """Whether the better of two figures of one criterion is worth less."""
    worse, better = (one, other) if one.reached(other.value) else (other, one)
    return better.points < worse.points


def read_measured(criterion: Criterion, raw: object) -> Decimal:
    """A measured figure, field the criterion's key.

    Raises Refused mark_empty, mark_not_a_number, measure_out_of_range.
    """
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        raise Refused.because("mark_empty", criterion.key)
    try:
        figure = read_decimal(raw)
    except ValueError:
        raise Refused.because("mark_not_a_number", criterion.key) from None
    if not 0 <= figure <= MOST or figure % Decimal("0.01"):
        raise Refused.because("measure_out_of_range", criterion.key, most=plain(MOST), decimals=DECIMALS)
    return figure
