"""What judges mark: criteria with their ranges and steps, and reading the marks they send."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from scoring.rules.figures import plain, read_decimal, sum_of
from scoring.rules.refusal import Problem, Refused, refuse_any
from scoring.rules.settings import Reader

_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_FIELDS = (
    "key",
    "zh",
    "en",
    "maximum",
    "step",
    "minimum",
    "decides_ties",
    "hint_zh",
    "hint_en",
)


@dataclass(frozen=True)
class Criterion:
    """One line of a rubric: marks run from `minimum` to `maximum` points in steps of `step`.

    Raises Refused criterion_key_malformed, criterion_name_missing, maximum_not_positive, step_not_positive,
    minimum_negative, minimum_not_below_maximum, step_does_not_divide. Source: domain page 1, scale.
    """

    key: str
    zh: str
    en: str
    maximum: Decimal
    step: Decimal = Decimal("0.5")
    minimum: Decimal = Decimal(0)
    decides_ties: bool = False
    hint_zh: str = ""
    hint_en: str = ""

    def __post_init__(self) -> None:
        refuse_any([*self._problems_of_names(), *self._problems_of_range()])

    def _problems_of_names(self) -> list[Problem]:
        problems = []
        if not _KEY.fullmatch(self.key):
            problems.append(Problem("criterion_key_malformed", "key"))
        if not self.zh or not self.en:
            problems.append(Problem("criterion_name_missing", "en" if self.zh else "zh"))
        return problems

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

    @classmethod
    def from_data(cls, data: object) -> Criterion:
        """From `to_data`'s shape. A criterion named in one language only has that name in both.

        Raises Refused as the class does, and for malformed settings.
        """
        read = Reader(data, _FIELDS)
        key, zh, en = read.text("key"), read.text("zh"), read.text("en")
        hint_zh, hint_en = read.text("hint_zh"), read.text("hint_en")
        maximum = read.decimal("maximum", Decimal(0))
        step, minimum = read.decimal("step", cls.step), read.decimal("minimum", cls.minimum)
        decides_ties = read.flag("decides_ties", cls.decides_ties)
        read.done()
        return cls(key, zh or en, en or zh, maximum, step, minimum, decides_ties, hint_zh, hint_en)

    def to_data(self) -> dict[str, object]:
        """JSON-able, decimals as strings."""
        values = {name: getattr(self, name) for name in _FIELDS}
        return {n: plain(v) if isinstance(v, Decimal) else v for n, v in values.items()}


@dataclass(frozen=True)
class Rubric:
    """The criteria of one sheet, in the order they are printed.

    Raises Refused rubric_empty, criterion_key_twice, two_tie_criteria.
    """

    criteria: tuple[Criterion, ...]

    def __post_init__(self) -> None:
        keys = [c.key for c in self.criteria]
        problems = [] if keys else [Problem("rubric_empty")]
        problems += [
            Problem("criterion_key_twice", f"{place}.key", {"key": key})
            for place, key in enumerate(keys)
            if key in keys[:place]
        ]
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

    @classmethod
    def from_data(cls, data: object) -> Rubric:
        """From `to_data`'s shape. Raises Refused with every problem, fields such as "0.maximum"."""
        if not isinstance(data, Sequence) or isinstance(data, str):
            raise Refused.because("settings_malformed")
        criteria, problems = [], []
        for place, item in enumerate(data):
            try:
                criteria.append(Criterion.from_data(item))
            except Refused as refused:
                problems += [p.under(str(place)) for p in refused.problems]
        refuse_any(problems)
        return cls(tuple(criteria))

    def to_data(self) -> list[dict[str, object]]:
        """JSON-able, decimals as strings."""
        return [c.to_data() for c in self.criteria]

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
