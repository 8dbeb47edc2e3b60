"""What one judge may see: the turn, the judge's own sheet, and nothing of the others."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.orm import selectinload

from scoring.board.reading.calls import newest_call
from scoring.board.reading.clocks import running_clock
from scoring.board.reading.core import Once, core_of, kept_of
from scoring.board.reading.facts import SECRET_BALLOT, format_of, is_before_panel, reached, sheet_state, standing_of
from scoring.board.reading.matches import needs_of, sides_of
from scoring.board.reading.not_performing import speakers_out
from scoring.board.snapshots.tablet import (
    Ballot,
    CountedSheet,
    EarlierSheet,
    Listed,
    NextCalled,
    Question,
    Recused,
    Sheet,
    SheetProblem,
    Tablet,
    TabletContest,
    TabletTurn,
)
from scoring.board.views.awards import is_over
from scoring.extensions import db
from scoring.rules.refusal import Problem
from scoring.store import Appearance, Assignment, Contest, Event, Room, Seat, Turn
from scoring.store.contests import MARKING, PERFORMING, RELEASED, WAITING
from scoring.store.held import (
    Held,
    OwnSheet,
    OwnSheets,
    counts_as,
    every_own_sheet,
    met,
    own_sheets,
    role_of_asker,
    submitted_before,
)
from scoring.store.model import is_storable, session_of
from scoring.store.prepared import Prepared
from scoring.store.rehearsals import seat_led_to
from scoring.store.sheets import RETURNED, SUBMITTED
from scoring.store.to_mark import SeatToMark, TurnToMark, turn_to_mark

# What tells who is on a turn's panel and what it is called, read in one go for all turns that are left open.
_ALL_AT_ONCE = (
    selectinload(Turn.appearances).joinedload(Appearance.contestant),
    selectinload(Turn.assignments).joinedload(Assignment.seat),
    selectinload(Turn.recusals),
)
_HOME = Prepared(
    select(Contest.id, Event.position, Contest.public_revision)
    .select_from(Seat)
    .join(Room, Room.id == Seat.room_id)
    .join(Event, Event.id == Room.event_id)
    .join(Contest, Contest.id == Event.contest_id)
    .where(Seat.id == bindparam("seat_id"))
)


@dataclass(frozen=True)
class Kept:
    """A seat among what is kept of its event until something else than a sheet changes, and its sheets as they are."""

    place: Seat
    once: Once
    public_revision: int
    sheets: OwnSheets

    def is_over(self) -> bool:
        """Whether nothing is left to mark in the seat's event."""
        event = self.place.room.event
        return is_over(core_of(event.contest_id, event.position))


def seat(seat_id: int, turn_id: int | None = None) -> Tablet:
    """A tablet's snapshot: of the room's current turn, or of one turn that the seat still owes.

    Its revision grows with what anybody may see and with the seat's own sheets, so that no judge can count what the
    others type. Raises LookupError if there is no such seat, or no such turn for it.
    """
    kept = _kept(seat_id)
    place = kept.place
    turn = _turn(place, turn_id)
    return {
        "revision": kept.public_revision + kept.sheets.versions,
        "seat": {"id": place.id, "number": place.number, "name": place.name},
        "contest": _contest(place.room.event.contest),
        "turn": _turn_view(turn),
        "sheet": held_sheet(turn.id, place.id) if turn else None,
        "recused": _recused(turn, place),
        "ballot": _ballot(turn, place),
        "voted": _has_voted(turn, place),
        "next": _next(kept),
        "owed": [{"turn": other.id, "number": other.alias} for other in _owed(kept) if other is not turn],
        "over": kept.once("over", kept.is_over),
        "subject": format_of(place.room.event).subject,
        "list": _list(kept),
        "call": kept.once(("call", place.id), lambda: newest_call(place)),
        "done": kept.sheets.done,
        "elsewhere": kept.once(("elsewhere", place.id), lambda: _elsewhere(place)),
        "panel": len(turn.panel if turn else place.room.panel),
    }


def _kept(seat_id: int) -> Kept:
    """The seat as it is kept, with the newest of its sheets. Raises LookupError."""
    connection = db.session.connection()
    home = _HOME.one(connection, seat_id=seat_id)
    if home is None:
        raise LookupError(seat_id)
    contest_id, position, public_revision = home
    session, once = kept_of(contest_id, position)
    return Kept(session.get_one(Seat, seat_id), once, public_revision, own_sheets(connection, seat_id))


