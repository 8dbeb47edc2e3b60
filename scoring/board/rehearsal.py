"""How a rehearsal stands: seat by seat, scene by scene, fault by fault, and what of it would stop the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import select

from scoring.board.look import View
from scoring.extensions import db
from scoring.rules.readiness import Checked, readiness
from scoring.store import Contest, Entry, Rehearsal, Seat, Sheet, SheetVersion, TabletCheck
from scoring.store.rehearsals import newest_rehearsal
from scoring.store.screens import CURRENT, MESSAGE, RANKING
from scoring.store.sheets import SUBMITTED

#: What the hall shows in a contest, and what can go wrong on the day. [D]
SCENES = ("performing", "score", RANKING, CURRENT, MESSAGE, "dark")
FAULTS = ("dead_tablet", "cut", "restart")
_SHOWN_BY = {"call": "performing", "release": "score", "black_out": "dark"}


def rehearsal(original_id: int, process: str) -> View | None:
    """The rehearsal of the contest that is on, or the last one; None where none was held. `process` is the server's.

    {"on", "contest": {id, slug, revision}, "begun_at", "ended_at", "seats", "scenes", "faults", "findings"}.
    """
    held = newest_rehearsal(original_id)
    if held is None:
        return None
    contest = db.session.get_one(Contest, held.contest_id)
    about = {"id": contest.id, "slug": contest.slug, "revision": contest.revision}
    shown = {"on": held.ended_at is None, "contest": about, "begun_at": held.begun_at, "ended_at": held.ended_at}
    return shown | (tried(held, contest, process) if held.ended_at is None else {"findings": held.findings})


def tried(held: Rehearsal, contest: Contest, process: str) -> View:
    """What was tried in a rehearsal until now; a restart, if it began in another process of the server."""
    seats = [seat for event in contest.events for room in event.rooms for seat in room.seats]
    views = _seats([seat for seat in seats if seat.revoked_at is None])
    entries = db.session.scalars(select(Entry).where(Entry.contest_id == contest.id).order_by(Entry.revision)).all()
    scenes = [(scene, scene in _shown(entries)) for scene in SCENES]
    told = {"dead_tablet": _was_replaced(entries), "cut": any(view["cuts"] for view in views)}
    told["restart"] = held.process != process
    faults = [(fault, told[fault]) for fault in FAULTS]
    findings = readiness([view["checked"] for view in views], scenes, faults)
    return {"seats": views, "scenes": scenes, "faults": faults, "findings": [asdict(one) for one in findings]}


def _seats(seats: Sequence[Seat]) -> list[View]:
    ids = [seat.id for seat in seats]
    checks = {one.seat_id: one for one in db.session.scalars(select(TabletCheck).where(TabletCheck.seat_id.in_(ids)))}
    wanted = select(Sheet.seat_id).join(SheetVersion, SheetVersion.sheet_id == Sheet.id).where(Sheet.seat_id.in_(ids))
    submitted = set(db.session.scalars(wanted.where(SheetVersion.state == SUBMITTED)))
    several = len({seat.room_id for seat in seats}) > 1
    return [_seat(seat, checks.get(seat.id), seat.id in submitted, several) for seat in seats]


def _seat(seat: Seat, check: TabletCheck | None, submitted: bool, several: bool) -> View:
    room = {"zh": seat.room.name_zh, "en": seat.room.name_en} if several else None
    said: dict[str, Any] = {"screen": check.screen, "sound": check.sound, "battery": check.battery} if check else {}
    checked = Checked(
        seat=f"{seat.room.name_zh} {seat.number}" if several else str(seat.number),
        reserve=seat.reserve,
        reached=check is not None or submitted,
        submitted=submitted,
        **{"screen": "", "sound": None, "battery": None, **said},
    )
    about = {"id": seat.id, "number": seat.number, "name": seat.name, "reserve": seat.reserve, "room": room}
    return about | {"checked": checked, "cuts": check.cuts if check else 0}


def _shown(entries: Sequence[Entry]) -> set[str]:
    taken = {str(entry.details.get("scene")) for entry in entries if entry.verb == "take_scene"}
    return taken | {_SHOWN_BY[entry.verb] for entry in entries if entry.verb in _SHOWN_BY}


def _was_replaced(entries: Sequence[Entry]) -> bool:
    """Whether the desk moved a seat and another tablet took it."""
    opened: set[int] = set()
    for entry in entries:
        if entry.verb == "open_handover":
            opened.add(entry.details["seat"])
        elif entry.verb == "take_seat" and entry.details["seat"] in opened:
            return True
    return False
