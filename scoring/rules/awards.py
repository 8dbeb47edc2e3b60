"""Awards by quota: 一/二/三等奖, 标兵/能手, 十佳, best and excellent debaters, best team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scoring.rules.declared import Named, keys_twice, read_named
from scoring.rules.ranking import Ranked
from scoring.rules.refusal import Problem, refuse_any


@dataclass(frozen=True)
class Award(Named):
    """An award and for how many it is meant.

    Raises Refused award_key_missing, award_name_missing, quota_not_positive. Source: domain page 1, awards.
    """

    quota: int

    def __post_init__(self) -> None:
        problems = [] if self.key else [Problem("award_key_missing", "key")]
        problems += self.without_name("award_name_missing")
        if self.quota < 1:
            problems.append(Problem("quota_not_positive", "quota"))
        refuse_any(problems)


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


@dataclass(frozen=True)
class Awarded:
    """Who gets an award, in order of rank; `beyond` are more than its quota, for a shared rank is not split."""

    award: Award
    winners: tuple[str, ...]

    @property
    def beyond(self) -> int:
        """How many more than the quota."""
        return max(0, len(self.winners) - self.award.quota)


def read_awards(data: object) -> tuple[Award, ...]:
    """The awards, the highest first. Raises Refused, also award_key_twice; fields like "0.quota"."""
    return read_named("award_key_twice", data, Award.from_data)


def give(ranked: Sequence[Ranked], awards: Sequence[Award]) -> tuple[Awarded, ...]:
    """Who gets which award: each the highest whose quota, with those above it, reaches to their rank.

    A shared rank is never split: if the quota ends within it, all who share it get the award, and the next one has
    so many fewer [D]. Ranks are those of the whole ranking, so with quotas 1 and 2 the ranks 1-1-3 make two winners
    of the first and one of the second. Raises Refused award_key_twice. Source: domain page 1, awards.
    """
    refuse_any(keys_twice("award_key_twice", awards))
    above, given = 0, []
    for award in awards:
        reach = above + award.quota
        given.append(Awarded(award, tuple(r.key for r in ranked if above < r.rank <= reach)))
        above = reach
    return tuple(given)
