"""How a verb is performed: one transaction, one audit entry, then the news of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import current_app
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from scoring.board import rest
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.signals import Change, changed
from scoring.store import Contest, Entry, SiteEntry
from scoring.store.model import fingerprint, now

Answer = TypeVar("Answer")
GENESIS = "0" * 64


@dataclass(frozen=True)
class Actor:
    """Who acts: an account in its role, a seat or the command line; `label` is what the audit trail shows.

    `holder` is the tablet that acts for a seat, "" where no tablet does.
    """

    label: str
    seat_id: int | None = None
    role: str = ""
    holder: str = ""


def perform(verb: Callable[..., Answer], *args: Any, request: str | None = None, **named: Any) -> Answer | None:
    """Run one verb in one transaction; return its answer after the commit is durable, and tell the house.

    A request id that was performed before changes nothing again and answers None.
    Raises Refused if the verb refuses, or with storage_failed if nothing could be stored.
    """

    def work() -> tuple[Answer | None, list[Change]]:
        db.session.info.update(changes=[], request=request)
        if request and _is_done(request):
            return None, []
        try:
            answer = verb(*args, **named)
            db.session.flush()
        finally:
            rest()
        return answer, db.session.info["changes"]

    db.session.rollback()  # the caller's view ends here, so that what it reads next includes the change
    try:
        answer, changes = current_app.extensions["writer"].perform(work)
    except OperationalError as error:
        current_app.logger.error("not stored: %s", error)
        raise Refused.because("storage_failed") from error
    for change in changes:
        changed.send(None, change=change)
    return answer


def _is_done(request: str) -> bool:
    done = (select(kind.id).where(kind.request == request) for kind in (Entry, SiteEntry))
    return any(db.session.scalar(wanted) is not None for wanted in done)


def touch(
    contest: Contest,
    seats: Iterable[int] = (),
    *,
    public: bool = True,
    frame: bool = True,
    seen: bool = True,
    by: int | None = None,
) -> int:
    """Give the contest its next revision; answers it.

    `seats` are those whose tablets change with it, `frame` says whether it is a change of anything but sheets; for
    `public`, `seen` and `by` see Change.
    """
    revision = Contest.revision + 1
    moved = {"revision": revision}
    moved |= {"public_revision": revision} if public else {}
    moved |= {"frame_revision": revision} if frame else {}
    newer = update(Contest).where(Contest.id == contest.id).values(moved)
    given: int = db.session.execute(newer.returning(Contest.revision)).scalar_one()
    db.session.info["changes"].append(Change(contest.id, given, frozenset(seats), public, seen, by))
    return given


def record(
    contest: Contest, actor: Actor, verb: str, seats: Iterable[int] = (), *, frame: bool = True, **details: Any
) -> Entry:
    """Write the audit entry of a change, chained to the one before, and give the contest its next revision."""
    revision = touch(contest, seats, frame=frame, by=actor.seat_id)
    newest = select(Entry.fingerprint).where(Entry.contest_id == contest.id).order_by(Entry.revision.desc()).limit(1)
    entry = Entry(
        contest_id=contest.id,
        revision=revision,
        verb=verb,
        actor=actor.label,
        details=details,
        request=db.session.info.pop("request", None),  # a verb that writes several entries is known by its first
        at=now(),
        previous=db.session.scalar(newest) or GENESIS,
    )
    entry.fingerprint = fingerprint(entry.previous, entry.record())
    db.session.add(entry)
    return entry


def record_site(actor: Actor, verb: str, **details: Any) -> SiteEntry:
    """Write the audit entry of a change to the installation itself, chained to the one before."""
    newest = select(SiteEntry.fingerprint).order_by(SiteEntry.id.desc()).limit(1)
    entry = SiteEntry(
        verb=verb,
        actor=actor.label,
        details=details,
        request=db.session.info.pop("request", None),
        at=now(),
        previous=db.session.scalar(newest) or GENESIS,
    )
    entry.fingerprint = fingerprint(entry.previous, entry.record())
    db.session.add(entry)
    db.session.flush()
    return entry
