"""What other settings would make of the sheets that are in: every total and rank before and after, and what hinders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from scoring.board.reading.core import core_of
from scoring.board.reading.facts import Newest, format_of, newest_versions, outcome_of, parts_of, turns_of
from scoring.board.reading.knockout import ranked_as_reached, reached_at_the_end
from scoring.board.reading.not_performing import out_of_event
from scoring.board.reading.ranked import recorded_of
from scoring.extensions import db
from scoring.rules import ranking
from scoring.rules.declared import Record
from scoring.rules.formats.base import Outcome, Score
from scoring.rules.refusal import Problem, Refused
from scoring.store import Contestant, Event, EventSettings, Turn
from scoring.store.sheets import DRAFT

Settings = Mapping[str, Any]


@dataclass(frozen=True)
class Line(Record):
    """A contestant's total in points and rank before and after; "" where there is none."""

    number: str
    name: str
    score_before: str
    score_after: str
    rank_before: str
    rank_after: str

    @property
    def changed(self) -> bool:
        """Whether total or rank becomes another."""
        return (self.score_before, self.rank_before) != (self.score_after, self.rank_after)


@dataclass(frozen=True)
class Recount:
    """The contestants whose sheets are complete, by number, and the problems for which nothing can be counted."""

    lines: tuple[Line, ...]
    unreadable: tuple[Problem, ...]


def recount(event: Event, settings: Settings) -> Recount:
    """Count all complete turns of the event by its own settings and by others; nothing is stored."""
    turns = turns_of(event)
    newest = newest_versions(turn.id for turn in turns)
    unreadable = tuple(_unreadable(event, settings, turns, newest))
    if unreadable:
        return Recount((), unreadable)
    before = _placed(event, event.settings, turns, newest)
    after = _placed(event, settings, turns, newest)
    people = {one.id: one for one in event.contest.contestants}
    lines = [_line(people[key], before.get(key), after.get(key)) for key in people if key in before or key in after]
    return Recount(tuple(sorted(lines, key=lambda line: line.number)), ())


def _unreadable(event: Event, settings: Settings, turns: list[Turn], newest: Newest) -> Iterator[Problem]:
    """A sheet that was handed in must mean the same under the new settings: same criteria, marks within the maxima."""
    kind = format_of(event)
    for turn in (turn for turn in turns if not turn.not_held):
        for seat in turn.panel:
            version = newest.get((turn.id, seat.id))
            if version is None or version.state == DRAFT or version.marks is None:
                continue
            try:
                kind.read_sheet(settings, parts_of(turn), version.marks)
            except Refused as refused:
                figures = {"number": turn.alias, "seat": str(seat.number), "field": refused.problems[0].field}
                yield Problem("sheet_unreadable", "", figures)


def _placed(event: Event, settings: Settings, turns: list[Turn], newest: Newest) -> dict[int, ranking.Ranked]:
    """The rank of every contestant with a score, sides and speakers each among themselves; of sides as on the board."""
    kind, gone = format_of(event), out_of_event(event).keys()
    found: dict[bool, dict[int, list[Score]]] = {False: defaultdict(list), True: defaultdict(list)}
    for turn in turns:
        outcome = _outcome(turn, settings, newest)
        for appearance in turn.appearances:
            is_out = {appearance.contestant_id, appearance.contestant.team_id} & gone
            if outcome and appearance.part in outcome.scores and not is_out:
                found["." in appearance.part][appearance.contestant_id].append(outcome.scores[appearance.part])
    placed: dict[int, ranking.Ranked] = {}
    played: dict[int, list[Turn]] = defaultdict(list)
    for turn in turns:
        for appearance in turn.appearances:
            played[appearance.contestant_id].append(turn)
    for scores in found.values():
        contenders = [kind.contender(settings, str(k), each, recorded_of(played[k])) for k, each in scores.items()]
        ranks = _as_reached(event, ranking.rank(contenders, kind.chain(settings)))
        placed |= {int(one.key): one for one in ranks}
    return placed


def _as_reached(event: Event, ranks: list[ranking.Ranked]) -> list[ranking.Ranked]:
    """The ranks of sides by how far each got, where the event has ended with a knockout: no settings change that."""
    core = core_of(event.contest_id, event.position)
    reached = reached_at_the_end(core.event, core.played, core.turns, core.ranked)
    people = {str(one.id): one for one in event.contest.contestants}
    if reached is None or any(people[one.key].team_id for one in ranks):
        return ranks
    return ranked_as_reached(ranks, {key: one.number for key, one in people.items()}, reached)


def _outcome(turn: Turn, settings: Settings, newest: Newest) -> Outcome | None:
    try:
        return outcome_of(turn, newest, settings)
    except Refused:
        return None


def _line(who: Contestant, before: ranking.Ranked | None, after: ranking.Ranked | None) -> Line:
    return Line(who.number, who.name, _score(before), _score(after), _rank(before), _rank(after))


def _score(placed: ranking.Ranked | None) -> str:
    return str(placed.shown) if placed else ""


def _rank(placed: ranking.Ranked | None) -> str:
    return str(placed.rank) if placed else ""


def settings_of(event: Event, version: int) -> Settings:
    """The settings that sheets of this version were marked under; raises LookupError for one that never was."""
    if version == event.settings_version:
        return event.settings
    wanted = select(EventSettings).where(EventSettings.event_id == event.id, EventSettings.version == version)
    kept = db.session.scalar(wanted)
    if kept is None:
        raise LookupError(version)
    return kept.settings


def versions_of(event: Event) -> list[dict[str, Any]]:
    """The replaced versions, oldest first: number, who replaced it when, and why."""
    wanted = select(EventSettings).where(EventSettings.event_id == event.id).order_by(EventSettings.version)
    return [
        {"version": kept.version, "actor": kept.actor, "at": kept.replaced_at.isoformat(), "reason": kept.reason}
        for kept in db.session.scalars(wanted)
    ]
