"""Which scenes the hall has in a contest, and which can be on air at this moment: what a screen says is held to it."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.board.facts import format_of
from scoring.board.screens import hall_of
from scoring.store import Contest, Turn
from scoring.store.contests import MARKING, PERFORMING, RELEASED
from scoring.store.screens import CURRENT, MESSAGE, RANKING

WELCOME, PERFORMS, RACE, INSPECTED, SCORE = "welcome", "performing", "race", "marking", "score"
DARK, FROZEN, CLOSING = "dark", "frozen", "closing"
#: Benches and documents are shown from the beginning, without a welcome.
_BY_SUBJECT = {
    "performance": (WELCOME, PERFORMS),
    "match": (WELCOME, PERFORMS),
    "bench": (RACE, INSPECTED),
    "document": (INSPECTED,),
}


def scenes_of(contest: Contest) -> list[str]:
    """The scenes of the contest's formats, in the order of a day."""
    subjects = [format_of(event).subject for event in contest.events]
    own = list(dict.fromkeys(scene for subject in subjects for scene in _BY_SUBJECT[subject]))
    return [*own, SCORE, RANKING, CURRENT, MESSAGE, FROZEN, DARK, CLOSING]


def on_air(contest: Contest) -> set[str]:
    """What a hall screen of the contest can be showing now; an announcement or the dark lies over everything else."""
    hall = hall_of(contest)
    if hall["blackout"]:
        return {DARK}
    if hall["scene"] == MESSAGE:
        return {MESSAGE}
    turns = [turn for event in contest.events for played in event.rounds for turn in played.turns]
    told = set(_told(turns, contest))
    taken = {RANKING, CURRENT} & {hall["scene"]}
    if SCORE not in told:
        taken -= {RANKING}
    return (told | taken | ({FROZEN} if hall["frozen"] else set())) & set(scenes_of(contest))


def _told(turns: list[Turn], contest: Contest) -> Iterator[str]:
    """The scenes that show by themselves how far the turns are."""
    states = {turn.state for turn in turns}
    yield WELCOME
    if any(room.current_turn is not None for event in contest.events for room in event.rooms):
        yield PERFORMS
    if PERFORMING in states:
        yield RACE
    if MARKING in states:
        yield INSPECTED
    if RELEASED in states:
        yield SCORE
    if all(turn.state == RELEASED or turn.not_held for turn in turns):
        yield CLOSING
