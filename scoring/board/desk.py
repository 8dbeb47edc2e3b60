"""What the organizer may see: the running order, who has submitted, what can be done next; no unreleased mark."""

from __future__ import annotations

from typing import Any

from scoring.board.audience import audience_of
from scoring.board.clocks import clocks_of
from scoring.board.core import Core, Place, TurnState, core_of
from scoring.board.facts import format_of
from scoring.rules.panel import Standing
from scoring.store.contests import MARKING, PERFORMING, RELEASED, WAITING

View = dict[str, Any]


def desk(contest_id: int) -> View:
    """The desk's snapshot: the audience's, with every turn and seat and the next step; raises LookupError."""
    core = core_of(contest_id)
    current = core.current
    return audience_of(core) | {
        "turns": [_turn_view(core, state) for state in core.turns],
        "current": _turn_view(core, current) | {"clocks": clocks_of(current.turn)} if current else None,
        "seats": [_seat_view(place) for place in (current or core.turns[0]).places] if core.turns else [],
        "overtime": core.event.settings.get("overtime"),
        "main": _main(core),
    }


def _turn_view(core: Core, state: TurnState) -> View:
    turn, contestant, placed = state.turn, state.turn.appearances[0].contestant, core.placed(state.turn.id)
    return {
        "id": turn.id,
        "position": turn.position,
        "number": turn.number,
        "name": contestant.name,
        "office": contestant.office,
        "state": turn.state,
        "called_at": turn.called_at.isoformat() if turn.called_at else None,
        "submitted": state.submitted,
        "panel": state.panel,
        "missing": [_who(place) for place in state.places if place.standing is Standing.MISSING],
        "recused": [_who(place) | _recusal(state, place) for place in state.places if place.seat.id in turn.recused],
        "penalties": _penalties(state),
        "score": str(placed.ranked.shown) if placed else None,
        "rank": placed.ranked.rank if placed else None,
        "can": _can(state),
    }


def _who(place: Place) -> View:
    return {"seat": place.seat.id, "number": place.seat.number, "name": place.seat.name}


def _recusal(state: TurnState, place: Place) -> View:
    recusal = state.turn.recused[place.seat.id]
    return {"ground": recusal.ground, "reason": recusal.reason}


def _seat_view(place: Place) -> View:
    return {
        "id": place.seat.id,
        "number": place.seat.number,
        "name": place.seat.name,
        "state": place.state,
    }


def _penalties(state: TurnState) -> list[View]:
    return [
        {"id": item.id, "kind": item.kind, "points": item.points, "seconds": item.seconds, "reason": item.reason}
        for item in state.turn.penalties
        if item.withdrawn_at is None
    ]


def _can(state: TurnState) -> list[str]:
    """The verbs that the state of the turn allows; each verb checks again for itself."""
    kind, coded = state.turn.state, format_of(state.turn.round.event).coded
    if kind == WAITING:
        return ["recuse"] if coded else ["call", "recuse"]
    if kind == RELEASED:
        return []
    complete = state.submitted == state.panel
    allowed = ["recuse"] + (["release"] if complete else [])
    if coded:
        return allowed
    return [*allowed, "add_overtime"] + (["undo_call"] if kind == PERFORMING and state.submitted == 0 else [])


def _main(core: Core) -> View | None:
    """The right next step: release a complete turn, else the one performing; with none open call the next."""
    unreleased = [state for state in core.turns if state.turn.state in (PERFORMING, MARKING)]
    if unreleased:
        chosen = max(unreleased, key=lambda state: ("release" in _can(state), state.turn.state == PERFORMING))
        return {"verb": "release", "turn": chosen.turn.id, "ready": "release" in _can(chosen)}
    upcoming = core.upcoming
    if upcoming is None or "call" not in _can(upcoming):
        return None
    return {"verb": "call", "turn": upcoming.turn.id, "ready": True}
