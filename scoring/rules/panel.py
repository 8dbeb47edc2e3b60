"""The panel's sheets → one score: who counts, who is dropped, the mean, the penalties, the one rounding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from scoring.rules.declared import Setting
from scoring.rules.explanation import Explanation, JudgeLine, PenaltyLine, Score
from scoring.rules.figures import decimals_of, exact_text, mean_of, round_half_up, sum_of
from scoring.rules.refusal import Problem, Refused, refuse_any
from scoring.rules.rubric import sheet_total
from scoring.rules.rulings import Cap, cap_figure

__all__ = [
    "JudgeSheet",
    "PanelRules",
    "PanelScore",
    "Penalty",
    "Standing",
    "check_penalties",
    "named",
    "range_of",
    "round_half_up",
    "score_panel",
    "seat_order",
]

MOST_DECIMALS = 6


@dataclass(frozen=True)
class PanelRules(Setting):
    """How a panel's totals become one figure.

    With `trim`, one highest and one lowest total are dropped from `trim_from` valid sheets on; under
    `minimum_valid` there is no score; the result has `decimals` places. Totals that lie more than `wide` points apart
    are pointed out to the chief judge; they count all the same. Raises Refused trim_from_too_low,
    minimum_valid_too_low, decimals_out_of_range, wide_not_positive. Source: domain page 1, aggregation and trim
    floor; domain page 3, the chief judge's spread warning.
    """

    trim: bool = True
    trim_from: int = 5
    minimum_valid: int = 3
    decimals: int = 2
    wide: int = 15

    def __post_init__(self) -> None:
        problems = []
        if self.wide < 1:
            problems.append(Problem("wide_not_positive", "wide"))
        if self.trim_from < 3:
            problems.append(Problem("trim_from_too_low", "trim_from", {"minimum": "3"}))
        if self.minimum_valid < 1:
            problems.append(Problem("minimum_valid_too_low", "minimum_valid", {"minimum": "1"}))
        if not 0 <= self.decimals <= MOST_DECIMALS:
            limits = {"minimum": "0", "maximum": str(MOST_DECIMALS)}
            problems.append(Problem("decimals_out_of_range", "decimals", limits))
        refuse_any(problems)


class Standing(StrEnum):
    """What a seat's sheet is worth at this moment. Source: domain page 1, recusal and missing judge."""

    COUNTED = "counted"
    MISSING = "missing"
    RECUSED = "recused"
    ABSTAINED = "abstained"
    AWAY = "away"


@dataclass(frozen=True)
class JudgeSheet:
    """One seat of the panel and its marks by criterion; `seat` is its label, such as "1"."""

    seat: str
    standing: Standing
    marks: Mapping[str, Decimal] | None = None

    @property
    def total(self) -> Decimal | None:
        """The sum of the marks; None unless the sheet is in."""
        return sheet_total(self.marks) if self._is_in and self.marks is not None else None

    @property
    def _is_in(self) -> bool:
        return self.standing == Standing.COUNTED


@dataclass(frozen=True)
class Penalty:
    """Points to take off after averaging; `points` is positive."""

    kind: str
    points: Decimal
    reason: str = ""


@dataclass(frozen=True)
class PanelScore(Score):
    """A panel's score: `mean_exact` and `untrimmed_exact` before, `exact` and `final` after the penalties.

    `mean_exact` is under the caps, where there are any; `untrimmed_exact` is the mean of all valid sheets, under no
    cap; `mean` and `final` are rounded.
    """

    mean_exact: Fraction
    untrimmed_exact: Fraction
    mean: Decimal


def range_of(totals: Sequence[Decimal]) -> Decimal:
    """How many points lie between the highest and the lowest total; 0 for fewer than two."""
    return max(totals) - min(totals) if totals else Decimal(0)


def score_panel(
    sheets: Sequence[JudgeSheet],
    penalties: Sequence[Penalty],
    rules: PanelRules,
    key_criterion: str = "",
    caps: Sequence[tuple[Cap, str]] = (),
) -> PanelScore:
    """The score of one contestant from all seats of the panel.

    If several sheets share an extreme total, one is dropped: the one with the more extreme mark in
    `key_criterion`, then by seat, so that neither the result nor a tie step depends on who sits where.
    `caps` are the recorded caps with their reasons; they hold for the mean, before the penalties.
    Raises Refused seat_twice, missing_sheets (figures seats), sheets_differ (figures seats), too_few_judges
    (figures valid, minimum), penalty_not_positive, penalty_too_fine (figures decimals).
    Source: domain page 1, aggregation to missing judge.
    """
    valid = _valid_sheets(sheets, rules)
    check_penalties(penalties, rules.decimals)
    ordered = sorted(valid, key=lambda s: (_total(s), _mark(s, key_criterion), seat_order(s.seat)))
    trimmed = rules.trim and len(valid) >= rules.trim_from
    counted = ordered[1:-1] if trimmed else ordered
    fates = {ordered[0].seat: "dropped_low", ordered[-1].seat: "dropped_high"} if trimmed else {}
    lines = [_line(s, fates) for s in sorted(sheets, key=lambda s: seat_order(s.seat))]
    return _score(
        lines,
        [_total(s) for s in valid],
        [_total(s) for s in counted],
        penalties,
        rules,
        caps,
    )


