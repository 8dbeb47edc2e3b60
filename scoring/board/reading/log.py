"""The audit trail for the supervisor: every entry, whose it is and what it is about, and whether the chain holds."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from scoring.board.reading.announced import first_other_result
from scoring.board.reading.facts import format_of
from scoring.board.reading.look import named_event
from scoring.board.snapshots.record import Chain, CheckedChain, LogEntry, LogPage, SignedOff
from scoring.extensions import db
from scoring.store import Contest, Entry, Event, Room, Round, Seat, Sheet, SheetVersion, SiteEntry, Turn
from scoring.store.covered import ALTERED, rows_agree, site_rows_agree
from scoring.store.journal import all_acknowledged, beside, first_missing
from scoring.store.ledger import name_behind
from scoring.store.model import GENESIS, fingerprint
from scoring.store.opening import database_file

SIGN_OFF = "sign_off"


def log(contest_id: int, verbs: Collection[str] | None, before: int | None, most: int, check: bool) -> LogPage:
    """The newest entries of a contest, of these verbs if some are named, older than `before` if it is given.

    With `check` the whole chain is worked out again, which takes a while for a long contest.

    Each is {"revision", "number", "verb", "at", "actor", "seat", "details", "turn", "about", "reserve", "subject",
    "event"}.
    `number` counts the entries one by one, as a draft moves the revision and leaves none; `turn`, `about` and `reserve`
    are the numbers of the turn, of the judge that it is about and of who stands in, as far as they may be known;
    `subject` is what that judge judges, and `event` which event of several it belongs to (see `named_event`), None
    where there is one only; `coded` says that it is about work whose author, or whose judge, nobody may know yet: then
    nothing of it is told, and no seat: whoever knew when each reviewer submitted, and when a code moved, would know
    who reviewed which.
    Raises LookupError.
    """
    contest = db.session.get(Contest, contest_id)
    if contest is None:
        raise LookupError(contest_id)
    wanted = select(Entry).where(Entry.contest_id == contest_id).order_by(Entry.revision.desc())
    if verbs is not None:
        wanted = wanted.where(Entry.verb.in_(verbs))
    if before is not None:
        wanted = wanted.where(Entry.revision < before)
    entries = db.session.scalars(wanted.limit(most + 1)).all()
    numbers = _numbers(contest_id, [entry.revision for entry in entries])
    return {
        "revision": contest.revision,
        "changed": contest.public_revision,
        "contest": contest,
        "entries": [_entry(entry, numbers[entry.revision]) for entry in entries[:most]],
        "count": count_up_to(contest_id),
        "older": entries[most - 1].revision if len(entries) > most else None,
        "newest": newest_entry(contest_id),
        "chain": _checked(contest_id) if check else None,
        "signed": signed_off(contest_id),
    }


def count_up_to(contest_id: int, revision: int | None = None) -> int:
    """How many entries the log has up to the one of this revision, all of them without one: that one's number."""
    wanted = select(func.count()).select_from(Entry).where(Entry.contest_id == contest_id)
    return db.session.scalar(wanted if revision is None else wanted.where(Entry.revision <= revision)) or 0


def newest_entry(contest_id: int) -> int:
    """The revision of the last entry, 0 before the first."""
    wanted = select(Entry.revision).where(Entry.contest_id == contest_id).order_by(Entry.revision.desc())
    return db.session.scalar(wanted.limit(1)) or 0


def signed_off(contest_id: int) -> SignedOff | None:
    """The last sign-off: up to which entry somebody has witnessed (its revision and number), who and when."""
    wanted = select(Entry).where(Entry.contest_id == contest_id, Entry.verb == SIGN_OFF).order_by(Entry.revision.desc())
    entry = db.session.scalars(wanted.limit(1)).first()
    if entry is None:
        return None
    up_to = entry.details["up_to"]
    number, at = count_up_to(contest_id, up_to), entry.at.isoformat()
    return {"up_to": up_to, "number": number, "by": name_behind(entry.actor), "at": at}


def _checked(contest_id: int) -> CheckedChain:
    """The chain, with what was acknowledged and is `missing`, and the first `result` that is not the recorded one."""
    missing, result = missing_acknowledged(contest_id), first_other_result(contest_id)
    return {**check_chain(contest_id), "missing": missing, "result": result}


def check_chain(contest_id: int) -> Chain:
    """Every fingerprint worked out again, of the entries, of the sheets and of the rows that entries are about.

    The shape is {"checked", "broken", "rows_agree", "altered"}: how many entries, and the number in the log of the
    first that is broken, or 0 where a sheet's own chain is; None where all is well. `rows_agree` says whether the rows
    are as the newest entry left them, `altered` before which entry they had been changed otherwise, None for none.
    """
    wanted = select(Entry).where(Entry.contest_id == contest_id).order_by(Entry.revision)
    entries = db.session.scalars(wanted).all()
    broken, previous = None, GENESIS
    for number, entry in enumerate(entries, 1):
        if entry.previous != previous or fingerprint(previous, entry.record()) != entry.fingerprint:
            broken = number
            break
        previous = entry.fingerprint
    if broken is None and not _sheets_hold(contest_id):
        broken = 0
    agree = rows_agree(db.session.connection(), contest_id)
    return {"checked": len(entries), "broken": broken, "rows_agree": agree, "altered": _altered(entries)}


