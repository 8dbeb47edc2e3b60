"""What everybody may see of an event: only what is released, and the count of the sheets that are in."""

from __future__ import annotations

from typing import Annotated, NotRequired, TypedDict

from scoring.board.snapshots.matches import BracketRound, LineSide, MatchLine, MatchResult, Out, Placing
from scoring.board.snapshots.scores import Row
from scoring.board.snapshots.shared import Award, Clock, Named, NamedEvent, OfTurn, SideNumber, Titles
from scoring.board.snapshots.words import Kinds, OneOf, Sides, Subjects


class ContestOfEvent(TypedDict):
    """The contest's name, and what the event's format judges."""

    id: int
    slug: str
    title: Titles
    date: Annotated[str, 'such as `2026-11-29`, `""` if unknown']
    venue: Annotated[str, '`""` if unknown']
    format: str
    subject: Annotated[str, Subjects]
    moved: Annotated[str, 'the slug of the contest that hall screens move to (a rehearsal, or back), else `""`']


class Hall(TypedDict):
    """What the hall screens show."""

    scene: Annotated[str, OneOf("live", "ranking", "current", "message")]
    message: str
    blackout: bool
    frozen: Annotated[bool, "as long as it is, nothing released since is in the snapshot"]


class Performing(TypedDict):
    """Who appears, without the count of the sheets that come in."""

    turn: int
    number: str
    state: Annotated[str, OneOf("performing")]
    clock: Clock | None
    sides: Annotated[list[SideNumber], "of a match"]
    motion: Annotated[str | None, "what a match is about, where motions are drawn"]


class Now(Performing):
    """The called turn, as everybody may know it."""

    submitted: Annotated[int, "so many sheets of `panel` are in"]
    panel: int


class Next(OfTurn):
    """The next waiting turn."""

    sides: list[SideNumber]


class NowAndNext(TypedDict):
    """Who appears now and who is next, by number."""

    now: Annotated[Now | None, "the called turn; in contests of several rooms that of the first that has one"]
    next: Annotated[Next | None, "the next waiting turn"]


class RoomNow(NowAndNext):
    """What goes on in one of several rooms."""

    room: int
    name: Titles


class Step(TypedDict):
    """A turn in the running order."""

    turn: Annotated[int | str, "the id; of a team that waits for a match text that is none"]
    number: str
    state: Annotated[
        str,
        OneOf("waiting", "performing", "performed", "released", "unplaced", *Kinds.words),
        "as what somebody does not perform stands here, too",
    ]
    out: NotRequired[Annotated[list[Out], "who does not perform in a match"]]
    room: NotRequired[Annotated[Titles, 'of a team that waits: `""`']]
    sides: NotRequired[Annotated[list[LineSide], "of a team that waits, as in `matches`"]]


class WaitingTeam(TypedDict):
    """A team that waits for its match, as it stands among the matches and in the order."""

    turn: int | str
    number: str
    state: str
    out: list[Out]
    room: Titles
    sides: list[LineSide]


class Lots(TypedDict):
    """What a draw was drawn from, so that anybody can draw again; nothing of it for draws of before sealed seeds."""

    seal: NotRequired[Annotated[str, "the SHA-256 that was shown before"]]
    sealed_seed: NotRequired[str]
    typed: NotRequired[Annotated[str, "what the witness typed"]]
    witness: NotRequired[str]
    on_account: NotRequired[Annotated[bool, "whether the witness typed it on an own account"]]
    reason: NotRequired[str]


class LotsBefore(Lots):
    """A draw of before the newest."""

    at: str


class Line(TypedDict):
    """What somebody has drawn."""

    number: str
    place: NotRequired[Annotated[int, "in the order, or at the benches"]]
    match: NotRequired[Annotated[str, "of sides"]]
    side: NotRequired[Annotated[str, Sides]]


class DrawnBefore(TypedDict):
    """How often something was drawn, and from what before."""

    times: Annotated[int, "how often it was drawn"]
    before: Annotated[list[LotsBefore], "the newest 20 of the earlier draws"]


class NewestDraw(DrawnBefore):
    """The newest draw of a round."""

    id: int
    kind: Annotated[str, OneOf("order", "benches", "late", "sides")]
    late: Annotated[str, "the latecomers' numbers, joined"]
    lines: list[Line]
    lots: Lots


