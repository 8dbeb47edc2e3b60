"""The overall result where there are stages: who went on, then who did not go on to each, ranked among themselves."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

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
    """Contestants by key who are compared without the same events, because they did not go on to them."""

    keys: tuple[str, ...]
    without: frozenset[str]


def tiers_of(contest: Contest, keys: Collection[str], until: Until) -> list[Tier]:
    """Who went on to every stage, then the others, who came further first."""
    stayed = {str(event.position): {one.id for one in not_promoted(event, until)} for event in contest.events}
    reached = {str(key): depth_of(event) for key, event in stopped_at(contest, until).items()}
    groups: dict[tuple[float, frozenset[str]], list[str]] = {}
    for key in keys:
        without = _with_later(contest, {place for place, ids in stayed.items() if int(key) in ids})
        groups.setdefault((-reached.get(key, float("inf")), without), []).append(key)
    return [Tier(tuple(group), without) for (_, without), group in sorted(groups.items(), key=lambda one: one[0][0])]


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
    for tier in tiers if rules.weighting else ():
        assert rules.weighting is not None
        held = {event: {key: one for key, one in of.items() if key in tier.keys} for event, of in results.items()}
        found = composite(rules.weighting, held, tier.without)
        ranks += [replace(one, rank=one.rank + before) for one in rank(contenders(found, heaviest(found)), rules.ties)]
        scores |= found.scores
        incomplete |= found.incomplete
        before += len(tier.keys)
    return Totals(scores, incomplete), ranks


def stopped(tiers: Collection[Tier]) -> set[str]:
    """Who did not go on to a stage."""
    return {key for tier in tiers if tier.without for key in tier.keys}


def asked(events: Collection[Event], tiers: Collection[Tier], key: str) -> tuple[str, ...]:
    """The events, by place, in which this contestant is compared."""
    without = next((tier.without for tier in tiers if key in tier.keys), frozenset())
    return tuple(str(event.position) for event in events if str(event.position) not in without)
