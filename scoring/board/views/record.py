"""The record for the export: every released sheet, mark by mark, in the order of the ranking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from scoring.board.reading.core import Core, core_of
from scoring.board.reading.doubts import check_trusted
from scoring.board.reading.facts import format_of
from scoring.board.reading.heading import contest_of
from scoring.board.reading.look import named_event
from scoring.board.reading.matches import named, result_of
from scoring.board.reading.penalties import named_penalty
from scoring.board.reading.ranked import Placed
from scoring.board.reading.rounds import released_in_all_rounds
from scoring.board.reading.states import TurnState
from scoring.board.snapshots.matches import MatchResult
from scoring.board.snapshots.record import (
    CriterionRecorded,
    MatchRecorded,
    PartRecorded,
    RankedRecorded,
    RecordOfMarks,
    TurnRecorded,
)
from scoring.board.snapshots.scores import RecordedExplanation, SourcedLine
from scoring.board.views.awards import RANKING, SPEAKERS, awards_of
from scoring.board.views.corrections import corrections_of
from scoring.board.views.review import severity_of
from scoring.board.views.rows import row_of
from scoring.board.views.uncounted import uncounted_sheets
from scoring.board.views.unranked import unranked_of
from scoring.rules.explanation import Score
from scoring.rules.formats.base import Outcome
from scoring.rules.not_performing import FORFEIT


def record_of_marks(contest_id: int, event: int | None = None) -> RecordOfMarks:
    """The rows of the leaderboard with the rubric that their marks answer to.

    Raises LookupError and Refused(contest_in_doubt).
    """
    check_trusted(contest_id)
    core = core_of(contest_id, event)
    return {
        "revision": core.revision,
        "contest": contest_of(core),
        "event": named_event(core.event),
        "rubric": _rubric(core),
        "rows": _rows(core, RANKING, core.ranked),
        "speaker_rubric": _rubric(core, -1) if core.speakers else [],
        "speakers": _rows(core, SPEAKERS, core.speakers),
        "matches": [_match(state, core) for state in released_in_all_rounds(core) if state.turn.sides],
        "unranked": [{**one, "turns": uncounted_sheets(core, one["contestant"])} for one in unranked_of(core)],
        "severity": severity_of(core),
        "corrections": corrections_of(core.event),
    }


def _rows(core: Core, kind: str, ranked: Sequence[Placed]) -> list[RankedRecorded]:
    awards = awards_of(core, kind, ranked)
    return [
        {**row_of(placed, core), "award": awards.get(placed.contestant.id), "turns": _turns(placed)}
        for placed in ranked
    ]


def _match(state: TurnState, core: Core) -> MatchRecorded:
    result, played = result_of(state.turn, cast(Outcome, state.outcome), core.until), state.turn.round
    return {
        **cast(MatchResult, result),
        "round": {"zh": played.name_zh, "en": played.name_en},
        "stage_totals": [line["stage_totals"] for line in cast(Outcome, state.outcome).verdict["ballots"]],
        "parts": list(_parts(state)),
    }


def _parts(state: TurnState) -> Iterator[PartRecorded]:
    """The sides and speakers that have a score; nobody has one where a side does not perform."""
    behind = {one.part: one.contestant for one in state.turn.appearances} | state.turn.sides
    scores, settings = cast(Outcome, state.outcome).scores, state.turn.round.event.settings
    for part, score in scores.items():
        if part in behind and score.explanation.method != FORFEIT:
            told = score.explanation.to_data() | {"judges": _lines(state, score)}
            told["penalties"] = [named_penalty(one, settings) for one in told["penalties"]]
            side, _, speaker = part.partition(".")
            explained = cast(RecordedExplanation, told)
            yield {**named(behind[part]), "side": side, "speaker": bool(speaker), "explanation": explained}


def _turns(placed: Placed) -> list[TurnRecorded]:
    """Every turn behind a score, with the judges' lines and where each sheet came from."""
    return [_turn(state, score) for state, score in zip(placed.turns, placed.scores, strict=True)]


def _turn(state: TurnState, score: Score) -> TurnRecorded:
    return {"number": state.turn.number, "judges": _lines(state, score)}


def _lines(state: TurnState, score: Score) -> list[SourcedLine]:
    sources = {str(place.seat.number): place.source for place in state.places}
    lines = [line.to_data() | {"source": sources.get(line.seat, "")} for line in score.explanation.judges]
    return cast(list[SourcedLine], lines)


def _rubric(core: Core, part: int = 0) -> list[CriterionRecorded]:
    """The criteria of what is ranked; the last `part` is a speaker's, where speakers are marked beside their sides."""
    kind, settings = format_of(core.event), core.event.settings
    return cast(list[CriterionRecorded], kind.rubric(settings, kind.parts(settings)[part]).to_data())
