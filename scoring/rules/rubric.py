"""What judges mark: criteria with their ranges and steps, and reading the marks they send."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from scoring.rules.declared import Listing, Named, keys_twice
from scoring.rules.figures import plain, read_decimal, sum_of
from scoring.rules.refusal import Problem, Refused, refuse_any

_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True)
class Criterion(Named):
    """One line of a rubric: marks run from `minimum` to `maximum` points in steps of `step`.

    Raises Refused criterion_key_malformed, criterion_name_missing, maximum_not_positive, step_not_positive,
    minimum_negative, minimum_not_below_maximum, step_does_not_divide. Source: domain page 1, scale.
    """

    maximum: Decimal
    step: Decimal = Decimal("0.5")
    minimum: Decimal = Decimal(0)
    decides_ties: bool = False
    hint_zh: str = ""
    hint_en: str = ""

    def __post_init__(self) -> None:
        refuse_any([*self._problems_of_names(), *self._problems_of_range()])

    def _problems_of_names(self) -> list[Problem]:
        malformed = [] if _KEY.fullmatch(self.key) else [Problem("criterion_key_malformed", "key")]
        return malformed + self.without_name("criterion_name_missing")

    def _problems_of_range(self) -> list[Problem]:
        if self.maximum <= 0:
            return [Problem("maximum_not_positive", "maximum")]
        if self.step <= 0:
            return [Problem("step_not_positive", "step")]
        if self.minimum < 0:
            return [Problem("minimum_negative", "minimum")]
        if self.minimum >= self.maximum:
            return [
                Problem(
                    "minimum_not_below_maximum",
                    "minimum",
                    {"maximum": plain(self.maximum)},
                )
            ]
        if (self.maximum - self.minimum) % self.step:
            figures = {"step": plain(self.step), "maximum": plain(self.maximum)}
            return [Problem("step_does_not_divide", "step", figures)]
        return []


@dataclass(frozen=True)
class Rubric(Listing):
    """The criteria of one sheet, in the order they are printed.

    Raises Refused rubric_empty, criterion_key_twice, two_tie_criteria.
    """

    criteria: tuple[Criterion, ...]

    def __post_init__(self) -> None:
        problems = [] if self.criteria else [Problem("rubric_empty")]
        problems += keys_twice("criterion_key_twice", self.criteria)
        if sum(c.decides_ties for c in self.criteria) > 1:
            problems.append(Problem("two_tie_criteria"))
        refuse_any(problems)

    @cached_property
    def maximum(self) -> Decimal:
        """The highest total of a sheet."""
        return sum_of(c.maximum for c in self.criteria)

    def criterion(self, key: str) -> Criterion:
        """The criterion of that key. Raises Refused unknown_criterion."""
        for criterion in self.criteria:
            if criterion.key == key:
                return criterion
        raise Refused.because("unknown_criterion", key)

    @property
    def tie_criterion(self) -> Criterion | None:
        """The key criterion that decides ties, if one is named. Source: domain page 1, ties."""
        return next((c for c in self.criteria if c.decides_ties), None)

    def limits(self, part: str = "") -> dict[str, dict[str, str]]:
        """The minimum, maximum and step of each mark by its field on the sheet, decimals as strings."""
        behind = f"{part}." if part else ""
        names = ("minimum", "maximum", "step")
        return {f"{behind}{c.key}": {name: plain(getattr(c, name)) for name in names} for c in self.criteria}


def read_mark(criterion: Criterion, raw: object) -> Decimal:
    """One mark in points, as text or a whole number from a tablet.

    Raises Refused mark_empty, mark_not_a_number, mark_out_of_range (figures minimum, maximum) or
    mark_off_step (figures step and the nearest allowed marks below and above), field the criterion's key.
    Source: domain page 1, scale.
    """
    if isinstance(raw, str) and not raw.strip():
        raise Refused.because("mark_empty", criterion.key)
    try:
        mark = read_decimal(raw)
    except ValueError:
        raise Refused.because("mark_not_a_number", criterion.key) from None
    _check_range_and_step(criterion, mark)
    return mark


def _check_range_and_step(criterion: Criterion, mark: Decimal) -> None:
    low, high, step = criterion.minimum, criterion.maximum, criterion.step
    if not low <= mark <= high:
        raise Refused.because("mark_out_of_range", criterion.key, minimum=plain(low), maximum=plain(high))
    over = (mark - low) % step
    if over:
        below, above = plain(mark - over), plain(mark - over + step)
        raise Refused.because("mark_off_step", criterion.key, step=plain(step), below=below, above=above)


def read_marks(rubric: Rubric, raw: object) -> dict[str, Decimal]:
    """A whole sheet's marks by criterion key, in the rubric's order.

    Raises Refused with all the problems: sheet_malformed, unknown_criterion, mark_empty for what is absent,
    and those of `read_mark`.
    """
    marks, problems = _sort_out(rubric, raw)
    refuse_any(problems)
    return marks


def draft_problems(rubric: Rubric, raw: object) -> tuple[Problem, ...]:
    """What is wrong with a sheet that is still being filled in; what is empty is not wrong yet."""
    return tuple(p for p in _sort_out(rubric, raw)[1] if p.code != "mark_empty")


def running_total(rubric: Rubric, raw: object) -> Decimal:
    """The sum of the good marks so far, in points."""
    return sheet_total(_sort_out(rubric, raw)[0])


def sheet_total(marks: Mapping[str, Decimal]) -> Decimal:
    """The sum of a sheet's marks, in points."""
    return sum_of(marks.values())


def _sort_out(rubric: Rubric, raw: object) -> tuple[dict[str, Decimal], list[Problem]]:
    """The good marks, and the problems of the others."""
    if not isinstance(raw, Mapping):
        return {}, [Problem("sheet_malformed")]
    keys = {c.key for c in rubric.criteria}
    problems = [Problem("unknown_criterion", str(key)[:40]) for key in raw if key not in keys]
    marks = {}
    for criterion in rubric.criteria:
        try:
            marks[criterion.key] = read_mark(criterion, raw.get(criterion.key, ""))
        except Refused as refused:
            problems += refused.problems
    return marks, problems
