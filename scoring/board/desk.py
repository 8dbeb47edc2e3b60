"""What the organizer may see: the running order, who has submitted, what can be done next; no unreleased mark."""

from __future__ import annotations

from typing import Any

from scoring.board.audience import audience_of, now_and_next
from scoring.board.calibration import may_calibrate
from scoring.board.clocks import clocks_of, preparation_of
from scoring.board.core import Core, Place, TurnState, core_of
from scoring.board.facts import format_of
from scoring.board.matches import named, needs_of, result_of
from scoring.rules.panel import Standing
from scoring.rules.publication import AT_ONCE
from scoring.store import Contestant, Turn
from scoring.store.contests import MARKING, PERFORMING, RELEASED, WAITING
from scoring.store.sheets import RETURNED, SUBMITTED

View = dict[str, Any]


def desk(contest_id: int, room_id: int | None = None, event: int | None = None) -> View:
    """The desk's snapshot of an event: the audience's, with every turn and seat and the next step.

    Of one room if it is named. Raises LookupError for an unknown contest, event or room.
    """
    whole = core_of(contest_id, event)
    core = whole if room_id is None else _in_room(whole, room_id)
    current = core.current
    return (
        audience_of(whole)
        | now_and_next(core)
        | {
            "revision": core.revision,
            "room": room_id,
            "turns": [_turn_view(core, state) for state in core.turns],
            "current": _turn_view(core, current) | {"clocks": clocks_of(current.turn)} if current else None,
            "seats": [_seat_view(place) for place in (current or core.turns[0]).places] if core.turns else [],
            "subject": format_of(core.event).subject,
            "preparing": _preparing(core),
            "overtime": core.event.settings.get("overtime"),
            "parts": [part for part in format_of(core.event).parts(core.event.settings) if part],
            "publication": core.event.settings.get("publication", AT_ONCE),
            "main": _main(core),
        }
    )


def _in_room(core: Core, room_id: int) -> Core:
    if room_id not in [room.id for room in core.event.rooms]:
        raise LookupError(room_id)
    return core.in_room(room_id)


def _turn_view(core: Core, state: TurnState) -> View:
    turn, placed = state.turn, None if state.turn.sides else core.placed(state.turn.id)
    shown = list(turn.sides.values()) or [turn.appearances[0].contestant]
    return {
        "id": turn.id,
        "position": turn.position,
        "number": turn.number,
        "name": "" if turn.hidden else " : ".join(entrant.name for entrant in shown),
        "office": "" if turn.hidden else " : ".join(entrant.office for entrant in shown if entrant.office),
        "state": turn.state,
        "called_at": turn.called_at.isoformat() if turn.called_at else None,
        "submitted": state.submitted,
        "panel": state.panel,
        "missing": [_who(place) for place in state.places if place.standing is Standing.MISSING],
        "recused": [_who(place) | _recusal(state, place) for place in state.places if place.seat.id in turn.recused],
        "penalties": _penalties(state),
        "case": turn.facts.get("case"),
        "public": state.outcome is not None,
        "score": str(placed.ranked.shown) if placed else _match_figures(state),
        "rank": placed.ranked.rank if placed else None,
        "can": _can(state),
        "match": _match(state),
    }


def _match_figures(state: TurnState) -> str | None:
    """Both sides' figures of a match whose result is public."""
    if not state.outcome or not state.turn.sides:
        return None
    return " : ".join(side["precise"] for side in state.outcome.verdict["sides"].values())


def _match(state: TurnState) -> View | None:
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


def _side(turn: Turn, side: str, entrant: Contestant) -> View:
    silent = turn.facts.get("silent", [])
    behind = {appearance.part: appearance.contestant for appearance in turn.appearances}
    team = [member for member in turn.contest.contestants if member.team_id == entrant.id] or [entrant]
    speakers = {f"{side}.{seat}": member for seat, member in enumerate(team, 1)}
    return named(entrant) | {
        "side": side,
        "part": side if side in behind else f"{side}.1",
        "speakers": [
            named(behind.get(part, member)) | {"part": part, "silent": part in silent}
            for part, member in speakers.items()
        ],
    }


def _preparing(core: Core) -> View | None:
    """The next turn with the clock that may run before it is called, where its format has one."""
    if core.upcoming is None:
        return None
    turn = core.upcoming.turn
    clock = preparation_of(turn)
    return {"turn": turn.id, "number": turn.number, "clock": clock} if clock else None


def _who(place: Place) -> View:
    return {"seat": place.seat.id, "number": place.seat.number, "name": place.seat.name}


def _recusal(state: TurnState, place: Place) -> View:
    """On what ground and why; not while it would tell whose work it is."""
    if state.turn.hidden:
        return {"ground": "", "reason": ""}
    recusal = state.turn.recused[place.seat.id]
    return {"ground": recusal.ground, "reason": recusal.reason}


def _seat_view(place: Place) -> View:
    return {
        "id": place.seat.id,
        "number": place.seat.number,
        "name": place.seat.name,
        "state": place.state,
        "source": place.source,
    }


def _penalties(state: TurnState) -> list[View]:
    return [
        {name: getattr(item, name) for name in ("id", "part", "kind", "points", "seconds", "reason")}
        for item in state.turn.penalties
        if item.withdrawn_at is None
    ]


def _can(state: TurnState) -> list[str]:
    """The verbs that the state of the turn allows; each verb checks again for itself."""
    kind, turn, coded = state.turn.state, state.turn, format_of(state.turn.round.event).coded
    if kind == WAITING and _is_undrawn(turn):
        return ["recuse", "draw_sides"]
    if kind == WAITING:
        return ["recuse"] if coded else ["call", "recuse"]
    if kind == RELEASED:
        return []
    complete = state.submitted == state.panel
    needs = needs_of(turn)[0] if complete else None
    allowed = ["recuse"] + (["release"] if complete and not needs and not turn.hidden else [])
    if coded:
        return allowed
    allowed += ["mark_silent"] if turn.sides else []
    allowed += ["record_play_off"] if needs else []
    return [*allowed, "add_overtime"] + (_before_the_next(state, complete) if kind == PERFORMING else [])


def _before_the_next(state: TurnState, complete: bool) -> list[str]:
    """What is possible only while the turn is the one called: taking the call back, and calibration."""
    begun = any(place.state in (SUBMITTED, RETURNED) for place in state.places)
    return (["unlock_panel"] if complete and may_calibrate(state.turn) else []) + ([] if begun else ["undo_call"])


def _is_undrawn(turn: Turn) -> bool:
    return bool(turn.pairing) and not turn.pairing.get("seed")


def _main(core: Core) -> View | None:
    """The right next step: release a complete turn, else the one performing; with none open call the next."""
    unreleased = [state for state in core.turns if state.turn.state in (PERFORMING, MARKING)]
    if any(state.turn.hidden for state in unreleased):
        return None  # nothing is released before the documents are decoded
    if unreleased:
        chosen = max(unreleased, key=lambda state: ("release" in _can(state), state.turn.state == PERFORMING))
        tied = needs_of(chosen.turn)[0] is not None
        return _step("release", chosen, "release" in _can(chosen), "match_undecided" if tied else None)
    upcoming = core.upcoming
    if upcoming is None or not {"call", "draw_sides"} & set(_can(upcoming)):
        return None
    undrawn = _is_undrawn(upcoming.turn)
    return _step("call", upcoming, not undrawn, "sides_not_drawn" if undrawn else None)


def _step(verb: str, state: TurnState, ready: bool, reason: str | None) -> View:
    return {"verb": verb, "turn": state.turn.id, "ready": ready} | ({"reason": reason} if reason else {})
