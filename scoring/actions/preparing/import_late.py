"""What an import adds to a contest whose order stands: its latecomers get their places, its new seats go on record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from scoring.actions.preparing.import_plans import Planned
from scoring.actions.running.late_entries import admit, closed_to
from scoring.actions.running.late_panels import record_seat
from scoring.actions.running.late_places import Lots
from scoring.actions.said import check_reason
from scoring.actions.transaction import Actor
from scoring.rules.refusal import Refused
from scoring.store import Contest, Contestant, Event, Seat

ENTRANTS, JUDGES = ("contestants", "teams"), "judges"


@dataclass(frozen=True)
class Lateness:
    """What has to be said with late rows: why, how their places are found, and in which event; see `enter_late`."""

    reason: str = ""
    lots: Lots = field(default_factory=Lots)
    event: int | None = None


def check_late(rows: Sequence[Planned], late: Lateness) -> None:
    """Refused(reason_missing) where rows come late and nobody says why."""
    if any(one.late for one in rows):
        check_reason(late.reason)


def place_late(actor: Actor, contest: Contest, kind: str, rows: Sequence[Planned], late: Lateness) -> None:
    """Give the late rows that were just written their places. Raises Refused as `admit` does."""
    coming = [one for one in rows if one.late]
    if coming and kind in ENTRANTS:
        entered = {one.number: one for one in contest.contestants}
        entrants = [entered[one.after["number"]] for one in coming]
        admit(actor, _event(contest, late.event, entrants), entrants, late.lots, late.reason)
    elif coming and kind == JUDGES:
        for one in coming:
            record_seat(actor, _seat(contest, one), late.reason)


def _event(contest: Contest, position: int | None, entrants: Sequence[Contestant]) -> Event:
    """The event that is meant, else the first in which somebody can still be added."""
    meant = next((event for event in contest.events if event.position == position), None)
    open_ones = [event for event in contest.events if not closed_to(event, len(entrants), entrants)]
    if meant is None and not open_ones:
        raise Refused.because(closed_to(contest.events[0], len(entrants), entrants))
    return meant or open_ones[0]


def _seat(contest: Contest, one: Planned) -> Seat:
    """The seat that the row has made."""
    seats = [seat for event in contest.events for room in event.rooms for seat in room.seats]
    made = [seat for seat in seats if (str(seat.number), seat.name) == (one.after["seat"], one.after["name"])]
    return max(made, key=lambda seat: seat.id)
