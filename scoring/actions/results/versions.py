"""A sheet's versions that do not come from its judge's tablet: from paper, by a correction, or given back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from scoring.actions.find import seat_of
from scoring.actions.running.sheets import check_takes, plain
from scoring.actions.transaction import Actor, coming
from scoring.board.reading.facts import format_of, parts_of
from scoring.extensions import db
from scoring.store import Seat, Sheet, SheetVersion, Turn
from scoring.store.held import met
from scoring.store.sheets import RETURNED, chained
from scoring.store.to_mark import turn_to_mark


def give_back(sheet: Sheet, actor: Actor, turn: Turn, **why: str) -> None:
    """Unlock a submitted sheet for its judge with the marks it has; `why` is its reason, or the chief's question."""
    add_version(sheet, actor, turn, RETURNED, sheet.newest.typed, **why)


def add_version(sheet: Sheet, actor: Actor, turn: Turn, state: str, typed: dict[str, str], **more: Any) -> None:
    """Add the sheet's next version, chained to the one before; `more` are its marks, reason, question and source."""
    before = sheet.versions[-1] if sheet.versions else None
    by = {"settings_version": turn.round.event.settings_version, "actor": actor.label, "revision": coming(turn.contest)}
    values = chained(sheet.id, before, state=state, typed=typed, **by, **more)
    said = {name: value for name, value in values.items() if value is not None}
    db.session.add(SheetVersion(sheet=sheet, **said))
    if state == RETURNED:
        turn.closed_at = None  # what goes back to a judge is marked again


def check_markable(turn: Turn, seat_id: int) -> Seat:
    """The seat if its sheet for the turn can still come in; else Refused as a draft would be."""
    seat, connection = seat_of(turn, seat_id), db.session.connection()
    found = met(connection, turn.id, seat_id)
    assert found is not None, "the turn is stored"
    marked = turn_to_mark(connection, turn.id, found.frame)
    check_takes(marked, marked.seats[seat.id], found.held)
    return seat


def read_typed(turn: Turn, typed: object) -> tuple[dict[str, str], dict[str, Any]]:
    """A whole sheet as it was typed and as the rules read it; Refused sheet_malformed or its problems by criterion."""
    clean, event = plain(typed), turn.round.event
    return clean, format_of(event).read_sheet(event.settings, parts_of(turn), clean)


def sheet_of(turn: Turn, seat: Seat) -> Sheet:
    """The seat's sheet for the turn, begun now if there was none."""
    found = db.session.scalar(select(Sheet).where(Sheet.turn_id == turn.id, Sheet.seat_id == seat.id))
    if found is None:
        found = Sheet(turn=turn, seat=seat)
        db.session.add(found)
        db.session.flush()
    return found
