"""What organizer, coding officer and supervisor see of a review of documents: by author or by code, never both."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

from scoring.board.snapshots.desk import Decision
from scoring.board.snapshots.judging import PageOfEvent
from scoring.rules.refusal import Problem


class ReviewHead(PageOfEvent):
    """How far the review is."""

    coded: bool
    decoded: bool
    begun: bool
    released: bool


class Author(TypedDict):
    """Who wrote a document."""

    id: int
    number: str
    name: str
    office: str
    department: str


class DocumentFile(TypedDict):
    """A document in force, with what was found in it."""

    id: int
    name: str
    kind: str
    pages: int | None
    unreadable: Any
    made_safe: Any
    findings: Any
    state: str
    reason: str
    unresolved: Any


class AuthorWithDocument(Author):
    """An author with the document in force."""

    document: DocumentFile | None
    late: bool
    out: Decision | None


class Documents(ReviewHead):
    """Every author with the document in force; never a code."""

    authors: list[AuthorWithDocument]
    late: list[str]
    missing: list[str]
    hiding: int
    among: int
    cleared: int


class Witnessed(TypedDict):
    """Who has signed for the decoding."""

    witnessed: bool
    decode_witness: str


class CodeRow(Author):
    """Which code is whose."""

    code: str
    turn: int
    state: str


class CodeTable(ReviewHead, Witnessed):
    """Which code is whose: for the coding officer, and for everybody once it is decoded."""

    table: list[CodeRow]
    witness: str
    seed: str
    penalties: Any
    unsettled: list[str]


class Witnessing(ReviewHead, Witnessed):
    """Whether the review is ready for its decoding."""

    documents: int
    unsettled: bool


class Reviewer(TypedDict):
    """A reviewer with how many documents they have and have done; null while that would tell a code."""

    id: int
    number: int
    name: str
    load: int | None
    done: int | None


class ReviewCell(TypedDict):
    """How a reviewer stands to a document."""

    assigned: bool
    recused: bool
    sheet: str


class CodedPenalty(TypedDict):
    """What is taken off a document, or added to it."""

    id: int
    kind: str
    points: str
    reason: str
    adds: bool
    proposed: bool


class DueToLeave(TypedDict):
    """A reviewer who is to leave a document, by what was declared since the draw."""

    seat: int
    ground: str


class CodedDocument(TypedDict):
    """A document by its code and where it stands."""

    turn: int
    code: str
    state: str
    status: str
    cells: dict[int, ReviewCell]
    range: str | None
    rereview: Any
    asked: Any
    caps: Any
    void: Any
    penalties: list[CodedPenalty]
    due: NotRequired[list[DueToLeave]]


class Review(ReviewHead):
    """Every document by its code."""

    per_document: int
    opening_waits_for: Problem | None
    threshold: str
    rulings: Any
    drawn: bool
    seats: list[Reviewer]
    documents: list[CodedDocument]


class ReviewerSeverity(TypedDict):
    """How strict a reviewer is."""

    seat: str
    reviews: int
    mean: str
    spread: str
    judged: bool


class EvenedScore(TypedDict):
    """A result as it would be if all were equally strict."""

    number: str
    name: str
    plain: str
    final: str


class Severity(TypedDict):
    """The released results beside those evened out."""

    reviewers: list[ReviewerSeverity]
    rows: list[EvenedScore]
