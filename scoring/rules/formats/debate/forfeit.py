"""A match of which a side does not perform: the other side has won it, without marks."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from scoring.rules.explanation import Score
from scoring.rules.formats.base import Outcome, Settings
from scoring.rules.formats.debate.defaults import INDIVIDUAL_RANKING
from scoring.rules.formats.debate.settings import read_rules
from scoring.rules.formats.debate.sides import SIDES, side_of
from scoring.rules.formats.debate.verdict import LOST, WON, SideScore, WonWithoutMarks
from scoring.rules.not_performing import FORFEIT, not_held, sides_out
from scoring.rules.terms import put_together


def forfeited(settings: Settings, kinds: Mapping[str, str]) -> Outcome:
    """The outcome of a match from the kind of not performing by part: a win and a loss, or two losses.

    Sides that are ranked on their wins are given them; nobody gets points by it, and no speaker a score. Where
    individuals are ranked, who was there has won and comes after all who have been marked [D]. Where nobody of either
    side performs, the match has no winner. Source: domain page 1, not performing.
    """
    rules = read_rules(settings)
    out = sides_out((part, part in kinds) for part in rules.parts)
    winner = next((side for side in SIDES if side not in out), None)
    results = {side: WON if side == winner else LOST for side in SIDES}
    if rules.decide == INDIVIDUAL_RANKING:
        there = [part for part in rules.speaker_parts if side_of(part) == winner and part not in kinds]
        scores: dict[str, Score] = {part: _won(rules.panel.decimals) for part in there}
    else:
        scores = {side: _unmarked(result, rules.panel.decimals) for side, result in results.items()}
    return Outcome(scores, not_held(kinds) | _verdict(rules.decide, winner, results))


def _won(decimals: int) -> WonWithoutMarks:
    whole = put_together(FORFEIT, (), decimals)
    return WonWithoutMarks(whole.exact, whole.final, whole.explanation)


def _unmarked(result: str, decimals: int) -> SideScore:
    whole = put_together(FORFEIT, (), decimals)
    return SideScore(whole.exact, whole.final, whole.explanation, result, Fraction(0), Fraction(0), marked=False)


def _verdict(method: str, winner: str | None, results: Mapping[str, str]) -> dict[str, object]:
    figures = {"figure": "", "precise": "", "exact": "", "penalties": []}
    return {
        "method": method,
        "winner": winner,
        "tied": False,
        "decided_by": FORFEIT,
        "needs": None,
        "missing": [],
        "sides": {side: {"result": result} | figures for side, result in results.items()},
        "ballots": [],
        "secret_ballot": None,
        "best_speakers": [],
    }
