"""The matrix of judges and turns: how far every sheet is, never what is on it."""

from __future__ import annotations

from scoring.board.reading.core import Core
from scoring.board.reading.facts import APPROVED
from scoring.board.reading.states import Place, TurnState
from scoring.board.snapshots.desk import Judge
from scoring.rules.panel import Standing
from scoring.store.contests import MARKING, RELEASED, WAITING

# A cell of a turn that nobody marks yet, and one of a sheet that is owed after the marking was closed or left behind.
WAITS, MISSING = "waiting", "missing"


def cells_of(state: TurnState) -> dict[str, str]:
    """The state of each sheet of a turn by seat id; a judge who is not on its panel has none.

    waiting, empty, draft, returned, submitted, approved (its score is), recused, abstained, away, or missing: not in
    although the marking is closed, or although the next one has been called.
    """
    return {str(place.seat.id): _cell(state, place) for place in state.places}


def _cell(state: TurnState, place: Place) -> str:
    turn = state.turn
    if place.standing is not Standing.MISSING:
        return APPROVED if place.reached == APPROVED else place.state
    if turn.state == WAITING or turn.not_held:
        return WAITS
    left = turn.state in (MARKING, RELEASED) and not turn.code
    return MISSING if left or turn.closed_at else place.state


def judges_of(core: Core) -> list[Judge]:
    """The columns: every seat that marks any of these turns, in order of room and number."""
    rooms = {state.turn.room_id for state in core.turns}
    seats = {seat.id: seat for seat in {place.seat for state in core.turns for place in state.places}}
    for room in core.event.rooms:
        seats |= {seat.id: seat for seat in room.seats if room.id in rooms or not rooms}
    ordered = sorted(seats.values(), key=lambda seat: (seat.room_id, seat.number))
    return [{"id": seat.id, "number": seat.number, "name": seat.name} for seat in ordered]
