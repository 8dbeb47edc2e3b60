"""What somebody stands with after several matches, match by match, and how far each got in a knockout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scoring.board.reading.core import Core
from scoring.board.reading.facts import format_of
from scoring.board.reading.knockout import in_play, reached_in
from scoring.board.reading.matches import named
from scoring.board.reading.ranked import Placed
from scoring.board.reading.states import TurnState
from scoring.board.snapshots.matches import Placing
from scoring.board.snapshots.scores import Played, Standing
from scoring.board.snapshots.shared import Named
from scoring.rules.explanation import Score
from scoring.rules.not_performing import FORFEIT
from scoring.store import Contestant, Turn


def standing_score(placed: Placed, core: Core) -> Score:
    """The score that all the turns make together, with its explanation."""
    scores = {str(state.turn.id): score for state, score in zip(placed.turns, placed.scores, strict=True)}
    return format_of(core.event).standing(core.event.settings, scores)


def standing_of(placed: Placed, whole: Score) -> Standing | None:
    """The matches behind a standing, with the figures they make; None where one turn's score says it all."""
    without_marks = whole.explanation.method == FORFEIT
    if whole is placed.scores[-1] and not without_marks:
        return None
    played = zip(placed.turns, placed.scores, strict=True)
    matches = str(len(placed.turns))
    won = {"matches": matches, "won": matches, "tied": "0", "total": ""}
    return {
        "figures": won if without_marks else dict(whole.explanation.figures),
        "played": [_played(state, placed.contestant, score) for state, score in played],
    }


def _played(state: TurnState, contestant: Contestant, score: Score) -> Played:
    """One match of a contestant: against whom, on which side, with what result and figure."""
    part = next(one.part for one in state.turn.appearances if one.contestant_id == contestant.id)
    side, _, speaker = part.partition(".")
    against = next(entrant for name, entrant in state.turn.sides.items() if name != side)
    decided = state.outcome.verdict["sides"][side] if state.outcome else {}
    return {
        "turn": state.turn.id,
        "side": side,
        "opponent": named(against),
        "result": decided.get("result", ""),
        "figure": _figure(score) if speaker else decided.get("precise", ""),
    }


def _figure(score: Score) -> str:
    """A speaker's figure in one match, "" where it was won without marks."""
    return "" if score.explanation.method == FORFEIT else str(score.final)


def knockout_of(core: Core) -> tuple[Mapping[str, Any], list[Turn]]:
    """The plan of the knockout in play with its matches."""
    return in_play(core.played, core.turns)


def placings_of(core: Core) -> list[Placing] | None:
    """How far each got in the knockout in play, best first; `place` is None for whoever is still in it.

    Who went out in the same round is told apart as in the ranking; domain page 1, ties: a place is shared only where
    no step of the chain decides. Whoever is out of the event, never came, or did not come to a match in which nobody
    else did either, has no place. None where nothing is knocked out or seeded yet.
    """
    reached = reached_in(core.event, core.played, core.turns, core.ranked, core.until)
    if reached is None:
        return None
    shown = {placed.contestant.number: named(placed.contestant) for placed in core.ranked}
    places, seeds = _told_apart(core, reached.places), [one for one in reached.seeds if one not in reached.void]
    in_ranking = [number for number in shown if number in places]
    behind = [*in_ranking, *(number for number in seeds if number not in in_ranking)]
    ordered = sorted(seeds, key=lambda number: (places.get(number, 0), behind.index(number)))
    return [_reached(number, places, shown) for number in ordered]


def _told_apart(core: Core, places: Mapping[str, int]) -> dict[str, int]:
    """The places of those who are ranked, each after who went out in the same round and is ranked better."""
    ranks = {one.contestant.number: one.ranked.rank for one in core.ranked}
    last = len(ranks) + 1
    return {
        number: place
        + sum(places[one] == place and rank < ranks.get(number, last) for one, rank in ranks.items() if one in places)
        for number, place in places.items()
    }


def _reached(number: str, places: Mapping[str, int], shown: Mapping[str, Named]) -> Placing:
    who: Named = shown.get(number, {"number": number, "name": "", "office": ""})
    place = places.get(number)
    return {**who, "place": place, "shared": _is_shared(place, list(places.values()))}


def _is_shared(place: int | None, places: Sequence[int]) -> bool:
    return place is not None and places.count(place) > 1
