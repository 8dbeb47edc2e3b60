"""Groups of judges with weights: who is in which, what each group's marks weigh, and how they become its figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from scoring.rules.declared import Kind, Named
from scoring.rules.figures import plain, sum_of
from scoring.rules.numbers import from_keyboard
from scoring.rules.refusal import Problem, Refused, refuse_any

#: What the weights of all groups add up to.
WHOLE = Decimal(100)
#: Seats are numbered up to here at most; a larger number is a slip of the hand. [D]
HIGHEST_SEAT = 999
_BETWEEN = re.compile(r"[,，、;；\s]+")
_RANGE = re.compile(r"([0-9]{1,3})(?:[-–—~～至到]([0-9]{1,3}))?")


def read_seats(raw: object) -> tuple[int, ...]:
    """The numbers of seats as people write them, "1-5, 8", in order. Raises Refused seats_malformed."""
    text = from_keyboard(raw) if isinstance(raw, str) else ""
    if not isinstance(raw, str):
        raise Refused.because("seats_malformed")
    found: set[int] = set()
    for part in filter(None, _BETWEEN.split(text)):
        match = _RANGE.fullmatch(part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last <= HIGHEST_SEAT:
            raise Refused.because("seats_malformed")
        found |= {*range(first, last + 1)}
    return tuple(sorted(found))


def write_seats(seats: Sequence[int]) -> str:
    """The numbers as short as people would write them: "1-5, 8"."""
    parts: list[list[int]] = []
    for seat in seats:
        if parts and parts[-1][-1] == seat - 1:
            parts[-1].append(seat)
        else:
            parts.append([seat])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in parts)


Seats = Annotated[tuple[int, ...], Kind(read_seats, write_seats, ())]


@dataclass(frozen=True)
class Group(Named):
    """Judges whose marks make one figure, which weighs `weight` of 100 in the score.

    `seats` are the numbers of its judges, the same in every room. From `trim_from` sheets on `drop_high` and `drop_low`
    are dropped, none where both are 0; the rest make a `figure`, mean or median. Under `minimum_valid` sheets it has
    none.
    Raises Refused group_name_missing, group_weight_out_of_range, group_without_seats, group_smaller_than_least,
    group_too_small_to_drop (figures given, dropped, minimum).
    Source: published rules of contests with 专业评委, 专家评委 and 大众评审, each group trimmed by itself (70/20/10).
    """

    weight: Decimal
    seats: Seats = ()
    drop_high: int = 0
    drop_low: int = 0
    trim_from: int = 0
    figure: str = "mean"
    minimum_valid: int = 1

    def __post_init__(self) -> None:
        refuse_any(self._problems())

    @property
    def names(self) -> dict[str, str]:
        """The group for a sentence, in both languages."""
        return {"group": self.zh, "group.en": self.en}

    @property
    def drops(self) -> bool:
        """Whether it drops anything."""
        return self.drop_high + self.drop_low > 0

    def has(self, seat: str) -> bool:
        """Whether the judge at this seat belongs to it."""
        return seat.isdecimal() and int(seat) in self.seats

    def _problems(self) -> list[Problem]:
        problems = self.without_name("group_name_missing")
        if not 0 < self.weight <= WHOLE:
            problems.append(Problem("group_weight_out_of_range", "weight"))
        if not self.seats:
            problems.append(Problem("group_without_seats", "seats"))
        elif len(self.seats) < self.minimum_valid:
            figures = {"given": str(len(self.seats)), "least": str(self.minimum_valid)}
            problems.append(Problem("group_smaller_than_least", "minimum_valid", figures))
        elif len(self.seats) < self.trim_from and self.drops:
            figures = {"given": str(len(self.seats)), "dropped": str(self.drop_high + self.drop_low)}
            problems.append(Problem("group_too_small_to_drop", "seats", figures | {"minimum": str(self.trim_from)}))
        return problems


def problems_among(groups: Sequence[Group]) -> list[Problem]:
    """What is wrong with the groups beside each other: weights that do not make 100, a seat in two of them."""
    whole = sum_of(group.weight for group in groups)
    problems = [] if whole == WHOLE or not groups else [Problem("group_weights_not_whole", "", {"sum": plain(whole)})]
    for place, group in enumerate(groups):
        before = {seat for other in groups[:place] for seat in other.seats}
        if twice := sorted(before & {*group.seats}):
            problems.append(Problem("seat_in_two_groups", f"{place}.seats", {"seats": write_seats(twice)}))
    return problems
