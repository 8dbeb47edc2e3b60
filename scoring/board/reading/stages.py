"""Stages as they stand: what rule an event has, who was let go on, and since when that holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scoring.board.reading.facts import format_of
from scoring.board.reading.freeze import Until
from scoring.rules.promotion import StageRule
from scoring.store import Contest, Contestant, Event, Turn


def rule_of(event: Event) -> StageRule | None:
    """The rule by which people go on to the event; None where everybody takes part."""
    return StageRule.from_data(event.stage["rule"]) if event.stage else None


def can_be_stage(event: Event) -> bool:
    """Whether people can go on to the event: matches are paired in rounds, and documents have a coding of their own."""
    return format_of(event).subject not in ("match", "document")


def can_be_source(event: Event) -> bool:
    """Whether people can go on from the event's ranking; documents are ranked once they are decoded and released."""
    return format_of(event).subject != "match"


def confirmed_of(event: Event, until: Until = None) -> dict[str, Any] | None:
    """The promotion to the event that holds, at that revision if one is given; None before it."""
    found: dict[str, Any] | None = event.stage.get("confirmed") if event.stage else None
    return found if found and (until is None or found["revision"] <= until) else None


def stages_resting_on(event: Event) -> list[Event]:
    """The events to which people have gone on by this one's ranking."""
    later = [one for one in event.contest.events if confirmed_of(one)]
    return [one for one in later if one.stage["rule"]["source"] == event.position]


def waits(event: Event, until: Until = None) -> bool:
    """Whether it is still to be said who takes part in the event."""
    return bool(event.stage) and confirmed_of(event, until) is None


def going_of(event: Event, until: Until = None) -> set[int]:
    """Who takes part in the stage, by contestant id, withdrawn or not; at that revision those who were in it then."""
    confirmed = confirmed_of(event, until)
    if confirmed is None:
        return set()
    since: dict[str, int] = confirmed.get("since", {})
    return {key for key in confirmed["goes"] if until is None or since.get(str(key), 0) <= until}


def known_turns(event: Event, turns: Sequence[Turn], until: int) -> list[Turn]:
    """The turns of a stage that were there at that revision: whoever moved up since has none yet."""
    if not event.stage:
        return list(turns)
    going = going_of(event, until)
    return [turn for turn in turns if {one.contestant_id for one in turn.appearances} <= going]


def not_promoted(event: Event, until: Until = None) -> list[Contestant]:
    """Who did not go on to the event, [] before that is said."""
    if not event.stage or waits(event, until):
        return []
    going = going_of(event, until)
    return [one for one in event.contest.contestants if one.team_id is None and one.id not in going]


def depth_of(event: Event) -> int:
    """How many stages lie before the event."""
    events = {one.position: one for one in event.contest.events}
    depth, at = 0, event
    while at.stage and depth <= len(events):
        depth, at = depth + 1, events[at.stage["rule"]["source"]]
    return depth


def stopped_at(contest: Contest, until: Until = None) -> dict[int, Event]:
    """The stage that each contestant did not go on to, the first of them; nobody who went on to all."""
    found: dict[int, Event] = {}
    for event in sorted(contest.events, key=depth_of):
        for one in not_promoted(event, until):
            found.setdefault(one.id, event)
    return found
