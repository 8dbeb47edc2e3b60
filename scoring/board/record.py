"""The record for the export: every released sheet, mark by mark, in the order of the ranking."""

from __future__ import annotations

from typing import Any

from scoring.board.audience import contest_of, row_of
from scoring.board.awards import awards_of
from scoring.board.core import Core, core_of
from scoring.board.corrections import corrections_of
from scoring.board.facts import format_of
from scoring.board.look import named_event

View = dict[str, Any]


def record_of_marks(contest_id: int, event: int | None = None) -> View:
    """The rows of the leaderboard with the rubric that their marks answer to; raises LookupError."""
    core = core_of(contest_id, event)
    awards = awards_of(core)
    return {
        "revision": core.revision,
        "contest": contest_of(core),
        "event": named_event(core.event),
        "rubric": _rubric(core),
        "rows": [row_of(placed, core) | {"award": awards.get(placed.contestant.id)} for placed in core.ranked],
        "corrections": corrections_of(core.event),
    }


def _rubric(core: Core) -> list[View]:
    """The criteria of what is ranked."""
    kind, settings = format_of(core.event), core.event.settings
    return kind.rubric(settings, kind.parts(settings)[0]).to_data()
