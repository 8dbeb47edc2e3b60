"""What is kept of an event from one look to the next: all but the sheets, until something else than a sheet changes.

Reading, and bringing to the present, give way to whoever waits for the loop; others who look wait for the frame.

Nothing kept is the truth: each look asks the database first which change was the last, and the fingerprint of that
change's audit entry names what is kept, so that several processes, and a database put back from a copy, stay right.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gevent.lock import RLock
from sqlalchemy import Connection, Engine, and_, bindparam, event, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from scoring.extensions import db
from scoring.store import Contest, Entry, Event
from scoring.store.prepared import Prepared

#: Events, each as the audience sees it and as the desk does; the oldest goes when there are more.
MOST_KEPT = 64


@dataclass(frozen=True)
class Stamp:
    """How new an event is: its contest's revisions, and what identifies the last change of anything but sheets."""

    event_id: int
    revision: int
    public_revision: int
    frame: str
    frame_revision: int


@dataclass
class Frame:
    """An event that was read: the session that its records live in, and whatever was made of it."""

    stamp: Stamp
    session: Session
    made: Any = None


Frames = dict[tuple[int, str], Frame]
_STAMP = (
    select(Event.id, Contest.revision, Contest.public_revision, Contest.frame_revision, Entry.fingerprint)
    .join(Contest, Contest.id == Event.contest_id)
    .outerjoin(Entry, and_(Entry.contest_id == Contest.id, Entry.revision == Contest.frame_revision))
    .where(Contest.id == bindparam("contest_id"))
    .order_by(Event.position)
    .limit(1)
)
_STAMP_OF_FIRST = Prepared(_STAMP)
_FINGERPRINT = Prepared(
    select(Entry.fingerprint).where(
        Entry.contest_id == bindparam("contest_id"), Entry.revision == bindparam("revision")
    )
)
_STAMP_AT = Prepared(_STAMP.where(Event.position == bindparam("position")))


def frame_of(
    contest_id: int, position: int | None, kind: str, read: Callable[[Event], Any], follow: Callable[[Any], Any]
) -> tuple[Frame, Stamp]:
    """The event's frame as new as the database, and the stamp of this look.

    `read` makes it of the stored event, `follow` of what was made before; None where that takes reading all anew.
    Raises LookupError if there is no such contest or event.
    """
    frames = _frames()
    with _local.looking:
        return _newest(frames, contest_id, position, kind, read, follow)


def _newest(
    frames: Frames,
    contest_id: int,
    position: int | None,
    kind: str,
    read: Callable[[Event], Any],
    follow: Callable[[Any], Any],
) -> tuple[Frame, Stamp]:
    with db.engine.connect() as connection:
        stamp = stamp_of(connection, contest_id, position)
    name = stamp.event_id, kind
    frame = frames.pop(name, None)
    if frame is not None and not _has_rest(frame):
        frame = None
    if frame is not None and frame.stamp.frame == stamp.frame:
        frames[name] = frame
        return frame, stamp
    newer = _followed(frame, contest_id, position, follow) if frame else None
    if newer is None:
        _make_room(frames)
        newer = _read(contest_id, position, read)
    frames[name] = newer
    return newer, newer.stamp


def rest() -> None:
    """Let the records that are kept hold no view of the database: one that stays open would let its log grow."""
    frames = _frames()
    for name, frame in list(frames.items()):
        if not _has_rest(frame):
            frames.pop(name, None)


def _has_rest(frame: Frame) -> bool:
    """End the frame's view of the database; False, and the frame is closed, where its connection is lost.

    It is read anew then: whoever is answered meanwhile must not be kept waiting by what was read for others.
    """
    if not frame.session.in_transaction():
        return True
    try:
        frame.session.commit()
    except SQLAlchemyError:
        frame.session.close()
        return False
    return True


def _read(contest_id: int, position: int | None, read: Callable[[Event], Any]) -> Frame:
    session = Session(db.engine, expire_on_commit=False, autoflush=False)
    stamp = stamp_of(session.connection(), contest_id, position)
    made = read(session.get_one(Event, stamp.event_id))
    session.commit()
    return Frame(stamp, session, made)


def _followed(frame: Frame, contest_id: int, position: int | None, follow: Callable[[Any], Any]) -> Frame | None:
    """The frame after what has changed since; None, and closed, where all must be read anew."""
    session = frame.session
    session.commit()  # its view of the database ends here
    connection = session.connection()
    stamp = stamp_of(connection, contest_id, position)
    made = follow(frame.made) if _goes_on_from(connection, contest_id, frame.stamp) else None
    session.commit()
    if made is None:
        session.close()
        return None
    return Frame(stamp, session, made)


def _goes_on_from(connection: Connection, contest_id: int, stamp: Stamp) -> bool:
    """Whether the stored log still has the change that the frame was made after: it is not another, older, database."""
    row = _FINGERPRINT.one(connection, contest_id=contest_id, revision=stamp.frame_revision)
    return row is not None and row[0] == stamp.frame


def stamp_of(connection: Connection, contest_id: int, position: int | None = None) -> Stamp:
    """How new the event at this place of the contest is, the first where none is named.

    Raises LookupError if there is no such contest or event.
    """
    at = {} if position is None else {"position": position}
    row = (_STAMP_AT if at else _STAMP_OF_FIRST).one(connection, contest_id=contest_id, **at)
    if row is None:
        raise LookupError(contest_id, position)
    event_id, revision, public_revision, frame_revision, fingerprint = row
    frame = fingerprint or f"revision {frame_revision}"
    return Stamp(event_id, revision, public_revision, frame, frame_revision)


_local = threading.local()
_watched: set[Engine] = set()
_disposed = 0


def _frames() -> Frames:
    """The frames of the running thread: a session belongs to one thread."""
    engine = db.engine
    if engine not in _watched:
        _watched.add(engine)
        event.listen(engine, "engine_disposed", _begin_afresh)
    if getattr(_local, "since", None) != (engine, _disposed):
        _local.frames, _local.since, _local.looking = {}, (engine, _disposed), RLock()
    frames: Frames = _local.frames
    return frames


def _begin_afresh(_engine: Engine) -> None:
    global _disposed
    _disposed += 1


def _make_room(frames: Frames) -> None:
    """Let the oldest go where there are as many as are kept."""
    for old in list(frames)[: max(0, len(frames) + 1 - MOST_KEPT)]:
        frames.pop(old).session.close()
