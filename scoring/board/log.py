"""The audit trail for the supervisor: every entry, whose it is and what it is about, and whether the chain holds."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select

from scoring.board.look import View
from scoring.extensions import db
from scoring.store import Contest, Entry, Event, Round, Seat, Sheet, SheetVersion, Turn
from scoring.store.ledger import name_behind
from scoring.store.model import GENESIS, fingerprint

SIGN_OFF = "sign_off"


def log(contest_id: int, verbs: Collection[str] | None, before: int | None, most: int, check: bool) -> View:
    """The newest entries of a contest, of these verbs if some are named, older than `before` if it is given.

    With `check` the whole chain is worked out again, which takes a while for a long contest.

    Each is {"number", "verb", "at", "actor", "seat", "details", "turn", "about"}; `turn` and `about` are the numbers of
    the turn and of the judge that it is about, as far as they may be known. Raises LookupError.
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
    return {
        "revision": contest.revision,
        "contest": contest,
        "entries": [_entry(entry) for entry in entries[:most]],
        "older": entries[most - 1].revision if len(entries) > most else None,
        "newest": newest_entry(contest_id),
        "chain": check_chain(contest_id) if check else None,
        "signed": signed_off(contest_id),
    }


def newest_entry(contest_id: int) -> int:
    """The number of the last entry, 0 before the first."""
    wanted = select(Entry.revision).where(Entry.contest_id == contest_id).order_by(Entry.revision.desc())
    return db.session.scalar(wanted.limit(1)) or 0


def signed_off(contest_id: int) -> View | None:
    """The last sign-off: up to which entry somebody has witnessed, who and when."""
    wanted = select(Entry).where(Entry.contest_id == contest_id, Entry.verb == SIGN_OFF).order_by(Entry.revision.desc())
    entry = db.session.scalars(wanted.limit(1)).first()
    if entry is None:
        return None
    return {"up_to": entry.details["up_to"], "by": name_behind(entry.actor), "at": entry.at.isoformat()}


def check_chain(contest_id: int) -> View:
    """Every fingerprint worked out again, of the entries and of the sheets: how many, and the first that is broken.

    `broken` is the number of the entry, or 0 where a sheet's own chain is broken; None where all is well.
    """
    wanted = select(Entry).where(Entry.contest_id == contest_id).order_by(Entry.revision)
    entries = db.session.scalars(wanted).all()
    broken, previous = None, GENESIS
    for entry in entries:
        if entry.previous != previous or fingerprint(previous, entry.record()) != entry.fingerprint:
            broken = entry.revision
            break
        previous = entry.fingerprint
    if broken is None and not _sheets_hold(contest_id):
        broken = 0
    return {"checked": len(entries), "broken": broken}


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


def _entry(entry: Entry) -> View:
    details = entry.details
    turn = db.session.get(Turn, details["turn"]) if isinstance(details.get("turn"), int) else None
    kind, _, who = entry.actor.partition(":")
    return {
        "number": entry.revision,
        "verb": entry.verb,
        "at": entry.at.isoformat(),
        "actor": name_behind(entry.actor),
        "seat": _seat(int(who)) if kind == "seat" and who.isdigit() else None,
        "details": details,
        "turn": turn.number if turn else str(details.get("number", details.get("code", ""))),
        "about": _seat(details.get("seat")),
    }


def _seat(seat_id: object) -> int | None:
    seat = db.session.get(Seat, seat_id) if isinstance(seat_id, int) else None
    return seat.number if seat else None
