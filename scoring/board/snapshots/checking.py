"""What is checked and put right: inspectors' differences, paper, corrections, the spot check, each on its page."""

from __future__ import annotations

from typing import Any, TypedDict

from scoring.board.snapshots.desk import Decision
from scoring.board.snapshots.judging import DrawnSheet, EntryName, Judged, Page, PageOfEvent, SeatOfTurn
from scoring.board.snapshots.shared import Numbered, Titles, Trouble


class DisputedItem(Titles):
    """The item of a line on which inspectors differ."""

    maximum: str


class DisputedDefect(Titles):
    """The fault of such a line."""

    points: str


class Seen(TypedDict):
    """Where an inspector saw a fault."""

    page: str
    note: str
    photo: str


class FoundCount(TypedDict):
    """What an inspector found."""

    count: int
    seen: list[Seen]


class FoundBySeat(FoundCount):
    """The same, with who."""

    seat: str


class Settled(TypedDict):
    """How the chief judge settled a line."""

    count: int
    reason: str


class DisputeLine(TypedDict):
    """A line on which inspectors differ."""

    line: str
    item: DisputedItem
    defect: DisputedDefect
    kind: str
    found: list[FoundBySeat]
    settled: Settled | None


class CapKind(Titles):
    """A cap that can be ruled."""

    kind: str


class FileWithDifferences(TypedDict):
    """A file by its code."""

    turn: int
    code: str
    complete: bool
    problem: Trouble | None
    waits_for: Trouble | None
    released: bool
    open: int
    submitted: int
    panel: int
    disputes: list[DisputeLine]
    caps: Any


class Differences(PageOfEvent):
    """The files in the order of their codes."""

    caps: list[CapKind]
    open: int
    files: list[FileWithDifferences]


class PaperEntered(TypedDict):
    """That somebody has entered a sheet."""

    by: str
    at: str


class PaperSeat(TypedDict):
    """A seat whose sheet is missing, as one account sees it."""

    id: int
    number: int
    name: str
    state: str
    entered: list[PaperEntered]
    mine: bool
    may: bool


class PaperTurn(TypedDict):
    """An open turn with missing sheets."""

    id: int
    number: str
    state: str
    seats: list[PaperSeat]


class Paper(Page):
    """What could come from paper."""

    turns: list[PaperTurn]


class PaperDifferences(TypedDict):
    """Both entries of a sheet."""

    mine: dict[str, str]
    theirs: dict[str, str]


class SheetToCorrect(TypedDict):
    """A sheet that is entered or corrected by hand."""

    seat: SeatOfTurn
    judged: Judged
    tablet: DrawnSheet


class PaperSheet(SheetToCorrect):
    """A sheet to enter from paper."""

    place: int
    differences: PaperDifferences | None


class CorrectionChange(TypedDict):
    """A value before and after."""

    field: str
    name: EntryName | None
    old: str | Titles
    new: str | Titles
    out: bool


class CorrectedScore(TypedDict):
    """The final score of a part before and after."""

    part: str
    old: str
    new: str


class CorrectionRequest(TypedDict):
    """A request for a correction."""

    id: int
    turn: int
    number: str
    whom: str
    seat: int | None
    part: str
    changes: list[CorrectionChange]
    reason: str
    asked_by: str
    requested_by: str
    requested_at: str
    state: str
    decided_by: str
    decided_at: str | None
    decision: str
    scores: list[CorrectedScore]


class SeatToCorrect(SeatOfTurn):
    """A seat whose sheet can be asked about."""

    waiting: bool


class OvertimeHeld(TypedDict):
    """The overtime of a part."""

    part: str
    seconds: int


class ListedHeld(TypedDict):
    """Something of the list, with the points of it that a turn has, "0" for none."""

    key: str
    zh: str
    en: str
    adds: bool
    points: str
    most: str
    held: str


class TurnToCorrect(TypedDict):
    """A released turn with what can be asked of it."""

    id: int
    number: str
    sides: list[Numbered]
    seats: list[SeatToCorrect]
    waiting: bool
    overtimes: list[OvertimeHeld]
    parts: list[str]
    listed: list[ListedHeld]


class DecisionToCorrect(Decision):
    """Whom a correction has put out."""

    waiting: bool


class PlayedOff(TypedDict):
    """Somebody who shares a rank that a play-off decides, with the figure of it once it is recorded."""

    turn: int
    number: str
    name: str
    rank: int
    shared: bool
    figure: str | None


class Corrections(Page):
    """All requests, and what can be asked about."""

    open: list[CorrectionRequest]
    decided: list[CorrectionRequest]
    turns: list[TurnToCorrect]
    outs: list[DecisionToCorrect]
    played_off: list[PlayedOff]


class SpotCheckScore(TypedDict):
    """An announced score."""

    part: str
    final: str
    mean: str
    penalty_sum: str


class SpotCheckEntry(TypedDict):
    """A score that is held against the signed paper."""

    id: int
    number: str
    chosen: str
    found: str
    note: str
    by: str


class SpotCheckSheet(TypedDict):
    """A sheet that counts."""

    seat: int
    name: str
    source: str
    tablet: DrawnSheet


class SpotCheckSheets(SpotCheckEntry):
    """The same with every sheet that counts."""

    judged: Judged
    sheets: list[SpotCheckSheet]
    score: list[SpotCheckScore]


class SpotCheckHeld(TypedDict):
    """The check as it was drawn, with what was found."""

    rule: Any
    seed: str
    witness: str
    by: str
    at: str
    state: str
    checked: int
    errors: int
    lines: list[SpotCheckEntry]


class SpotCheckPage(Page):
    """Whether a check can be drawn, and the one that was."""

    ready: bool
    why: str
    defaults: Any
    check: SpotCheckHeld | None


class PointsLine(TypedDict):
    """One person's result of a test: `state` says how far it is, `points` what it is worth once it is in."""

    id: int
    seat: int
    number: str
    name: str
    office: str
    state: str
    points: str
    may_enter: bool
    mine: bool


class PointsPage(PageOfEvent):
    """All results of a test; how many can be opened, confirmed by this account, with their `figures`, and released."""

    lines: list[PointsLine]
    to_open: int
    to_check: int
    figures: str
    to_release: int
