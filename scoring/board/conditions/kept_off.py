"""Who is kept off a document: recused by hand, declared as kin or mentor, or of its author's own office.

While the documents are coded the answer says whose they are, so that nobody but the coding officer is given it.
"""

from __future__ import annotations

from collections.abc import Collection

from scoring.board.conditions.conflicts import by_contestant, conflicts_of, grounds_of
from scoring.board.reading.offices import offices_of
from scoring.rules.formats.common import reviewers_of
from scoring.rules.offices import Belonging, Home, Offices, shared
from scoring.store import Seat, Turn


def related_to(turn: Turn) -> dict[int, str]:
    """The seats whose judge is related to the author of the document, each with the ground, by the seat's id."""
    author = turn.appearances[0].contestant
    reviewers = reviewers_of(turn.round.event.settings)
    avoid = reviewers.avoid if reviewers else ()
    offices, found = offices_of(turn.contest), conflicts_of(turn.contest, [author.id])
    home = offices.home(Belonging("", author.office, author.department))
    waived = {(one.seat.id, one.ground) for one in found if one.waiver}
    grounds = {
        seat.id: ground
        for seat in seats_of_review(turn)
        if (ground := _shared(offices, home, seat, [one for one in avoid if (seat.id, one) not in waived]))
    }
    return grounds | {seat_id: one.ground for seat_id, one in grounds_of(turn, by_contestant(found)).items()}


def kept_off(turn: Turn) -> list[str]:
    """The numbers of the seats that may not review the document."""
    off = related_to(turn).keys() | turn.recused.keys()
    return [str(seat.number) for seat in seats_of_review(turn) if seat.id in off]


def seats_of_review(turn: Turn) -> list[Seat]:
    """All seats of the document's event."""
    return [seat for room in turn.round.event.rooms for seat in room.seats]


def _shared(offices: Offices, home: Home, seat: Seat, avoid: Collection[str]) -> str:
    reviewer = offices.home(Belonging("", seat.office, seat.department))
    return next((one for one in shared(home, reviewer) if one in avoid), "")
