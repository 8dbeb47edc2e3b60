"""What the pages and files of the record show: the log, its chain, the duties, every mark."""

from __future__ import annotations

from typing import Any, TypedDict

from scoring.board.snapshots.audience import Unranked
from scoring.board.snapshots.checking import CorrectionRequest
from scoring.board.snapshots.judging import PageOfEvent
from scoring.board.snapshots.matches import MatchResult
from scoring.board.snapshots.review import Severity
from scoring.board.snapshots.scores import RecordedExplanation, RecordedRow, SourcedLine
from scoring.board.snapshots.shared import Award, Named, NamedEvent, Titles
from scoring.store import Contest


class LogEntry(TypedDict):
    """An entry of the log; of a coded document without who and whose."""

    coded: bool
    revision: int
    number: int
    verb: str
    at: str
    actor: str
    seat: int | None
    details: dict[str, Any]
    turn: str
    about: int | None
    reserve: int | None
    subject: str
    event: NamedEvent | None


class SignedOff(TypedDict):
    """Up to which entry somebody has witnessed the log."""

    up_to: int
    number: int
    by: str
    at: str


class Chain(TypedDict):
    """Whether the chain of a record holds: how many entries, and the first that is broken; see `check_chain`."""

    checked: int
    broken: int | None
    rows_agree: bool
    altered: int | None


class CheckedChain(Chain):
    """The same, with the first that was acknowledged and is missing, and the first other result."""

    missing: int | None
    result: Any


class LogPage(TypedDict):
    """The newest entries of a contest's log."""

    revision: int
    changed: int
    contest: Contest
    entries: list[LogEntry]
    count: int
    older: int | None
    newest: int
    chain: CheckedChain | None
    signed: SignedOff | None


class LateEntry(TypedDict):
    """An entry by which somebody or something was added late."""

    verb: str
    details: dict[str, Any]
    by: str
    at: str


class Duties(TypedDict):
    """What every page of the record says of the separation of duties."""

    state: str
    at: str
    by: list[str]
    reason: str


class TurnRecorded(TypedDict):
    """A turn behind a score, with the judges' lines."""

    number: str
    judges: list[SourcedLine]


class UncountedLine(TypedDict):
    """A sheet that counts for nothing."""

    seat: str
    source: str
    fate: str
    marks: dict[str, str]
    total: str | None


class UncountedTurn(TypedDict):
    """A turn of somebody without a rank."""

    number: str
    judges: list[UncountedLine]


class RankedRecorded(RecordedRow):
    """A row of the ranking with the turns behind it."""

    award: Award | None
    turns: list[TurnRecorded]


class UnrankedRecorded(Unranked):
    """Who has no rank, with the sheets that came in all the same."""

    turns: list[UncountedTurn]


class CriterionRecorded(TypedDict):
    """A criterion of what is ranked."""

    key: str
    zh: str
    en: str
    maximum: str
    step: str
    minimum: str
    decides_ties: bool
    hint_zh: str
    hint_en: str


class PartRecorded(Named):
    """A side or a speaker of a match, and how the score came about."""

    side: str
    speaker: bool
    explanation: RecordedExplanation


class MatchRecorded(MatchResult):
    """A decided match of any round; `stage_totals` are the weighted points behind the stage ballots, judge by judge."""

    round: Titles
    stage_totals: list[dict[str, str]]
    parts: list[PartRecorded]


class RecordOfMarks(PageOfEvent):
    """Every released sheet, mark by mark, in the order of the ranking.

    `speakers` is the ranking of a match's speakers beside that of the sides, by `speaker_rubric`; `matches` are those
    of all rounds. All three are empty where nothing is a match.
    """

    rubric: list[CriterionRecorded]
    rows: list[RankedRecorded]
    speaker_rubric: list[CriterionRecorded]
    speakers: list[RankedRecorded]
    matches: list[MatchRecorded]
    unranked: list[UnrankedRecorded]
    severity: Severity | None
    corrections: list[CorrectionRequest]
