"""Who is ranked: every contestant with a public score, in the order of the format's own rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from scoring.board.reading.facts import format_of, play_off_figure
from scoring.board.reading.freeze import Until
from scoring.board.reading.not_performing import never_came, out_of_event
from scoring.board.reading.states import TurnState
from scoring.board.snapshots.scores import ToldApart
from scoring.rules import ranking
from scoring.rules.formats.base import Score
from scoring.store import Appearance, Contestant, Event, Turn


@dataclass(frozen=True)
class Placed:
    """A contestant with public scores, the turns that gave them, and the rank they make together."""

    contestant: Contestant
    turns: tuple[TurnState, ...]
    scores: tuple[Score, ...]
    ranked: ranking.Ranked


#: How many things are gone through one by one: at once, or giving way to others now and then.
Each = Callable[[Iterable[Any]], Iterable[Any]]
#: Tie values that people recorded, by step.
Recorded = Mapping[str, Fraction]
Scored = dict[int, list[tuple[TurnState, Contestant, Score]]]


@dataclass
class Known:
    """What the rankings of an event were made of, so that the next ones make anew only what has changed.

    It holds for one reading of the event: whoever is ranked, and by which rules, has not changed meanwhile.
    """

    contenders: dict[int, tuple[tuple[Score, ...], Recorded, ranking.Contender]] = field(default_factory=dict)
    placed: dict[int, Placed] = field(default_factory=dict)


def rankings(
    event: Event,
    states: Iterable[TurnState],
    until: Until = None,
    known: tuple[Known, Known] | None = None,
    each: Each = iter,
) -> tuple[tuple[Placed, ...], tuple[Placed, ...]]:
    """Every contestant with a public score, in rank order: of what is judged as a whole, and of the speakers in it.

    Where only speakers are judged, theirs is the first. A side's and a speaker's score are never ranked together.
    `known` is of the ranking before; whose scores and rank are the same has the same place in both. `each` goes through
    the contestants, for whoever ranks where others wait.
    """
    states = list(states)
    out = out_of_event(event, until).keys() | never_came(states).keys()
    wholes: Scored = defaultdict(list)
    speakers: Scored = defaultdict(list)
    for state in states:
        for appearance, score in _scores(state, out):
            found = speakers if "." in appearance.part else wholes
            found[appearance.contestant.id].append((state, appearance.contestant, score))
    before = known or (Known(), Known())
    pairs = zip((wholes, speakers), before, strict=True)
    lists = [_ranked(event, found, until, of_before, each) for found, of_before in pairs if found]
    return (lists[0] if lists else ()), (lists[1] if len(lists) > 1 else ())


def told_apart(ranks: Sequence[ranking.Ranked], names: Mapping[str, str]) -> dict[str, ToldApart]:
    """By key, for whoever shows the same digits as somebody on another rank: the step that decided, and their figure.

    `names` are what some steps go by in this ranking. Source: domain page 1, ranking: equal figures on different ranks
    give their reason.
    """
    ranks_of: dict[str, set[int]] = defaultdict(set)
    for one in ranks:
        ranks_of[one.shown_precise].add(one.rank)
    steps = {one.key: _deciding(one) for one in ranks if len(ranks_of[one.shown_precise]) > 1}
    figures = {one.key: one.tie_figures for one in ranks}
    return {key: {"key": names.get(step, step), "value": figures[key][step]} for key, step in steps.items() if step}


def _deciding(one: ranking.Ranked) -> str | None:
    """The step that decided somebody's rank; for those who share one the first that was asked."""
    asked = [step for step in one.tie_figures if step != "exact_value"]
    return one.decided_by if one.decided_by in asked else next(iter(asked), None)


def recorded_of(turns: Iterable[Turn], until: Until = None) -> Recorded:
    """What was recorded of somebody for the steps that nothing else has a value for, in the turns that gave a score."""
    figures = [figure for turn in turns if (figure := play_off_figure(turn, until)) is not None]
    return {"play_off": Fraction(figures[-1])} if figures else {}


def _ranked(event: Event, found: Scored, until: Until, known: Known, each: Each) -> tuple[Placed, ...]:
    kind = format_of(event)
    contenders = [_contender(event, number, scored, until, known) for number, scored in each(found.items())]
    ranks = ranking.rank(contenders, kind.chain(event.settings))
    placed = (_placed(found[int(one.key)], one, known) for one in each(ranks))
    return tuple(sorted(placed, key=_rank_then_order))


def _contender(
    event: Event, number: int, scored: Sequence[tuple[TurnState, Contestant, Score]], until: Until, known: Known
) -> ranking.Contender:
    scores = tuple(score for _, _, score in scored)
    recorded = recorded_of((state.turn for state, _, _ in scored), until)
    before, recorded_before, made = known.contenders.get(number, ((), {}, None))
    if made is None or recorded != recorded_before or not _are_same(before, scores):
        made = format_of(event).contender(event.settings, str(number), list(scores), recorded)
        known.contenders[number] = scores, recorded, made
    return made


def _are_same(before: Sequence[object], now: Sequence[object]) -> bool:
    return len(before) == len(now) and all(one is other for one, other in zip(before, now, strict=True))


def _scores(state: TurnState, out: Set[int | None]) -> Iterator[tuple[Appearance, Score]]:
    """The public scores of a turn with whose they are; not of who is out, whatever was scored before."""
    for appearance in state.turn.appearances:
        is_out = out and {appearance.contestant_id, appearance.contestant.team_id} & out
        if state.outcome and appearance.part in state.outcome.scores and not is_out:
            yield appearance, state.outcome.scores[appearance.part]


def _placed(scored: list[tuple[TurnState, Contestant, Score]], ranked: ranking.Ranked, known: Known) -> Placed:
    turns, contestants, scores = zip(*scored, strict=True)
    before = known.placed.get(contestants[0].id)
    if before and before.ranked == ranked and _are_same(before.turns, turns) and _are_same(before.scores, scores):
        return before
    placed = known.placed[contestants[0].id] = Placed(contestants[0], turns, scores, ranked)
    return placed


def _rank_then_order(placed: Placed) -> tuple[int, int]:
    return placed.ranked.rank, placed.turns[0].turn.position
