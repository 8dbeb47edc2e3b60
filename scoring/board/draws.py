"""The draw as it was held: seed, witness, and the ticket of everybody, so that anyone can draw again."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from scoring.board.look import event_of
from scoring.extensions import db
from scoring.rules.draw import ORDER, tickets
from scoring.store import Entry, Event
from scoring.store.contests import WAITING

View = dict[str, Any]
#: The verb under which a draw stands in the audit trail.
DRAW = "draw"


def may_draw(event: Event) -> bool:
    """Whether the event's order can still be drawn: nobody was called and no clock has run."""
    return all(turn.state == WAITING and not turn.clocks for turn in event.rounds[0].turns)


def draw_of(contest_id: int, event: int | None = None) -> View | None:
    """The last draw of an event, which is the one in force; None before the first. Raises LookupError.

    `order` has `{number, ticket, case}` in drawn order; a ticket is the SHA-256 of three lines: the seed, "order" and
    the number.
    """
    wanted = select(Entry).where(Entry.contest_id == contest_id, Entry.verb == DRAW).order_by(Entry.revision.desc())
    drawn_here = event_of(contest_id, event).position
    entry = next((one for one in db.session.scalars(wanted) if one.details.get("event", 1) == drawn_here), None)
    if entry is None:
        return None
    details = entry.details
    drawn = tickets(details["seed"], ORDER, details["order"])
    return {
        "seed": details["seed"],
        "witness": details["witness"],
        "at": entry.at.isoformat(),
        "order": [
            {"number": ticket.name, "ticket": ticket.digits, "case": details["cases"].get(ticket.name)}
            for ticket in drawn
        ],
    }
