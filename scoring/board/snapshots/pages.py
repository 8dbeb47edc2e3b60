"""What pages beside the desk show of a running event: host, screen operator, benches, lists of contests."""

from __future__ import annotations

from typing import TypedDict

from scoring.board.snapshots.audience import ContestOfEvent, Hall, Next, Now, NowAndNext, Performing, RoomNow, Unranked
from scoring.board.snapshots.desk import Decision
from scoring.board.snapshots.matches import MatchResult
from scoring.board.snapshots.scores import Row
from scoring.board.snapshots.shared import NamedEvent, Titles


class Prompter(NowAndNext):
    """What the host reads out: nothing that is not public."""

    revision: int
    contest: ContestOfEvent
    latest: Row | None
    match: MatchResult | None
    released: int
    total: int
    unplaced: int
    rooms: list[RoomNow]
    hall: Hall
    room: int | None
    coming: list[str]
    over: bool
    out: list[Unranked]
    podium: list[Row]


class Prepared(TypedDict):
    """The scene in the preview."""

    scene: str
    message: str


class Screens(TypedDict):
    """What the screen operator sees: what is on air, what is in the preview, and what each scene would show."""

    revision: int
    contest: ContestOfEvent
    air: Hall
    next: Prepared
    frozen_at: str | None
    held_back: int
    rows: list[Row]
    now: Now | None
    latest: Row | None


class Card(TypedDict):
    """An event on a list of contests: nothing that a sheet changes which comes in."""

    contest: ContestOfEvent
    event: NamedEvent
    total: int
    released: int
    unplaced: int
    now: Performing | None
    next: Next | None
    stage: str
    rooms: list[Titles]


class BenchOfBatch(TypedDict):
    """A bench as the timekeeper sees it; `seconds` is the time it took, once it stopped."""

    turn: int
    bench: int | None
    number: str
    name: str
    office: str
    stage: str
    not_held: bool
    not_performing: list[Decision]
    seconds: int | None
    code: str
    inspectors: list[int]
    submitted: int
    panel: int


class Batch(TypedDict):
    """Benches that start together."""

    number: int
    turn: int
    waiting: int
    recognised: bool
    started: int | None
    seconds: int
    at_work: int
    of: int
    handed_in: int
    benches: list[BenchOfBatch]


class Benches(TypedDict):
    """What the timekeeper sees of the benches; `now` is the server's own time."""

    revision: int
    contest: ContestOfEvent
    event: NamedEvent
    limit_seconds: int
    stop_seconds: int
    now: int
    planned: bool
    batches: list[Batch]
    hiding: int
