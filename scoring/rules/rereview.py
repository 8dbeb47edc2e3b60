"""Re-review: where reviewers of one document lie too far apart, a further reviewer or the chair decides.

The further review is an ordinary sheet of one more seat, made without seeing the others. How it enters [D]:

- by the chair: the chair's review alone is the result, all others are set aside;
- by a further reviewer, where the panel's rules now drop extremes: it joins the others, and they do so;
- by a further reviewer, where nothing is dropped: the review farthest from it is set aside, and the rest have their
  plain mean. Of two reviews that is the mean of the further one and the nearer of the first two. Where several are
  equally far nobody is set aside.

A re-review that was ordered counts even if the reviews should come to agree by a correction afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from scoring.rules.declared import Setting
from scoring.rules.explanation import JudgeLine
from scoring.rules.figures import plain, sum_of
from scoring.rules.panel import JudgeSheet, PanelRules, Standing, score_panel, seat_order
from scoring.rules.panel_rules import PLAIN
from scoring.rules.refusal import Problem, Refused, refuse_any

REVIEWER, CHAIR = "reviewer", "chair"


@dataclass(frozen=True)
class RereviewRules(Setting):
    """The `threshold` in points that the range of the totals may not go over.

    Raises Refused threshold_not_positive. Source: domain page 2D, re-review [D].
    """

    threshold: Decimal = Decimal(15)

    def __post_init__(self) -> None:
        refuse_any([Problem("threshold_not_positive", "threshold")] if self.threshold <= 0 else [])


@dataclass(frozen=True)
class Rereview:
    """Whose sheet is the further review, and whether `by` a reviewer or the chair."""

    seat: str
    by: str


def read_rereview(fact: object) -> Rereview | None:
    """The recorded fact {"seat", "by"}, or None where there is none. Raises Refused fact_malformed."""
    if fact is None:
        return None
    if not isinstance(fact, Mapping) or not isinstance(fact.get("seat"), str):
        raise Refused.because("fact_malformed", "rereview")
    if fact.get("by") not in (REVIEWER, CHAIR):
        raise Refused.because("fact_malformed", "rereview.by")
    return Rereview(fact["seat"], fact["by"])


@dataclass(frozen=True)
class Reviews:
    """The sheets that make the result under `rules`, those set aside, and the figures of the re-review."""

    sheets: tuple[JudgeSheet, ...]
    set_aside: tuple[JudgeSheet, ...]
    rules: PanelRules
    figures: Mapping[str, str]

    def with_set_aside(self, lines: Sequence[JudgeLine]) -> tuple[JudgeLine, ...]:
        """The lines of an explanation with those of the reviews set aside in their places."""
        aside = [JudgeLine(s.seat, s.standing.value, s.total, "set_aside", dict(s.marks or {})) for s in self.set_aside]
        return tuple(sorted([*lines, *aside], key=lambda line: seat_order(line.seat)))


def range_of(sheets: Sequence[JudgeSheet]) -> Decimal:
    """The distance of the highest from the lowest total that is in, in points; 0 with fewer than two.

    Source: domain page 2D, a judge range.
    """
    totals = [sheet.total for sheet in sheets if sheet.total is not None]
    return sum_of([max(totals), -min(totals)]) if totals else Decimal(0)


def agree_reviews(
    sheets: Sequence[JudgeSheet], further: Rereview | None, panel: PanelRules, rules: RereviewRules
) -> Reviews:
    """What the result is made of.

    Raises Refused as `score_panel` does for the assigned reviews: missing_sheets, too_few_judges, …;
    rereview_seat_unknown (figures seat) where the further review is none of the sheets; missing_sheets while it is
    not in; rereview_needed (figures range, threshold) where the range is over the threshold and there is no further
    review, or its seat is recused. Source: domain page 2D, re-review; how it enters [D].
    """
    if further and further.seat not in [sheet.seat for sheet in sheets]:
        raise Refused.because("rereview_seat_unknown", "rereview", seat=further.seat)
    first = [sheet for sheet in sheets if not further or sheet.seat != further.seat]
    score_panel(first, [], panel)
    last = next((sheet for sheet in sheets if further and sheet.seat == further.seat), None)
    _check_in(last)
    figures = {"range": plain(range_of(first)), "threshold": plain(rules.threshold)}
    if further is None or last is None or last.total is None:
        if range_of(first) > rules.threshold:
            raise Refused.because("rereview_needed", **figures)
        return Reviews(tuple(sheets), (), panel, figures)
    return _with_further(first, last, panel, figures | {"rereview": further.by, "rereview_seat": further.seat})


def _check_in(last: JudgeSheet | None) -> None:
    if last and last.total is None and last.standing in (Standing.COUNTED, Standing.MISSING):
        raise Refused.because("missing_sheets", seats=last.seat)


def _with_further(
    first: Sequence[JudgeSheet], last: JudgeSheet, panel: PanelRules, figures: Mapping[str, str]
) -> Reviews:
    valid = [sheet for sheet in first if sheet.total is not None]
    aside, rules = valid, replace(panel, minimum_valid=1, short=PLAIN)
    if figures["rereview"] == REVIEWER:
        aside, rules = ([] if panel.drops(len(valid) + 1) else _farthest(valid, last)), panel
    kept = tuple(sheet for sheet in [*first, last] if sheet not in aside)
    return Reviews(kept, tuple(aside), rules, figures)


def _farthest(valid: Sequence[JudgeSheet], last: JudgeSheet) -> list[JudgeSheet]:
    """The one review whose total is farthest from the further one's; none where several are."""
    totals = {sheet.seat: sheet.total or Decimal(0) for sheet in [*valid, last]}
    distances = [abs(totals[sheet.seat] - totals[last.seat]) for sheet in valid]
    farthest = [sheet for sheet, distance in zip(valid, distances, strict=True) if distance == max(distances)]
    return farthest if len(farthest) == 1 else []
