"""What a judge's tablet is shown: the turn, the judge's own sheet, and nothing of the others."""

from __future__ import annotations

from typing import Annotated, TypedDict

from scoring.board.snapshots.shared import Clock, OfTurn, SideNumber, Titles
from scoring.board.snapshots.words import OneOf, Reached, Subjects, TurnStage


class Question(TypedDict):
    """What is asked about a sheet that was sent back."""

    text: str
    asker: Annotated[str, "the role of the account that asks"]
    typed: Annotated[dict[str, str], "what the sheet was submitted with"]


class SheetProblem(TypedDict):
    """What is wrong with a field of a draft."""

    code: str
    field: str
    figures: dict[str, str]


class Said(TypedDict):
    """The code of a problem with its sentence."""

    code: str
    message: str


class SheetFacts(TypedDict):
    """A sheet without its problems."""

    reached: Annotated[str, Reached, "the last of the [four states](live.md#the-four-states) that is certain"]
    question: Annotated[Question | None, "the sheet was sent back with it"]
    state: Annotated[str, OneOf("empty", "draft", "submitted", "returned"), "`returned`: to be submitted once more"]
    returned: Annotated[bool, "true from the unlocking until the next submission"]
    version: Annotated[int, "0 for none"]
    typed: Annotated[dict[str, str], "what was typed, by criterion"]
    total: Annotated[str | None, "the sum of the good marks so far, null where a sheet has no one total"]
    totals: Annotated[dict[str, str], "that of each side and speaker of a match"]
    submission: Annotated[str | None, "the id it was submitted with"]
    source: Annotated[str, OneOf("", "paper", "list", "correction"), "where it came from, if not from the tablet"]
    at: Annotated[str | None, "time in UTC, ISO 8601"]


class Sheet(SheetFacts):
    """A seat's sheet as the server holds it."""

    problems: Annotated[list[SheetProblem], "in an answer to a sheet it is `{field: {code, message}}` instead"]


class WordedSheet(SheetFacts):
    """The same as it is answered, with a sentence for each problem."""

    problems: dict[str, Said]


class TabletTurn(TypedDict):
    """The turn that a seat marks."""

    id: int
    number: Annotated[str, "the contestant's, or the code of what is judged under one"]
    state: Annotated[str, TurnStage]
    closed: Annotated[bool, "whether the marking is closed"]
    not_held: Annotated[bool, "nobody performs, and nothing is marked"]
    case: Annotated[str | None, "the drawn case, or the motion of a match"]
    clock: Clock | None
    sides: Annotated[list[SideNumber], "who stands on which side of a match; else empty"]
    away: Annotated[list[str], "the parts of speakers who do not perform and are not marked"]
    settings_version: Annotated[int, "which version of the event's rules it is marked by"]


class TabletContest(TypedDict):
    """The contest by name."""

    id: int
    slug: str
    title: Titles


class TabletSeat(TypedDict):
    """Whose tablet it is."""

    id: int
    number: int
    name: str


class Recused(TypedDict):
    """That the seat does not mark the turn."""

    ground: str


class Ballot(TypedDict):
    """The vote that a seat owes."""

    sides: list[SideNumber]


class Listed(TypedDict):
    """A coded work that was given to the seat."""

    turn: int
    number: str
    state: Annotated[str, OneOf("empty", "draft", "returned", "submitted", "recused", "released")]


class OwnCall(TypedDict):
    """A call for the chief judge as its own tablet shows it."""

    id: int
    message: str
    at: str
    answered_at: str | None


class NextCalled(TypedDict):
    """Who is called next."""

    number: str


class WhatGoesOn(TypedDict):
    """What of a tablet's snapshot is for whoever holds the seat."""

    turn: Annotated[TabletTurn | None, "the called turn"]
    sheet: Annotated[Sheet | None, "this seat's sheet for that turn"]
    recused: Annotated[Recused | None, "this seat does not mark this turn, and on what ground"]
    call: Annotated[OwnCall | None, "the seat's newest call for the chief judge, times in UTC"]
    ballot: Annotated[Ballot | None, "the match is tied and this seat owes its secret vote"]
    next: Annotated[
        NextCalled | None, "who is called next in the seat's room; null for nobody, or where no one is called"
    ]
    owed: Annotated[list[OfTurn], "other open turns whose sheet this seat has not submitted"]
    over: Annotated[bool, "the seat's event is over: nothing is left to mark in it"]
    list: Annotated[list[Listed], "the coded works that the seat was given, each with how far its sheet is; else empty"]


class Tablet(WhatGoesOn):
    """What one judge may see."""

    revision: Annotated[int, "moves with the contest and with the seat's own sheets"]
    seat: TabletSeat
    contest: TabletContest
    subject: Annotated[str, Subjects]
    voted: Annotated[bool, "whether this seat's secret vote on the match is counted"]
    done: Annotated[int, "how many sheets the seat has submitted"]
    panel: Annotated[int, "how many seats the panel has"]
    elsewhere: Annotated[
        int | None, "the id of the seat that the tablet moves to, by its own key (into a rehearsal, or back from one)"
    ]


class CountedSheet(TypedDict):
    """A turn whose sheet has come in and counts."""

    number: str
    subject: str


class EarlierSheet(TypedDict):
    """A sheet that the seat has submitted, with its total."""

    turn: int
    number: str
    total: str | None
