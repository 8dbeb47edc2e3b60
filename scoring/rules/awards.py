"""Awards by quota: 一/二/三等奖, 标兵/能手, 十佳, best and excellent debaters, best team."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from math import floor
from types import MappingProxyType
from typing import Any

from scoring.rules.declared import Named, keys_twice, read_named
from scoring.rules.ranking import Ranked
from scoring.rules.refusal import Problem, refuse_any

LONGEST_CLASS = 60
ALL_LEVEL, ALL_BESIDE, NOBODY_LEVEL = "all", "beside", "nobody"
LAST_PLACES = (ALL_LEVEL, ALL_BESIDE, NOBODY_LEVEL)


@dataclass(frozen=True)
class Award(Named):
    """An award and for how many it is meant: a `quota` of persons, or a share of those who are ranked in `percent`.

    `of` is the class of entrants that it is for, "" for all; `least` the exact score from which it is given at all.
    Where several share the rank at the line (`last`): `all` get it and the next award has so many fewer, all get it
    `beside` the next award's whole quota, or `nobody` of them does and they come to the next award.
    Raises Refused award_key_missing, award_name_missing, quota_not_positive, award_share_wrong, award_quota_twice,
    award_last_unknown, award_class_too_long. Source: domain page 1, awards.
    """

    quota: int = 0
    percent: Decimal = Decimal(0)
    of: str = ""
    least: Decimal | None = None
    last: str = ALL_LEVEL

    def __post_init__(self) -> None:
        problems = [] if self.key else [Problem("award_key_missing", "key")]
        problems += self.without_name("award_name_missing")
        if self.quota < 0 or not (self.quota or self.percent):
            problems.append(Problem("quota_not_positive", "quota"))
        if not 0 <= self.percent <= 100:
            problems.append(Problem("award_share_wrong", "percent"))
        if self.quota and self.percent:
            problems.append(Problem("award_quota_twice", "percent"))
        if self.last not in LAST_PLACES:
            problems.append(Problem("award_last_unknown", "last"))
        if len(self.of) > LONGEST_CLASS:
            problems.append(Problem("award_class_too_long", "of", {"most": str(LONGEST_CLASS)}))
        refuse_any(problems)

    def to_data(self) -> dict[str, Any]:
        """JSON-able; what an award of numbers alone does not have is left out, as it was in earlier releases."""
        data = super().to_data()
        started = {"percent": "0", "of": "", "least": None, "last": ALL_LEVEL}
        for name in [name for name, value in started.items() if data[name] == value]:
            del data[name]
        return data if self.quota else {name: value for name, value in data.items() if name != "quota"}

    def places(self, ranked: int) -> int:
        """How many it is for where so many are ranked; a fraction of a person is none [D]."""
        return self.quota or floor(Fraction(self.percent) * ranked / 100)


# Quotas [S]: 23 entrants gave 6 标兵, 6 能手 and 2 organisation awards. Those of prizes and debaters [D].
PRIZES = (
    Award("first_prize", "一等奖", "First prize", 3),
    Award("second_prize", "二等奖", "Second prize", 6),
    Award("third_prize", "三等奖", "Third prize", 9),
)
MODELS_AND_EXPERTS = (
    Award("model", "业务标兵", "Model", 6),
    Award("expert", "业务能手", "Expert", 6),
)
TOP_TEN = (
    Award("top_ten", "十佳", "Top ten", 10),
    Award("nominee", "提名", "Nominee", 10),
    Award("excellent", "优秀", "Excellent", 10),
)
DEBATERS = (
    Award("best_debater", "最佳辩手", "Best debater", 1),
    Award("excellent_debater", "优秀辩手", "Excellent debater", 3),
)
TEAMS = (Award("best_team", "最佳团队", "Best team", 1),)
OFFICES = (Award("organisation", "优秀组织奖", "Organisation award", 2),)
# National ones [S]: 10, 10 and 40 to 50, with 5 for offices.
NATIONAL = (
    Award("top_ten", "十佳", "Top ten", 10),
    Award("nominee", "提名", "Nominee", 10),
    Award("excellent", "优秀", "Excellent", 40),
)
FIVE_OFFICES = (Award("organisation", "组织奖", "Organisation award", 5),)


@dataclass(frozen=True)
class Awarded:
    """Who gets an award, in order of rank, and for how many it was; `beyond` are more: a shared rank is not split."""

    award: Award
    winners: tuple[str, ...]
    places: int

    @property
    def beyond(self) -> int:
        """How many more than it was for."""
        return max(0, len(self.winners) - self.places)


def read_awards(data: object) -> tuple[Award, ...]:
    """The awards, the highest first. Raises Refused, also award_key_twice; fields like "0.quota"."""
    return read_named("award_key_twice", data, Award.from_data)


def give(
    ranked: Sequence[Ranked], awards: Sequence[Award], classes: Mapping[str, str] = MappingProxyType({})
) -> tuple[Awarded, ...]:
    """Who gets which award: each the highest that they come to, one at most. `classes` are the entrants' by key.

    Only who is ranked gets one, so nobody who did not perform. An award goes down the ranking among those of its class
    who have none yet; one for all counts a place that nobody has, as where neither finalist came. A shared rank is
    never split; how the line is drawn then, and what it costs the next award for the same class, is the award's own
    rule. With quotas 1 and 2 the ranks 1-1-3 make two winners of the first and one of the second.
    Raises Refused award_key_twice. Source: domain page 1, awards.
    """
    refuse_any(keys_twice("award_key_twice", awards))
    left = _places_of(ranked)
    over: dict[str, int] = {}
    given = []
    for award in awards:
        mine = {one.key for one in ranked if not award.of or classes.get(one.key) == award.of}
        places = award.places(len(mine))
        free = max(0, places - over.get(award.of, 0))
        winners = _down_to(award, [one for one in left if (one.who.key in mine if one.who else not award.of)], free)
        over[award.of] = max(0, over.get(award.of, 0) - places)
        over[award.of] += max(0, len(winners) - free) if award.last == ALL_LEVEL else 0
        left = [one for one in left if one not in winners]
        given.append(Awarded(award, tuple(one.who.key for one in winners if one.who), places))
    return tuple(given)


@dataclass(frozen=True)
class _Place:
    """A place of the ranking and who has it; nobody, where neither finalist came and the others keep their ranks."""

    rank: int
    who: Ranked | None

    def comes_to(self, least: Decimal | None) -> bool:
        return self.who is None or least is None or self.who.exact >= Fraction(least)


def _places_of(ranked: Sequence[Ranked]) -> list[_Place]:
    """Every place from the first down to the last that anybody has, in order."""
    places: list[_Place] = []
    for rank, group in groupby(sorted(ranked, key=lambda one: one.rank), lambda one: one.rank):
        places += [_Place(empty, None) for empty in range(len(places) + 1, rank)]
        places += [_Place(rank, one) for one in group]
    return places


def _down_to(award: Award, candidates: Sequence[_Place], free: int) -> list[_Place]:
    """The best of these, whole shared ranks only, as far as the places and the least score reach."""
    winners: list[_Place] = []
    for _, group in groupby(candidates, lambda one: one.rank):
        level = [one for one in group if one.comes_to(award.least)]
        too_many = award.last == NOBODY_LEVEL and len(winners) + len(level) > free
        if len(winners) >= free or too_many:
            break
        winners += level
    return winners
