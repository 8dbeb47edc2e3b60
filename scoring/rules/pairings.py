"""Who meets whom, on which side and about what: pairings by draw, a round robin, and the motions dealt to matches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from scoring.rules.draw import SIDES, draw
from scoring.rules.refusal import Refused

PAIRS, MOTION = "pairs", "motion"
Pair = tuple[str, str]


@dataclass(frozen=True)
class Pairing:
    """One match: who argues for the prosecution (控方) and who for the defence (辩方)."""

    control: str
    defence: str


@dataclass(frozen=True)
class Meetings:
    """One round: the pairs that meet, sides not yet drawn, and who rests."""

    pairs: tuple[Pair, ...]
    resting: tuple[str, ...] = ()


def draw_sides(seed: str, first: str, second: str) -> Pairing:
    """The sides of a match by draw; which of the two is named first never matters.

    Each pair has its own draw of the seed, so that a low ticket in one match says nothing about the next. Raises
    Refused as `tickets` does. Source: domain page 2B, sides by draw.
    """
    low, high = sorted((first, second))
    return Pairing(*draw(seed, f"{SIDES} {low} {high}", (low, high)))


def draw_pairs(seed: str, contestants: Sequence[str]) -> Meetings:
    """Everybody plays once: the first drawn meets the second, the third the fourth; an odd one out rests.

    The order in which contestants are given never matters. Raises Refused as `tickets` does, too_few_contestants.
    Source: domain page 2B and 6, 104 contestants in 52 pairs.
    """
    _check_enough(contestants)
    drawn = draw(seed, PAIRS, contestants)
    pairs = tuple(zip(drawn[::2], drawn[1::2], strict=False))
    return Meetings(pairs, drawn[len(pairs) * 2 :])


@dataclass(frozen=True)
class Debated:
    """A match that was dealt its motion before."""

    first: str
    second: str
    motion: str


def deal_motions(
    seed: str, matches: Sequence[tuple[str, Pair]], motions: Sequence[str], before: Sequence[Debated] = ()
) -> dict[str, str]:
    """A motion (辩题) for each match, by its key, in the order of the matches; {} where no motions are listed.

    Each match gets the motion that its two have debated least, among these the one used least so far, among these the
    first of the match's own draw of the seed. So every motion is used as often as any other, whatever the rounds are,
    and nobody debates one again while another is left. Raises Refused as `tickets` does. Source: domain page 2B, 辩题;
    the way of dealing [D].
    """
    debated = Counter((number, one.motion) for one in before for number in (one.first, one.second))
    used = Counter(one.motion for one in before)
    dealt = {}
    for key, pair in matches if motions else ():
        lots = draw(seed, f"{MOTION} {key}", motions)
        chosen = min(lots, key=lambda motion: (sum(debated[number, motion] for number in pair), used[motion]))
        dealt[key] = chosen
        used[chosen] += 1
        debated.update((number, chosen) for number in pair)
    return dealt


def round_robin(contestants: Sequence[str]) -> tuple[Meetings, ...]:
    """The rounds in which everybody meets everybody once; with an odd number one rests in each round.

    The circle method: the first stays in place, the others move on by one after each round, and whoever stand
    opposite each other meet. Raises Refused too_few_contestants, contender_twice. Source: domain page 2B, rounds.
    """
    _check_enough(contestants)
    _check_once(contestants)
    circle: list[str | None] = [*contestants, *([None] if len(contestants) % 2 else [])]
    rounds = []
    for _ in range(len(circle) - 1):
        rounds.append(_opposite(circle))
        circle = [circle[0], circle[-1], *circle[1:-1]]
    return tuple(rounds)


def _opposite(circle: Sequence[str | None]) -> Meetings:
    half = len(circle) // 2
    pairs, resting = [], []
    for one, facing in zip(circle[:half], reversed(circle[half:]), strict=True):
        if one is not None and facing is not None:
            pairs.append((one, facing))
        else:
            resting += [name for name in (one, facing) if name is not None]
    return Meetings(tuple(pairs), tuple(resting))


def _check_enough(contestants: Sequence[str]) -> None:
    if len(contestants) < 2:
        raise Refused.because("too_few_contestants", contestants=len(contestants), minimum=2)


def _check_once(contestants: Sequence[str]) -> None:
    for place, name in enumerate(contestants):
        if name in contestants[:place]:
            raise Refused.because("contender_twice", key=name)
