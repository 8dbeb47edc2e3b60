"""Setting up a contest: its event, panel, contestants and running order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from random import SystemRandom
from typing import Any

from sqlalchemy import select

from scoring.actions.registry import _l, logged
from scoring.actions.site.accounts import create_account
from scoring.actions.transaction import Actor, record
from scoring.extensions import db
from scoring.rules import formats
from scoring.rules.formats.base import Format
from scoring.rules.refusal import Refused
from scoring.store import Appearance, Contest, Contestant, Event, Room, Round, Seat, Turn
from scoring.store.codes import give_code
from scoring.store.model import now
from scoring.store.people import ORGANIZER

DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Entrant:
    """One line of the entry list."""

    number: str
    name: str
    office: str = ""
    department: str = ""


@dataclass(frozen=True)
class Plan:
    """What a contest with one event and one room needs to begin. Titles are (Chinese, English)."""

    slug: str
    title: tuple[str, str]
    office: str
    format: str
    judges: int
    entrants: Sequence[Entrant]
    settings: Mapping[str, Any] | None = None


@logged("setup", _l("set the contest up"))
def set_up(actor: Actor, plan: Plan) -> int:
    """Create the contest, ready to call its first turn; answers its id.

    Raises Refused: unknown_format, the problems of the settings, slug_taken, number_twice.
    """
    kind = formats.get(plan.format)
    settings = dict(plan.settings or kind.defaults())
    kind.check_settings(settings)
    if db.session.scalar(select(Contest.id).where(Contest.slug == plan.slug)):
        raise Refused.because("slug_taken", "slug")
    contest = Contest(slug=plan.slug, title_zh=plan.title[0], title_en=plan.title[1], office=plan.office)
    event = Event(contest=contest, format=kind.key, title_zh=kind.zh, title_en=kind.en, settings=settings)
    db.session.add_all([contest, event])
    room = open_room(event, plan.judges)
    give_turns(kind, room, _enter(contest, plan.entrants))
    db.session.flush()
    record(contest, actor, "set_up", slug=plan.slug, contestants=len(plan.entrants), judges=plan.judges)
    return contest.id


def open_room(event: Event, judges: int, place: int = 1) -> Room:
    """Add the event's room at this place, called by it (第一赛场, Room 1), with a panel of so many judges."""
    name_zh, name_en = room_names(place)
    room = Room(event=event, position=place, name_zh=name_zh, name_en=name_en)
    db.session.add(room)
    seat_panel(room, judges)
    return room


def room_names(place: int) -> tuple[str, str]:
    """How the room at this place, 1 to 99, is called in Chinese and in English: 第十二赛场, Room 12."""
    tens, ones = divmod(place, 10)
    count = (DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (DIGITS[ones] if ones else "")
    return f"第{count}赛场", f"Room {place}"


def seat_panel(room: Room, judges: int, first: int = 1) -> None:
    """Give the room a seat with its own code for each judge up to this number, from `first` on.

    Where the desk enters the points there is one place for them, which no code opens.
    """
    if formats.get(room.event.format).entered:
        if not room.seats:
            db.session.add(Seat(room=room, number=1, revoked_at=now()))
            db.session.flush()
        return
    for number in range(first, judges + 1):
        seat = Seat(room=room, number=number)
        db.session.add(seat)
        db.session.flush()
        give_code(seat)


def _enter(contest: Contest, entrants: Sequence[Entrant]) -> list[Contestant]:
    """Enter the contestants in the order of the list."""
    seen: set[str] = set()
    for entrant in entrants:
        if entrant.number in seen:
            raise Refused.because("number_twice", "number", number=entrant.number)
        seen.add(entrant.number)
    contestants = [Contestant(contest=contest, **asdict(entrant)) for entrant in entrants]
    db.session.add_all(contestants)
    return contestants


def give_turns(kind: Format, room: Room, contestants: Sequence[Contestant]) -> None:
    """Give each contestant a turn in the event of the room, in this order.

    Where work is coded they are stored in any order: a turn's id must not tell whose it is.
    """
    played = Round(event=room.event, name_zh="决赛", name_en="Final")
    db.session.add(played)
    places = list(enumerate(contestants, 1))
    if kind.coded:
        SystemRandom().shuffle(places)
    for position, contestant in places:
        turn = Turn(round=played, room=room, position=position)
        db.session.add_all([turn, Appearance(turn=turn, part="", contestant=contestant)])


def add_account(name: str, hashed: str, role: str = ORGANIZER, by: str = "", *, given: bool = False) -> None:
    """Add an account at the server itself, its password already hashed; `by` is who does so, on record.

    One that is `given` by somebody else is changed at its first use.

    Raises Refused as `create_account`.
    """
    create_account(Actor(by or name), name, hashed, role, given=given)
