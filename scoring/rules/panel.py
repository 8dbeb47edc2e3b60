"""The panel's sheets → one score: who counts, who is dropped, the mean, the penalties, the one rounding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from scoring.rules.after_mean import Penalty, after_mean, check_penalties
from scoring.rules.explanation import Explanation, JudgeLine, Score
from scoring.rules.explanation_groups import mean_in
from scoring.rules.figures import exact_text, round_half_up
from scoring.rules.grouping import weighed
from scoring.rules.panel_rules import MOST_DECIMALS, SUM, PanelRules
from scoring.rules.refusal import Refused
from scoring.rules.rubric import sheet_total
from scoring.rules.rulings import Cap, cap_figure
from scoring.rules.trimming import Left, left_of

__all__ = [
    "MOST_DECIMALS",
    "JudgeSheet",
    "PanelRules",
    "PanelScore",
    "Standing",
    "named",
    "range_of",
    "round_half_up",
    "score_panel",
    "seat_order",
]


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
class PanelScore(Score):
    """A panel's score: `mean_exact` and `untrimmed_exact` before, `exact` and `final` after the penalties.

    `mean_exact` is under the caps, where there are any; `untrimmed_exact` is the mean of all valid sheets, of judges in
    groups by the groups' shares, under no cap; `mean` and `final` are rounded.
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
    bonus_most: Decimal = Decimal(0),
) -> PanelScore:
    """The score of one contestant from all seats of the panel.

    Who is dropped, and what is made of the rest, is in `scoring/rules/trimming.py`.
    `caps` are the recorded caps with their reasons; they hold for the mean, before the penalties. The bonuses add no
    more than `bonus_most` points together.
    Raises Refused seat_twice, missing_sheets (figures seats), sheets_differ (figures seats), no_judge_marks, and
    too_few_judges, reserve_needed and too_many_for_sum (figures valid, minimum), penalty_not_positive,
    penalty_too_fine (figures decimals), and of judges in groups as `weighed` does.
    Source: domain page 1, aggregation to missing judge.
    """
    valid = _valid_sheets(sheets, rules)
    check_penalties(penalties, rules.decimals)
    marks = {s.seat: s.marks or {} for s in sorted(valid, key=lambda s: seat_order(s.seat))}
    left = (weighed if rules.groups else left_of)(marks, rules, key_criterion, seat_order)
    lines = [_line(s, left) for s in sorted(sheets, key=lambda s: seat_order(s.seat))]
    untrimmed = mean_in(left.groups, {line.seat: line.total for line in lines if line.total is not None})
    return _score(lines, left, untrimmed, rules, caps, (penalties, bonus_most))


def _valid_sheets(sheets: Sequence[JudgeSheet], rules: PanelRules) -> list[JudgeSheet]:
    """The sheets that are in; refuses while anybody's is missing, and where too few are left."""
    seats = [s.seat for s in sheets]
    if len(set(seats)) < len(seats):
        raise Refused.because("seat_twice", seats=named({s for s in seats if seats.count(s) > 1}))
    missing = [s.seat for s in sheets if s.total is None and s.standing in (Standing.COUNTED, Standing.MISSING)]
    if missing:
        raise Refused.because("missing_sheets", seats=named(missing))
    valid = [s for s in sheets if s.total is not None]
    if not valid:
        raise Refused.because("no_judge_marks")
    if len(valid) < rules.minimum_valid:
        raise Refused.because("too_few_judges", valid=len(valid), minimum=rules.minimum_valid)
    if not rules.groups and len(valid) < rules.least:
        raise Refused.because("reserve_needed", valid=len(valid), minimum=rules.least)
    if not rules.groups and rules.figure == SUM and len(valid) > rules.least:
        raise Refused.because("too_many_for_sum", valid=len(valid), minimum=rules.least)
    _check_same_criteria(valid)
    return valid


def _check_same_criteria(valid: Sequence[JudgeSheet]) -> None:
    """A sheet with a criterion less would be a lower total nobody gave."""
    criteria = {key for s in valid for key in s.marks or ()}
    short = [s.seat for s in valid if not s.marks or set(s.marks) != criteria]
    if short:
        raise Refused.because("sheets_differ", seats=named(short))


def _score(
    lines: Sequence[JudgeLine],
    left: Left,
    untrimmed: Fraction,
    rules: PanelRules,
    caps: Sequence[tuple[Cap, str]],
    listed: tuple[Sequence[Penalty], Decimal],
) -> PanelScore:
    mean, cap_lines = cap_figure(left.exact, caps)
    after = after_mean(mean, *listed, rules.floor)
    explanation = Explanation(
        method=left.method,
        judges=tuple(lines),
        valid=left.valid,
        counted=left.counted,
        counted_sum=left.counted_sum,
        mean_exact=exact_text(mean),
        mean=round_half_up(mean, rules.decimals),
        penalties=after.lines,
        penalty_sum=after.taken_off,
        final=round_half_up(after.exact, rules.decimals),
        untrimmed_mean=round_half_up(untrimmed, rules.decimals),
        caps=cap_lines,
        figures={**left.figures, **after.figures},
        groups=left.groups,
    )
    return PanelScore(after.exact, explanation.final, explanation, mean, untrimmed, explanation.mean)


def _line(sheet: JudgeSheet, left: Left) -> JudgeLine:
    """A recused or abstaining judge's line has no marks, even where some had been given before."""
    fate = left.fates.get(sheet.seat, sheet.standing.value)
    marks = dict(sheet.marks) if sheet.marks and sheet.total is not None else {}
    return JudgeLine(sheet.seat, sheet.standing.value, sheet.total, fate, marks, left.dropped.get(sheet.seat, {}))


def named(seats: Iterable[str]) -> str:
    """The seats in their order, as a refusal's figure: "3, 5"."""
    return ", ".join(sorted(seats, key=seat_order))


def seat_order(seat: str) -> tuple[int, int, str]:
    """Seat 2 comes before seat 10, and numbered seats before named ones."""
    return (0, int(seat), seat) if seat.isdecimal() else (1, 0, seat)
