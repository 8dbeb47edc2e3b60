"""The knockout bracket: seeds, byes, and each next round out of the results so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from scoring.rules.ranking import Ranked
from scoring.rules.refusal import Problem, Refused, refuse_any


@dataclass(frozen=True)
class BracketMatch:
    """A place in the bracket, `key` such as "2.1": round and match in it, both from 1.

    A contestant not known yet is None. In a bye there is only `first`, who is the winner without a match. One that is
    `void` has no winner and never will: neither of its sides performs, or nobody came that far.
    """

    key: str
    first: str | None
    second: str | None
    winner: str | None
    bye: bool = False
    void: bool = False

    @property
    def ready(self) -> bool:
        """Whether the match can be held: both are known and it is not decided."""
        return self.first is not None and self.second is not None and self.winner is None and not self.void

    @property
    def loser(self) -> str | None:
        """Who is out, once the match is decided; nobody in a bye."""
        if self.winner is None or self.bye:
            return None
        return self.second if self.winner == self.first else self.first


#: In place of a winner: nobody goes on from the match.
NOBODY = ""
Rounds = tuple[tuple[BracketMatch, ...], ...]


def bracket(seeds: Sequence[str], winners: Mapping[str, str]) -> Rounds:
    """All rounds as far as the results go: a pure function of the seeds, best first, and the winner by match key.

    The winner is NOBODY where neither side performs; whoever would have met it goes on without a match.

    The places are filled up to a power of two with byes for the top seeds, and so that seeds 1 and 2 can only meet
    in the final, 1 to 4 only from the semifinal on. Nothing is kept between calls: whoever is corrected in an
    early round is corrected in all.
    Of one seed there is only a bye, whose winner it is; of none only a match that is void.
    Raises Refused for each result that cannot be (field the match's key)
    match_unknown, match_is_bye, match_not_ready, winner_not_in_match. Source: domain page 2B, rounds.
    """
    rounds = [_first_round(seeds, winners)]
    while len(rounds[-1]) > 1:
        rounds.append(_next_round(len(rounds) + 1, rounds[-1], winners))
    _check_winners(rounds, winners)
    return tuple(rounds)


def check_seeds(seeds: Sequence[str]) -> None:
    """Raise Refused too_few_contestants, contender_twice for seeds that no knockout can begin with."""
    if len(seeds) < 2:
        raise Refused.because("too_few_contestants", contestants=len(seeds), minimum=2)
    for place, name in enumerate(seeds):
        if name in seeds[:place]:
            raise Refused.because("contender_twice", key=name)


def _first_round(seeds: Sequence[str], winners: Mapping[str, str]) -> tuple[BracketMatch, ...]:
    order = _seed_order(max(2, len(seeds)))
    pairs = zip(order[::2], order[1::2], strict=True)
    return tuple(_opening_match(f"1.{place}", seeds, pair, winners) for place, pair in enumerate(pairs, start=1))


def _seed_order(contestants: int) -> list[int]:
    """Seed numbers by place, such as 1 8 4 5 2 7 3 6: each round the best left meets the worst left."""
    order = [1]
    while len(order) < contestants:
        beyond = 2 * len(order) + 1
        order = [number for seed in order for number in (seed, beyond - seed)]
    return order


def _opening_match(key: str, seeds: Sequence[str], pair: tuple[int, int], winners: Mapping[str, str]) -> BracketMatch:
    """Seeds beyond the last contestant are nobody; the top seed they would have met has a bye."""
    low, high = sorted(pair)
    if low > len(seeds):
        return BracketMatch(key, None, None, None, void=True)
    if high > len(seeds):
        return BracketMatch(key, seeds[low - 1], None, seeds[low - 1], bye=True)
    first, second = (seeds[number - 1] for number in pair)
    return _played(key, first, second, winners.get(key))


def _played(key: str, first: str | None, second: str | None, winner: str | None) -> BracketMatch:
    return BracketMatch(key, first, second, winner or None, void=winner == NOBODY)


def _next_round(number: int, before: Sequence[BracketMatch], winners: Mapping[str, str]) -> tuple[BracketMatch, ...]:
    pairs = zip(before[::2], before[1::2], strict=True)
    return tuple(
        _following(f"{number}.{place}", above, below, winners) for place, (above, below) in enumerate(pairs, start=1)
    )


def _following(key: str, above: BracketMatch, below: BracketMatch, winners: Mapping[str, str]) -> BracketMatch:
    """The match of two winners; a bye for one whose opponent will never come."""
    if above.void and below.void:
        return BracketMatch(key, None, None, None, void=True)
    left = below.winner if above.void else above.winner
    if (above.void or below.void) and left is not None:
        return BracketMatch(key, left, None, left, bye=True)
    return _played(key, above.winner, below.winner, winners.get(key))


def _check_winners(rounds: Sequence[Sequence[BracketMatch]], winners: Mapping[str, str]) -> None:
    known = {match.key: match for matches in rounds for match in matches}
    problems = [Problem("match_unknown", key) for key in winners if key not in known]
    for key, match in known.items():
        if key in winners:
            problems += _problems_of_result(match, winners[key])
    refuse_any(problems)


def _problems_of_result(match: BracketMatch, winner: str) -> list[Problem]:
    if match.bye:
        return [Problem("match_is_bye", match.key, {"key": str(match.first)})]
    if match.first is None or match.second is None:
        return [Problem("match_not_ready", match.key)]
    if winner != NOBODY and winner not in (match.first, match.second):
        return [Problem("winner_not_in_match", match.key, {"key": winner})]
    return []


def next_key(key: str) -> str:
    """The key of the match that a winner goes on to, such as "2.1" after "1.1" and "1.2"; "" for what is no key."""
    number, _, place = key.partition(".")
    if not (number.isdecimal() and place.isdecimal()):
        return ""
    return f"{int(number) + 1}.{(int(place) + 1) // 2}"


def ready_matches(rounds: Rounds) -> tuple[BracketMatch, ...]:
    """The matches that can be held now, in order."""
    return tuple(match for matches in rounds for match in matches if match.ready)


def champion(rounds: Rounds) -> str | None:
    """Who won the final; None before that."""
    return rounds[-1][0].winner


def placings(rounds: Rounds) -> dict[str, int]:
    """The place of everybody whose place is settled, best first: 1, 2, then shared, 3 for both semifinals' losers.

    Those who lost in the same round share the place after all who went further.
    """
    winner = champion(rounds)
    places = {} if winner is None else {winner: 1}
    for matches in reversed(rounds):
        places |= {match.loser: len(matches) + 1 for match in matches if match.loser is not None}
    return places


#: The step that decides the rank of whoever came into a knockout, once that is over.
STEP = "knockout"


def ranked_by_places(ranked: Sequence[Ranked], places: Mapping[str, int], beyond: int) -> list[Ranked]:
    """The ranking after a knockout: how far each got comes first, for a final decides who has won.

    Those who went out in the same round are told apart as they were ranked before, by the chain of ties; those without
    a place follow from rank `beyond` on. Source: domain page 1, ties, and 2B, rounds.
    """
    reached = {one.key: (places.get(one.key, beyond), one.rank) for one in ranked}
    ordered = sorted(ranked, key=lambda one: reached[one.key])
    return [_ranked_in(one, list(reached.values()), reached[one.key], one.key in places) for one in ordered]


def _ranked_in(one: Ranked, all_reached: Sequence[tuple[int, int]], mine: tuple[int, int], placed: bool) -> Ranked:
    """Whoever went out with others keeps what told them apart."""
    beside = [before for place, before in all_reached if place == mine[0]]
    rank, shared = mine[0] + sum(before < mine[1] for before in beside), beside.count(mine[1]) > 1
    if not placed:
        return replace(one, rank=rank, shared=shared)
    decided = STEP if len(beside) == 1 else one.decided_by or STEP
    figures = {**one.tie_figures, STEP: str(mine[0])}
    return replace(one, rank=rank, shared=shared, decided_by=decided, tie_figures=figures)
