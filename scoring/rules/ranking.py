"""Scores → ranks: exact values first, then the tie chain, then shared ranks 1-2-2-4."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from math import lcm

from scoring.rules.explanation import TieLine
from scoring.rules.figures import round_half_up, telling_decimals
from scoring.rules.refusal import Problem, Refused, refuse_any


@dataclass(frozen=True)
class Contender:
    """Someone to be ranked: `exact` ranks, `shown` is on the screen, `tie_values` answer the tie steps.

    In every step the higher value comes first; a step for which a value is absent cannot decide. `places` are the
    decimals that the figures of the steps after the exact value are published with, where `shown` has fewer.
    """

    key: str
    exact: Fraction
    shown: Decimal
    tie_values: Mapping[str, Fraction] = field(default_factory=dict)
    places: int = 0


@dataclass(frozen=True)
class TieStep:
    """One step of the chain: its name, the rule it comes from, and the value it compares."""

    key: str
    source: str
    value: Callable[[Contender], Fraction | None]


def _recorded(key: str, source: str) -> TieStep:
    return TieStep(key, source, lambda contender: contender.tie_values.get(key))


_STEPS = (
    TieStep(
        "exact_value",
        "domain page 1, ties and ranking: more decimals",
        lambda c: c.exact,
    ),
    _recorded("key_criterion", "domain page 1, ties: the named key criterion"),
    _recorded("untrimmed_mean", "domain page 1, ties: the mean with nothing dropped"),
    _recorded("format_step", "domain page 1, ties: the format's own step"),
    _recorded("play_off", "domain page 1, ties: play-off or secret ballot of the panel"),
    TieStep("shared_rank", "domain page 1, ties: shared rank, 1-2-2-4", lambda _: None),
)
TIE_STEPS: Mapping[str, TieStep] = {step.key: step for step in _STEPS}


@dataclass(frozen=True)
class Ranked:
    """A place in the ranking.

    `shown_precise` has extra digits where the same figure is shown for different exact values; `decided_by`
    is the step that told the contender from others with the same shown figure (shared_rank if none did, None
    if nobody else has it); `tie_figures` are the contender's figures in the steps that were asked.
    """

    key: str
    rank: int
    shared: bool
    exact: Fraction
    shown: Decimal
    shown_precise: str
    decided_by: str | None
    tie_figures: Mapping[str, str]

    @property
    def tie(self) -> TieLine | None:
        """The line for the explanation; None where there was no tie to decide."""
        return TieLine(self.decided_by, self.shared, self.tie_figures) if self.decided_by else None


def check_chain(chain: Sequence[str]) -> None:
    """Refuse a chain that cannot be followed.

    Raises Refused unknown_tie_step (figures step), tie_step_twice, exact_value_not_first,
    shared_rank_not_last. exact_value and shared_rank may be left out: they hold anyway.
    """
    problems = []
    for place, step in enumerate(chain):
        if not isinstance(step, str) or step not in TIE_STEPS:
            problems.append(Problem("unknown_tie_step", str(place), {"step": str(step)[:40]}))
        elif step in chain[:place]:
            problems.append(Problem("tie_step_twice", str(place), {"step": step}))
        elif step == "exact_value" and place > 0:
            problems.append(Problem("exact_value_not_first", str(place)))
        elif step == "shared_rank" and place < len(chain) - 1:
            problems.append(Problem("shared_rank_not_last", str(place)))
    refuse_any(problems)


def rank(contenders: Sequence[Contender], chain: Sequence[str]) -> list[Ranked]:
    """The contenders in their order, ranked on exact values and then by the chain's steps.

    Those whom no step tells apart share a rank, in the order of their keys. Raises Refused as `check_chain`
    does, and contender_twice (figures key). Source: domain page 1, ties and ranking.
    """
    check_chain(chain)
    _check_keys(contenders)
    steps = [TIE_STEPS["exact_value"]]
    steps += [TIE_STEPS[key] for key in chain if key not in ("exact_value", "shared_rank")]
    extra = _extra_decimals(contenders)
    ranked: list[Ranked] = []
    for place in _told_apart(_Place(tuple(sorted(contenders, key=lambda c: c.key))), steps):
        first = 1 + len(ranked)
        ranked += [_ranked(c, first, place, extra.get(c.shown)) for c in place.group]
    return ranked


def _check_keys(contenders: Sequence[Contender]) -> None:
    seen: set[str] = set()
    for contender in contenders:
        if contender.key in seen:
            raise Refused.because("contender_twice", key=contender.key)
        seen.add(contender.key)


def _extra_decimals(contenders: Sequence[Contender]) -> dict[Decimal, int]:
    """For each figure that several contenders show: the places that tell their exact values apart."""
    alike: dict[Decimal, list[Contender]] = {}
    for contender in contenders:
        alike.setdefault(contender.shown, []).append(contender)
    exact = TIE_STEPS["exact_value"]
    return {shown: _telling(exact, group) for shown, group in alike.items() if len(group) > 1}


@dataclass(frozen=True)
class _Place:
    """Contenders not told apart yet, the step they were last compared in, and what was asked of them.

    `asked` holds the steps after exact_value, each with the places that its figures need.
    """

    group: tuple[Contender, ...]
    last_step: str = "exact_value"
    asked: tuple[tuple[TieStep, int], ...] = ()


def _told_apart(place: _Place, steps: Sequence[TieStep]) -> Iterator[_Place]:
    """The places in order, each as small as the steps can make it."""
    if len(place.group) <= 1 or not steps:
        yield place
        return
    step, later = steps[0], steps[1:]
    if any(step.value(c) is None for c in place.group):
        yield from _told_apart(place, later)
        return
    asked = place.asked
    if step.key != "exact_value":
        asked += ((step, _telling(step, place.group)),)
    for part in _parts(step, place.group):
        yield from _told_apart(_Place(part, step.key, asked), later)


def _parts(step: TieStep, group: Sequence[Contender]) -> Iterator[tuple[Contender, ...]]:
    """The group cut by the step's value, highest first; equal ones keep their order."""
    values = [_asked(step, contender) for contender in group]
    scale = lcm(*(value.denominator for value in values))  # whole numbers are compared in a tenth of the time
    whole = {c.key: value.numerator * (scale // value.denominator) for c, value in zip(group, values, strict=True)}

    def height(contender: Contender) -> int:
        return whole[contender.key]

    for _, part in groupby(sorted(group, key=height, reverse=True), height):
        yield tuple(part)


def _asked(step: TieStep, contender: Contender) -> Fraction:
    """The value of a step that is known to have one."""
    value = step.value(contender)
    assert value is not None
    return value


def _telling(step: TieStep, group: Sequence[Contender]) -> int:
    """The places with which the step's figures tell the group apart, at least those that are published."""
    least = len(str(group[0].shown).partition(".")[2])
    least = least if step.key == "exact_value" else max(least, group[0].places)
    return telling_decimals([_asked(step, c) for c in group], least)


def _ranked(contender: Contender, first: int, place: _Place, extra: int | None) -> Ranked:
    """`extra` is given where several contenders show the same figure."""
    shared = len(place.group) > 1
    precise, decided_by = str(contender.shown), None
    figures = {s.key: str(round_half_up(_asked(s, contender), places)) for s, places in place.asked}
    if extra is not None:
        precise = str(round_half_up(contender.exact, extra))
        figures = {"exact_value": precise, **figures}
        decided_by = "shared_rank" if shared else place.last_step
    exact, shown = contender.exact, contender.shown
    return Ranked(contender.key, first, shared, exact, shown, precise, decided_by, figures)
