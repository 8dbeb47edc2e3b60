"""Who won a match and how: the figures, then the panel's secret ballot, then the play-off. Source: domain page 2B."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from scoring.rules.explanation import Score
from scoring.rules.figures import exact_text, round_half_up, telling_decimals
from scoring.rules.formats.base import PenaltyFacts, SheetFacts
from scoring.rules.formats.debate.defaults import INDIVIDUAL_RANKING, SECRET_BALLOT, STANDS
from scoring.rules.formats.debate.facts import MatchFacts, voters_of
from scoring.rules.formats.debate.settings import DebateRules
from scoring.rules.formats.debate.sides import CONTROL, DEFENCE, SIDES
from scoring.rules.formats.debate.ways import Figures
from scoring.rules.refusal import Refused

PLAY_OFF = "play_off"
WON, LOST, TIED, UNDECIDED = "won", "lost", "tied", "undecided"


@dataclass(frozen=True)
class Decision:
    """`decided_by` is the way to decide, secret_ballot or play_off; `needs` what must still be recorded.

    `votes` are the secret ballot's by side, once every vote is in; `missing` the seats whose votes are not.
    """

    winner: str | None
    tied: bool
    decided_by: str | None
    needs: str | None = None
    votes: Mapping[str, int] | None = None
    missing: tuple[str, ...] = ()

    def result(self, side: str) -> str:
        """What the match is for a side: won, lost, tied or undecided."""
        if self.winner is not None:
            return WON if self.winner == side else LOST
        return UNDECIDED if self.needs else TIED


@dataclass(frozen=True)
class SideScore(Score):
    """A side's score with its `result`; `own` and `untrimmed` are what tie steps compare across matches.

    One that is not `marked` is a win or a loss without points.
    """

    result: str
    own: Fraction
    untrimmed: Fraction
    marked: bool = True


@dataclass(frozen=True)
class WonWithoutMarks(Score):
    """A speaker's win because the other side did not come: nothing to rank on, but ranked after all who have marks."""


def side_scores(figures: Figures, decision: Decision) -> dict[str, SideScore]:
    """The sides' scores with what the match is for each."""
    return {
        side: SideScore(f.score.exact, f.score.final, f.score.explanation, decision.result(side), f.own, f.untrimmed)
        for side, f in figures.sides.items()
    }


def decision_of(rules: DebateRules, figures: Figures, facts: MatchFacts, sheets: Sequence[SheetFacts]) -> Decision:
    """The decision as far as it goes.

    Equal figures go to the panel's secret ballot, equal votes there to a play-off; a play-off may also be held
    instead of a ballot. Votes are not counted before all are in. Raises Refused match_decided (figures winner) for a
    ballot or play-off that is not needed, match_stands for one where ties are left standing.
    """
    exact = {side: figures.sides[side].score.exact for side in SIDES}
    if exact[CONTROL] != exact[DEFENCE]:
        winner = max(SIDES, key=lambda side: exact[side])
        _refuse_ballot(facts, "match_decided", winner=winner)
        return Decision(winner, False, rules.decide)
    if rules.tied_match == STANDS:
        _refuse_ballot(facts, "match_stands")
        return Decision(None, True, None)
    return _tied(facts, voters_of(sheets))


def _refuse_ballot(facts: MatchFacts, code: str, **more: str) -> None:
    for name, recorded in ((SECRET_BALLOT, facts.secret_ballot), (PLAY_OFF, facts.play_off)):
        if recorded:
            raise Refused.because(code, name, **more)


def _tied(facts: MatchFacts, voters: Sequence[str]) -> Decision:
    missing = tuple(seat for seat in voters if seat not in facts.secret_ballot)
    if missing:
        return _played_off(facts) or Decision(None, True, None, SECRET_BALLOT, None, missing)
    counted = Counter(facts.secret_ballot.values())
    votes = {side: counted[side] for side in SIDES}
    if votes[CONTROL] == votes[DEFENCE]:
        return _played_off(facts, votes) or Decision(None, True, None, PLAY_OFF, votes)
    winner = max(SIDES, key=lambda side: votes[side])
    if facts.play_off:
        raise Refused.because("match_decided", PLAY_OFF, winner=winner)
    return Decision(winner, True, SECRET_BALLOT, None, votes)


def _played_off(facts: MatchFacts, votes: Mapping[str, int] | None = None) -> Decision | None:
    return Decision(facts.play_off, True, PLAY_OFF, None, votes) if facts.play_off else None


def verdict_of(
    rules: DebateRules,
    figures: Figures,
    decision: Decision,
    penalties: Sequence[PenaltyFacts],
    best_speakers: Sequence[str],
) -> dict[str, Any]:
    """The verdict, JSON-able, explaining itself; who voted how in the secret ballot is not in it."""
    return {
        "method": rules.decide,
        "winner": decision.winner,
        "tied": decision.tied,
        "decided_by": decision.decided_by,
        "needs": decision.needs,
        "missing": list(decision.missing),
        "sides": _sides_data(rules, figures, decision, penalties),
        "ballots": [ballots.to_data() for ballots in figures.ballots],
        "secret_ballot": None if decision.votes is None else dict(decision.votes),
        "best_speakers": list(best_speakers),
    }


def _sides_data(
    rules: DebateRules, figures: Figures, decision: Decision, penalties: Sequence[PenaltyFacts]
) -> dict[str, Any]:
    """By side: result, shown figure, the figure with the digits that tell the sides apart, the exact one, penalties.

    Where individuals are ranked, a side's penalties are in its speakers' scores.
    """
    decimals = 0 if figures.ballots else rules.panel.decimals
    scores = {side: figures.sides[side].score for side in SIDES}
    telling = telling_decimals([score.exact for score in scores.values()], decimals)
    return {
        side: {
            "result": decision.result(side),
            "figure": str(score.final),
            "precise": str(round_half_up(score.exact, telling)),
            "exact": exact_text(score.exact),
            "penalties": [_penalty_data(p) for p in penalties if p.part == side],
        }
        for side, score in scores.items()
    }


def _penalty_data(penalty: PenaltyFacts) -> dict[str, Any]:
    line = {"kind": penalty.kind, "points": format(penalty.points, "f"), "reason": penalty.reason}
    return {**line, "adds": True} if penalty.adds else line


def scores_of(
    rules: DebateRules, figures: Figures, decision: Decision, speakers: Mapping[str, Score]
) -> dict[str, Score]:
    """The scores of a match by part; where individuals are ranked, sides have none of their own."""
    sides = {} if rules.decide == INDIVIDUAL_RANKING else side_scores(figures, decision)
    return {**sides, **speakers}
