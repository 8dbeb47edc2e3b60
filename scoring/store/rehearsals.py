"""Rehearsals (彩排): a contest that stands in for another until it is thrown away; what was checked on tablets."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Connection,
    ForeignKey,
    Select,
    String,
    and_,
    bindparam,
    case,
    false,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, object_session

from scoring.extensions import db
from scoring.store.contests import Contest, Event, Room
from scoring.store.model import Model, Moment, now
from scoring.store.panel import Seat
from scoring.store.prepared import Prepared


class Rehearsal(Model):
    """The contest `contest_id` is a copy in which `original_id` is rehearsed, until `ended_at`.

    `process` names the server's process in which it began: another one later means that a restart was lived through.
    `screens` are the codes of the hall screens that the desk knows for its own; `scenes` are those that one of them has
    shown. `findings` is the readiness report as it stood at the end:
    [{"code", "seat", "what", "stops", "figures"}].
    """

    __tablename__ = "rehearsal"
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"), primary_key=True)
    original_id: Mapped[int] = mapped_column(ForeignKey("contest.id"), index=True)
    process: Mapped[str] = mapped_column(String(32))
    begun_at: Mapped[datetime] = mapped_column(Moment, default=now)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    screens: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    scenes: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)


class TabletCheck(Model):
    """What is known of the tablet at a seat of a rehearsal.

    By itself: `reached` once it was there, `screen` ("1280×800"), and how often it was cut off while its judge marked
    and came back with its marks: `restarts` after a start of the server, `cuts` else; `losses` counts when they were
    gone. `sound` and `battery` as a person said, None while nobody did.
    """

    __tablename__ = "tablet_check"
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), primary_key=True)
    screen: Mapped[str] = mapped_column(String(20), default="")
    sound: Mapped[bool | None]
    battery: Mapped[bool | None]
    reached: Mapped[bool] = mapped_column(default=False, server_default=false())
    cuts: Mapped[int] = mapped_column(default=0)
    restarts: Mapped[int] = mapped_column(default=0, server_default="0")
    losses: Mapped[int] = mapped_column(default=0, server_default="0")


def rehearsal_on(original_id: int) -> Rehearsal | None:
    """The rehearsal of a contest that is on now."""
    wanted = select(Rehearsal).where(Rehearsal.original_id == original_id, Rehearsal.ended_at.is_(None))
    return db.session.scalar(wanted)


def newest_rehearsal(original_id: int) -> Rehearsal | None:
    """The rehearsal that is on, or the last one that was held."""
    wanted = select(Rehearsal).where(Rehearsal.original_id == original_id)
    return db.session.scalar(wanted.order_by(Rehearsal.contest_id.desc()).limit(1))


_LEADS_TO = Prepared(
    select(case((Rehearsal.ended_at.is_(None), Rehearsal.contest_id), else_=Rehearsal.original_id))
    .where(
        or_(
            and_(Rehearsal.original_id == bindparam("contest_id"), Rehearsal.ended_at.is_(None)),
            and_(Rehearsal.contest_id == bindparam("contest_id"), Rehearsal.ended_at.is_not(None)),
        )
    )
    .order_by(Rehearsal.ended_at.is_not(None))
)
_IS_REHEARSED = Prepared(
    select(Rehearsal.contest_id).where(Rehearsal.original_id == bindparam("contest_id"), Rehearsal.ended_at.is_(None))
)
_ENDED = Prepared(
    select(Rehearsal.original_id).where(
        Rehearsal.contest_id == bindparam("contest_id"), Rehearsal.ended_at.is_not(None)
    )
)


def leads_to(contest_id: int, session: Any = None) -> int | None:
    """The contest that tablets and hall screens of this one move to: its rehearsal, after one its original."""
    row = _LEADS_TO.one(_stored(session or db.session), contest_id=contest_id)
    return row[0] if row else None


def is_rehearsed(contest_id: int, session: Any) -> bool:
    """Whether a rehearsal of the contest is on now."""
    return _IS_REHEARSED.one(_stored(session), contest_id=contest_id) is not None


def _stored(session: Any) -> Connection:
    """The session's connection, on which all is that the session has changed."""
    session.flush()
    connection: Connection = session.connection()
    return connection


def original_of_ended(contest_id: int) -> int | None:
    """The contest of which this one is a rehearsal that is over; None for every other."""
    row = _ENDED.one(_stored(db.session), contest_id=contest_id)
    return row[0] if row else None


def slug_led_to(contest: Contest) -> str:
    """The public name of the contest that hall screens of this one move to, "" where they stay."""
    session = object_session(contest)
    other = leads_to(contest.id, session)
    return session.get_one(Contest, other).slug if session and other is not None else ""


def seat_in(seat: Seat, contest_id: int) -> Seat | None:
    """The seat of the other contest that is the same place: the same number in the same room of the same event."""
    room, event = seat.room, seat.room.event
    wanted = select(Seat).join(Room, Room.id == Seat.room_id).join(Event, Event.id == Room.event_id)
    here = (Event.contest_id == contest_id, Event.position == event.position, Room.position == room.position)
    session = object_session(seat)
    return session.scalar(wanted.where(*here, Seat.number == seat.number)) if session else None


def seat_led_to(seat: Seat) -> Seat | None:
    """The seat that this one's tablet moves to, None where it stays."""
    contest_id = leads_to(seat.room.event.contest_id, object_session(seat))
    return seat_in(seat, contest_id) if contest_id is not None else None


def seat_rehearsed(seat: Seat) -> Seat | None:
    """The real seat behind a seat of a rehearsal, None for every other."""
    own = db.session.get(Rehearsal, seat.room.event.contest_id)
    return seat_in(seat, own.original_id) if own is not None else None


def thrown_away() -> Select[int]:
    """The ids of the contests that were rehearsals and are over: their records are deleted with all the rest."""
    return select(Rehearsal.contest_id).where(Rehearsal.ended_at.is_not(None))


def rehearsals() -> Select[tuple[int]]:
    """The ids of all contests that are or were rehearsals, for what lists contests without them."""
    return select(Rehearsal.contest_id)