def sheet_view(connection: Connection, turn: TurnToMark, place: SeatToMark, held: Held | None) -> Sheet:
    """The seat's own sheet as the server holds it; the running total is the rulebook's."""
    typed, kind, settings = held.typed if held else {}, turn.kind, turn.settings
    total = kind.running_total(settings, turn.parts, typed)
    return {
        "state": held.state if held else "empty",
        "version": held.number if held else 0,
        "typed": typed,
        "total": None if total is None else str(total),
        "totals": {part: str(points) for part, points in kind.running_totals(settings, typed).items()},
        "problems": [_problem(problem) for problem in kind.draft_problems(settings, turn.parts, typed)],
        "reached": reached(turn.state, standing_of(turn, place, held), held, not turn.not_held),
        "returned": held is not None and _is_returned(held),
        "question": _question(connection, held),
        "submission": held.submission if held else None,
        "source": held.source if held else "",
        "at": held.at.isoformat() if held else None,
    }


def _question(connection: Connection, held: Held | None) -> Question | None:
    """What is asked about a sheet that was sent back, by which role, and the marks that it was submitted with."""
    if held is None or not held.question:
        return None
    asker = role_of_asker(connection, held)
    return {"text": held.question, "asker": asker, "typed": submitted_before(connection, held)[0]}


def _is_returned(held: Held) -> bool:
    """Whether the sheet was submitted once, was unlocked since and is not submitted again."""
    return held.state == RETURNED or (held.returned and held.state != SUBMITTED)


def held_sheet(turn_id: int, seat_id: int) -> Sheet | None:
    """What the server holds of the seat's sheet for a turn that it marks; None if there is no such turn."""
    connection = db.session.connection()
    found = met(connection, turn_id, seat_id)
    turn = turn_to_mark(connection, turn_id, found.frame) if found else None
    if found is None or turn is None or seat_id not in turn.seats or not turn.handed_in:
        return None
    return sheet_view(connection, turn, turn.seats[seat_id], found.held)


def held_after(refusal: str, turn_id: int, seat_id: int, submission: object) -> Sheet | None:
    """What whoever sent a sheet that was refused is told that the server holds of it.

    A tablet that does not hold the seat any more is shown nothing of what goes on there, but whether the very sheet
    that it sends had arrived before: nobody else knows its id.
    """
    held = held_sheet(turn_id, seat_id)
    if refusal == "seat_moved" and (held is None or not held["submission"] or held["submission"] != submission):
        return None
    return held


def counted_under(submission: str) -> CountedSheet | None:
    """The turn whose sheet came in under this id and counts: {"number", "subject"}; None for none.

    Only the tablet that sent it knows the id, so it may be told so even where it is signed out.
    """
    turn_id = counts_as(db.session.connection(), submission) if submission and is_storable(submission) else None
    if turn_id is None:
        return None
    turn = db.session.get_one(Turn, turn_id)
    return {"number": turn.alias, "subject": format_of(turn.round.event).subject}


def _problem(problem: Problem) -> SheetProblem:
    return {"code": problem.code, "field": problem.field, "figures": dict(problem.figures)}


def _elsewhere(place: Seat) -> int | None:
    """The seat that the tablet moves to: into a rehearsal, or back from it."""
    other = seat_led_to(place)
    return other.id if other is not None else None


def _contest(contest: Contest) -> TabletContest:
    return {"id": contest.id, "slug": contest.slug, "title": {"zh": contest.title_zh, "en": contest.title_en}}


def _turn(place: Seat, turn_id: int | None) -> Turn | None:
    if turn_id is None:
        current = place.room.current_turn
        return current if current is not None and _is_shown(current, place) else None
    turn = session_of(place).get(Turn, turn_id)
    if turn is None or not _is_shown(turn, place):
        raise LookupError(turn_id)
    return turn


def _is_shown(turn: Turn, place: Seat) -> bool:
    return place in turn.panel and is_before_panel(turn)


def _turn_view(turn: Turn | None) -> TabletTurn | None:
    if turn is None:
        return None
    return {
        "id": turn.id,
        "number": turn.alias,
        "state": turn.state,
        "closed": turn.closed_at is not None,
        "not_held": turn.not_held,
        "case": turn.facts.get("case"),
        "clock": running_clock(turn),
        "sides": sides_of(turn),
        "away": sorted(speakers_out(turn)),
        "settings_version": turn.round.event.settings_version,
    }