def _valid_sheets(sheets: Sequence[JudgeSheet], rules: PanelRules) -> list[JudgeSheet]:
    """The sheets that are in; refuses while anybody's is missing, and where too few are left."""
    seats = [s.seat for s in sheets]
    if len(set(seats)) < len(seats):
        raise Refused.because("seat_twice", seats=named({s for s in seats if seats.count(s) > 1}))
    missing = [s.seat for s in sheets if s.total is None and s.standing in (Standing.COUNTED, Standing.MISSING)]
    if missing:
        raise Refused.because("missing_sheets", seats=named(missing))
    valid = [s for s in sheets if s.total is not None]
    if len(valid) < rules.minimum_valid:
        raise Refused.because("too_few_judges", valid=len(valid), minimum=rules.minimum_valid)
    _check_same_criteria(valid)
    return valid


def _check_same_criteria(valid: Sequence[JudgeSheet]) -> None:
    """A sheet with a criterion less would be a lower total nobody gave."""
    criteria = {key for s in valid for key in s.marks or ()}
    short = [s.seat for s in valid if not s.marks or set(s.marks) != criteria]
    if short:
        raise Refused.because("sheets_differ", seats=named(short))


def check_penalties(penalties: Sequence[Penalty], decimals: int) -> None:
    """Raise Refused penalty_not_positive, penalty_too_fine (figures decimals), field the penalty's kind."""
    for penalty in penalties:
        if not penalty.points.is_finite() or penalty.points <= 0:
            raise Refused.because("penalty_not_positive", penalty.kind)
        if decimals_of(penalty.points) > decimals:
            raise Refused.because("penalty_too_fine", penalty.kind, decimals=decimals)


def _score(
    lines: Sequence[JudgeLine],
    valid: Sequence[Decimal],
    counted: Sequence[Decimal],
    penalties: Sequence[Penalty],
    rules: PanelRules,
    caps: Sequence[tuple[Cap, str]],
) -> PanelScore:
    mean, cap_lines = cap_figure(mean_of(counted), caps)
    untrimmed = mean_of(valid)
    taken_off = sum_of(p.points for p in penalties)
    exact = mean - Fraction(taken_off)
    explanation = Explanation(
        method="trimmed" if len(counted) < len(valid) else "plain",
        judges=tuple(lines),
        valid=len(valid),
        counted=len(counted),
        counted_sum=sum_of(counted),
        mean_exact=exact_text(mean),
        mean=round_half_up(mean, rules.decimals),
        penalties=tuple(PenaltyLine(p.kind, p.points, p.reason) for p in penalties),
        penalty_sum=taken_off,
        final=round_half_up(exact, rules.decimals),
        untrimmed_mean=round_half_up(untrimmed, rules.decimals),
        caps=cap_lines,
    )
    return PanelScore(exact, explanation.final, explanation, mean, untrimmed, explanation.mean)


def _line(sheet: JudgeSheet, fates: Mapping[str, str]) -> JudgeLine:
    """A recused or abstaining judge's line has no marks, even where some had been given before."""
    fate = fates.get(sheet.seat, sheet.standing.value)
    marks = dict(sheet.marks) if sheet.marks and sheet.total is not None else {}
    return JudgeLine(sheet.seat, sheet.standing.value, sheet.total, fate, marks)


def _total(sheet: JudgeSheet) -> Decimal:
    return sheet_total(sheet.marks or {})


def _mark(sheet: JudgeSheet, key: str) -> Decimal:
    return (sheet.marks or {}).get(key, Decimal(0))


def named(seats: Iterable[str]) -> str:
    """The seats in their order, as a refusal's figure: "3, 5"."""
    return ", ".join(sorted(seats, key=seat_order))


def seat_order(seat: str) -> tuple[int, int, str]:
    """Seat 2 comes before seat 10, and numbered seats before named ones."""
    return (0, int(seat), seat) if seat.isdecimal() else (1, 0, seat)