def check_site_chain() -> Chain:
    """The same of the record of the installation, whose entries are named by their ids."""
    entries = db.session.scalars(select(SiteEntry).order_by(SiteEntry.id)).all()
    broken, previous = None, GENESIS
    for entry in entries:
        if entry.previous != previous or fingerprint(previous, entry.record()) != entry.fingerprint:
            broken = entry.id
            break
        previous = entry.fingerprint
    agree = site_rows_agree(db.session.connection())
    return {"checked": len(entries), "broken": broken, "rows_agree": agree, "altered": _altered(entries)}


def missing_acknowledged(record: int) -> int | None:
    """The first entry of a contest's record, or of the installation's (0), that was acknowledged and is not there.

    Told by the journal beside the database, which is read first: what is stored after that is not in it.
    """
    path = database_file()
    marks = all_acknowledged(beside(path)).get(record, {}) if path else {}
    with db.engine.connect() as connection:
        return first_missing(connection, record, marks)


def _altered(entries: Sequence[Entry] | Sequence[SiteEntry]) -> int | None:
    said = [one.rows or "" for one in entries]
    return next((number for number, rows in enumerate(said, 1) if rows.endswith(ALTERED)), None)


def _sheets_hold(contest_id: int) -> bool:
    """Whether each version of each sheet bears the fingerprint of what it holds and of the one before."""
    previous: dict[int, str] = {}
    for version in _versions(contest_id):
        before = previous.get(version.sheet_id, GENESIS)
        if version.previous != before or fingerprint(before, version.record()) != version.fingerprint:
            return False
        previous[version.sheet_id] = version.fingerprint
    return True


def _versions(contest_id: int) -> Sequence[SheetVersion]:
    wanted = select(SheetVersion).join(Sheet).join(Turn).join(Round).join(Event)
    ordered = wanted.where(Event.contest_id == contest_id).order_by(SheetVersion.sheet_id, SheetVersion.number)
    return db.session.scalars(ordered).all()


def _entry(entry: Entry, number: int) -> LogEntry:
    details = entry.details
    turn = db.session.get(Turn, details["turn"]) if isinstance(details.get("turn"), int) else None
    kind, _, who = entry.actor.partition(":")
    of_whom = kind == "seat" or not {"seat", "reserve", "author"}.isdisjoint(details)
    coded = turn is not None and turn.hidden and of_whom
    event = _event(entry.contest_id, turn, details, int(who) if kind == "seat" and who.isdigit() else None)
    if coded:
        turn, details = None, {}  # who stands how to a code, and what only the author's name tells: after the decoding
    return {
        "coded": coded,
        "revision": entry.revision,
        "number": number,
        "verb": entry.verb,
        "at": entry.at.isoformat(),
        "actor": "" if coded and kind == "seat" else name_behind(entry.actor),
        "seat": _seat(int(who)) if kind == "seat" and who.isdigit() and not coded else None,
        "details": details | _counted(entry),
        "turn": turn.number if turn else str(details.get("number", details.get("code", ""))),
        "about": _seat(details.get("seat")),
        "reserve": _seat(details.get("reserve")),
        "subject": format_of(event).subject if event else "",
        "event": named_event(event) if event and len(event.contest.events) > 1 else None,
    }


def _numbers(contest_id: int, revisions: Collection[int]) -> dict[int, int]:
    """The number of each of these entries, by its revision."""
    place = func.row_number().over(order_by=Entry.revision).label("number")
    counted = select(Entry.revision, place).where(Entry.contest_id == contest_id).subquery()
    wanted = select(counted.c.revision, counted.c.number).where(counted.c.revision.in_(revisions))
    return {row.revision: row.number for row in db.session.execute(wanted)}


def _counted(entry: Entry) -> dict[str, int]:
    """What of an entry names another one, by that one's number."""
    return {"up_to": count_up_to(entry.contest_id, entry.details["up_to"])} if entry.verb == SIGN_OFF else {}


def _event(contest_id: int, turn: Turn | None, details: Mapping[str, Any], actor: int | None) -> Event | None:
    """Where an entry belongs, which says what its judges are called: by its turn, seat, room, or the event's place."""
    if turn is not None:
        return turn.round.event
    seat_id, room_id, place = details.get("seat") or actor, details.get("room"), details.get("event")
    seat = db.session.get(Seat, seat_id) if isinstance(seat_id, int) else None
    room = seat.room if seat else db.session.get(Room, room_id) if isinstance(room_id, int) else None
    if room is not None:
        return room.event
    wanted = select(Event).where(Event.contest_id == contest_id, Event.position == place)
    return db.session.scalar(wanted) if isinstance(place, int) else None


def _seat(seat_id: object) -> int | None:
    seat = db.session.get(Seat, seat_id) if isinstance(seat_id, int) else None
    return seat.number if seat else None
