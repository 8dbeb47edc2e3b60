"""The editable rules of a panel: how many extremes go, of what, what the rest make, and what a recusal does."""

from __future__ import annotations

from dataclasses import dataclass, replace

from scoring.rules.declared import Setting, keys_twice
from scoring.rules.judge_groups import Group, problems_among
from scoring.rules.refusal import Problem, problems_of, refuse_any

MOST_DECIMALS = 6
#: More are never dropped at one end: the largest panels have 21 judges. [D]
MOST_DROPPED = 9
MEAN, MEDIAN, SUM = "mean", "median", "sum"
#: What is dropped and counted: whole sheets, or the marks of each criterion by themselves.
TOTAL, CRITERION = "total", "criterion"
#: What happens with fewer valid sheets than the trim asks for.
PLAIN, TRIM, RESERVE = "plain", "trim", "reserve"
#: What happens where a group of judges has too few sheets for a figure: nothing is released, or the others share.
SHARE = "share"
_OFFERED = {
    "by": (TOTAL, CRITERION),
    "figure": (MEAN, MEDIAN, SUM),
    "short": (PLAIN, TRIM, RESERVE),
    "empty": (RESERVE, SHARE),
}


@dataclass(frozen=True)
class PanelRules(Setting):
    """How a panel's sheets become one figure.

    With `trim`, the `drop_high` highest and `drop_low` lowest are dropped from `trim_from` valid sheets on, of the
    totals or `by` each criterion; the rest make a mean, median or sum. With fewer sheets than that, by `short`, all
    have their plain figure, the extremes go as long as anything is left, or a reserve judge has to step in. A sum is
    always of `least` sheets, since one of more is no fair comparison. Under `minimum_valid` there is no score; the
    result has `decimals` places and, with `floor`, is never below 0. Totals that lie more than `wide` points apart are
    pointed out to the chief judge; they count all the same. Raises Refused drop_out_of_range, trim_from_too_low,
    minimum_valid_too_low, decimals_out_of_range, wide_not_positive, unknown_choice. Source: domain page 1, aggregation,
    trim floor and penalties (no total falls below 0); domain page 3, the chief judge's spread warning. Two at each end
    and a sum: World Aquatics, diving, which drops two of seven awards at each end and adds up the rest.

    Where judges sit in weighed `groups`, each group drops and makes its figure by its own rules (`of_group`), with `by`
    and `short` as they are here; what the groups weigh makes the score. Of a group with too few sheets, by `empty`, a
    reserve judge has to step in, or its weight goes to the other groups in proportion to theirs. Raises Refused also
    group_weights_not_whole (figure sum), seat_in_two_groups (figure seats), group_key_twice, sum_not_in_groups, and as
    `Group` does.
    """

    trim: bool = True
    trim_from: int = 5
    minimum_valid: int = 3
    decimals: int = 2
    wide: int = 15
    drop_high: int = 1
    drop_low: int = 1
    by: str = TOTAL
    figure: str = MEAN
    short: str = PLAIN
    floor: bool = False
    groups: tuple[Group, ...] = ()
    empty: str = RESERVE

    def __post_init__(self) -> None:
        refuse_any([*self._problems_of_sizes(), *self._problems_of_choices()] or self._problems_of_groups())

    def _problems_of_sizes(self) -> list[Problem]:
        problems = [] if self.wide >= 1 else [Problem("wide_not_positive", "wide")]
        of_drops = [name for name in ("drop_high", "drop_low") if not 1 <= getattr(self, name) <= MOST_DROPPED]
        limits = {"minimum": "1", "maximum": str(MOST_DROPPED)}
        problems += [Problem("drop_out_of_range", name, limits) for name in of_drops]
        if not of_drops and self.trim_from <= self.dropped:
            problems.append(Problem("trim_from_too_low", "trim_from", {"minimum": str(self.dropped + 1)}))
        if self.minimum_valid < 1:
            problems.append(Problem("minimum_valid_too_low", "minimum_valid", {"minimum": "1"}))
        if not 0 <= self.decimals <= MOST_DECIMALS:
            limits = {"minimum": "0", "maximum": str(MOST_DECIMALS)}
            problems.append(Problem("decimals_out_of_range", "decimals", limits))
        return problems

    def _problems_of_choices(self) -> list[Problem]:
        wrong = [name for name, offered in _OFFERED.items() if getattr(self, name) not in offered]
        return [Problem("unknown_choice", name, {"choice": getattr(self, name)[:40]}) for name in wrong]

    def _problems_of_groups(self) -> list[Problem]:
        problems = [*keys_twice("group_key_twice", self.groups), *problems_among(self.groups)]
        for place, group in enumerate(self.groups):
            problems += [problem.under(str(place)) for problem in self._problems_of_group(group)]
        return [problem.under("groups") for problem in problems]

    def _problems_of_group(self, group: Group) -> tuple[Problem, ...]:
        """What is wrong with how the group drops and counts."""
        if group.figure == SUM:
            return (Problem("sum_not_in_groups", "figure"),)
        return problems_of(lambda: self.of_group(group))

    def of_group(self, group: Group) -> PanelRules:
        """The rules by which the group's sheets become its figure."""
        drops = {name: getattr(group, name) for name in ("drop_high", "drop_low", "trim_from")} if group.drops else {}
        return replace(
            self, groups=(), trim=group.drops, minimum_valid=group.minimum_valid, figure=group.figure, **drops
        )

    @property
    def dropped(self) -> int:
        """How many are dropped where extremes are."""
        return self.drop_high + self.drop_low

    @property
    def from_sheets(self) -> int:
        """From how many valid sheets on extremes are dropped; 0 where they never are, or by each group for itself."""
        return 0 if not self.trim or self.groups else self.dropped + 1 if self.short == TRIM else self.trim_from

    @property
    def least(self) -> int:
        """The fewest valid sheets with which there is a score."""
        if self.groups:
            each = [self.of_group(group).least for group in self.groups]
            return max(self.minimum_valid, sum(each) if self.empty == RESERVE else min(each))
        needed = self.trim_from if self.trim and (self.short == RESERVE or self.figure == SUM) else 1
        return max(self.minimum_valid, needed)

    def drops(self, valid: int) -> bool:
        """Whether the extremes of so many valid sheets are dropped."""
        return 0 < self.from_sheets <= valid
