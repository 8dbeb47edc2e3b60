"""Finding a contest and its events before there is anything to show of them."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import and_, bindparam, exists, or_, select

from scoring.board.reading.facts import format_of
from scoring.board.snapshots.desk import News
from scoring.board.snapshots.shared import EventWithSubject, NamedEvent, Titles
from scoring.extensions import db
from scoring.rules.publication import AT_ONCE
from scoring.rules.refusal import Refused
from scoring.store import Coding, Contest, Entry, Event, HallScreen, Room, Seat
from scoring.store.at_door import events_at
from scoring.store.hidden import HIDDEN
from scoring.store.model import is_storable
from scoring.store.prepared import Prepared


def contest_by_slug(slug: str) -> int:
    """The id of the contest with this name in its address; Refused(contest_unknown)."""
    found = db.session.scalar(select(Contest.id).where(Contest.slug == slug)) if is_storable(slug) else None
    if found is None:
        raise Refused.because("contest_unknown")
    return found


def check_contest(contest_id: int) -> None:
    """Refused(contest_unknown) if there is no such contest."""
    if db.session.get(Contest, contest_id) is None:
        raise Refused.because("contest_unknown")


def event_of(contest_id: int, position: int | None = None) -> Event:
    """The event at this place of the contest, from 1; the first where none is named. Raises LookupError."""
    contest = db.session.get(Contest, contest_id)
    events = contest.events if contest else []
    found = next((event for event in events if position in (None, event.position)), None)
    if found is None:
        raise LookupError(contest_id, position)
    return found


def event_asked(contest_id: int, position: int | None = None) -> Event:
    """The event as `event_of`, for somebody from outside; Refused: contest_unknown, event_unknown."""
    check_contest(contest_id)
    try:
        return event_of(contest_id, position)
    except LookupError:
        raise Refused.because("event_unknown") from None


def event_watched(slug: str, position: int | None = None, passed: bool = False) -> tuple[int, int, int]:
    """The contest, the place and the id of the event that somebody wants to watch, the first where none is named.

    Raises Refused: contest_unknown (also for one that is hidden from whoever has not `passed`), event_unknown.
    """
    known = events_at(slug)
    if known is None or (known[2] and not passed):
        raise Refused.because("contest_unknown")
    contest_id, events, _hidden = known
    place = next(iter(events), None) if position is None else position
    if place not in events:
        raise Refused.because("event_unknown")
    return contest_id, place, events[place]


def events_of(contest_id: int) -> list[EventWithSubject]:
    """The contest's events in order: `[{id, position, of, title: {zh, en}, subject}]`; LookupError for no contest."""
    contest = db.session.get(Contest, contest_id)
    if contest is None:
        raise LookupError(contest_id)
    return [{**named_event(event), "subject": format_of(event).subject} for event in contest.events]


#: Whether something of a contest is done already that everybody sees later.
HELD_BACK = or_(
    exists().where(HallScreen.contest_id == Contest.id, HallScreen.frozen_revision.is_not(None)),
    exists().where(Event.contest_id == Contest.id, Event.settings["publication"].as_string() != AT_ONCE),
    exists().where(Event.contest_id == Contest.id, Coding.event_id == Event.id, Coding.decoded_at.is_(None)),
)
_PUBLIC_STAMP = Prepared(
    select(Contest.id, Contest.public_revision, Contest.frame_revision, Entry.fingerprint, HIDDEN, HELD_BACK)
    .outerjoin(Entry, and_(Entry.contest_id == Contest.id, Entry.revision == Contest.frame_revision))
    .where(Contest.slug == bindparam("slug"))
)


class PublicStamp(NamedTuple):
    """How new what the audience may see of a contest is, another one after each change of it; and if it is hidden.

    `held_back` says that something is done already that everybody sees later: nothing may tell when.
    """

    contest_id: int
    revision: int
    frame: str
    hidden: bool
    held_back: bool

    def differs_by_sheets(self, other: PublicStamp) -> bool:
        """Whether nothing but sheets has come in between the two."""
        return self._replace(revision=0) == other._replace(revision=0)


def public_stamp(slug: str) -> PublicStamp | None:
    """The stamp of the contest with this name in its address as it is stored now; None for no contest."""
    row = _PUBLIC_STAMP.one(db.session.connection(), slug=slug) if is_storable(slug) else None
    if row is None:
        return None
    contest_id, revision, frame_revision, fingerprint, *told = row
    hidden, held_back = map(bool, told)
    return PublicStamp(contest_id, revision, fingerprint or f"revision {frame_revision}", hidden, held_back)


_PLACES = Prepared(
    select(Event.id, Event.position).where(Event.contest_id == bindparam("contest_id")).order_by(Event.position)
)
_REVISIONS = Prepared(select(Contest.id, Contest.revision, Contest.frame_revision))


class Revisions(NamedTuple):
    """The newest revision of a contest, and that of the last change of anything but sheets."""

    newest: int
    frame: int


def places_of(contest_id: int) -> list[tuple[int, int]]:
    """The id and the place of each event of the contest, in order; [] for no contest."""
    return [(row[0], row[1]) for row in _PLACES.all(db.session.connection(), contest_id=contest_id)]


def named_event(event: Event) -> NamedEvent:
    """Which event of how many it is, and its name in both languages."""
    title: Titles = {"zh": event.title_zh, "en": event.title_en}
    return {"id": event.id, "position": event.position, "of": len(event.contest.events), "title": title}


def revisions() -> dict[int, Revisions]:
    """The revisions of each contest."""
    with db.engine.connect() as connection:
        return {contest_id: Revisions(*both) for contest_id, *both in _REVISIONS.all(connection)}


def news(contest_id: int) -> News:
    """That something of the contest has changed, drafts aside, and nothing of what; raises LookupError."""
    contest = db.session.get(Contest, contest_id)
    if contest is None:
        raise LookupError(contest_id)
    return {"revision": contest.revision, "changed": contest.public_revision}


def seats_of_contest(contest_id: int) -> frozenset[int]:
    """The ids of all seats of the contest."""
    wanted = select(Seat.id).join(Room).join(Event, Room.event_id == Event.id).where(Event.contest_id == contest_id)
    return frozenset(db.session.scalars(wanted))
