"""What the organizer may see: the running order, who has submitted, what can be done next; no unreleased mark."""

from __future__ import annotations

from functools import partial

from scoring.board.conditions.releasing import why_not_back
from scoring.board.conditions.retraction import may_undo_release
from scoring.board.conditions.steps import can, is_running, main_step, why_left_open
from scoring.board.reading.attempts import open_attempts
from scoring.board.reading.calls import open_calls
from scoring.board.reading.clocks import clocks_of, preparation_of
from scoring.board.reading.core import Core, core_of
from scoring.board.reading.facts import format_of, penalties_shown
from scoring.board.reading.matches import named, needs_of, publication_of, result_of
from scoring.board.reading.not_performing import (
    decisions_on,
    never_performed,
    speakers_in,
    speakers_out,
    who_may_be_out,
)
from scoring.board.reading.ranked import Placed
from scoring.board.reading.states import Place, TurnState
from scoring.board.snapshots.desk import (
    Clocks,
    Desk,
    MatchOnDesk,
    OvertimeRules,
    PenaltyShown,
    Preparing,
    Recusal,
    SeatNamed,
    SeatOnDesk,
    SideOnDesk,
    TurnOnDesk,
    TurnPlace,
    TurnPlanned,
    TurnSheets,
    TurnWithSheets,
)
from scoring.board.snapshots.shared import Trouble
from scoring.board.views.audience import audience_of, now_and_next
from scoring.board.views.matrix import cells_of, judges_of
from scoring.rules.figures import plain
from scoring.rules.formats.common import overtime_of
from scoring.rules.panel import Standing
from scoring.rules.penalties import OvertimeRule
from scoring.rules.publication import AT_ONCE
from scoring.store import Contestant, Turn
from scoring.store.contests import MARKING, RELEASED, WAITING
from scoring.store.steady import milliseconds

#: What the sheets of a coded document come to here: nothing ties a judge to a code, nor the moment in which one moves.
SEALED: TurnSheets = {
    "submitted": 0,
    "panel": 0,
    "missing": [],
    "sent_back": [],
    "can": [],
    "why": None,
    "match": None,
    "cells": {},
}


def desk(contest_id: int, room_id: int | None = None, event: int | None = None) -> Desk:
    """The desk's snapshot of an event: the audience's, with every turn and seat and the next step.

    Of one room if it is named. Raises LookupError for an unknown contest, event or room.
    """
    whole = core_of(contest_id, event)
    core = whole if room_id is None else _in_room(whole, room_id)
    current = core.current
    views = core.of_each(partial(_turn_view, core))
    view_of = dict(zip((state.turn for state in core.turns), views, strict=True))
    overtime = overtime_of(core.event.settings)
    return {
        **audience_of(whole),
        **now_and_next(core),
        "revision": core.revision,
        "room": room_id,
        "turns": views,
        "current": {**view_of[current.turn], "clocks": _clocks(core, current.turn)} if current else None,
        "seats": [_seat_view(place) for place in _places_shown(core)],
        "calls": core.once(("calls", room_id), lambda: open_calls(core.event, room_id)),
        "attempts": core.once(("attempts", room_id), lambda: open_attempts(core.event, room_id)),
        "subject": format_of(core.event).subject,
        "preparing": core.once(("preparing", room_id), lambda: _preparing(core)),
        "overtime": _overtime(overtime) if overtime else None,
        "parts": [part for part in format_of(core.event).parts(core.event.settings) if part],
        "performed": sum(_has_performed(state.turn) for state in core.turns),
        "publication": publication_of(core.played) if core.played else AT_ONCE,
        "main": main_step(core, lambda state: view_of[state.turn]),
        "judges": core.once(("judges", room_id), lambda: judges_of(core)),
        "checks": core.event.checks_totals,
        "undo_release": core.once(("undo", room_id), lambda: _undo_release(core)),
    }


