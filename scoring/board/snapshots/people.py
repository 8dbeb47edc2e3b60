"""What the pages of relations and of rehearsals show: judges, contestants, what ties them, what was tried."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

from scoring.board.snapshots.shared import Titles
from scoring.rules.readiness import Checked


class SeatInRoom(TypedDict):
    """A seat, with its room where there are several."""

    id: int
    number: int
    name: str
    reserve: bool
    room: Titles | None


class Person(TypedDict):
    """A contestant."""

    id: int
    number: str
    name: str
    office: str


class OfficeSaid(TypedDict):
    """Whether two names of offices are the same office, and who said so."""

    id: int
    one: str
    other: str
    same: bool
    actor: str


class RelationShown(TypedDict):
    """A declared relation."""

    id: int
    judge: str
    ground: str
    note: str
    contestant: Person
    seated: bool


class WaiverShown(TypedDict):
    """That a conflict does not count."""

    id: int
    reason: str
    actor: str


class TooLate(TypedDict):
    """A called turn that is marked in spite of a conflict."""

    number: str
    released: bool


class ConflictShown(TypedDict):
    """A conflict between a judge and a contestant."""

    seat: SeatInRoom
    contestant: Person
    ground: str
    note: str
    waiver: WaiverShown | None
    late: list[TooLate]


class SmallGroup(TypedDict, total=False):
    """Which group of a panel is too small; where its weight is `shared`, the others count in its place."""

    group: Titles
    shared: bool


class SmallPanel(SmallGroup):
    """A waiting turn whose panel, or one group of it, the conflicts leave too small."""

    number: str
    free: int
    least: int
    trimmed: int


class Relations(TypedDict):
    """All that the page of relations shows."""

    levels: list[str]
    conflicts: list[ConflictShown]
    relations: list[RelationShown]
    seats: list[SeatInRoom]
    contestants: list[Person]
    small: list[SmallPanel]
    unclear: Any
    answers: list[OfficeSaid]
    unknown: int


class SeatTried(SeatInRoom):
    """What was tried at a seat."""

    cuts: int
    restarts: int
    checked: Checked


class Tried(TypedDict):
    """What was tried in a rehearsal until now, and what else would stop the day."""

    screens: list[str]
    seats: list[SeatTried]
    scenes: list[tuple[str, bool]]
    faults: list[tuple[str, bool]]
    findings: list[dict[str, Any]]
    changed: bool


class RehearsalContest(TypedDict):
    """The copy in which is rehearsed."""

    id: int
    slug: str
    changed: int


class RehearsalPage(TypedDict):
    """The rehearsal that is on, or the last one, of which only the findings are left."""

    on: bool
    contest: RehearsalContest
    begun_at: Any
    ended_at: Any
    findings: Any
    screens: NotRequired[list[str]]
    seats: NotRequired[list[SeatTried]]
    scenes: NotRequired[list[tuple[str, bool]]]
    faults: NotRequired[list[tuple[str, bool]]]
    changed: NotRequired[bool]
