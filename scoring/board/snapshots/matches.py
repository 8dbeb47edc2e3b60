"""What everybody is shown of matches: who meets whom, who won and how, and the knockout."""

from __future__ import annotations

from typing import Annotated, NotRequired, TypedDict

from scoring.board.snapshots.scores import PenaltyNamed
from scoring.board.snapshots.shared import Named, Titles
from scoring.board.snapshots.words import Kinds, OneOf, Sides

#: What a side of a match may have come to: its result, or as what it did not perform.
RESULTS = ("won", "lost", "tied", "undecided")


class Ground(TypedDict):
    """As what somebody does not perform, by its name in both languages."""

    kind: Annotated[str, Kinds]
    zh: str
    en: str


class Out(Ground):
    """Who does not perform in a turn that is not held."""

    number: str


class Away(Ground):
    """A speaker who does not perform in a match that is held all the same."""

    id: int
    number: str
    name: str


class SpeakerScore(Named):
    """A speaker's own score in a match."""

    part: Annotated[str, "such as `control.2`"]
    side: Annotated[str, Sides]
    score: str


class ResultSide(Named):
    """A side of a match that is decided."""

    side: Annotated[str, Sides]
    result: Annotated[str, OneOf(*RESULTS)]
    figure: str
    precise: Annotated[str, "with the digits that tell the sides apart"]
    was: Annotated[str | None, "the figure before a correction"]
    penalties: list[PenaltyNamed]
    votes: Annotated[int | None, "in the secret ballot, where there was one"]
    speakers: list[SpeakerScore]
    away: Annotated[list[Away], "the speakers who did not perform"]


class Ballots(TypedDict):
    """The three ballots of a judge, each for a side."""

    seat: str
    impression: Annotated[str | None, Sides]
    stage: Annotated[str | None, Sides, "the side with the higher weighted total of the stages"]
    deciding: Annotated[str | None, Sides]


class MatchResult(TypedDict):
    """A match whose result is public."""

    turn: int
    key: Annotated[str, "its place in the plan of the round"]
    number: str
    motion: Annotated[str | None, "what it was about, where motions are drawn"]
    sides: list[ResultSide]
    method: Annotated[str, "the way to decide"]
    winner: Annotated[str | None, Sides]
    tied: Annotated[bool, "whether the figures were equal"]
    decided_by: Annotated[str | None, "the way to decide, `secret_ballot`, `play_off` or `forfeit`"]
    ballots: Annotated[list[Ballots], "where three ballots decide"]
    secret_ballot: Annotated[dict[str, int] | None, "votes by side"]
    best_speakers: list[SpeakerScore]


class SideResult(TypedDict):
    """What a side of a match has come to."""

    result: str
    figure: str | None


class LineSide(TypedDict):
    """A side in the list of matches."""

    side: Annotated[str, Sides, 'with `""` for a team that waits for a match']
    number: str
    result: Annotated[str, OneOf(*RESULTS, *Kinds.words, ""), "as what the side does not perform stands here, too"]
    figure: Annotated[str | None, "null until the release"]


class MatchLine(TypedDict):
    """A match of the round in play; a team that waits for one has a line, too."""

    turn: Annotated[int | str, "the id; of a team that waits text that is none"]
    number: NotRequired[Annotated[str, "of a team that waits"]]
    state: Annotated[str, OneOf("waiting", "performing", "performed", "released", "unplaced")]
    out: Annotated[list[Out], "who does not perform in it"]
    room: Titles
    sides: list[LineSide]


class Placing(Named):
    """How far somebody got in the knockout."""

    place: Annotated[int | None, "null for whoever is still in"]
    shared: bool


class InBracket(TypedDict):
    """A side of a match of the knockout."""

    number: str
    name: Annotated[str, '`""` until something of theirs is released']
    seed: int
    result: Annotated[str, OneOf("", "won", "lost", *Kinds.words)]


class BracketMatch(TypedDict):
    """A match of the knockout, played or to come."""

    key: str
    turn: int | None
    state: Annotated[str, OneOf("waiting", "performing", "performed", "released")]
    bye: Annotated[bool, "whoever stands in it goes on without playing"]
    first: InBracket | None
    second: InBracket | None


class BracketRound(TypedDict):
    """A round of the knockout."""

    round: int
    left: Annotated[int, "how many matches it has"]
    matches: list[BracketMatch]
