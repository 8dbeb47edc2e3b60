"""What comes off a score and goes on it after the mean: penalties, bonuses under their limit, and the floor of 0."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from scoring.rules.explanation import ADDED, ADDED_MOST, FLOOR, PenaltyLine
from scoring.rules.figures import decimals_of, plain, sum_of
from scoring.rules.refusal import Refused


@dataclass(frozen=True)
class Penalty:
    """Points to take off after averaging, or to add where it `adds`; `points` is positive."""

    kind: str
    points: Decimal
    reason: str = ""
    adds: bool = False


class _Entered(Protocol):
    @property
    def kind(self) -> str: ...
    @property
    def points(self) -> Decimal: ...
    @property
    def reason(self) -> str: ...
    @property
    def adds(self) -> bool: ...


def entered(penalties: Iterable[_Entered]) -> list[Penalty]:
    """The penalties and bonuses as the rules take them, of whatever part they are."""
    return [Penalty(one.kind, one.points, one.reason, one.adds) for one in penalties]


@dataclass(frozen=True)
class AfterMean:
    """A score after all that is put on and taken off: the exact value, the lines, the sum off, and the figures to tell.

    The `figures` name what the bonuses add, their limit where it bites, and the floor where there is need of it.
    """

    exact: Fraction
    lines: tuple[PenaltyLine, ...]
    taken_off: Decimal
    figures: dict[str, str]


def after_mean(mean: Fraction, penalties: Sequence[Penalty], bonus_most: Decimal, floor: bool) -> AfterMean:
    """The exact mean with all bonuses, which add no more than `bonus_most` points together, less all penalties.

    With `floor` it is not below 0, however much comes off. Source: domain page 1, bonus and conduct.
    """
    off = sum_of(one.points for one in penalties if not one.adds)
    whole = sum_of(one.points for one in penalties if one.adds)
    on = min(whole, bonus_most)
    figures = {ADDED: plain(on)} if whole else {}
    figures |= {ADDED_MOST: plain(bonus_most)} if whole > bonus_most else {}
    exact = mean + Fraction(on) - Fraction(off)
    figures |= {FLOOR: "0"} if floor and exact < 0 else {}
    lines = tuple(PenaltyLine(one.kind, one.points, one.reason, one.adds) for one in penalties)
    return AfterMean(max(exact, Fraction(0)) if floor else exact, lines, off, figures)


def check_penalties(penalties: Sequence[Penalty], decimals: int) -> None:
    """Raise Refused penalty_not_positive, penalty_too_fine (figures decimals), field the penalty's kind."""
    for penalty in penalties:
        if not penalty.points.is_finite() or penalty.points <= 0:
            raise Refused.because("penalty_not_positive", penalty.kind)
        if decimals_of(penalty.points) > decimals:
            raise Refused.because("penalty_too_fine", penalty.kind, decimals=decimals)
