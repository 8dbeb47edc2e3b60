"""What the rounds of an event have come to, beside the one in play."""

from __future__ import annotations

from scoring.board.reading.core import Core, turns_of_round
from scoring.board.reading.facts import newest_versions
from scoring.board.reading.freeze import was_released
from scoring.board.reading.ranked import rankings
from scoring.board.reading.states import TurnState, state_of
from scoring.store import Round
from scoring.store.contests import RELEASED


def released_in_all_rounds(core: Core) -> list[TurnState]:
    """The turns of the event whose result is public, round by round; those before the round in play are all that."""
    found: list[TurnState] = []
    for one in core.event.rounds:
        if one is core.played:
            found += [state for state in core.turns if state.outcome]
        else:
            before = [turn for turn in turns_of_round(one) if was_released(turn, core.until)]
            newest = newest_versions(turn.id for turn in before)
            found += [state_of(turn, newest, public=True, until=core.until) for turn in before]
    return found


def standing_numbers(played: Round) -> dict[str, int]:
    """The rank of everybody who entered, by number, from all released turns of a round, public or not."""
    turns = turns_of_round(played)
    newest = newest_versions(turn.id for turn in turns)
    ranked, _ = rankings(played.event, [state_of(turn, newest, turn.state == RELEASED) for turn in turns])
    best: dict[str, int] = {}
    for placed in ranked:
        best.setdefault((placed.contestant.team or placed.contestant).number, placed.ranked.rank)
    return best