def _overtime(rule: OvertimeRule) -> OvertimeRules:
    return {
        "free_seconds": rule.free_seconds,
        "step_seconds": rule.step_seconds,
        "points_per_step": plain(rule.points_per_step),
        "most": plain(rule.most),
        "stop_seconds": rule.stop_seconds,
    }


def _places_shown(core: Core) -> tuple[Place, ...]:
    """The seats of the turn that is called, or of the first; all seats while documents are coded."""
    if core.event.is_sealed:
        seats = [seat for room in core.event.rooms for seat in room.seats]
        return tuple(Place(seat, Standing.MISSING, "empty") for seat in seats)
    return (core.current or core.turns[0]).places if core.turns else ()


def _has_performed(turn: Turn) -> bool:
    """Whether it counts among those whom the way of publication waits for."""
    return turn.state in (MARKING, RELEASED) and not never_performed(turn, None)


def _undo_release(core: Core) -> int | None:
    """The turn whose release could be taken back as a wrong press, as long as it is fresh; see the verb."""
    scored = [state.turn for state in core.turns if state.turn.state == RELEASED and not state.turn.not_held]
    released = [turn for turn in scored if turn.releases]
    newest = max(released, key=lambda turn: turn.releases[-1].id, default=None)
    return newest.id if newest and may_undo_release(newest) else None


def _in_room(core: Core, room_id: int) -> Core:
    if room_id not in [room.id for room in core.event.rooms]:
        raise LookupError(room_id)
    return core.in_room(room_id)


def _clocks(core: Core, turn: Turn) -> Clocks:
    return core.once(("clocks", turn.id), lambda: clocks_of(turn))


def _turn_view(core: Core, state: TurnState) -> TurnOnDesk:
    """One turn; that of a single performance which waits or is over hangs on its own records and its rank alone."""
    turn, placed = state.turn, core.placed(state.turn.id)
    running = core.once("running", lambda: is_running(core))
    place = _place_of(state, placed)
    if turn.sides or turn.not_held or turn.state not in (WAITING, RELEASED):
        return {**_view_of(core, state, running), **place}
    kept = core.as_long_as(state, ("unplaced", turn.id), lambda: _view_of(core, state, running), running)

    def placed_turn() -> TurnOnDesk:
        return {**kept, **place}

    return core.as_long_as(kept, ("desk", turn.id), placed_turn, place)


def _place_of(state: TurnState, placed: Placed | None) -> TurnPlace:
    """The score and the rank that are public."""
    if placed is None or state.turn.sides:
        return {"score": _match_figures(state), "rank": None}
    return {"score": str(placed.ranked.shown), "rank": placed.ranked.rank}


def _view_of(core: Core, state: TurnState, running: bool) -> TurnWithSheets:
    whose = core.once(("planned", state.turn.id), lambda: _without_sheets(state))
    if state.turn.hidden:
        return {**whose, **SEALED}
    left_open = why_left_open(state, core.newest)
    return {
        **whose,
        "submitted": state.submitted,
        "panel": state.panel,
        "missing": [_who(place) for place in state.places if place.standing is Standing.MISSING],
        "sent_back": [{**_who(place), "question": place.question} for place in state.places if place.question],
        "can": can(state, core.newest, running, left_open),
        "why": left_open,
        "match": _match(state),
        "cells": cells_of(state),
    }


def _why_it_stands(turn: Turn, decision_id: int) -> Trouble | None:
    """What keeps a decision that somebody does not perform from being taken back; None where nothing does."""
    problem = why_not_back(next(one for one in turn.out.values() if one.id == decision_id))
    return {"code": problem.code, "figures": dict(problem.figures)} if problem else None


