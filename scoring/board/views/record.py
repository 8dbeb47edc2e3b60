"""The record for the export: every released sheet, mark by mark, in the order of the ranking."""

from __future__ import annotations

from typing import cast

from scoring.board.reading.core import Core, core_of
from scoring.board.reading.doubts import check_trusted
from scoring.board.reading.facts import format_of
from scoring.board.reading.heading import contest_of
from scoring.board.reading.look import named_event
from scoring.board.reading.ranked import Placed
from scoring.board.reading.states import TurnState
from scoring.board.snapshots.record import CriterionRecorded, RecordOfMarks, TurnRecorded
from scoring.board.snapshots.scores import SourcedLine
from scoring.board.views.awards import RANKING, awards_of
from scoring.board.views.corrections import corrections_of
from scoring.board.views.review import severity_of
from scoring.board.views.rows import row_of
from scoring.board.views.uncounted import uncounted_sheets
from scoring.board.views.unranked import unranked_of
from scoring.rules.explanation import Score


def record_of_marks(contest_id: int, event: int | None = None) -> RecordOfMarks:
    """The rows of the leaderboard with the rubric that their marks answer to.

    Raises LookupError and Refused(contest_in_doubt).
    """
    check_trusted(contest_id)
    core = core_of(contest_id, event)
    awards = awards_of(core, RANKING, core.ranked)
    return {
        "revision": core.revision,
        "contest": contest_of(core),
        "event": named_event(core.event),
        "rubric": _rubric(core),
        "rows": [
            {**row_of(placed, core), "award": awards.get(placed.contestant.id), "turns": _turns(placed)}
            for placed in core.ranked
        ],
        "unranked": [{**one, "turns": uncounted_sheets(core, one["contestant"])} for one in unranked_of(core)],
        "severity": severity_of(core),
        "corrections": corrections_of(core.event),
    }


def _turns(placed: Placed) -> list[TurnRecorded]:
    """Every turn behind a score, with the judges' lines and where each sheet came from."""
    return [_turn(state, score) for state, score in zip(placed.turns, placed.scores, strict=True)]


def _turn(state: TurnState, score: Score) -> TurnRecorded:
    sources = {str(place.seat.number): place.source for place in state.places}
    lines = [line.to_data() | {"source": sources.get(line.seat, "")} for line in score.explanation.judges]
    return {"number": state.turn.number, "judges": cast(list[SourcedLine], lines)}


def _rubric(core: Core) -> list[CriterionRecorded]:
    """The criteria of what is ranked."""
    kind, settings = format_of(core.event), core.event.settings
    return cast(list[CriterionRecorded], kind.rubric(settings, kind.parts(settings)[0]).to_data())
