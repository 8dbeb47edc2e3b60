"""The rows of a ranking: a public score with its rank, its explanation, and what tells it from others like it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from scoring.board.reading.core import Core
from scoring.board.reading.corrected import corrected_part, recounted_part
from scoring.board.reading.facts import format_of
from scoring.board.reading.penalties import named_penalty
from scoring.board.reading.ranked import Placed, told_apart
from scoring.board.snapshots.scores import (
    Corrected,
    RecordedExplanation,
    RecordedMade,
    RecordedRow,
    Row,
    RowApart,
    RowAward,
    RowRank,
    Tie,
)
from scoring.board.views.awards import awards_of
from scoring.board.views.public_row import shown_to_all
from scoring.board.views.standings import standing_of, standing_score
from scoring.rules.not_performing import FORFEIT
from scoring.rules.terms import WINS

#: What the format's own tie step compares, by what is judged.
STEP_NAMES = {"bench": {"format_step": "own_time"}, "match": {"format_step": "own_score"}}


def rows_of(core: Core, kind: str, ranked: Sequence[Placed]) -> list[Row]:
    """A ranking's rows, with the award of whoever gets one and with nothing at all for everybody else."""
    awards = awards_of(core, kind, ranked)

    def row(placed: Placed) -> Row:
        award: RowAward = {"award": awards[placed.contestant.id]} if placed.contestant.id in awards else {}
        return shown_row(placed, core, kind, award)

    return [row(placed) for placed in ranked]


def shown_row(placed: Placed, core: Core, kind: str, award: RowAward) -> Row:
    """A ranking's row, the very same as long as nothing of it changes; that others change places costs little."""
    number, apart = placed.contestant.id, _apart(core, placed)
    alone = placed.turns[0] if len(placed.turns) == 1 else placed
    made = core.as_long_as(alone, ("made", kind, number), lambda: shown_to_all(_made(placed, core)))
    clock = made["explanation"].get("time")
    tie = _tie(placed, clock)
    told = core.as_long_as(made, ("told", kind, number), lambda: made["explanation"] | {"tie": tie}, tie)

    def row() -> Row:
        return {**made, **_rank(placed, told["method"], apart, clock), **award, "explanation": told}

    return core.as_long_as(placed, ("row", kind, number), row, (apart, award))


def row_of(placed: Placed, core: Core) -> RecordedRow:
    """One public score with its rank and its explanation; each judge's line says where the sheet came from.

    Who is ranked by a win without marks has the word "forfeit" in place of the figures.
    """
    made = _made(placed, core)
    told = made["explanation"] | {"tie": _tie(placed)}
    return {**made, **_rank(placed, told["method"], _apart(core, placed)), "explanation": told}


def _made(placed: Placed, core: Core) -> RecordedMade:
    """What of a row its own turns make, whoever else is ranked."""
    score = standing_score(placed, core)
    explanation = score.explanation.to_data()
    sources = {str(place.seat.number): place.source for place in placed.turns[-1].places}
    lines = [line | {"source": sources.get(line["seat"], "")} for line in explanation["judges"]]
    penalties = [named_penalty(line, core.event.settings) for line in explanation["penalties"]]
    return {
        "turn": placed.turns[-1].turn.id,
        "contestant": placed.contestant.id,
        "number": placed.contestant.number,
        "name": placed.contestant.name,
        "office": placed.contestant.office,
        "announcement": score.explanation.announcement(),
        "corrected": None if explanation["method"] == WINS else _corrected(placed, core),
        "standing": standing_of(placed, score),
        "explanation": cast(RecordedExplanation, explanation | {"judges": lines, "penalties": penalties}),
    }


def _rank(placed: Placed, method: str, apart: RowApart, clock: str | None = None) -> RowRank:
    """What its place among the others adds to a row; a time used is read as minutes and seconds."""
    ranked = placed.ranked
    if clock and "told_apart" in apart and apart["told_apart"]["key"] == "own_time":
        apart = apart | {"told_apart": {"key": "own_time", "value": clock}}
    return {
        "rank": ranked.rank,
        "shared": ranked.shared,
        "score": FORFEIT if method == FORFEIT else str(ranked.shown),
        "precise": FORFEIT if method == FORFEIT else ranked.shown_precise,
        "decided_by": ranked.decided_by,
        **apart,
    }


def _tie(placed: Placed, clock: str | None = None) -> Tie | None:
    """How the tie was decided; what the format's own step compares of a checklist is a time."""
    tie = placed.ranked.tie
    if tie is None:
        return None
    figures = dict(tie.figures) | ({"format_step": clock} if clock and "format_step" in tie.figures else {})
    return {"step": tie.step, "shared": tie.shared, "figures": figures}


def _apart(core: Core, placed: Placed) -> RowApart:
    """What tells somebody apart from those who show the same figure on another rank."""
    names = STEP_NAMES.get(format_of(core.event).subject, {})

    def both() -> dict[str, RowApart]:
        ranked, speakers = ([one.ranked for one in those] for those in (core.ranked, core.speakers))
        apart = told_apart(ranked, names) | told_apart(speakers, names)
        return {key: {"told_apart": step} for key, step in apart.items()}

    return core.once("apart", both).get(placed.ranked.key, {})


def _corrected(placed: Placed, core: Core) -> Corrected | None:
    """The score before and after its correction or recount, of the newest turn that has one."""
    for state in reversed(placed.turns):
        for appearance in state.turn.appearances:
            if appearance.contestant_id == placed.contestant.id:
                found = corrected_part(state.turn, appearance.part, core.until)
                found = found or recounted_part(state.turn, appearance.part, state.outcome, core.until)
                if found:
                    return found
    return None
