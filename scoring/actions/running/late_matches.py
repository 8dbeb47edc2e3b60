"""Matches for a team that comes late: the pairs of a round drawn again, or one match by hand."""

from __future__ import annotations

from typing import Any

from scoring.actions.setting_up.camps import check_may_meet
from scoring.actions.setting_up.entry_list import by_number, remove_turn
from scoring.actions.setting_up.match_plans import (
    BY_HAND,
    KNOCKOUT,
    add_match_between,
    draw_sides_of,
    pair_first,
    speakers_of,
)
from scoring.board.conditions.late import is_begun
from scoring.extensions import db
from scoring.rules.numbers import same_number
from scoring.rules.refusal import Refused
from scoring.store import Event, Round

__all__ = ["by_hand", "pair_again", "speakers_of"]


def pair_again(event: Event, seed: str) -> dict[str, Any]:
    """Draw all pairs, sides and motions of the first round again, with everybody who is entered now.

    Raises Refused: late_pairs_stand once a match of it has begun, pairs_by_hand_stand, and what the rulebook refuses
    about seed and numbers.
    """
    played = event.rounds[0]
    if any(is_begun(turn) for turn in played.turns):
        raise Refused.because("late_pairs_stand", "place")
    if played.plan.get("pairing") == BY_HAND:
        raise Refused.because("pairs_by_hand_stand", "place")
    for turn in list(played.turns):
        remove_turn(turn)
    played.plan = {name: kept for name, kept in played.plan.items() if name in ("pairing", "size")}
    entrants = [one.number for one in event.contest.contestants if one.team_id is None]
    drawn = pair_first(played, sorted(entrants, key=by_number), seed)
    db.session.flush()
    db.session.refresh(played, ["turns"])
    return drawn


def by_hand(event: Event, first: str, second: str, seed: str) -> dict[str, Any]:
    """One more match at the end of the first round, its sides drawn; answers as `draw_sides_of` does.

    Raises Refused: late_in_knockout, opponent_unknown, opponent_self, same_camp, met_already (the last
    two say the number).
    """
    played = event.rounds[0]
    second = _opponent(event, played, first, second)
    keys = [int(turn.pairing["key"]) for turn in played.turns if turn.pairing["key"].isdigit()]
    key = str(max(keys, default=0) + 1)
    add_match_between(played, key, first, second)
    db.session.flush()
    db.session.refresh(played, ["turns"])
    turn = next(turn for turn in played.turns if turn.pairing["key"] == key)
    turn.pairing = turn.pairing | {"late": True}
    return draw_sides_of(played, seed)


def _opponent(event: Event, played: Round, first: str, typed: str) -> str:
    """The number of the opponent as it is entered."""
    if played.plan.get("pairing") == KNOCKOUT:
        raise Refused.because("late_in_knockout", "opponent")
    entered = [one.number for one in event.contest.contestants if one.team_id is None]
    second = next((number for number in entered if same_number(number, typed)), None)
    if second is None:
        raise Refused.because("opponent_unknown", "opponent", number=typed)
    if first == second:
        raise Refused.because("opponent_self", "opponent", number=first)
    check_may_meet(event, first, second)
    if any({turn.pairing["first"], turn.pairing["second"]} == {first, second} for turn in played.turns):
        raise Refused.because("met_already", "opponent", number=second)
    return second
