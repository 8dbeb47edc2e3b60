"""What everybody may see of a whole contest: its events' public scores weighed into totals, and the offices."""

from __future__ import annotations

from typing import Annotated, TypedDict

from scoring.board.snapshots.audience import Counts, Hall
from scoring.board.snapshots.scores import ToldApart
from scoring.board.snapshots.shared import Award, Titles
from scoring.board.snapshots.words import OneOf


class ContestOverall(TypedDict):
    """The contest, with who holds it."""

    id: int
    slug: str
    title: Titles
    date: str
    venue: str
    host: Annotated[str, "the office that holds it"]
    moved: Annotated[str, "as in the board of an event"]


class EventTitle(TypedDict):
    """One of the contest's events."""

    event: Annotated[int, "its place, from 1"]
    zh: str
    en: str


class Leading(TypedDict):
    """One of the first of an event's public ranking."""

    contestant: int
    rank: int
    number: str
    name: str
    score: str


class EventProgress(EventTitle, Counts):
    """How far an event is."""

    weight: Annotated[str | None, "in percent, null while nobody has said it"]
    over: bool
    state: Annotated[str, OneOf("coming", "running", "over")]
    leading: list[Leading]


class OverallPlace(TypedDict):
    """A total and its rank."""

    rank: int
    shared: bool
    score: str
    precise: str
    decided_by: str | None
    told_apart: ToldApart | None


class Entrant(TypedDict):
    """Somebody who is ranked overall."""

    contestant: int
    number: str
    name: str
    office: str


class WeighedEvent(EventTitle):
    """The score of an event in a total."""

    shown: Annotated[str, "the figure that was published"]
    weight: Annotated[str, "in percent"]
    points: Annotated[str, "what it adds"]


class OverallRow(OverallPlace, Entrant):
    """A row of the overall ranking."""

    stopped: Annotated[Titles | None, "of who did not go on to a stage: ranked among those who did not"]
    award: Award | None
    terms: list[WeighedEvent]


class MissingEvent(EventTitle):
    """An event without a result of somebody."""

    over: bool
    ground: Annotated[Titles | None, "why there will be none, where that is known"]


class OpenTotal(Entrant):
    """Who has no total; without the name until something of theirs is public."""

    state: Annotated[str, OneOf("pending", "incomplete"), "`incomplete`: there will be none"]
    missing: list[MissingEvent]


class Member(TypedDict):
    """A total in an office's mean."""

    contestant: int
    number: str
    name: str
    shown: str


class OfficeRow(OverallPlace):
    """A row of the ranking of offices."""

    office: str
    award: Award | None
    entrants: int
    terms: list[Member]


class OpenOffice(TypedDict):
    """An office with too few totals."""

    office: str
    scored: int
    entrants: int


class NoOffice(TypedDict):
    """Who belongs to no office."""

    contestant: int
    number: str


class Offices(TypedDict):
    """The offices on the mean of their best totals."""

    best: Annotated[int, "how many totals of an office count"]
    offices: list[OfficeRow]
    offices_open: Annotated[list[OpenOffice], "the offices with too few totals"]
    no_office: Annotated[list[NoOffice], "who belongs to no office"]


class OverallStanding(Offices):
    """The overall ranking without its revision."""

    hall: Hall
    contest: ContestOverall
    events: list[EventProgress]
    next: Annotated[EventTitle | None, "the next event that has not begun"]
    weighted: Annotated[bool, "whether every event has a weight"]
    over: Annotated[bool, "whether everything is public"]
    total: Annotated[int, "how many are entered"]
    ranked: Annotated[int, "how many have a total"]
    rows: Annotated[list[OverallRow], "the ranking"]
    open: Annotated[list[OpenTotal], "who has no total"]


class Overall(OverallStanding):
    """What everybody may see of a whole contest."""

    revision: int
