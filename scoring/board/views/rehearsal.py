"""How a rehearsal stands: seat by seat, scene by scene, fault by fault, and what of it would stop the day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from scoring.board.conditions.set_up import least_judges, set_up_of
from scoring.board.reading.facts import format_of
from scoring.board.snapshots.people import RehearsalPage, SeatTried, Tried
from scoring.board.snapshots.shared import Titles
from scoring.board.views.rehearsed_scenes import scenes_of
from scoring.extensions import db
from scoring.rules.readiness import Checked, Finding, readiness
from scoring.store import (
    Appearance,
    Contest,
    Entry,
    Event,
    Rehearsal,
    Round,
    Seat,
    Sheet,
    SheetVersion,
    TabletCheck,
    Turn,
)
from scoring.store.rehearsals import newest_rehearsal, seat_in
from scoring.store.sheets import SUBMITTED

#: What can go wrong on the day. [D]
FAULTS = ("dead_tablet", "cut", "restart")
#: Bytes that a day's database, log and photos should find free on the disk. [D]
LEAST_FREE = 2 * 1024**3
#: Advice of the check list without which the day cannot be held.
_STOPPING = ("coder_missing", "documents_none")
#: What is done in a contest while it is rehearsed without its plan being another one.
_BESIDE = frozenset(
    {
        *("begin_rehearsal", "take_seat", "open_handover", "close_handover", "renew_code", "revoke_code"),
        *("prepare_scene", "take_scene", "black_out", "lights_on", "freeze", "unfreeze"),
        *("upload_document", "clear_document", "code_documents", "draw_reviewers", "assign_by_hand"),
    }
)


@dataclass(frozen=True)
class Machine:
    """What a server is to the venue: `process` names its run, `free` counts the bytes that its disk still has.

    `own_only` is its address where that leads each device to itself, "" where others reach it.
    """

    process: str
    own_only: str = ""
    free: int = LEAST_FREE


def rehearsal(original_id: int, machine: Machine) -> RehearsalPage | None:
    """The rehearsal of the contest that is on, or the last one; None where none was held.

    {"on", "contest": {id, slug, changed}, "begun_at", "ended_at", "screens", "seats", "scenes", "faults", "findings"}.
    """
    held = newest_rehearsal(original_id)
    if held is None:
        return None
    contest = db.session.get_one(Contest, held.contest_id)
    shown: RehearsalPage = {
        "on": held.ended_at is None,
        "contest": {"id": contest.id, "slug": contest.slug, "changed": contest.public_revision},
        "begun_at": held.begun_at,
        "ended_at": held.ended_at,
        "findings": held.findings,
    }
    return {**shown, **tried(held, contest, machine)} if held.ended_at is None else shown


def tried(held: Rehearsal, contest: Contest, machine: Machine) -> Tried:
    """What was tried in a rehearsal until now, and what else would stop the day."""
    turns = _turns(contest)
    seats = [seat for event in contest.events for room in event.rooms for seat in room.judges]
    views = _seats([seat for seat in seats if seat.revoked_at is None], _markers(turns))
    entries = db.session.scalars(select(Entry).where(Entry.contest_id == contest.id).order_by(Entry.revision)).all()
    scenes = [(scene, scene in held.scenes) for scene in scenes_of(contest)]
    told = {
        "dead_tablet": _was_replaced(entries),
        "cut": any(view["cuts"] for view in views),
        "restart": any(view["restarts"] for view in views),
    }
    faults = [(fault, told[fault]) for fault in FAULTS]
    original = db.session.get_one(Contest, held.original_id)
    others = [*_of_preparation(original), *_of_panels(turns), *_since(original, contest), *_of_machine(machine)]
    findings = readiness([view["checked"] for view in views], scenes, faults, others)
    return {
        "screens": held.screens,
        "seats": views,
        "scenes": scenes,
        "faults": faults,
        "findings": [asdict(one) for one in findings],
        "changed": any(one.code in ("contest_changed", "seat_not_in_rehearsal") for one in findings),
    }


def _turns(contest: Contest) -> list[Turn]:
    """The turns of the contest that are held, read with their panels at once: a page asks for all of them."""
    belonging = (Turn.assignments, Turn.recusals)
    wanted = select(Turn).join(Round).join(Event).where(Event.contest_id == contest.id)
    wanted = wanted.options(
        *map(selectinload, belonging), selectinload(Turn.appearances).joinedload(Appearance.contestant)
    )
    return [turn for turn in db.session.scalars(wanted.order_by(Turn.id)) if not turn.not_held]


def _markers(turns: Sequence[Turn]) -> set[int]:
    """The seats that have something to mark: on the panel of a turn and not recused from it."""
    return {seat.id for turn in turns for seat in turn.panel if seat.id not in turn.recused}


def _seats(seats: Sequence[Seat], markers: set[int]) -> list[SeatTried]:
    ids = [seat.id for seat in seats]
    checks = {one.seat_id: one for one in db.session.scalars(select(TabletCheck).where(TabletCheck.seat_id.in_(ids)))}
    wanted = select(Sheet.seat_id).join(SheetVersion, SheetVersion.sheet_id == Sheet.id).where(Sheet.seat_id.in_(ids))
    submitted = set(db.session.scalars(wanted.where(SheetVersion.state == SUBMITTED)))
    several = len({seat.room_id for seat in seats}) > 1
    done = {seat.id: (seat.id in submitted, seat.id in markers) for seat in seats}
    return [_seat(seat, checks.get(seat.id), *done[seat.id], several) for seat in seats]


def _seat(seat: Seat, check: TabletCheck | None, submitted: bool, marks: bool, several: bool) -> SeatTried:
    room: Titles | None = {"zh": seat.room.name_zh, "en": seat.room.name_en} if several else None
    said: dict[str, Any] = {"screen": check.screen, "sound": check.sound, "battery": check.battery} if check else {}
    checked = Checked(
        seat=_called(seat, several),
        reserve=seat.reserve,
        reached=(check is not None and check.reached) or submitted,
        submitted=submitted,
        marks=marks,
        lost=check is not None and check.losses > 0,
        **{"screen": "", "sound": None, "battery": None, **said},
    )
    return {
        "id": seat.id,
        "number": seat.number,
        "name": seat.name,
        "reserve": seat.reserve,
        "room": room,
        "cuts": check.cuts if check else 0,
        "restarts": check.restarts if check else 0,
        "checked": checked,
    }


def _called(seat: Seat, several: bool) -> str:
    """The seat's number, with its room where there are several."""
    return f"{seat.room.name_zh} {seat.number}" if several else str(seat.number)


