"""Store → rules → one numbered snapshot: the only source of what any screen, export or command shows."""

from scoring.board.audience import audience
from scoring.board.benches import benches
from scoring.board.core import standing_numbers
from scoring.board.desk import desk
from scoring.board.differences import differences
from scoring.board.facts import (
    format_of,
    is_before_panel,
    missing_seats,
    outcome_of,
    parts_of,
    recorded_facts,
    sheets_of,
)
from scoring.board.look import check_contest, contest_by_slug, revisions, seats_of_contest
from scoring.board.matches import winners_of
from scoring.board.record import record_of_marks
from scoring.board.review import code_table, documents, is_review, review, severity
from scoring.board.seat import held_sheet, seat, sheet_view

__all__ = [
    "audience",
    "benches",
    "check_contest",
    "code_table",
    "contest_by_slug",
    "desk",
    "differences",
    "documents",
    "format_of",
    "held_sheet",
    "is_before_panel",
    "is_review",
    "missing_seats",
    "outcome_of",
    "parts_of",
    "record_of_marks",
    "recorded_facts",
    "review",
    "revisions",
    "seat",
    "seats_of_contest",
    "severity",
    "sheet_view",
    "sheets_of",
    "standing_numbers",
    "winners_of",
]
