"""Which sheets or marks of a panel count, and the figure that they make before caps and penalties.

If several share an extreme, only as many as the rule says are dropped: of totals those with the more extreme mark in
the key criterion, then by seat, so that neither the result nor a tie step depends on who sits where.
Source: domain page 1, aggregation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import Any

from scoring.rules.explanation_groups import GroupLine
from scoring.rules.figures import mean_of, sum_of
from scoring.rules.panel_rules import CRITERION, MEAN, MEDIAN, SUM, PanelRules

Marks = Mapping[str, Decimal]
Order = Callable[[str], Any]
HIGH, LOW = "high", "low"


@dataclass(frozen=True)
class Left:
    """What the sheets come to: `exact`, made of `counted` of `valid` sheets or of each criterion's marks.

    `counted_sum` adds up all that counts. `fates` are of the sheets that are dropped, by seat; `dropped` are the marks
    that are, by seat and criterion. `figures` say what of the rule is not the usual; `groups` are those of the judges.
    """

    method: str
    valid: int
    counted: int
    counted_sum: Decimal
    exact: Fraction
    fates: Mapping[str, str] = field(default_factory=dict)
    dropped: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    figures: Mapping[str, str] = field(default_factory=dict)
    groups: tuple[GroupLine, ...] = ()


def left_of(sheets: Mapping[str, Marks], rules: PanelRules, key_criterion: str, order: Order) -> Left:
    """What counts of the valid sheets, by seat, and what it comes to; `order` is that of the seats."""
    if rules.by == CRITERION:
        return _by_criterion(sheets, rules, order)
    totals = {seat: sum_of(marks.values()) for seat, marks in sheets.items()}
    ranks = {seat: (totals[seat], marks.get(key_criterion, Decimal(0)), order(seat)) for seat, marks in sheets.items()}
    low, kept, high = _cut(sorted(sheets, key=ranks.__getitem__), rules)
    counted = [totals[seat] for seat in kept]
    fates = dict.fromkeys(low, "dropped_low") | dict.fromkeys(high, "dropped_high")
    method, exact = _method(rules, "trimmed" if fates else "plain"), _figure(counted, rules.figure)
    return Left(method, len(sheets), len(kept), sum_of(counted), exact, fates, figures=_figures(rules, bool(fates)))


def _by_criterion(sheets: Mapping[str, Marks], rules: PanelRules, order: Order) -> Left:
    """Each criterion's marks by themselves: the extremes go, the rest make its figure, and all figures are added."""
    dropped: dict[str, dict[str, str]] = {}
    kept: dict[str, list[Decimal]] = {}
    for key in next(iter(sheets.values())):
        marks = {seat: sheet[key] for seat, sheet in sheets.items()}
        low, left, high = _cut(sorted(marks, key=lambda seat: (marks[seat], order(seat))), rules)
        kept[key] = [marks[seat] for seat in left]
        for seat, end in [*((seat, LOW) for seat in low), *((seat, HIGH) for seat in high)]:
            dropped.setdefault(seat, {})[key] = end
    exact = sum((_figure(marks, rules.figure) for marks in kept.values()), Fraction(0))
    counted = len(sheets) - rules.dropped if dropped else len(sheets)
    whole = sum_of(mark for marks in kept.values() for mark in marks)
    method = _method(rules, "criterion" if dropped or rules.figure == MEDIAN else "plain")
    return Left(method, len(sheets), counted, whole, exact, {}, dropped, _figures(rules, bool(dropped)))


def _cut(seats: Sequence[str], rules: PanelRules) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
    """The seats from the lowest to the highest, cut into what is dropped below, what counts, what is dropped above."""
    if not rules.drops(len(seats)):
        return (), seats, ()
    return seats[: rules.drop_low], seats[rules.drop_low : -rules.drop_high], seats[-rules.drop_high :]


def _figure(values: Sequence[Decimal], figure: str) -> Fraction:
    if figure == MEDIAN:
        return median(map(Fraction, values))
    return Fraction(sum_of(values)) if figure == SUM else mean_of(values)


def _method(rules: PanelRules, done: str) -> str:
    return done if rules.figure == MEAN else f"{done}_{rules.figure}"


def _figures(rules: PanelRules, trimmed: bool) -> dict[str, str]:
    """How many were dropped at each end, where it is not one of the totals."""
    if not trimmed or (rules.by != CRITERION and rules.dropped == rules.drop_high * 2 == 2):
        return {}
    return {"drop_high": str(rules.drop_high), "drop_low": str(rules.drop_low)}
