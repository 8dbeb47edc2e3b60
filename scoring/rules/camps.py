"""Camps: from which other camp an opponent comes, and who always stands on one side. Source: domain page 2B, sides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scoring.rules.declared import Setting
from scoring.rules.draw import draw
from scoring.rules.pairings import PAIRS, Meetings, Pair, Pairing, draw_pairs, draw_sides, round_robin
from scoring.rules.refusal import Problem, Refused, refuse_any

ANYBODY, OFFICE, DEPARTMENT, FIXED = "anybody", "office", "department", "fixed"
WAYS = (ANYBODY, OFFICE, DEPARTMENT, FIXED)
CONTROL, DEFENCE = "control", "defence"


@dataclass(frozen=True)
class MeetingRules(Setting):
    """Who may meet whom: anybody, those of another office or department, or one camp always against the other.

    With `by` fixed, `control` are the offices, departments or numbers that always accuse, and all others defend;
    else sides are drawn. Raises Refused unknown_choice, control_missing. Source: domain page 2B, sides drawn, or fixed
    where procurators meet lawyers [S]; opponents of another office [D].
    """

    by: str = ANYBODY
    control: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        problems = [] if self.by in WAYS else [Problem("unknown_choice", "by", {"choice": self.by[:40]})]
        if self.by == FIXED and not any(self.control):
            problems.append(Problem("control_missing", "control"))
        refuse_any(problems)


@dataclass(frozen=True)
class Entered:
    """An entrant as camps are told by: the number, the office and the department, "" where that is not known."""

    number: str
    office: str = ""
    department: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """What a line of the prosecution's list may call it by."""
        return tuple(name for name in (self.number, self.office, self.department) if name)


def camps(rules: MeetingRules, entrants: Sequence[Entered]) -> dict[str, str]:
    """The camp of everybody by number; {} where anybody may meet anybody.

    Raises Refused control_unknown for a listed name that nobody has, camp_missing for each whose office or department
    is not known (figures number), camps_one_sided where all are of one camp.
    """
    if rules.by == ANYBODY:
        return {}
    if rules.by == FIXED:
        known = {name for one in entrants for name in one.names}
        refuse_any([Problem("control_unknown", "", {"name": name}) for name in rules.control if name not in known])
        found = {one.number: CONTROL if {*one.names} & {*rules.control} else DEFENCE for one in entrants}
    else:
        found = {one.number: getattr(one, rules.by) for one in entrants}
        refuse_any([Problem("camp_missing", "", {"number": number}) for number, camp in found.items() if not camp])
    if len(entrants) > 1 and len(set(found.values())) < 2:
        raise Refused.because("camps_one_sided")
    return found


def draw_across(seed: str, contestants: Sequence[str], camp_of: Mapping[str, str]) -> Meetings:
    """As many pairs as there can be of different camps; whoever is left of a camp that is too large rests.

    The first drawn meets the first drawn after it who is of another camp and leaves as many pairs for the others as
    can be; with nobody of one camp that is `draw_pairs`. The order in which contestants are given never matters.
    Raises Refused as `draw_pairs` does.
    """
    if not camp_of:
        return draw_pairs(seed, contestants)
    draw_pairs(seed, contestants)  # refuses who cannot be drawn
    left, pairs = list(draw(seed, PAIRS, contestants)), []
    resting = []
    while left:
        first = left.pop(0)
        second = _opponent(first, left, camp_of)
        if second is None:
            resting.append(first)
        else:
            left.remove(second)
            pairs.append((first, second))
    return Meetings(tuple(pairs), tuple(resting))


def _opponent(first: str, left: Sequence[str], camp_of: Mapping[str, str]) -> str | None:
    """Who meets the first drawn; None where only its own camp is left."""
    most = most_pairs([first, *left], camp_of)
    others = (one for one in left if camp_of[one] != camp_of[first])
    return next((one for one in others if most_pairs([n for n in left if n != one], camp_of) == most - 1), None)


def most_pairs(contestants: Sequence[str], camp_of: Mapping[str, str]) -> int:
    """How many pairs of different camps there can be: half of all, or all but the largest camp if that is fewer."""
    largest = max(Counter(camp_of[one] for one in contestants).values(), default=0)
    return min(len(contestants) // 2, len(contestants) - largest)


def round_robin_across(contestants: Sequence[str], camp_of: Mapping[str, str]) -> list[Pair]:
    """Everybody against everybody of another camp, round by round. Raises Refused as `round_robin` does."""
    pairs = [pair for meetings in round_robin(contestants) for pair in meetings.pairs]
    return [(one, two) for one, two in pairs if not camp_of or camp_of[one] != camp_of[two]]


def stand(seed: str, pair: Pair, camp_of: Mapping[str, str], rules: MeetingRules) -> Pairing:
    """The sides of a match: as the camps are fixed, else by draw. Raises Refused as `draw_sides` does."""
    first, second = pair
    if rules.by == FIXED and camp_of[first] != camp_of[second]:
        return Pairing(first, second) if camp_of[first] == CONTROL else Pairing(second, first)
    return draw_sides(seed, first, second)
