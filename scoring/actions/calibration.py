"""Calibration (定标): after the first contestant the panel's sheets are unlocked once."""

from __future__ import annotations

from sqlalchemy import select

from scoring.actions.find import seats_of, turn_of
from scoring.actions.sheets import add_version
from scoring.actions.transaction import Actor, record
from scoring.board import missing_seats
from scoring.extensions import db
from scoring.rules.calibration import TurnToCalibrate, check_calibration
from scoring.store import Entry, Turn
from scoring.store.contests import RELEASED
from scoring.store.sheets import RETURNED, SUBMITTED

VERB = "unlock_panel"


def unlock_panel(actor: Actor, turn_id: int) -> None:
    """Give every submitted sheet of the first turn back to its judge, who submits it again, changed or not.

    Raises Refused: turn_unknown, calibration_not_first, calibration_sheets_open, calibration_over,
    calibration_released, calibration_used. Source: domain page 2A, 定标.
    """
    turn = turn_of(turn_id)
    check_calibration(_as_it_stands(turn))
    for sheet in turn.sheets:
        if sheet.newest.state == SUBMITTED:
            add_version(sheet, actor, turn, RETURNED, sheet.newest.typed, reason="calibration")
    record(turn.contest, actor, VERB, seats_of(turn), turn=turn.id, number=turn.number)


def _as_it_stands(turn: Turn) -> TurnToCalibrate:
    called = [other for other in turn.round.turns if other.called_at and other.room_id == turn.room_id]
    earlier = [other for other in called if turn.called_at is None or str(other.called_at) < str(turn.called_at)]
    return TurnToCalibrate(
        position=len(earlier) + 1 if turn.called_at else turn.position + len(called),
        missing=len(missing_seats(turn)),
        next_called=len(called) > len(earlier) + 1,
        released=turn.state == RELEASED,
        unlocked=_times_unlocked(turn),
    )


def _times_unlocked(turn: Turn) -> int:
    entries = db.session.scalars(select(Entry).where(Entry.contest_id == turn.contest.id, Entry.verb == VERB))
    return sum(entry.details.get("turn") == turn.id for entry in entries)
