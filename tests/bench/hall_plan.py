"""A contest made to size in an empty installation: rooms, judges and turns, some of them marked or released already."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import func, insert, select

from scoring import access
from scoring.actions.setting_up.contests import Entrant, Plan, add_account, seat_panel, set_up
from scoring.actions.transaction import Actor, perform
from scoring.extensions import db
from scoring.store import Appearance, Contest, Contestant, Release, Room, Seat, Sheet, SheetVersion, Turn
from scoring.store.codes import seat_key
from scoring.store.contests import RELEASED
from scoring.store.model import now
from scoring.store.sheets import SUBMITTED

SLUG, ORGANIZER, PASSWORD = "bench", "organizer", "of the bench"
FORMAT = "legal_explanation"
MARKS = {"facts": "14", "law": "23.5", "reasoning": "24", "plain_language": "14", "response": "9", "bearing": "9.5"}

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建文玉梅红云兰春荣海山川林晨阳宁安佳怡宇轩子涵雨欣思远博雅哲"


def prepare(rooms: int, judges: int, turns: int, released: int, others: int) -> dict[str, Any]:
    """Set the contest up; answers what its drivers need: names, keys, and the waiting turns of each room in order.

    Its first `released` turns are released; turns go to the rooms by turns. `others` are those of contests that were
    held before.
    """
    entrants = [Entrant(f"{place:05d}", *_who(place)) for place in range(1, turns + 1)]
    plan = Plan(SLUG, ("现场压力赛", "The Bench"), "明州市院", FORMAT, judges, entrants)
    contest_id = perform(set_up, Actor("bench"), plan)
    perform(add_account, ORGANIZER, access.hashed(PASSWORD))
    perform(_furnish, contest_id, rooms, judges, released)
    perform(_hold_others, others)
    contest = db.session.get_one(Contest, contest_id)
    return {
        "contest": {"id": contest.id, "slug": SLUG},
        "organizer": {"name": ORGANIZER, "password": PASSWORD},
        "rooms": [_room(room) for room in contest.events[0].rooms],
    }


def empty_lists(many: int) -> list[int]:
    """So many contests that nobody is in yet but one, for lists to be imported into; answers their ids."""
    plans = [
        Plan(f"list-{number}", ("名单", "List"), "", FORMAT, 7, [Entrant("00001", "选手")]) for number in range(many)
    ]
    return [perform(set_up, Actor("bench"), plan) or 0 for plan in plans]


def _who(place: int) -> tuple[str, str]:
    """A name and an office, as unlike those of the others as in a real list: that is what pages are compressed of."""
    name = SURNAMES[place * 7 % len(SURNAMES)] + GIVEN[place * 13 % len(GIVEN)] + GIVEN[place * 29 // 7 % len(GIVEN)]
    return name, f"明州市{GIVEN[place % 40]}{GIVEN[place % 9]}区人民检察院"


def _room(room: Room) -> dict[str, Any]:
    waiting = select(Turn.id).where(Turn.room_id == room.id, Turn.state == "waiting").order_by(Turn.position)
    seats = [{"id": seat.id, "key": seat_key(seat)} for seat in room.seats]
    return {"seats": seats, "turns": list(db.session.scalars(waiting))}


def _turns(contest: Contest) -> list[Turn]:
    return list(contest.events[0].rounds[0].turns)


def _furnish(contest_id: int, rooms: int, judges: int, released: int) -> None:
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
        if place < released:
            turn.begin(RELEASED, place + 1)
    db.session.flush()
    _mark(turns[:released])
    _release(turns[:released])


def _hold_others(turns: int) -> None:
    """A contest like any other that was held before, with all its turns marked by one judge and released."""
    if not turns:
        return
    contest_id = set_up(Actor("bench"), Plan("held", ("往届", "Held"), "", FORMAT, 1, [Entrant("00000", "选手")]))
    event = db.session.get_one(Contest, contest_id).events[0]
    first = db.session.scalars(select(func.max(Contestant.id))).one() + 1
    people = [{"id": first + place, "contest_id": contest_id, "number": f"{place:05d}x"} for place in range(turns)]
    db.session.execute(insert(Contestant), [person | {"name": "选手"} for person in people])
    last, room_id, round_id = db.session.scalars(select(func.max(Turn.id))).one(), event.rooms[0].id, event.rounds[0].id
    held = {"round_id": round_id, "room_id": room_id, "state": RELEASED, "called_revision": 1, "called_steady": now()}
    ids = [last + 1 + place for place in range(turns)]
    db.session.execute(insert(Turn), [held | {"id": one, "position": one} for one in ids])
    pairs = zip(ids, people, strict=True)
    db.session.execute(insert(Appearance), [{"turn_id": one, "contestant_id": who["id"]} for one, who in pairs])
    stored = list(db.session.scalars(select(Turn).where(Turn.id > last)))
    _mark(stored)
    _release(stored)


def _mark(turns: list[Turn]) -> None:
    """The sheets of all judges for these turns, each a little different."""
    pairs = [(turn, seat) for turn in turns for seat in turn.room.seats]
    if not pairs:
        return
    db.session.execute(insert(Sheet), [{"turn_id": turn.id, "seat_id": seat.id} for turn, seat in pairs])
    stored = select(Sheet.turn_id, Sheet.seat_id, Sheet.id).where(Sheet.turn_id >= turns[0].id)
    held = {(turn_id, seat_id): sheet_id for turn_id, seat_id, sheet_id in db.session.execute(stored)}
    db.session.execute(insert(SheetVersion), [_version(held[turn.id, seat.id], turn, seat) for turn, seat in pairs])


def _version(sheet_id: int, turn: Turn, seat: Seat) -> dict[str, Any]:
    marks = {key: _points(turn.id, seat.id, place, key) for place, key in enumerate(MARKS)}
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
        "revision": 1,
        "previous": "0" * 64,
        "fingerprint": secrets.token_hex(32),
    }


def _points(turn: int, seat: int, place: int, key: str) -> str:
    """A mark at most 3 below the one of MARKS, by half points."""
    return f"{float(MARKS[key]) - (turn * (7 + place) + seat * (11 + place)) % 7 * 0.5:g}"


def _release(turns: list[Turn]) -> None:
    if turns:
        db.session.execute(
            insert(Release),
            [
                {"turn_id": turn.id, "announced": {}, "verdict": {}, "actor": "bench", "at": now(), "revision": 1}
                for turn in turns
            ],
        )
