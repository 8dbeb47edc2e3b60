"""A rehearsal: the contest as it stands in a copy that its tablets and screens move to, until it is thrown away.

No mark can cross. A sheet belongs to a turn and a seat, and those of the copy are rows of their own. While a rehearsal
is on no turn of the contest itself is open, and none can be called; once it is over every turn of the copy is closed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import or_, select

from scoring.actions.cloning import Copies
from scoring.actions.find import contest_of
from scoring.actions.transaction import Actor, record
from scoring.board import format_of, rehearsal_tried
from scoring.board.releasing import check_not_rehearsed
from scoring.extensions import db
from scoring.rules.readiness import is_size
from scoring.rules.refusal import Refused
from scoring.store import (
    Admission,
    Contest,
    Event,
    EventSettings,
    NotPerforming,
    Office,
    OfficeAnswer,
    Rehearsal,
    Relation,
    Round,
    Seat,
    Sheet,
    TabletCheck,
    Turn,
    Waiver,
)
from scoring.store.codes import give_code
from scoring.store.contests import DISCARDED, OPEN
from scoring.store.model import now
from scoring.store.rehearsals import rehearsal_on, seat_in


def begin_rehearsal(actor: Actor, contest_id: int) -> int:
    """Begin a rehearsal of an open contest that has not begun; answers the id of the copy.

    Raises Refused: contest_unknown, contest_not_open, rehearsal_of_rehearsal, rehearsal_on, rehearsal_too_late once a
    turn was called or a sheet begun, rehearsal_no_stage where only documents are marked.
    """
    contest = contest_of(contest_id)
    _check_may_begin(contest)
    copy = _copy(contest)
    db.session.add(Rehearsal(contest_id=copy.id, original_id=contest.id, process=current_app.extensions["process"]))
    db.session.flush()
    record(copy, actor, "begin_rehearsal", original=contest.slug)
    record(contest, actor, "begin_rehearsal", _seats(contest), copy=copy.slug)
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
    if not _on_stage(contest):
        raise Refused.because("rehearsal_no_stage")


def _on_stage(contest: Contest) -> list[Event]:
    return [event for event in contest.events if format_of(event).subject != "document"]


def _seats(contest: Contest) -> list[int]:
    return [seat.id for event in contest.events for room in event.rooms for seat in room.seats]


def _copy(contest: Contest) -> Contest:
    """The contest with its rules, people, panels, order and pairings; nothing that anybody did in it."""
    copies = Copies()
    taken = set(db.session.scalars(select(Contest.slug)))
    slug = next(name for number in range(1, len(taken) + 2) if (name := f"rehearsal-{number}") not in taken)
    titles = {"title_zh": f"彩排 · {contest.title_zh}"[:120], "title_en": f"Rehearsal · {contest.title_en}"[:120]}
    fresh = {"revision": 0, "public_revision": 0, "frame_revision": 0, "created_at": now()}
    copy = copies.add(contest, slug=slug, practice=True, **titles, **fresh)
    for one in sorted(contest.contestants, key=lambda one: one.team_id is not None):
        copies.add(one)
    for event in _on_stage(contest):
        _copy_event(copies, event)
    _copy_what_is_known(copies, contest)
    db.session.expire_all()
    return copy


def _copy_event(copies: Copies, event: Event) -> None:
    copies.add(event)
    for room in event.rooms:
        copies.add(room, current_turn_id=None)
        for seat in room.seats:
            give_code(copies.add(seat, epoch=1, handover_until=None))
    for played in event.rounds:
        copies.add(played)
        for turn in played.turns:
            copies.add(turn)
    for kind in (EventSettings, NotPerforming):
        for row in db.session.scalars(select(kind).where(kind.event_id == event.id)).all():
            copies.add(row)
    for turn in (turn for played in event.rounds for turn in played.turns):
        for belonging in (*turn.appearances, *turn.assignments, *turn.recusals):
            copies.add(belonging)


def _copy_what_is_known(copies: Copies, contest: Contest) -> None:
    """Offices and what was answered about them, relations and what was waived, and who is let into the contest."""
    for kind in (Office, OfficeAnswer, Admission, Relation, Waiver):
        for row in db.session.scalars(select(kind).where(kind.contest_id == contest.id)).all():
            copies.add(row)


@dataclass(frozen=True)
class Known:
    """What is said of a tablet: the size of its page, what a person says, whether it was cut off and came back."""

    screen: str = ""
    sound: bool | None = None
    battery: bool | None = None
    cut: bool = False


def check_tablet(actor: Actor, seat_id: int, known: Known) -> None:
    """Note what is known of the tablet at a seat of a rehearsal; what is not said stays as it was.

    Raises Refused: seat_unknown, no_rehearsal where none is on at this seat.
    """
    seat = db.session.get(Seat, seat_id)
    if seat is None:
        raise Refused.because("seat_unknown", "seat")
    contest = seat.room.event.contest
    held = db.session.get(Rehearsal, contest.id)
    if held is None or held.ended_at is not None:
        raise Refused.because("no_rehearsal")
    check = db.session.get(TabletCheck, seat_id) or TabletCheck(seat_id=seat_id, screen="", cuts=0)
    db.session.add(check)
    screen = known.screen if is_size(known.screen) else ""
    told: dict[str, Any] = {"screen": screen, "sound": known.sound, "battery": known.battery}
    told = {name: value for name, value in told.items() if value not in ("", None) and value != getattr(check, name)}
    for name, value in told.items():
        setattr(check, name, value)
    check.cuts += known.cut
    told |= {"cut": True} if known.cut else {}
    if told:
        record(contest, actor, "check_tablet", [seat_id], seat=seat_id, **told)


def end_rehearsal(actor: Actor, contest_id: int) -> None:
    """Throw the rehearsal of a contest away: tablets and screens go back, and the log keeps what it has shown.

    Raises Refused: contest_unknown, no_rehearsal.
    """
    contest = contest_of(contest_id)
    held = rehearsal_on(contest.id)
    if held is None:
        raise Refused.because("no_rehearsal")
    copy, moment = contest_of(held.contest_id), now()
    held.findings, held.ended_at = rehearsal_tried(held, copy, current_app.extensions["process"])["findings"], moment
    _close(copy, contest, moment)
    stops = sum(finding["stops"] for finding in held.findings)
    told = {"stops": stops, "open": len(held.findings) - stops}
    record(copy, actor, "end_rehearsal", _seats(copy), **told)
    record(contest, actor, "end_rehearsal", _seats(contest), **told)


def _close(copy: Contest, contest: Contest, moment: datetime) -> None:
    """Nothing can be marked in the copy any more; who holds a seat now holds the real one."""
    copy.state = DISCARDED
    for event in copy.events:
        for turn in (turn for played in event.rounds for turn in played.turns):
            turn.closed_at = turn.closed_at or moment
        for seat in (seat for room in event.rooms for seat in room.seats):
            if (real := seat_in(seat, contest.id)) is not None and seat.holder not in ("", real.holder):
                real.holder, real.tablet, real.taken_at = seat.holder, real.tablet + 1, moment
            seat.holder, seat.revoked_at, seat.handover_until = "", seat.revoked_at or moment, None
