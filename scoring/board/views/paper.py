"""Which sheets are still missing and could come from paper, and how far their double entry is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from sqlalchemy import select

from scoring.board.reading.core import core_of
from scoring.board.reading.facts import is_before_panel
from scoring.board.reading.heading import contest_of
from scoring.board.reading.states import Place, TurnState
from scoring.board.snapshots.checking import Paper, PaperDifferences, PaperSeat, PaperSheet, PaperTurn
from scoring.board.views.sheet_form import drawn_sheet, judged_of
from scoring.extensions import db
from scoring.rules.panel import Standing
from scoring.store import PaperEntry, Seat, Turn
from scoring.store.contests import MARKING, PERFORMING
from scoring.store.ledger import name_behind

Entries = dict[tuple[int, int], list[PaperEntry]]


def paper(contest_id: int, who: str, event: int | None = None) -> Paper:
    """The open turns with the seats whose sheets are missing, as the account `who` sees them; raises LookupError.

    Nobody sees here what somebody else has entered.
    """
    core = core_of(contest_id, event)
    open_turns = [state for state in core.turns if _is_open(state)]
    entries = entries_of([state.turn.id for state in open_turns])
    return {
        "revision": core.revision,
        "contest": contest_of(core),
        "turns": [_turn(state, entries, who) for state in open_turns],
    }


def _is_open(state: TurnState) -> bool:
    return state.turn.state in (PERFORMING, MARKING) and bool(_missing(state)) and is_before_panel(state.turn)


def _missing(state: TurnState) -> list[Place]:
    """Whose sheets are missing; of a coded document only of those whom the coding officer has named."""
    missing = [place for place in state.places if place.standing is Standing.MISSING]
    return [place for place in missing if _may_be_known(state.turn, place.seat.id)]


def _may_be_known(turn: Turn, seat_id: int) -> bool:
    """Whether those who enter paper may see this seat beside the turn."""
    return not turn.hidden or any(one.on_paper and one.seat_id == seat_id for one in turn.assignments)


def entries_of(turn_ids: Sequence[int]) -> Entries:
    """The entries in force of these turns, by turn and seat, the first first."""
    wanted = select(PaperEntry).where(PaperEntry.turn_id.in_(turn_ids), PaperEntry.closed_at.is_(None))
    found: Entries = {}
    for entry in db.session.scalars(wanted.order_by(PaperEntry.id)):
        found.setdefault((entry.turn_id, entry.seat_id), []).append(entry)
    return found


def _turn(state: TurnState, entries: Entries, who: str) -> PaperTurn:
    hidden = state.turn.hidden
    seats = [_seat(place, entries.get((state.turn.id, place.seat.id), []), who, hidden) for place in _missing(state)]
    return {"id": state.turn.id, "number": state.turn.alias, "state": state.turn.state, "seats": seats}


def _seat(place: Place, entries: Sequence[PaperEntry], who: str, hidden: bool) -> PaperSeat:
    return {
        "id": place.seat.id,
        "number": place.seat.number,
        "name": place.seat.name,
        "state": "empty" if hidden else place.state,
        "entered": [{"by": name_behind(entry.actor), "at": entry.at.isoformat()} for entry in entries],
        "mine": any(entry.actor == who for entry in entries),
        "may": _may(entries, who),
    }


def _may(entries: Sequence[PaperEntry], who: str) -> bool:
    """Whether this account can enter the sheet now: as the first, the second, or again after a difference."""
    people = [entry.actor for entry in entries]
    return (len(people) < 2 and who not in people) or (len(people) == 2 and who in people)


def paper_sheet(contest_id: int, turn_id: int, seat_id: int, who: str) -> PaperSheet:
    """One sheet to enter: what the format's template needs, and the differences once both have entered it.

    Raises LookupError if there is no such turn or seat in the contest.
    """
    turn, seat = db.session.get(Turn, turn_id), db.session.get(Seat, seat_id)
    if turn is None or seat is None or turn.contest.id != contest_id or seat not in turn.panel:
        raise LookupError(turn_id, seat_id)
    if not _may_be_known(turn, seat.id):
        raise LookupError(turn_id, seat_id)
    entries = entries_of([turn.id]).get((turn.id, seat.id), [])
    own = next((entry.typed for entry in entries if entry.actor == who), {})
    other = next((entry.typed for entry in entries if entry.actor != who), None)
    return {
        "seat": {"id": seat.id, "number": seat.number, "name": seat.name},
        "judged": judged_of(turn),
        "tablet": drawn_sheet(turn, own),
        "place": len(entries) + 1,
        "differences": _differences(own, other) if own and other is not None else None,
    }


def _differences(mine: Mapping[str, str], theirs: Mapping[str, str]) -> PaperDifferences:
    """Both entries, where 12 and 12.0 are the same mark."""
    alike = {field: mine[field] for field in theirs if field in mine and _figure(mine[field]) == _figure(theirs[field])}
    return {"mine": dict(mine), "theirs": {**theirs, **alike}}


def _figure(text: str) -> Decimal | str:
    try:
        return Decimal(text)
    except InvalidOperation:
        return text