def _of_preparation(contest: Contest) -> Iterator[Finding]:
    """What the check list of each event of the contest itself misses or advises."""
    for event in contest.events:
        prepared = set_up_of(contest.id, event.position)
        for problem in prepared.missing:
            yield Finding(problem.code, figures=dict(problem.figures), stops=True)
        for problem in prepared.advice:
            stops = problem.code in _STOPPING and event.coding is None
            yield Finding(problem.code, figures=dict(problem.figures), stops=stops)


def _of_panels(turns: Sequence[Turn]) -> Iterator[Finding]:
    """Turns that would have no score, because too few of their panel may mark them."""
    for turn in turns:
        event, able = turn.round.event, [seat for seat in turn.panel if seat.id not in turn.recused]
        if len(able) < least_judges(event) and format_of(event).subject != "document":
            figures = {"number": turn.number, "given": str(len(able)), "least": str(least_judges(event))}
            yield Finding("panel_too_small", figures=figures, stops=True)


def _since(original: Contest, copy: Contest) -> Iterator[Finding]:
    """What was changed in the contest since it was copied, and the seats that the copy does not have."""
    entries = select(Entry.verb).where(Entry.contest_id == original.id).order_by(Entry.revision.desc())
    later: list[str] = []
    for verb in db.session.scalars(entries):
        if verb == "begin_rehearsal":
            break
        later.append(verb)
    changes = sum(verb not in _BESIDE for verb in later)
    if changes:
        yield Finding("contest_changed", what=str(changes))
    seats = [seat for event in original.events for room in event.rooms for seat in room.judges]
    several = len({seat.room_id for seat in seats}) > 1
    for seat in seats:
        if seat.revoked_at is None and seat_in(seat, copy.id) is None:
            yield Finding("seat_not_in_rehearsal", _called(seat, several), stops=not seat.reserve)


def _of_machine(machine: Machine) -> Iterator[Finding]:
    if machine.own_only:
        yield Finding("address_own_only", what=machine.own_only, stops=True)
    if machine.free < LEAST_FREE:
        yield Finding("disk_full", what=f"{machine.free / 1024**3:.1f}", stops=True)


def _was_replaced(entries: Sequence[Entry]) -> bool:
    """Whether the desk moved a seat and another tablet took it from the one that had it."""
    opened: set[int] = set()
    for entry in entries:
        if entry.verb == "open_handover":
            opened.add(entry.details["seat"])
        elif entry.verb == "close_handover":
            opened.discard(entry.details["seat"])
        elif entry.verb == "take_seat" and entry.details["seat"] in opened and entry.details["tablet"] > 1:
            return True
    return False
