"""Who gets which award, once everything that it is given for is public; nobody hears of one before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from scoring.board.reading import knockout
from scoring.board.reading.core import Core
from scoring.board.reading.ranked import Placed
from scoring.board.snapshots.shared import Award
from scoring.rules.awards import give, read_awards
from scoring.rules.ranking import Ranked

#: What the quotas are for: an event's ranking and the speakers beside it; a contest's overall ranking and its offices.
RANKING, SPEAKERS, OVERALL, OFFICES = "ranking", "speakers", "overall", "offices"


def is_over(core: Core) -> bool:
    """Whether every turn of every round of the event is public, and nobody waits for a match.

    A knockout that fewer than two reached has no turn. A stage is not over before it is said who takes part in it.
    """
    return not core.unplaced.waiting and knockout.is_over(core.event, core.turns, core.until)


def awards_of(core: Core, kind: str, placed: Sequence[Placed]) -> dict[int, Award]:
    """Who of these gets which award of that kind, by contestant id: {key, zh, en}; {} until everything is public."""
    quotas = core.event.awards.get(kind)
    if not quotas or not is_over(core):
        return {}
    classes = {one.ranked.key: one.contestant.category for one in placed}
    return {int(key): award for key, award in given([one.ranked for one in placed], quotas, classes).items()}


def given(
    ranks: Sequence[Ranked], quotas: Sequence[Mapping[str, Any]], classes: Mapping[str, str] = MappingProxyType({})
) -> dict[str, Award]:
    """The award of everybody who gets one, by the key of the ranking: {key, zh, en}; `classes` are theirs by key."""
    return {
        winner: {"key": awarded.award.key, "zh": awarded.award.zh, "en": awarded.award.en}
        for awarded in give(ranks, read_awards(quotas), classes)
        for winner in awarded.winners
    }
