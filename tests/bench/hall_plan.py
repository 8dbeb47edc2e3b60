"""A contest made to size in an empty installation: rooms, judges and turns, some of them marked or released already."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import insert, select

from scoring import access
from scoring.actions.contests import Entrant, Plan, add_account, seat_panel, set_up
from scoring.actions.transaction import Actor, perform
from scoring.extensions import db
from scoring.store import Contest, Release, Room, Seat, Sheet, SheetVersion, Turn
from scoring.store.codes import seat_key
from scoring.store.contests import MARKING, RELEASED
from scoring.store.model import now
from scoring.store.sheets import SUBMITTED

SLUG, ORGANIZER, PASSWORD = "bench", "organizer", "of the bench"
MARKS = {"facts": "14", "law": "23.5", "reasoning": "24", "plain_language": "14", "response": "9", "bearing": "9.5"}


def prepare(rooms: int, judges: int, turns: int, marked: int, released: int) -> dict[str, Any]:
    """Set the contest up; answers what its drivers need: names, keys, and the open turns of each room in order.

    Of the first turns `released` are released and `marked` have all their sheets; turns go to the rooms by turns.
    """
    entrants = [Entrant(f"{place:05d}", f"选手{place}", f"明州市第{place % 40}院") for place in range(1, turns + 1)]
    plan = Plan(SLUG, ("现场压力赛", "The Bench"), "明州市院", "legal_explanation", judges, entrants)
    contest_id = perform(set_up, Actor("bench"), plan)
    perform(add_account, ORGANIZER, access.hashed(PASSWORD))
    perform(_furnish, contest_id, rooms, judges, marked, released)
    contest = db.session.get_one(Contest, contest_id)
    return {
        "contest": {"id": contest.id, "slug": SLUG},
        "organizer": {"name": ORGANIZER, "password": PASSWORD},
        "rooms": [_room(room) for room in contest.events[0].rooms],
        "marked": [turn.id for turn in _turns(contest) if turn.state == MARKING],
    }


def _room(room: Room) -> dict[str, Any]:
    waiting = select(Turn.id).where(Turn.room_id == room.id, Turn.state == "waiting").order_by(Turn.position)
    seats = [{"id": seat.id, "key": seat_key(seat)} for seat in room.seats]
    return {"seats": seats, "turns": list(db.session.scalars(waiting))}


def _turns(contest: Contest) -> list[Turn]:
    return list(contest.events[0].rounds[0].turns)


def _furnish(contest_id: int, rooms: int, judges: int, marked: int, released: int) -> None:
    contest = db.session.get_one(Contest, contest_id)
    event = contest.events[0]
    for place in range(2, rooms + 1):
        room = Room(event=event, position=place, name_zh=f"第{place}赛场", name_en=f"Room {place}")
        db.session.add(room)
        seat_panel(room, judges)
    db.session.flush()
    halls = list(event.rooms)
    turns = _turns(contest)
    for place, turn in enumerate(turns):
        turn.room = halls[place % rooms]
        if place < marked + released:
            turn.state, turn.called_at = (RELEASED if place < released else MARKING), now()
    db.session.flush()
    _mark(turns[: marked + released])
    _release(turns[:released])


def _mark(turns: list[Turn]) -> None:
    """The sheets of all judges for these turns, each a little different."""
    pairs = [(turn, seat) for turn in turns for seat in turn.room.seats]
    if not pairs:
        return
    db.session.execute(insert(Sheet), [{"turn_id": turn.id, "seat_id": seat.id} for turn, seat in pairs])
    held = {(sheet.turn_id, sheet.seat_id): sheet.id for sheet in db.session.scalars(select(Sheet))}
    db.session.execute(insert(SheetVersion), [_version(held[turn.id, seat.id], turn, seat) for turn, seat in pairs])


def _version(sheet_id: int, turn: Turn, seat: Seat) -> dict[str, Any]:
    marks = MARKS | {"facts": f"{8 + turn.id * 7 % 13 * 0.5:g}", "law": f"{18 + (turn.id * 11 + seat.id) % 15 * 0.5:g}"}
    return {
        "sheet_id": sheet_id,
        "number": 1,
        "state": SUBMITTED,
        "typed": marks,
        "marks": marks,
        "submission": secrets.token_hex(16),
        "settings_version": 1,
        "actor": f"seat:{seat.id}",
        "at": now(),
        "previous": "0" * 64,
        "fingerprint": secrets.token_hex(32),
    }


def _release(turns: list[Turn]) -> None:
    if turns:
        db.session.execute(
            insert(Release),
            [{"turn_id": turn.id, "announced": {}, "verdict": {}, "actor": "bench", "at": now()} for turn in turns],
        )
