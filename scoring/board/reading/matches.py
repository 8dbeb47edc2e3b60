"""A match as screens need it: its sides, what it was decided by once that is public, its round's bracket."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from scoring.board.reading.corrected import corrected_side
from scoring.board.reading.facts import CASE, outcome_of
from scoring.board.reading.freeze import Until, release_in_force, was_released
from scoring.board.reading.not_performing import speakers_out
from scoring.board.reading.penalties import named_penalty
from scoring.board.snapshots.matches import Ballots, BracketRound, InBracket, MatchResult, ResultSide, SpeakerScore
from scoring.board.snapshots.matches import BracketMatch as Played
from scoring.board.snapshots.shared import Named, SideNumber
from scoring.rules.bracket import NOBODY, BracketMatch, bracket
from scoring.rules.formats.base import Outcome
from scoring.rules.formats.common import publication_in
from scoring.rules.not_performing import VERDICT
from scoring.rules.publication import AT_ONCE
from scoring.rules.refusal import Refused
from scoring.store import Contestant, Round, Turn
from scoring.store.contests import MARKING, PERFORMING, RELEASED, WAITING

KNOCKOUT = "knockout"


def publication_of(played: Round) -> str:
    """How the scores of a round become public; a knockout's at once, because who plays next says who has won."""
    if played.plan.get("pairing") == KNOCKOUT:
        return AT_ONCE
    return publication_in(played.event.settings)


def sides_of(turn: Turn) -> list[SideNumber]:
    """Who stands on which side, by number only; [] where the turn is one performance."""
    return [{"side": side, "number": entrant.number} for side, entrant in turn.sides.items()]


def motion_of(turn: Turn) -> str | None:
    """What a called match is about, where motions are drawn; a single performance's case is nobody's business."""
    return turn.facts.get(CASE) if turn.sides else None


def result_of(turn: Turn, outcome: Outcome, until: Until = None) -> MatchResult | None:
    """A public match: who won and how, both sides with their figure, names and speakers; None for no match."""
    verdict = outcome.verdict
    if not turn.sides:
        return None
    return {
        "turn": turn.id,
        "key": turn.pairing.get("key", ""),
        "number": turn.number,
        "motion": motion_of(turn),
        "sides": [_side(turn, side, entrant, outcome, until) for side, entrant in turn.sides.items()],
        "method": verdict["method"],
        "winner": verdict["winner"],
        "tied": verdict["tied"],
        "decided_by": verdict["decided_by"],
        "ballots": [_ballots(line) for line in verdict["ballots"]],
        "secret_ballot": verdict["secret_ballot"],
        "best_speakers": _speakers(turn, verdict["best_speakers"], outcome),
    }


def _ballots(line: Mapping[str, Any]) -> Ballots:
    """The sides that a judge's three ballots are for; what they rest on stays in the record."""
    return {
        "seat": line["seat"],
        "impression": line["impression"],
        "stage": line["stage"],
        "deciding": line["deciding"],
    }


def _side(turn: Turn, side: str, entrant: Contestant, outcome: Outcome, until: Until) -> ResultSide:
    decided = outcome.verdict["sides"][side]
    votes = outcome.verdict["secret_ballot"]
    parts = [appearance.part for appearance in turn.appearances if appearance.part.startswith(f"{side}.")]
    return {
        **named(entrant),
        "side": side,
        "result": decided["result"],
        "figure": decided["figure"],
        "precise": decided["precise"],
        "was": corrected_side(turn, side, until),
        "penalties": [named_penalty(one, turn.round.event.settings) for one in decided["penalties"]],
        "votes": None if votes is None else votes[side],
        "speakers": _speakers(turn, parts, outcome),
        "away": [away_one for part, away_one in speakers_out(turn).items() if part in parts],
    }


def named(entrant: Contestant) -> Named:
    """Number, name and office of a contestant whose name may be shown."""
    return {"number": entrant.number, "name": entrant.name, "office": entrant.office}


