"""A rehearsal: the contest as it stands in a copy that its tablets and screens move to, until it is thrown away.

No mark can cross. A sheet belongs to a turn and a seat, and those of the copy are rows of their own. While a rehearsal
is on no turn of the contest itself is open, and none can be called; once it is over the copy's turns are deleted.
The contest may be changed meanwhile: the report says so, and the rehearsal can be begun anew with what is new.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from scoring.actions.find import contest_of
from scoring.actions.preparing.rehearsal_copy import copy_to_rehearse, keep_checks, seats_of
from scoring.actions.preparing.rehearsal_removal import delete_rows_of
from scoring.actions.registry import _l, logged, of_id, verb
from scoring.actions.transaction import Actor, record
from scoring.board.conditions.releasing import check_not_rehearsed
from scoring.board.views.rehearsal import Machine
from scoring.board.views.rehearsal import tried as rehearsal_tried
from scoring.extensions import db
from scoring.rules.readiness import is_size
from scoring.rules.refusal import Refused
from scoring.services import RUN
from scoring.store import Contest, Event, Rehearsal, Round, Seat, Sheet, TabletCheck, Turn
from scoring.store.contests import DISCARDED, OPEN
from scoring.store.model import now
from scoring.store.rehearsals import rehearsal_on, seat_in


@verb(done=_l("The rehearsal is on. The tablets move over by themselves."))
@logged("setup", _l("began a rehearsal"))
def begin_rehearsal(actor: Actor, contest_id: int) -> int:
    """Begin a rehearsal of an open contest that has not begun; answers the id of the copy.

    Raises Refused: contest_unknown, contest_not_open, rehearsal_of_rehearsal, rehearsal_on, rehearsal_too_late once a
    turn was called or a sheet begun.
    """
    contest = contest_of(contest_id)
    _check_may_begin(contest)
    copy, process = copy_to_rehearse(contest, actor.label), RUN.of()
    db.session.add(Rehearsal(contest_id=copy.id, original_id=contest.id, process=process))
    db.session.flush()
    record(copy, actor, "begin_rehearsal", original=contest.slug)
    record(contest, actor, "begin_rehearsal", [seat.id for seat in seats_of(contest)], copy=copy.slug)
    return copy.id


def _check_may_begin(contest: Contest) -> None:
    if contest.state != OPEN:
        raise Refused.because("contest_not_open")
    if db.session.get(Rehearsal, contest.id) is not None:
        raise Refused.because("rehearsal_of_rehearsal")
    check_not_rehearsed(contest)
    turns = select(Turn.id).join(Round).join(Event).where(Event.contest_id == contest.id)
    begun = or_(Turn.called_revision.is_not(None), Turn.id.in_(select(Sheet.turn_id)))
    if db.session.scalar(turns.where(begun).limit(1)):
        raise Refused.because("rehearsal_too_late")


@verb(done=_l("The rehearsal is begun anew. The tablets move over by themselves."))
def begin_anew(actor: Actor, contest_id: int, machine: Machine) -> int:
    """Throw the rehearsal away and begin another, with whatever was changed in the contest meanwhile; answers its id.

    What was said of the tablets is kept, and which screens are the hall's.
    Raises Refused: contest_unknown, no_rehearsal, and as `begin_rehearsal` does.
    """
    held = held_of(contest_id)
    before = _ended(actor, contest_id, machine)
    copy_id = begin_rehearsal(actor, contest_id)
    keep_checks(before, contest_of(copy_id))
    db.session.get_one(Rehearsal, copy_id).screens = held.screens
    delete_rows_of(before)
    return copy_id


@dataclass(frozen=True)
class CameBack:
    """A tablet that was cut off while its judge marked: the turn, and what its sheet holds now.

    `kept` is whether that is what it held when it was cut off, with whatever was typed meanwhile.
    """

    turn_id: int
    typed: Mapping[str, str] = field(default_factory=dict)
    kept: bool = True


@dataclass(frozen=True)
class Known:
    """What is said of a tablet: the size of its page, what a person says, whether it was cut off and came back."""

    screen: str = ""
    sound: bool | None = None
    battery: bool | None = None
    back: CameBack | None = None


@logged("setup", _l("checked the tablet of %(about)s"))
def check_tablet(actor: Actor, seat_id: int, known: Known) -> None:
    """Note what is known of the tablet at a seat of a rehearsal; what is not said stays as it was.

    Raises Refused: seat_unknown, no_rehearsal where none is on at this seat.
    """
    seat, held = _rehearsed_seat(seat_id)
    check = db.session.get(TabletCheck, seat_id) or TabletCheck(
        seat_id=seat_id, screen="", cuts=0, restarts=0, losses=0
    )
    db.session.add(check)
    check.reached = bool(check.reached) or actor.label.startswith("seat:")
    screen = known.screen if is_size(known.screen) else ""
    told: dict[str, Any] = {"screen": screen, "sound": known.sound, "battery": known.battery}
    told = {name: value for name, value in told.items() if value not in ("", None) and value != getattr(check, name)}
    for name, value in told.items():
        setattr(check, name, value)
    if known.back is not None:
        told |= _came_back(held, check, known.back)
    if told:
        record(seat.room.event.contest, actor, "check_tablet", [seat_id], seat=seat_id, **told)


def _rehearsed_seat(seat_id: int) -> tuple[Seat, Rehearsal]:
    seat = db.session.get(Seat, seat_id)
    if seat is None:
        raise Refused.because("seat_unknown", "seat")
    held = db.session.get(Rehearsal, seat.room.event.contest_id)
    if held is None or held.ended_at is not None:
        raise Refused.because("no_rehearsal")
    return seat, held


def _came_back(held: Rehearsal, check: TabletCheck, back: CameBack) -> dict[str, Any]:
    """Whether the marks are still the same, on the tablet and here, after a cut or, the first time, after a restart."""
    if not (back.kept and _holds(back.turn_id, check.seat_id, back.typed)):
        check.losses += 1
        return {"back": "lost"}
    if held.process != RUN.of() and not check.restarts:
        check.restarts = 1
        return {"back": "restart"}
    check.cuts += 1
    return {"back": "cut"}


def _holds(turn_id: int, seat_id: int, typed: Mapping[str, str]) -> bool:
    """Whether the seat's newest sheet of the turn holds these entries and there are any."""
    sheet = db.session.scalar(select(Sheet).where(Sheet.turn_id == turn_id, Sheet.seat_id == seat_id))
    said = _entries(typed)
    return sheet is not None and bool(said) and _entries(sheet.newest.typed) == said


