"""Setting up a contest: its event, panel, contestants and running order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from random import SystemRandom
from typing import Any

from sqlalchemy import select

from scoring.actions.accounts import create_account
from scoring.actions.transaction import Actor, record
from scoring.extensions import db
from scoring.rules import formats
from scoring.rules.formats.base import Format
from scoring.rules.refusal import Refused
from scoring.store import Appearance, Contest, Contestant, Event, Room, Round, Seat, Turn
from scoring.store.codes import give_code
from scoring.store.people import ORGANIZER


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
    room = Room(event=event, name_zh="第一赛场", name_en="Room 1")
    db.session.add_all([contest, event, room])
    seat_panel(room, plan.judges)
    give_turns(kind, room, _enter(contest, plan.entrants))
    db.session.flush()
    record(contest, actor, "set_up", slug=plan.slug, contestants=len(plan.entrants), judges=plan.judges)
    return contest.id


def seat_panel(room: Room, judges: int, first: int = 1) -> None:
    """Give the room a seat with its own code for each judge up to this number, from `first` on."""
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


def add_account(name: str, hashed: str, role: str = ORGANIZER) -> None:
    """Add an account from the command line, its password already hashed; raises Refused as `create_account`."""
    create_account(Actor("command line"), name, hashed, role)
