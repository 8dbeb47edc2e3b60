"""Calibration (定标): after the first contestant the panel's sheets are unlocked once."""

from __future__ import annotations

from scoring.actions.find import seats_of, turn_of
from scoring.actions.registry import EVERYWHERE, RULING, TURN, _l, logged, verb
from scoring.actions.results.versions import give_back
from scoring.actions.transaction import Actor, record
from scoring.board.conditions.calibration import UNLOCK, calibration_of
from scoring.board.reading.facts import format_of
from scoring.rules.calibration import check_calibration
from scoring.rules.refusal import Refused
from scoring.store.sheets import SUBMITTED


@verb(TURN, roles=RULING, done=_l("The sheets of no. %(number)s are unlocked. Each judge submits again."), heard=True)
@logged("sheets", _l("unlocked the panel's sheets for no. %(turn)s to calibrate"), EVERYWHERE)
def unlock_panel(actor: Actor, turn_id: int) -> None:
    """Give every submitted sheet of the first turn back to its judge, who submits it again, changed or not.

    Raises Refused: turn_unknown, calibration_not_held (not in this format), calibration_not_first,
    calibration_sheets_open, calibration_no_sheets, calibration_over, calibration_released, calibration_used.
    Source: domain page 2A, 定标.
    """
    turn = turn_of(turn_id)
    if not format_of(turn.round.event).calibrates:
        raise Refused.because("calibration_not_held")
    check_calibration(calibration_of(turn))
    for sheet in turn.sheets:
        if sheet.newest.state == SUBMITTED:
            give_back(sheet, actor, turn, reason="calibration")
    record(turn.contest, actor, UNLOCK, seats_of(turn), turn=turn.id, number=turn.number)