def _entries(typed: Mapping[str, str]) -> dict[str, str]:
    return {name: text.strip() for name, text in typed.items() if text.strip()}


@verb(of_id("seat"), done=_l("Noted."))
def answer_for_tablet(actor: Actor, contest_id: int, seat_id: int, known: Known) -> None:
    """A person beside the tablet says at the desk of the contest how it is.

    Raises Refused: contest_unknown, no_rehearsal, seat_unknown.
    """
    held = held_of(contest_id)
    if seat_id not in {seat.id for seat in seats_of(contest_of(held.contest_id))}:
        raise Refused.because("seat_unknown", "seat")
    check_tablet(actor, seat_id, known)


@verb(done=_l("The rehearsal is over and thrown away. Tablets and hall screens are back in the contest."))
def end_rehearsal(actor: Actor, contest_id: int, machine: Machine) -> None:
    """Throw the rehearsal of a contest away: tablets and screens go back, its rows are deleted, its report stays.

    Raises Refused: contest_unknown, no_rehearsal.
    """
    delete_rows_of(_ended(actor, contest_id, machine))


@logged("setup", _l("ended the rehearsal: %(stops)s would stop the day, %(open)s still open"), name="end_rehearsal")
def _ended(actor: Actor, contest_id: int, machine: Machine) -> Contest:
    """The copy of the rehearsal that is over now: nothing more can be done in it."""
    held, moment = held_of(contest_id), now()
    contest, copy = contest_of(contest_id), contest_of(held.contest_id)
    held.findings, held.ended_at = rehearsal_tried(held, copy, machine)["findings"], moment
    stops = sum(finding["stops"] for finding in held.findings)
    told = {"stops": stops, "open": len(held.findings) - stops}
    for ended in (copy, contest):
        record(ended, actor, "end_rehearsal", [seat.id for seat in seats_of(ended)], **told)
    _close(copy, contest, moment)
    return copy


def held_of(contest_id: int) -> Rehearsal:
    """The rehearsal of the contest that is on, or Refused(contest_unknown, no_rehearsal)."""
    held = rehearsal_on(contest_of(contest_id).id)
    if held is None:
        raise Refused.because("no_rehearsal")
    return held


def _close(copy: Contest, contest: Contest, moment: datetime) -> None:
    """Nobody is let in at the copy's seats any more; who holds one now holds the real one."""
    copy.state = DISCARDED
    for seat in seats_of(copy):
        if (real := seat_in(seat, contest.id)) is not None and seat.holder not in ("", real.holder):
            real.holder, real.tablet, real.taken_at = seat.holder, real.tablet + 1, moment
        seat.holder, seat.revoked_at, seat.handover_until = "", seat.revoked_at or moment, None