def _recused(turn: Turn | None, place: Seat) -> Recused | None:
    recusal = turn.recused.get(place.id) if turn else None
    return {"ground": recusal.ground} if recusal else None


def _ballot(turn: Turn | None, place: Seat) -> Ballot | None:
    """The secret vote that a tied match still needs of this very seat."""
    needs, missing = needs_of(turn) if turn else (None, ())
    if turn is None or needs != SECRET_BALLOT or str(place.number) not in missing:
        return None
    return {"sides": sides_of(turn)}


def _has_voted(turn: Turn | None, place: Seat) -> bool:
    """Whether this very seat's secret vote about the match is counted."""
    return turn is not None and any(ballot.seat_id == place.id for ballot in turn.ballots)


def _next(kept: Kept) -> NextCalled | None:
    """Who is called next in the seat's room, by number; None where nobody waits, or where no one is called."""
    following: NextCalled | None = kept.once(("next in room", kept.place.room_id), lambda: _following(kept.place))
    return following


def _following(place: Seat) -> NextCalled | None:
    if format_of(place.room.event).coded:
        return None
    wanted = select(Turn).where(Turn.room_id == place.room_id, Turn.state == WAITING)
    turn = session_of(place).scalars(wanted.order_by(Turn.round_id, Turn.position).limit(1)).first()
    return {"number": turn.alias} if turn is not None and turn.appearances else None


def earlier_sheets(seat_id: int, but: int | None = None) -> list[EarlierSheet]:
    """The sheets that the seat has submitted, the newest first, each with its total; not the one of the turn `but`."""
    kept = _kept(seat_id)
    sheets = every_own_sheet(db.session.connection(), seat_id)
    done = [turn_id for turn_id, sheet in sheets.items() if sheet.is_submitted and turn_id != but]
    wanted = select(Turn).where(Turn.id.in_(done)).options(*_ALL_AT_ONCE)
    turns = [turn for turn in session_of(kept.place).scalars(wanted) if _is_shown(turn, kept.place)]
    views = {turn: held_sheet(turn.id, seat_id) for turn in sorted(turns, key=lambda turn: turn.id, reverse=True)}
    return [{"turn": turn.id, "number": turn.alias, "total": held["total"]} for turn, held in views.items() if held]


def _owed(kept: Kept) -> list[Turn]:
    """The open turns whose sheet this seat has not submitted, coded ones by their codes: the order tells no names."""
    place = kept.place
    turns: list[Turn] = kept.once(("open", place.room_id), lambda: _open_turns(place))
    owed = [turn for turn in turns if not kept.sheets.is_submitted(turn.id) and place.id not in turn.recused]
    return [turn for turn in owed if _is_shown(turn, place)]


def _open_turns(place: Seat) -> list[Turn]:
    wanted = select(Turn).where(Turn.room_id == place.room_id, Turn.state.in_((PERFORMING, MARKING)))
    return list(session_of(place).scalars(wanted.order_by(Turn.code, Turn.position).options(*_ALL_AT_ONCE)))


def _list(kept: Kept) -> list[Listed]:
    """The coded work that the seat was given one by one and that is open, with how far its sheets are."""
    place = kept.place
    if not format_of(place.room.event).coded:
        return []
    wanted = select(Turn).join(Assignment).where(Assignment.seat_id == place.id, Turn.state != WAITING, Turn.code != "")
    turns = list(session_of(place).scalars(wanted.order_by(Turn.code)))
    sheets = every_own_sheet(db.session.connection(), place.id)
    states = [_listed_state(turn, place, sheets.get(turn.id)) for turn in turns]
    return [{"turn": turn.id, "number": turn.alias, "state": state} for turn, state in zip(turns, states, strict=True)]


def _listed_state(turn: Turn, place: Seat, sheet: OwnSheet | None) -> str:
    """recused, submitted, released (without a sheet), else empty, draft or returned."""
    if place.id in turn.recused:
        return "recused"
    if sheet is not None and sheet.is_submitted:
        return SUBMITTED
    return RELEASED if turn.state == RELEASED else sheet_state(sheet)