def _speakers(turn: Turn, parts: Sequence[str], outcome: Outcome) -> list[SpeakerScore]:
    behind = {appearance.part: appearance.contestant for appearance in turn.appearances}
    return [
        {
            **named(behind[part]),
            "part": part,
            "side": part.partition(".")[0],
            "score": str(outcome.scores[part].final),
        }
        for part in parts
        if part in outcome.scores and VERDICT not in outcome.verdict
    ]


def needs_of(turn: Turn) -> tuple[str | None, tuple[str, ...]]:
    """What a fully marked match still needs, and the seats that owe their secret vote; (None, ()) otherwise."""
    if not turn.sides or turn.state not in (PERFORMING, MARKING):
        return None, ()
    try:
        verdict = outcome_of(turn).verdict
    except Refused:
        return None, ()
    return verdict["needs"], tuple(verdict["missing"])


def known_matches(plan: Mapping[str, Any], turns: Sequence[Turn], until: Until) -> list[Turn]:
    """The matches of a round whose sides follow from what was released by then: who plays on tells who has won."""
    if plan.get("pairing") != KNOCKOUT or "seeds" not in plan:
        return list(turns)
    rounds = bracket(plan["seeds"], winners_of(turns, until))
    known = {match.key for matches in rounds for match in matches if match.first and match.second}
    return [turn for turn in turns if turn.pairing["key"] in known]


def winners_of(turns: Iterable[Turn], until: Until = None) -> dict[str, str]:
    """The number of the winner of each released match of a bracket, by its key; of those by `until` if it is given.

    NOBODY where neither side performs.
    """
    won = {}
    for turn in turns:
        release = release_in_force(turn, until) if was_released(turn, until) else None
        winner = release.verdict.get("winner") if release else None
        if winner:
            won[turn.pairing["key"]] = turn.sides[winner].number
        elif release and VERDICT in release.verdict:
            won[turn.pairing["key"]] = NOBODY
    return won


def bracket_of(
    plan: Mapping[str, Any], turns: Sequence[Turn], names: Mapping[str, str], until: Until = None
) -> list[BracketRound] | None:
    """The rounds of a knockout as far as the released results go; None where nothing is knocked out or seeded yet."""
    if plan.get("pairing") != KNOCKOUT or "seeds" not in plan:
        return None
    rounds = bracket(plan["seeds"], winners_of(turns, until))
    states: dict[str, State] = {turn.pairing["key"]: (turn, _stage(turn, until), _away(turn, until)) for turn in turns}
    return [
        {"round": place, "left": len(matches), "matches": [_match(match, states, names, plan) for match in matches]}
        for place, matches in enumerate(rounds, 1)
    ]


def _stage(turn: Turn, until: Until) -> str:
    if was_released(turn, until):
        return RELEASED
    over = turn.state in (MARKING, RELEASED)
    return ("performed" if turn.begun else WAITING) if over else turn.state


State = tuple[Turn | None, str, Mapping[str, str]]


def _match(
    match: BracketMatch, states: Mapping[str, State], names: Mapping[str, str], plan: Mapping[str, Any]
) -> Played:
    turn, state, away = states.get(match.key, (None, WAITING, {}))
    return {
        "key": match.key,
        "turn": turn.id if turn else None,
        "state": state,
        "bye": match.bye,
        "first": _in_bracket(match.first, match, names, plan, away),
        "second": _in_bracket(match.second, match, names, plan, away),
    }


def away_in(verdict: Mapping[str, Any]) -> dict[str, str]:
    """By side, as what the sides of a decided match do not perform in it: absent, forfeited and so on."""
    return {part.partition(".")[0]: kind for part, kind in verdict.get(VERDICT, {}).items()}


def _away(turn: Turn, until: Until) -> dict[str, str]:
    release = release_in_force(turn, until) if was_released(turn, until) else None
    return {turn.sides[side].number: kind for side, kind in away_in(release.verdict if release else {}).items()}


def _in_bracket(
    number: str | None,
    match: BracketMatch,
    names: Mapping[str, str],
    plan: Mapping[str, Any],
    away: Mapping[str, str],
) -> InBracket | None:
    if number is None:
        return None
    result = "" if match.winner is None else "won" if match.winner == number else "lost"
    result = away.get(number, result)
    return {"number": number, "name": names.get(number, ""), "seed": plan["seeds"].index(number) + 1, "result": result}
