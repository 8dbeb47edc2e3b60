"""What the pages of the draw show: every draw as it was held, and what was changed by hand since."""

from __future__ import annotations

from typing import TypedDict

from scoring.board.snapshots.audience import DrawnBefore, Lots


class Ticket(TypedDict):
    """Somebody's place in a draw, with the digits that decided it."""

    number: str
    ticket: str
    case: str | None
    case_ticket: str | None


class DrawOfOrder(DrawnBefore):
    """The draw of an event's order or benches that is in force."""

    purpose: str
    lots: Lots
    seed: str
    witness: str
    at: str
    order: list[Ticket]


class SidesOfMatch(TypedDict):
    """Who drew which side of a match."""

    key: str
    control: str
    defence: str


class SidesDrawn(TypedDict):
    """A draw of sides."""

    seed: str
    witness: str
    at: str
    lots: Lots
    fixed: bool
    by_hand: bool
    matches: list[SidesOfMatch]


class Moved(TypedDict):
    """A turn that was moved in the order by hand."""

    number: str
    before: int
    place: int
    reason: str
    by: str
    at: str
