"""What everybody may see: only what is released, and the count of sheets that are in."""

from __future__ import annotations

from typing import Any

from scoring.board.clocks import running_clock
from scoring.board.core import Core, Placed, TurnState, core_of
from scoring.store.contests import PERFORMING, RELEASED, WAITING

View = dict[str, Any]


def audience(contest_id: int) -> View:
    """The leaderboard's snapshot: JSON-able, figures as decimal strings; raises LookupError."""
    return audience_of(core_of(contest_id))


def audience_of(core: Core) -> View:
    """The leaderboard's snapshot of a contest that was read already."""
    rows = [_shown(row_of(state)) for state in core.ranked]
    return {
        "revision": core.revision,
        "contest": contest_of(core),
        "total": len(core.turns),
        "released": len(rows),
        "now": _now(core),
        "next": _next(core),
        "latest": _latest(core),
        "rows": rows,
        "order": [_step(state) for state in core.turns],
    }


def contest_of(core: Core) -> View:
    """The contest's name in both languages."""
    return {
        "id": core.contest.id,
        "slug": core.contest.slug,
        "title": {"zh": core.contest.title_zh, "en": core.contest.title_en},
        "format": core.event.format,
    }


def row_of(placed: Placed) -> View:
    """One public score with its rank and its explanation."""
    score, ranked = placed.scores[-1], placed.ranked
    return {
        "turn": placed.turns[-1].turn.id,
        "number": placed.contestant.number,
        "name": placed.contestant.name,
        "office": placed.contestant.office,
        "rank": ranked.rank,
        "shared": ranked.shared,
        "score": str(ranked.shown),
        "precise": ranked.shown_precise,
        "decided_by": ranked.decided_by,
        "announcement": score.explanation.announcement(),
        "explanation": score.explanation.with_tie(ranked.tie).to_data(),
    }


def _now(core: Core) -> View | None:
    state = core.current
    if state is None or state.turn.state != PERFORMING:
        return None
    return {
        "turn": state.turn.id,
        "number": state.turn.number,
        "state": state.turn.state,
        "submitted": state.submitted,
        "panel": state.panel,
        "clock": running_clock(state.turn),
    }


def _next(core: Core) -> View | None:
    state = core.upcoming
    return {"turn": state.turn.id, "number": state.turn.number} if state else None


def _latest(core: Core) -> View | None:
    """The score that was released last among the public ones."""
    newest = max(core.ranked, key=lambda placed: placed.turns[-1].turn.releases[-1].id, default=None)
    return _shown(row_of(newest)) if newest else None


def _shown(row: View) -> View:
    """The row with each judge's total only: marks by criterion are for the record, and would be half of the bytes."""
    explanation = row["explanation"]
    judges = [{key: line[key] for key in line if key != "marks"} for line in explanation["judges"]]
    return row | {"explanation": explanation | {"judges": judges}}


def _step(state: TurnState) -> View:
    return {"turn": state.turn.id, "number": state.turn.number, "state": _stage(state)}


def _stage(state: TurnState) -> str:
    """Until its result is public, a turn is just performed: what it lacks is nobody's business."""
    if state.turn.state in (WAITING, PERFORMING):
        return state.turn.state
    return RELEASED if state.outcome else "performed"