class Seal(TypedDict):
    """The seal of the event's next draw."""

    seal: Annotated[str, "the SHA-256 of a seed that is told with the draw"]
    typed: Annotated[str, '`""` until a supervisor has typed for it']
    by: Annotated[str, "who typed"]


class Bench(TypedDict):
    """A bench of the batch."""

    turn: int
    bench: int | None
    number: str
    stage: Annotated[str, OneOf("out", "waiting", "working", "stopped", "handed_in")]
    time: Annotated[str | None, "as `52:13` once it stopped"]
    clock: Clock | None


class Racing(TypedDict):
    """The batch of benches that was started last."""

    batch: int
    batches: int
    clock: Annotated[Clock | None, "null unless somebody is at work"]
    begun: bool
    at_work: Annotated[int, "so many of `of` benches"]
    of: int
    benches: list[Bench]


class Coded(TypedDict):
    """An open document by its code."""

    code: str
    submitted: int
    panel: int
    done: bool


class Works(TypedDict):
    """How many works there are to mark, and whether any is being marked."""

    works: int
    under_way: bool


class Progress(TypedDict):
    """How far the sheets of the open works are: counts only."""

    counted: Annotated[bool, "whether `done` counts; false while documents are coded"]
    done: Annotated[int, "works that have all their sheets; 0 while documents are coded"]
    submitted: Annotated[int, "so many of `panel`; while documents are coded what ever came in, at most what was drawn"]
    panel: int
    coded: Annotated[list[Coded], "each open document once they are decoded; before that empty"]


class Marking(Works, Progress):
    """How far the sheets are where all works are marked side by side: counts only."""


class Best(Named):
    """Who stands first in the end."""

    rank: int
    score: str
    award: Award | None


class Closing(TypedDict):
    """How an event ends."""

    best: Annotated[list[Best], "the first three ranks"]
    nobody: Annotated[bool, "nobody is first: all were away"]


class Unranked(Named):
    """Who has no rank."""

    contestant: int
    ground: Annotated[Titles, "why"]
    was: Annotated[str | None, "the score that was corrected away"]


class Counts(TypedDict):
    """How many results are public, of how many."""

    total: Annotated[int, "how many turns there are that are held"]
    released: Annotated[int, "how many of them are released"]
    not_held: Annotated[int, "how many turns are publicly not held"]
    unplaced: Annotated[int, "how many wait for a match"]
    due: Annotated[int, "`total`, with a match for each who waits for one"]


class BoardNow(NowAndNext):
    """What of the board a sheet may change that comes in."""

    revision: Annotated[int, "counts the pictures that were shown"]
    rooms: Annotated[list[RoomNow], "what goes on in each room"]
    marking: Annotated[Marking | None, "where all works are marked side by side (files, documents)"]


class BoardStanding(Counts):
    """What of the board no sheet changes that comes in."""

    contest: ContestOfEvent
    event: Annotated[NamedEvent, "which of the contest's `of` events this is"]
    hall: Hall
    latest: Annotated[Row | None, "the newest release"]
    rows: Annotated[list[Row], "the ranking; of what is judged as a whole; before a knockout's end of the round before"]
    ranked_on: Annotated[str, OneOf("wins", "score")]
    order: Annotated[list[Step], "the running order; teams that wait for a match follow"]
    match: Annotated[MatchResult | None, "the newest public result of a match"]
    matches: Annotated[list[MatchLine], "the round's matches"]
    waiting: Annotated[list[str], "the numbers of the teams that wait for a match; until none does, nothing is over"]
    speakers: Annotated[list[Row], "the ranking of the speakers beside that of the sides"]
    bracket: Annotated[list[BracketRound] | None, "the knockout"]
    draw: Annotated[NewestDraw | None, "the newest draw; once somebody was called only one for latecomers"]
    seal: Seal
    taken_back: Annotated[list[OfTurn], "whose released score was taken back and is not released anew"]
    placings: Annotated[list[Placing] | None, "how far each got in the knockout, best first; told apart as in `rows`"]
    racing: Annotated[Racing | None, "where the format has benches"]
    closing: Annotated[Closing | None, "null until all is public"]
    unranked: Annotated[list[Unranked], 'who has no rank; of whoever waits for a match name and office are `""`']
    ranked_in: Annotated[Titles | None, "the round whose matches are behind `rows`"]


class Board(BoardNow, BoardStanding):
    """What everybody may see of an event."""
