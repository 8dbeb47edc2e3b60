"""Who came late, and until when somebody can: latecomers and what was added during the contest, by the audit trail."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from scoring.board.reading.core import public_turns
from scoring.board.reading.matches import KNOCKOUT
from scoring.board.reading.unplaced import ENTER_LATE, unplaced_of
from scoring.board.snapshots.record import LateEntry
from scoring.extensions import db
from scoring.store import Entry, Event, Turn
from scoring.store.contests import RELEASED, WAITING

#: The verbs under which additions to a running contest stand in the audit trail.
REMOVE_LATE, ADD_MATCH = "remove_late", "add_match"
ADD_SEAT, SPLIT_ROOM = "add_seat", "split_room"


def too_late_for(event: Event, more: int = 1, besides: Collection[int] = ()) -> str:
    """The code of why nobody can be added to the event's first round any more, "" while that is possible.

    A round in which a team still waits for its match is not over; those `besides`, by id, are only just coming.

    late_next_round once a next round rests on it, late_in_knockout once a match of its tree has begun, late_round_over
    once its ranking is public, or would vanish from the public because somebody has still to perform.
    """
    played = event.rounds[0] if event.rounds else None
    if played is None or not played.turns:
        return ""
    if any(other.turns for other in event.rounds[1:]):
        return "late_next_round"
    if played.plan.get("pairing") == KNOCKOUT and any(is_begun(turn) for turn in played.turns):
        return "late_in_knockout"
    over = all(turn.state == RELEASED for turn in played.turns) and not unplaced_of(event, None, besides).waiting
    if over or public_turns(event, 0, besides) - public_turns(event, more, besides):
        return "late_round_over"
    return ""


def is_begun(turn: Turn) -> bool:
    """Whether the turn keeps its place: it was called, or its clock has run."""
    return turn.state != WAITING or bool(turn.clocks)


def late_entries(contest_id: int, event: int | None = None) -> list[LateEntry]:
    """Everybody and everything that was added late, the newest first: for the pages of the running contest.

    The shape is [{"verb", "details", "by", "at"}]; `event` keeps those that are about that event or about all.
    """
    verbs = (ENTER_LATE, REMOVE_LATE, ADD_MATCH, ADD_SEAT, SPLIT_ROOM)
    wanted = select(Entry).where(Entry.contest_id == contest_id, Entry.verb.in_(verbs)).order_by(Entry.revision.desc())
    return [
        {"verb": entry.verb, "details": entry.details, "by": entry.actor, "at": entry.at.isoformat()}
        for entry in db.session.scalars(wanted)
        if event is None or entry.details.get("event", event) == event
    ]


def came_late(contest_id: int) -> set[int]:
    """The ids of the contestants who were added late."""
    wanted = select(Entry).where(Entry.contest_id == contest_id, Entry.verb == ENTER_LATE)
    return {one["id"] for entry in db.session.scalars(wanted) for one in entry.details["entered"]}


def late_room(contest_id: int, room_id: int) -> int | None:
    """The id of the room that this one was split from, None where it was there from the start."""
    wanted = select(Entry).where(Entry.contest_id == contest_id, Entry.verb == SPLIT_ROOM)
    return next(
        (int(entry.details["room"]) for entry in db.session.scalars(wanted) if entry.details["new_room"] == room_id),
        None,
    )
