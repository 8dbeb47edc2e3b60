"""What everybody may see: only what is released, and the count of sheets that are in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from scoring.board.core import Core, TurnState, core_of
from scoring.store.contests import PERFORMING, RELEASED

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


def row_of(state: TurnState) -> View:
    """One released score with its rank and its explanation."""
    assert state.score is not None
    assert state.ranked is not None
    contestant = state.turn.appearances[0].contestant
    return {
        "turn": state.turn.id,
        "number": state.turn.number,
        "name": contestant.name,
        "office": contestant.office,
        "rank": state.ranked.rank,
        "shared": state.ranked.shared,
        "score": str(state.score.final),
        "precise": state.ranked.shown_precise,
        "decided_by": state.ranked.decided_by,
        "announcement": state.score.explanation.announcement(),
        "explanation": replace(state.score.explanation, tie=state.ranked.tie).to_data(),
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
    }


def _next(core: Core) -> View | None:
    state = core.upcoming
    return {"turn": state.turn.id, "number": state.turn.number} if state else None


def _latest(core: Core) -> View | None:
    """The newest release: the last called of the released turns."""
    released = [state for state in core.ranked if state.turn.called_at]
    newest = max(released, key=lambda state: str(state.turn.called_at), default=None)
    return _shown(row_of(newest)) if newest else None


def _shown(row: View) -> View:
    """The row with each judge's total only: marks by criterion are for the record, and would be half of the bytes."""
    explanation = row["explanation"]
    judges = [{key: line[key] for key in line if key != "marks"} for line in explanation["judges"]]
    return row | {"explanation": explanation | {"judges": judges}}


def _step(state: TurnState) -> View:
    shown = state.turn.state if state.turn.state in (PERFORMING, RELEASED) else _before_release(state)
    return {"turn": state.turn.id, "number": state.turn.number, "state": shown}


def _before_release(state: TurnState) -> str:
    """An open turn is shown as performed: how many sheets it lacks is nobody's business."""
    return "waiting" if state.turn.state == "waiting" else "performed"
