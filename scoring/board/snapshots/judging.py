"""What chief judge, tallier, checker and organizer see of sheets and totals, each on a page of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NotRequired, TypedDict

from scoring.board.snapshots.audience import ContestOfEvent
from scoring.board.snapshots.desk import Decision
from scoring.board.snapshots.matches import Away
from scoring.board.snapshots.scores import Told
from scoring.board.snapshots.shared import NamedEvent, SideNumber, Titles, Trouble
from scoring.rules.refusal import Problem
from scoring.rules.rubric import Rubric


class SeatOfTurn(TypedDict):
    """A judge's seat by number and name."""

    id: int
    number: int
    name: str


class Judged(TypedDict):
    """What the format's sheet template needs to draw a turn's sheet, as the rulebook has it."""

    format: str
    subject: str
    settings: Mapping[str, Any]
    parts: tuple[str, ...]
    rubrics: dict[str, Rubric]
    sums: Any
    away: dict[str, Away]


class DrawnTurn(TypedDict):
    """A turn as the sheet template needs it."""

    id: int
    number: str
    sides: list[SideNumber]


class DrawnTyped(TypedDict):
    """What is on a sheet, with its totals."""

    typed: dict[str, str]
    total: str | None
    totals: dict[str, str]


class DrawnSheet(TypedDict):
    """A sheet in the shape of a tablet's snapshot, for templates that draw it elsewhere."""

    turn: DrawnTurn
    sheet: DrawnTyped


class EntryName(Titles):
    """What an entry of a sheet is called, and of which part it is."""

    part: str


class Page(TypedDict):
    """What every page of an event begins with."""

    revision: int
    contest: ContestOfEvent


class PageOfEvent(Page):
    """The same with the event by name."""

    event: NamedEvent


class TallyCell(TypedDict):
    """How a judge stands to a turn."""

    state: str
    source: str
    total: str | None


class TallyFinal(TypedDict):
    """The final score of a part."""

    part: str
    mean: str
    off: str
    final: str


class TallyRow(TypedDict):
    """A turn with the cell of each of its judges."""

    turn: int
    number: str
    state: str
    not_performing: list[Decision]
    cells: dict[int, TallyCell]
    missing: list[int]
    finals: list[TallyFinal]
    problem: Problem | None


class Tally(Page):
    """Judges by contestants, and what is missing."""

    judges: list[int]
    rows: list[TallyRow]
    missing: list[TallyRow]


class Confirmed(TypedDict):
    """A confirmation of a turn's totals."""

    actor: str
    role: str
    at: str


class FullyExplained(Told):
    """A score with every mark, before it is told where the sheets came from."""

    judges: list[Any]
    items: NotRequired[list[Any]]


class TotalsPart(TypedDict):
    """A part of a turn with its score."""

    part: str
    number: str
    explanation: FullyExplained


class TotalsTurn(TypedDict):
    """A turn whose sheets are all in; `problem` keeps its totals from being worked out."""

    id: int
    number: str
    figures: str
    checks: list[Confirmed]
    confirmed: bool
    changed: bool
    parts: list[TotalsPart]
    problem: Problem | str


class Totals(PageOfEvent):
    """The turns whose totals can be confirmed, and those that are still marked."""

    checks: bool
    turns: list[TotalsTurn]
    marking: list[str]


class MarksColumn(TypedDict):
    """A criterion, or a part."""

    key: str
    zh: NotRequired[str]
    en: NotRequired[str]
    part: NotRequired[str]


class MarksFigures(TypedDict):
    """What is on a sheet: the marks by column, the totals by part."""

    cells: dict[str, str]
    totals: dict[str, str]


class MarksSeat(TypedDict):
    """Whose sheet it is, and how far."""

    seat: int
    number: int
    name: str
    state: str


class MarksLine(MarksSeat, MarksFigures):
    """A judge's sheet of a turn."""


class MarksRow(MarksLine):
    """The same with what the sheet of a coded document is called."""

    sheet: str


class MarksResult(TypedDict):
    """What the sheets come to by part, or why they come to nothing yet."""

    score: dict[str, str]
    problem: Trouble | None


class MarksTurn(MarksResult):
    """A turn that was called, with its sheets once all are in."""

    turn: int
    number: str
    sealed: bool
    state: str
    not_performing: list[Decision]
    complete: bool
    submitted: int
    panel: int
    rows: list[MarksRow]
    too_wide: dict[str, str]
    waits_for: Trouble | None


class Marks(PageOfEvent):
    """Every turn that was called, the newest first."""

    columns: list[MarksColumn]
    wide: int
    turns: list[MarksTurn]
