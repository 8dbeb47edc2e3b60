"""Who goes on from one stage to the next (晋级): the first N, a share, or all at or above a score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import ceil

from scoring.rules.declared import Setting
from scoring.rules.draw import draw
from scoring.rules.figures import plain
from scoring.rules.ranking import Ranked
from scoring.rules.refusal import Problem, Refused, refuse_any

FIRST, SHARE, SCORE = "first", "share", "score"
TAKES = (FIRST, SHARE, SCORE)
ALL_LEVEL, TIE_STEPS, PLAY_OFF, LOTS = "all", "ties", "play_off", "lots"
LAST_PLACES = (ALL_LEVEL, TIE_STEPS, PLAY_OFF, LOTS)
PROMOTION = "promotion"


@dataclass(frozen=True)
class StageRule(Setting):
    """An event's entrants are those whom its `source`, the place of an earlier event, lets go on.

    `take` the `first` so many of its ranking, a `share` of it in percent (a fraction of a person is one more), or all
    with a `score` of at least `value`. At the last place `all` with a level exact score go on; or the tie steps decide
    (`ties`), and whoever they leave level goes on together, plays off first, or draws lots.
    Raises Refused stage_take_unknown, stage_last_unknown, stage_value_wrong. Source: domain page 1, promotion.
    """

    source: int
    take: str = FIRST
    value: Decimal = Decimal(20)
    last: str = ALL_LEVEL

    def __post_init__(self) -> None:
        problems = [] if self.take in TAKES else [Problem("stage_take_unknown", "take")]
        problems += [] if self.last in LAST_PLACES else [Problem("stage_last_unknown", "last")]
        whole = self.take != FIRST or self.value == self.value.to_integral_value()
        most = Decimal(100) if self.take == SHARE else Decimal(9999)
        least = Decimal(0) if self.take == SCORE else Decimal("0.01")
        if not (whole and least <= self.value <= most):
            problems.append(Problem("stage_value_wrong", "value", {"most": plain(most)}))
        refuse_any(problems)


@dataclass(frozen=True)
class Promoted:
    """Who goes on and who stays, by key in the order of their ranks; `drawn` are those between whom lots decided."""

    goes: tuple[str, ...]
    stays: tuple[str, ...]
    drawn: tuple[str, ...] = ()


def promoted(rule: StageRule, ranks: Sequence[Ranked], seed: str = "", field: int | None = None) -> Promoted:
    """Who of this ranking goes on by the rule; `seed` decides where lots do.

    A share is one of the `field`, of all who are ranked where that is not given.

    Raises Refused promotion_of_nobody, promotion_too_many (figures value, size), promotion_tied (figures rank,
    level) while a play-off is to decide, and as `draw` does.
    Source: domain page 1, promotion: 末位并列一并进入, tie steps or an extra round.
    """
    ordered = sorted(ranks, key=lambda one: one.rank)
    if rule.take == SCORE:
        return _cut(ordered, [one for one in ordered if one.exact >= Fraction(rule.value)])
    places = _places(rule, len(ordered), len(ordered) if field is None else field)
    last = ordered[places - 1]
    if rule.last == ALL_LEVEL:
        return _cut(ordered, [one for one in ordered if one.rank <= last.rank or one.exact >= last.exact])
    within = [one for one in ordered if one.rank <= last.rank]
    if len(within) == places or rule.last == TIE_STEPS:
        return _cut(ordered, within)
    if rule.last == PLAY_OFF:
        raise Refused.because("promotion_tied", rank=last.rank, level=sum(one.rank == last.rank for one in ordered))
    return _by_lots(ordered, places, last, seed)


def next_up(rule: StageRule, stayed: Sequence[Ranked], seed: str = "") -> Promoted:
    """Who of those that stayed takes one place that fell free, by the rule of the last place; nobody where none can.

    Several where they are level and the rule lets all such go on; nobody below the score where a score is asked for.
    Raises Refused promotion_tied, and as `draw` does. Source: domain page 1, promotion.
    """
    if rule.take == SCORE:
        stayed = [one for one in stayed if one.exact >= Fraction(rule.value)]
    return promoted(replace(rule, take=FIRST, value=Decimal(1)), stayed, seed) if stayed else Promoted((), ())


def _places(rule: StageRule, size: int, field: int) -> int:
    if not size:
        raise Refused.because("promotion_of_nobody")
    places = int(rule.value) if rule.take == FIRST else ceil(Fraction(rule.value) * field / 100)
    if places > size:
        raise Refused.because("promotion_too_many", "value", value=places, size=size)
    return places


def _by_lots(ordered: Sequence[Ranked], places: int, last: Ranked, seed: str) -> Promoted:
    clear = [one.key for one in ordered if one.rank < last.rank]
    level = [one.key for one in ordered if one.rank == last.rank]
    lucky = {*draw(seed, PROMOTION, level)[: places - len(clear)]}
    goes = {*clear, *lucky}
    cut = _cut(ordered, [one for one in ordered if one.key in goes])
    return Promoted(cut.goes, cut.stays, tuple(level))


def _cut(ordered: Sequence[Ranked], going: Sequence[Ranked]) -> Promoted:
    goes = {one.key for one in going}
    return Promoted(tuple(one.key for one in going), tuple(one.key for one in ordered if one.key not in goes))


def check_no_circle(place: int, sources: dict[int, int]) -> None:
    """Refused(stages_wait, field source) where the event at this place would wait for itself; `sources` by place."""
    seen, at = {place}, sources.get(place)
    while at is not None:
        if at in seen:
            raise Refused.because("stages_wait", "source")
        seen.add(at)
        at = sources.get(at)
