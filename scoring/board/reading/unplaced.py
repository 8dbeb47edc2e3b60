"""Who was entered and has no place in an event: a team that waits for its match, and whoever came too late for one.

Nobody is silently left out: a team without a match stands on every board, and nothing that rests on all being over
(awards, a knockout after the round, the end) goes on before it has played or somebody has said why it will not.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from scoring.board.reading.facts import format_of
from scoring.board.reading.freeze import Until
from scoring.board.reading.matches import KNOCKOUT
from scoring.board.reading.not_performing import out_of_event
from scoring.store import Appearance, Contestant, Entry, Event, Round, Turn
from scoring.store.contests import WAITING
from scoring.store.model import session_of

#: The verb under which latecomers stand in the audit trail; it names the events that they came too late for.
ENTER_LATE = "enter_late"


@dataclass(frozen=True)
class Unplaced:
    """Entrants without a place, by number: who still waits for a match, and who takes no part any more."""

    waiting: tuple[Contestant, ...] = ()
    missed: tuple[Contestant, ...] = ()


#: Where everybody has a place.
NOBODY_LEFT = Unplaced()


def unplaced_of(event: Event, until: Until = None, besides: Collection[int] = ()) -> Unplaced:
    """Whoever has no place in an event whose order stands; whoever is out of it, and `besides` by id, left aside."""
    placed = _placed(event)
    if not placed or event.stage:  # who did not go on to a stage is no latecomer
        return NOBODY_LEFT
    gone = {*placed, *besides}
    left = [one for one in event.contest.contestants if one.team_id is None and one.id not in gone]
    if not left:
        return NOBODY_LEFT
    out, missed = out_of_event(event, until), _missed(event) if may_be_placed(event) else {one.id for one in left}
    left = sorted((one for one in left if one.id not in out), key=lambda one: one.number)
    return Unplaced(tuple(one for one in left if one.id not in missed), tuple(one for one in left if one.id in missed))


def may_be_placed(event: Event) -> bool:
    """Whether somebody without a match can still get one in the event's first round."""
    played = event.rounds[0] if event.rounds else None
    if played is None or format_of(event).subject != "match":
        return False
    if any(other.turns or "seeds" in other.plan for other in event.rounds[1:]):
        return False
    begun = any(turn.state != WAITING or turn.clocks for turn in played.turns)
    return played.plan.get("pairing") != KNOCKOUT or not begun


def _placed(event: Event) -> set[int | None]:
    """The ids of the entrants who have a turn in the event or a place in its tree; empty before its order stands."""
    session = session_of(event)
    theirs = select(Contestant.id, Contestant.team_id).join(Appearance).join(Turn).join(Round)
    found: set[int | None] = {team or one for one, team in session.execute(theirs.where(Round.event_id == event.id))}
    seeded = {number for played in event.rounds for number in played.plan.get("seeds", ())}
    return found | {one.id for one in event.contest.contestants if one.number in seeded} if found else set()


def _missed(event: Event) -> set[int]:
    """The ids of the latecomers who came when the event could take nobody in any more."""
    session = session_of(event)
    told = session.scalars(select(Entry.details).where(Entry.contest_id == event.contest_id, Entry.verb == ENTER_LATE))
    return {one["id"] for details in told if event.position in details.get("missed", ()) for one in details["entered"]}
