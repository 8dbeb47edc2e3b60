"""How far each got in a knockout, and the ranking that an event with one ends with: a final decides who has won."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from scoring.board.reading.freeze import Until, was_released
from scoring.board.reading.matches import winners_of
from scoring.board.reading.not_performing import never_came, out_of_event
from scoring.board.reading.ranked import Placed
from scoring.board.reading.stages import waits
from scoring.board.reading.states import TurnState
from scoring.rules.bracket import bracket, placings, ranked_by_places
from scoring.rules.ranking import Ranked
from scoring.store import Event, Round, Turn


@dataclass(frozen=True)
class Reached:
    """The places of a knockout by number, of those who have one; `seeds` are all who came into it, best first.

    Whoever is out of the event or never came is none of the seeds, and the others have moved up. `void` are those of a
    match to which neither side came: nobody has their places.
    """

    seeds: tuple[str, ...]
    places: Mapping[str, int]
    void: frozenset[str]


def is_over(event: Event, states: Sequence[TurnState], until: Until) -> bool:
    """Whether every turn of every round of the event is public; a knockout that fewer than two reached has none.

    A stage is not over before it is said who takes part in it.
    """
    rounds = event.rounds
    return (
        not waits(event, until)
        and all(state.outcome is not None for state in states)
        and all(played.turns or "seeds" in played.plan for played in rounds)
        and all(was_released(turn, until) for played in rounds for turn in played.turns)
    )


def in_play(played: Round | None, states: Sequence[TurnState]) -> tuple[Mapping[str, Any], list[Turn]]:
    """The plan of the knockout in play with its matches; of the one after, once fewer than two have reached that."""
    if played is None:
        return {}, []
    later = [other for other in played.event.rounds if other.position > played.position and not other.turns]
    reached = [other.plan for other in later if "seeds" in other.plan]
    if reached and states and all(state.outcome for state in states):
        return reached[-1], []
    return played.plan, [state.turn for state in states]


def reached_in(
    event: Event, played: Round | None, states: Sequence[TurnState], ranked: Sequence[Placed], until: Until
) -> Reached | None:
    """How far each got in the knockout in play; None where nothing is knocked out or seeded yet."""
    plan, turns = in_play(played, states)
    if "seeds" not in plan:
        return None
    rounds = bracket(plan["seeds"], winners_of(turns, until))
    shown = {placed.contestant.number for placed in ranked}
    gone = {one.number for one in never_came(states).values()} - shown
    gone |= {one.contestant.number for one in out_of_event(event, until).values()}
    met = [match for matches in rounds for match in matches if match.void]
    void = {number for match in met for number in (match.first, match.second) if number} - gone
    places = placings(rounds)
    left = {number: place for number, place in places.items() if number not in gone | void}
    moved = {number: place - sum(places[one] < place for one in gone & places.keys()) for number, place in left.items()}
    return Reached(tuple(number for number in plan["seeds"] if number not in gone), moved, frozenset(void))


def reached_at_the_end(
    event: Event, played: Round | None, states: Sequence[TurnState], ranked: Sequence[Placed], until: Until = None
) -> Reached | None:
    """How far each got in the knockout that the event ended with; None before that, and where there was none.

    Speakers who are ranked one by one are no sides of a match: how far their team got is not theirs.
    """
    if not any("seeds" in one.plan for one in event.rounds):
        return None  # as in most events, at each release
    alone = all(one.contestant.team_id is None for one in ranked)
    return reached_in(event, played, states, ranked, until) if alone and is_over(event, states, until) else None


def ranked_at_the_end(
    event: Event, played: Round, states: Sequence[TurnState], ranked: tuple[Placed, ...], until: Until
) -> tuple[Placed, ...]:
    """The ranking as a knockout leaves it once the event is over, and as it was before that."""
    reached = reached_at_the_end(event, played, states, ranked, until)
    if reached is None:
        return ranked
    placed = {one.ranked.key: one for one in ranked}
    numbers = {key: one.contestant.number for key, one in placed.items()}
    anew = ranked_as_reached([one.ranked for one in ranked], numbers, reached)
    return tuple(replace(placed[one.key], ranked=one) for one in anew)


def ranked_as_reached(ranked: Sequence[Ranked], numbers: Mapping[str, str], reached: Reached) -> list[Ranked]:
    """The ranks by how far each got, `numbers` by their keys; nobody has one who did not come to a match at the end."""
    places = {key: reached.places[number] for key, number in numbers.items() if number in reached.places}
    there = [one for one in ranked if numbers[one.key] not in reached.void]
    return ranked_by_places(there, places, 1 + len(reached.seeds))
