"""Which scenes the hall has in a contest, and which can be on air at this moment: what a screen says is held to it."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.board.conditions.draws import is_drawn, may_draw, newest_draw
from scoring.board.conditions.steps import is_undrawn
from scoring.board.reading.facts import format_of
from scoring.board.reading.unplaced import unplaced_of
from scoring.board.views.screens import hall_of
from scoring.store import Contest, Event, Turn
from scoring.store.contests import MARKING, PERFORMING, RELEASED
from scoring.store.screens import CURRENT, MESSAGE, RANKING

WELCOME, PERFORMS, RACE, INSPECTED, SCORE = "welcome", "performing", "race", "marking", "score"
DARK, FROZEN, CLOSING = "dark", "frozen", "closing"
DRAW, OVERALL = "draw", "overall"
#: Benches and documents are shown from the beginning, without a welcome.
_BY_SUBJECT = {
    "performance": (WELCOME, DRAW, PERFORMS),
    "match": (WELCOME, DRAW, PERFORMS),
    "bench": (DRAW, RACE, INSPECTED),
    "document": (INSPECTED,),
    "test": (WELCOME,),
}


def scenes_of(contest: Contest) -> list[str]:
    """The scenes of the contest's formats, in the order of a day; the overall hall where there are several events."""
    every = [scene for event in contest.events for scene in _BY_SUBJECT[format_of(event).subject]]
    drawn = any(_has_draw(event) for event in contest.events)
    own = [scene for scene in dict.fromkeys(every) if scene != DRAW or drawn]
    overall = [OVERALL] if len(contest.events) > 1 else []
    return [*own, SCORE, RANKING, CURRENT, *overall, MESSAGE, FROZEN, DARK, CLOSING]


def _has_draw(event: Event) -> bool:
    """Whether the hall can show a draw of the event, or one was held; the sides of a first round are drawn once.

    Where the first was called without a draw, the order is fixed: none is missed. The check list asks for one.
    """
    if format_of(event).subject != "match":
        return DRAW in _BY_SUBJECT[format_of(event).subject] and (may_draw(event) or is_drawn(event))
    return is_drawn(event) or any(map(is_undrawn, event.rounds[0].turns))


def on_air(contest: Contest) -> set[str]:
    """What a hall screen of the contest can be showing now; an announcement or the dark lies over all but a draw."""
    hall = hall_of(contest)
    drawn = {DRAW} if any(newest_draw(event, _turns_of(event)) for event in contest.events) else set()
    if hall["blackout"]:
        return drawn | {DARK}
    if hall["scene"] == MESSAGE:
        return drawn | {MESSAGE}
    turns = [turn for event in contest.events for turn in _turns_of(event)]
    told = drawn | set(_told(turns, contest))
    taken = {RANKING, CURRENT} & {hall["scene"]}
    if SCORE not in told:
        taken -= {RANKING}
    return (told | taken | ({FROZEN} if hall["frozen"] else set())) & set(scenes_of(contest))


def _turns_of(event: Event) -> list[Turn]:
    return [turn for played in event.rounds for turn in played.turns]


def _told(turns: list[Turn], contest: Contest) -> Iterator[str]:
    """The scenes that show by themselves how far the turns are."""
    states = {turn.state for turn in turns}
    yield WELCOME
    yield OVERALL
    if any(room.current_turn is not None for event in contest.events for room in event.rooms):
        yield PERFORMS
    if PERFORMING in states:
        yield RACE
    if MARKING in states:
        yield INSPECTED
    if RELEASED in states:
        yield SCORE
    waiting = any(unplaced_of(event).waiting for event in contest.events)
    if not waiting and all(turn.state == RELEASED or turn.not_held for turn in turns):
        yield CLOSING
