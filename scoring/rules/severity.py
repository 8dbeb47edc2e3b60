"""Severity: what documents would score if all reviewers were equally strict, beside what they do score.

With few reviewers for each document, meeting two strict ones is bad luck. The remedy assumes that each reviewer's
documents are much like any other's, as a drawn assignment makes likely. A reviewer's totals are then shifted to the
mean of all reviews, and stretched or squeezed about it to the spread of all:

    normalised = mean of all + (total − the reviewer's mean) × factor
    factor     = √(variance of all reviewers together ÷ the reviewer's variance)

Everything is an exact fraction but the square root, which is taken to ten places and cut there; a ratio that is a
square, such as 1, has its exact root. A reviewer with too few documents, or who gave all of them the same total, has
no spread to speak of: the first is left alone, the second only shifted. The plain result is never replaced.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import isqrt

from scoring.rules.declared import Setting
from scoring.rules.explanation import Explanation
from scoring.rules.figures import round_half_up
from scoring.rules.refusal import Problem, refuse_any

ROOT_PLACES = 10
LEAST = 2


@dataclass(frozen=True)
class SeverityRules(Setting):
    """Whether the normalised result is `shown`, and from how many reviews on a reviewer's severity can be told.

    Raises Refused least_reviews_too_low (figures minimum). Source: domain page 2D; off and 3 [D].
    """

    shown: bool = False
    least_reviews: int = 3

    def __post_init__(self) -> None:
        wrong = self.least_reviews < LEAST
        refuse_any([Problem("least_reviews_too_low", "least_reviews", {"minimum": str(LEAST)})] if wrong else [])


@dataclass(frozen=True)
class ReviewerSeverity:
    """One reviewer: how many `reviews`, their exact mean and variance in points, and the factor of their spread.

    `judged` is false for a reviewer with too few reviews, whose totals stay as they are.
    """

    seat: str
    reviews: int
    mean: Fraction
    variance: Fraction
    factor: Fraction
    judged: bool

    @property
    def spread(self) -> Fraction:
        """The standard deviation in points, cut to ten places."""
        return square_root(self.variance)


@dataclass(frozen=True)
class NormalisedScore:
    """A document's result beside its plain one: `exact` and `final` under the same caps and penalties.

    `totals` are the normalised totals of the reviews that counted, by seat.
    """

    plain: Decimal
    exact: Fraction
    final: Decimal
    totals: Mapping[str, Fraction]


@dataclass(frozen=True)
class Severity:
    """All reviewers by seat and all documents by key."""

    mean: Fraction
    variance: Fraction
    reviewers: Mapping[str, ReviewerSeverity]
    documents: Mapping[str, NormalisedScore]


def square_root(value: Fraction) -> Fraction:
    """The square root of a value that is not negative: exact for squares, else cut to ten places.

    Raises ValueError below 0.
    """
    above, below = isqrt(value.numerator), isqrt(value.denominator)
    if (above * above, below * below) == (value.numerator, value.denominator):
        return Fraction(above, below)
    shift = 10**ROOT_PLACES
    return Fraction(isqrt(value.numerator * shift * shift // value.denominator), shift)


def normalise(explanations: Mapping[str, Explanation], rules: SeverityRules) -> Severity:
    """The reviewers' severity over all documents, and each document's normalised result.

    Every review with a total tells about its reviewer, also one that was dropped or set aside; a document's result
    is made of the reviews that counted in the plain one. Mean and variance of all are those of the reviewers who can
    be judged. Source: domain page 2D, normalise where the organizer chooses; the method [D].
    """
    given = _totals_by_seat(explanations.values())
    told = {seat: totals for seat, totals in given.items() if len(totals) >= rules.least_reviews}
    mean, variance = _overall(told)
    reviewers = {seat: _reviewer(seat, totals, variance, seat in told) for seat, totals in given.items()}
    documents = {key: _normalised(explained, reviewers, mean) for key, explained in explanations.items()}
    return Severity(mean, variance, reviewers, documents)


def _totals_by_seat(explanations: Collection[Explanation]) -> dict[str, list[Fraction]]:
    given: dict[str, list[Fraction]] = {}
    for explained in explanations:
        for line in explained.judges:
            if line.total is not None:
                given.setdefault(line.seat, []).append(Fraction(line.total))
    return given


def _overall(told: Mapping[str, Collection[Fraction]]) -> tuple[Fraction, Fraction]:
    """The mean of all reviews, and the variance within the reviewers together."""
    totals = [total for one in told.values() for total in one]
    if not totals:
        return Fraction(0), Fraction(0)
    within = sum((_squares(one) for one in told.values()), Fraction(0))
    return _mean(totals), within / len(totals)


def _mean(totals: Collection[Fraction]) -> Fraction:
    return sum(totals, Fraction(0)) / len(totals)


def _squares(totals: Collection[Fraction]) -> Fraction:
    """The sum of the squared distances from the mean."""
    mean = _mean(totals)
    return sum(((total - mean) ** 2 for total in totals), Fraction(0))


def _reviewer(seat: str, totals: Collection[Fraction], overall: Fraction, judged: bool) -> ReviewerSeverity:
    variance = _squares(totals) / len(totals)
    factor = square_root(overall / variance) if judged and variance else Fraction(1)
    return ReviewerSeverity(seat, len(totals), _mean(totals), variance, factor, judged)


def _normalised(explained: Explanation, reviewers: Mapping[str, ReviewerSeverity], mean: Fraction) -> NormalisedScore:
    totals = {
        line.seat: _moved(Fraction(line.total), reviewers[line.seat], mean)
        for line in explained.judges
        if line.fate == "counted" and line.total is not None
    }
    capped = min([_mean(totals.values()), *(Fraction(cap.limit) for cap in explained.caps)])
    exact = capped + explained.added - Fraction(explained.penalty_sum)
    decimals = len(str(explained.final).partition(".")[2])
    return NormalisedScore(explained.final, exact, round_half_up(exact, decimals), totals)


def _moved(total: Fraction, reviewer: ReviewerSeverity, mean: Fraction) -> Fraction:
    return mean + (total - reviewer.mean) * reviewer.factor if reviewer.judged else total
