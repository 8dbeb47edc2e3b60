"""The overall result where there are stages: who went on, then who did not go on to each, ranked among themselves."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from scoring.board.reading.freeze import Until
from scoring.board.reading.stages import depth_of, not_promoted, stopped_at
from scoring.rules.composite import Totals, composite, contenders
from scoring.rules.explanation import Score
from scoring.rules.overall import OverallRules, heaviest
from scoring.rules.ranking import Ranked, rank
from scoring.store import Contest, Event

Results = Mapping[str, Mapping[str, Score]]


@dataclass(frozen=True)
class Tier:
    """Contestants by key who are compared without the same events, because they did not go on to them.

    A lower `level` came further; whoever is of the same is ranked together.
    """

    keys: tuple[str, ...]
    without: frozenset[str]
    level: tuple[float, int]


def tiers_of(contest: Contest, keys: Collection[str], until: Until) -> list[Tier]:
    """Who went on to every stage, then the others, who came further first, then who takes part in more events."""
    stayed = {str(event.position): {one.id for one in not_promoted(event, until)} for event in contest.events}
    reached = {str(key): depth_of(event) for key, event in stopped_at(contest, until).items()}
    groups: dict[tuple[tuple[float, int], frozenset[str]], list[str]] = {}
    for key in keys:
        without = _with_later(contest, {place for place, ids in stayed.items() if int(key) in ids})
        groups.setdefault(((-reached.get(key, float("inf")), len(without)), without), []).append(key)
    found = [Tier(tuple(group), without, level) for (level, without), group in groups.items()]
    return sorted(found, key=lambda one: one.level)


def _with_later(contest: Contest, without: set[str]) -> frozenset[str]:
    """These events with all to which one goes on from them."""
    for event in sorted(contest.events, key=depth_of):
        if event.stage and str(event.stage["rule"]["source"]) in without:
            without.add(str(event.position))
    return frozenset(without)


def totals_of(rules: OverallRules, results: Results, tiers: Collection[Tier]) -> tuple[Totals, list[Ranked]]:
    """Everybody's total and rank: nobody who did not go on stands before somebody who did."""
    scores: dict[str, Score] = {}
    incomplete: dict[str, tuple[str, ...]] = {}
    ranks: list[Ranked] = []
    before = 0
    for _, level in groupby(tiers if rules.weighting else (), lambda one: one.level):
        beside = list(level)
        found = _together([_totals_in(rules, results, tier) for tier in beside])
        ranks += [replace(one, rank=one.rank + before) for one in rank(contenders(found, heaviest(found)), rules.ties)]
        scores |= found.scores
        incomplete |= found.incomplete
        before += sum(len(tier.keys) for tier in beside)
    return Totals(scores, incomplete), ranks


def _totals_in(rules: OverallRules, results: Results, tier: Tier) -> Totals:
    assert rules.weighting is not None
    held = {event: {key: one for key, one in of.items() if key in tier.keys} for event, of in results.items()}
    return composite(rules.weighting, held, tier.without)


def _together(all_of: Collection[Totals]) -> Totals:
    scores = {key: score for one in all_of for key, score in one.scores.items()}
    return Totals(scores, {key: events for one in all_of for key, events in one.incomplete.items()})


def stopped(tiers: Collection[Tier]) -> set[str]:
    """Who did not go on to a stage."""
    return {key for tier in tiers if tier.without for key in tier.keys}


def asked(events: Collection[Event], tiers: Collection[Tier], key: str) -> tuple[str, ...]:
    """The events, by place, in which this contestant is compared."""
    without = next((tier.without for tier in tiers if key in tier.keys), frozenset())
    return tuple(str(event.position) for event in events if str(event.position) not in without)
