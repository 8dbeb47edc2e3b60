"""Who can approve a correction: where duties are separated, a chief judge who marks on no panel of the contest."""

from __future__ import annotations

from sqlalchemy import select

from scoring.extensions import db
from scoring.rules.duties import person
from scoring.store import Account, Event, Room, Seat
from scoring.store.installation import is_separated
from scoring.store.people import CHIEF


def judges_named(contest_id: int) -> set[str]:
    """The persons who sit on the panels of the contest, by their names as `person` compares them."""
    seats = select(Seat.name).join(Room, Room.id == Seat.room_id).join(Event, Event.id == Room.event_id)
    wanted = seats.where(Event.contest_id == contest_id, Seat.name != "")
    return {person(name) for name in db.session.scalars(wanted)}


def chiefs(contest_id: int) -> list[str]:
    """The names of the open accounts that are chief judges of the contest."""
    wanted = select(Account).where(Account.role == CHIEF, Account.closed_at.is_(None)).order_by(Account.name)
    return [one.name for one in db.session.scalars(wanted) if one.is_admitted(contest_id)]


def approvers(contest_id: int) -> list[str]:
    """Those of them who can approve a correction, but for one that they have asked for themselves."""
    named = chiefs(contest_id)
    if not is_separated():
        return named
    judges = judges_named(contest_id)
    return [name for name in named if person(name) not in judges]
