"""How a verb is performed: one transaction, one audit entry, then the news of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from scoring.actions.covering import cover
from scoring.actions.rooms_touched import seats_touched
from scoring.actions.separate_hands import check_separate
from scoring.actions.signals import changed, ended
from scoring.board.reading.frames import rest
from scoring.extensions import db
from scoring.rules.duties import SITE_VERBS, holds
from scoring.rules.refusal import Refused
from scoring.store import Contest, Entry, SiteEntry
from scoring.store.contests import DISCARDED
from scoring.store.file import files_lost
from scoring.store.intake import Intake
from scoring.store.ledger import chained, newest_fingerprint
from scoring.store.model import GENESIS, fingerprint, now
from scoring.store.unit_of_work import Change, Ended, at_work, unit_of_work
from scoring.store.writer import WRITER, Writer

#: Who performs lean verbs has the writer from here.
__all__ = [
    "WRITER",
    "Actor",
    "coming",
    "is_request_id",
    "not_stored",
    "perform",
    "perform_lean",
    "record",
    "record_site",
]
Answer = TypeVar("Answer")
Item = TypeVar("Item")
log = logging.getLogger(__name__)


class Told(Protocol):
    """What a lean verb answers: among other things the news, None where nothing changed."""

    @property
    def change(self) -> Change | None:
        """The change that was stored."""


Done = TypeVar("Done", bound=Told)


@dataclass(frozen=True)
class Actor:
    """Who acts: an account in its role, a seat or the command line; `label` is what the audit trail shows.

    `holder` is the tablet that acts for a seat, "" where no tablet does; `epoch` that of the code by which it came in,
    None where that was looked at already.
    """

    label: str
    seat_id: int | None = None
    role: str = ""
    holder: str = ""
    epoch: int | None = None


def perform(verb: Callable[..., Answer], *args: Any, request: str | None = None, **named: Any) -> Answer | None:
    """Run one verb in one transaction; return its answer after the commit is durable, and tell the house.

    A request id that was performed before changes nothing again and answers None; a page that sends none has none.
    Raises Refused if the verb refuses, request_malformed, or what `not_stored` says if nothing could be stored.
    """
    if request and not is_request_id(request):
        raise Refused.because("request_malformed")

    def work() -> tuple[Answer | None, list[Change | Ended]]:
        if request and _is_done(request):
            return None, []
        with unit_of_work(request) as unit:
            try:
                answer = verb(*args, **named)
                cover(unit.written)
                seats = seats_touched(unit)
            finally:
                rest()
        return answer, [_with_seats(change, seats) for change in unit.changes]

    db.session.rollback()  # the caller's view ends here, so that what it reads next includes the change
    with _told_as_refusal():
        answer, changes = WRITER.of().perform(work)
    for change in changes:
        (ended if isinstance(change, Ended) else changed).send(None, change=change)
    return answer


def _with_seats(change: Change | Ended, seats: frozenset[int]) -> Change | Ended:
    """The change with the seats that it touches beside those that the verb has named; a sheet touches no other."""
    return replace(change, seats=change.seats | seats) if isinstance(change, Change) and change.public else change


def is_request_id(sent: object) -> bool:
    """Whether it is fit to name a request: 8 to 64 ASCII signs, as every page and tablet makes them."""
    return isinstance(sent, str) and 8 <= len(sent) <= 64 and sent.isascii()


def _is_done(request: str) -> bool:
    done = (select(kind.id).where(kind.request == request) for kind in (Entry, SiteEntry))
    return any(db.session.scalar(wanted) is not None for wanted in done)


def perform_lean(writer: Writer, verb: Callable[[Intake, Item], Done], item: Item) -> Done:
    """Run a verb that needs no session, and no context either, as `perform` does; its answer names the change.

    The verb stores nothing as long as it can still be refused.
    Raises Refused if it is, or OperationalError if nothing could be stored: what to say of that needs a context.
    """
    done = writer.perform_lean(lambda intake: verb(intake, item))
    if done.change is not None:
        changed.send(None, change=done.change)
    return done


@contextmanager
def _told_as_refusal() -> Iterator[None]:
    """Whoever waits is told what to do when nothing could be stored."""
    try:
        yield
    except OperationalError as error:
        log.error("not stored: %s", error)
        raise not_stored() from error


def not_stored() -> Refused:
    """Why nothing can be stored now: storage_failed, worth another try, or files_gone, which a restart mends."""
    return Refused.because("files_gone" if files_lost() else "storage_failed")


def record(
    contest: Contest, actor: Actor, verb: str, seats: Iterable[int] = (), *, frame: bool = True, **details: Any
) -> Entry:
    """Write the audit entry of a change, chained to the one before, and give the contest its next revision.

    `seats` are those whose tablets change with it, beside those of the turns that are written (rooms_touched.py);
    `frame` says whether it is a change of anything but sheets.
    While a verb is only worked out (staging.py) the entry is kept for later.
    Raises Refused: contest_given_up (nothing is done any more in a contest that was given up or thrown away), and where
    the duties are separated and the actor has done what excludes this verb, the exclusion (rules/duties.py).
    """
    if contest.state == DISCARDED and verb != "discard":
        raise Refused.because("contest_given_up")
    check_separate(contest.id, actor.label, verb)
    unit = at_work()
    if unit.staged is not None:
        unit.staged.append({"verb": verb, "seats": sorted(seats), "frame": frame, "details": details})
        return Entry(verb=verb)
    revision = _next_revision(contest, frame)
    about = {"contest_id": contest.id, "revision": revision, "verb": verb, "actor": actor.label, "details": details}
    newest = db.session.scalar(newest_fingerprint(contest.id))
    entry = Entry(**chained(newest, **about, request=unit.request_once()))
    db.session.add(entry)
    unit.written.append(entry)
    unit.changes.append(Change(contest.id, revision, frozenset(seats)))
    return entry


def coming(contest: Contest) -> int:
    """The revision of the entry that this transaction writes next about the contest, for the rows that belong to it.

    Nobody else gives it out meanwhile: the contest is locked where the database knows locks of rows.
    """
    revision = select(Contest.revision).where(Contest.id == contest.id).with_for_update()
    return db.session.execute(revision).scalar_one() + 1


def _next_revision(contest: Contest, frame: bool) -> int:
    revision = Contest.revision + 1
    moved = {"revision": revision, "public_revision": Contest.public_revision + 1}
    moved |= {"frame_revision": revision} if frame else {}
    newer = update(Contest).where(Contest.id == contest.id).values(moved)
    given: int = db.session.execute(newer.returning(Contest.revision)).scalar_one()
    return given


def record_site(actor: Actor, verb: str, **details: Any) -> SiteEntry:
    """Write the audit entry of a change to the installation itself, chained to the one before.

    Raises Refused(role_may_not) where it is not the actor's to change; who works at the machine itself has no role.
    """
    if actor.role and verb in SITE_VERBS and not holds(actor.role, SITE_VERBS[verb]):
        raise Refused.because("role_may_not")
    unit = at_work()
    newest = select(SiteEntry.fingerprint).order_by(SiteEntry.id.desc()).limit(1)
    entry = SiteEntry(
        verb=verb,
        actor=actor.label,
        details=details,
        request=unit.request_once(),
        at=now(),
        previous=db.session.scalar(newest) or GENESIS,
    )
    entry.fingerprint = fingerprint(entry.previous, entry.record())
    db.session.add(entry)
    unit.written.append(entry)
    db.session.flush()
    return entry
