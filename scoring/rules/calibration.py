"""Calibration (定标): after the first contestant the panel may discuss and have its sheets unlocked, once."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.rules.refusal import Problem, refuse_any


@dataclass(frozen=True)
class TurnToCalibrate:
    """How a turn stands when the chief asks to unlock its sheets.

    `position` in the running order of its room, from 1; `missing` sheets that are still owed, `submitted` ones that are
    in; whether the `next_called` turn has begun; whether this one is `released`; how many times it was `unlocked`
    before.
    """

    position: int
    missing: int
    submitted: int
    next_called: bool
    released: bool
    unlocked: int


def check_calibration(turn: TurnToCalibrate) -> None:
    """Refuse to unlock the sheets of a turn for calibration.

    Allowed for the first turn only, when every sheet is in, before the next turn is called and before the score is
    released, and once. Raises Refused with every problem: calibration_not_first (figures position),
    calibration_sheets_open (figures missing), calibration_no_sheets (nobody marks), calibration_over,
    calibration_released, calibration_used. Source: domain page 2A, a calibration phase after the first contestant; what
    ends it [D].
    """
    problems = []
    if turn.position != 1:
        problems.append(Problem("calibration_not_first", "", {"position": str(turn.position)}))
    if turn.missing:
        problems.append(Problem("calibration_sheets_open", "", {"missing": str(turn.missing)}))
    elif not turn.submitted:
        problems.append(Problem("calibration_no_sheets"))
    if turn.next_called:
        problems.append(Problem("calibration_over"))
    if turn.released:
        problems.append(Problem("calibration_released"))
    if turn.unlocked:
        problems.append(Problem("calibration_used"))
    refuse_any(problems)