def _without_sheets(state: TurnState) -> TurnPlanned:
    """What of a turn's view no sheet changes that comes in."""
    turn, recused = state.turn, state.turn.recused
    shown = list(turn.sides.values()) or [turn.appearances[0].contestant]
    return {
        "id": turn.id,
        "position": turn.position,
        "number": turn.number,
        "name": "" if turn.hidden else " : ".join(entrant.name for entrant in shown),
        "office": "" if turn.hidden else " : ".join(entrant.office for entrant in shown if entrant.office),
        "state": turn.state,
        "called_since": milliseconds(turn.called_steady) if turn.called_steady else None,
        "recused": [{**_who(place), **_recusal(state, place)} for place in state.places if place.seat.id in recused],
        "penalties": _penalties(state),
        "case": turn.facts.get("case"),
        "not_held": turn.not_held and not turn.hidden,
        "not_performing": [{**one, "stands": _why_it_stands(turn, one["id"])} for one in decisions_on(turn)],
        "may_be_out": who_may_be_out(turn),
        "public": state.outcome is not None,
        "closed": turn.closed_at is not None,
        "released_since": milliseconds(turn.releases[-1].steady) if turn.state == RELEASED and turn.releases else None,
    }


def _match_figures(state: TurnState) -> str | None:
    """Both sides' figures of a match whose result is public."""
    if not state.outcome or not state.turn.sides:
        return None
    figures = [side["precise"] for side in state.outcome.verdict["sides"].values()]
    return " : ".join(figures) if any(figures) else ""


def _match(state: TurnState) -> MatchOnDesk | None:
    """Both sides with their speakers, whether the sides are drawn, and what a tied match still needs."""
    turn = state.turn
    if not turn.sides:
        return None
    needs, missing = needs_of(turn) if state.submitted == state.panel else (None, ())
    return {
        "drawn": bool(turn.pairing.get("seed")),
        "seed": turn.pairing.get("seed"),
        "sides": [_side(turn, side, entrant) for side, entrant in turn.sides.items()],
        "needs": needs,
        "ballots_missing": [_who(place) for place in state.places if str(place.seat.number) in missing],
        "result": result_of(turn, state.outcome) if state.outcome else None,
    }


def _side(turn: Turn, side: str, entrant: Contestant) -> SideOnDesk:
    silent = turn.facts.get("silent", [])
    behind = {appearance.part: appearance.contestant for appearance in turn.appearances}
    team = {part: member for part, member in speakers_in(turn).items() if part.startswith(f"{side}.")}
    speakers = team or {f"{side}.1": entrant}
    away = speakers_out(turn)
    return {
        **named(entrant),
        "side": side,
        "part": side if side in behind else f"{side}.1",
        "speakers": [
            {**named(behind.get(part, member)), "part": part, "silent": part in silent, "away": away.get(part)}
            for part, member in speakers.items()
        ],
    }


def _preparing(core: Core) -> Preparing | None:
    """The next turn with the clock that may run before it is called, where its format has one."""
    if core.upcoming is None:
        return None
    turn = core.upcoming.turn
    clock = preparation_of(turn)
    return {"turn": turn.id, "number": turn.number, "clock": clock} if clock else None


def _who(place: Place) -> SeatNamed:
    return {"seat": place.seat.id, "number": place.seat.number, "name": place.seat.name}


def _recusal(state: TurnState, place: Place) -> Recusal:
    """On what ground and why; not while it would tell whose work it is."""
    if state.turn.hidden:
        return {"ground": "", "reason": "", "relation": False}
    recusal = state.turn.recused[place.seat.id]
    return {"ground": recusal.ground, "reason": recusal.reason, "relation": recusal.relation}


def _seat_view(place: Place) -> SeatOnDesk:
    seat = place.seat
    return {
        "id": seat.id,
        "number": seat.number,
        "name": seat.name,
        "state": place.state,
        "source": place.source,
        "reached": place.reached,
        "question": place.question,
        "taken_at": seat.taken_at.isoformat() if seat.taken_at else None,
        "handover_until": milliseconds(seat.handover_until) if seat.handover_until else None,
    }


def _penalties(state: TurnState) -> list[PenaltyShown]:
    return [
        {
            "id": item.id,
            "part": item.part,
            "kind": item.kind,
            "points": item.points,
            "seconds": item.seconds,
            "reason": item.reason,
            "adds": item.adds,
            "proposed": item.is_proposed,
        }
        for item in penalties_shown(state.turn)
    ]
