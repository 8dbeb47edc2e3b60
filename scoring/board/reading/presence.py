"""The health of each seat at the desk: online, late, offline, or not signed in; from what every process can read."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from scoring.board.snapshots.desk import Health, HealthState
from scoring.extensions import db
from scoring.store import Event, Room, Seat, SeatPresence
from scoring.store.steady import steady

#: A tablet says every ten seconds that it is there (static/judges/heartbeat.js). One that is missed may be the
#: network's fault; two are not. Half a beat on top, because a sign of life is stored coarsely.
BEAT = timedelta(seconds=10)
LATE, OFFLINE = BEAT * 1.5, BEAT * 2.5


def health(contest_id: int) -> list[Health]:
    """How each seat of the contest is: [{"seat", "state", "seconds"}]; not part of the snapshot, since it only ages.

    State is online, late, offline or absent (nobody has signed in yet); `seconds` is since it was last heard, null for
    absent.
    """
    wanted = (
        select(Seat.id, SeatPresence.seen_at)
        .join(Room, Seat.room_id == Room.id)
        .join(Event, Room.event_id == Event.id)
        .outerjoin(SeatPresence, SeatPresence.seat_id == Seat.id)
        .where(Event.contest_id == contest_id)
        .order_by(Seat.id)
    )
    moment = steady()
    return [{"seat": seat_id, **_health(seen_at, moment)} for seat_id, seen_at in db.session.execute(wanted)]


def _health(seen_at: datetime | None, moment: datetime) -> HealthState:
    if seen_at is None:
        return {"state": "absent", "seconds": None}
    quiet = max(timedelta(0), moment - seen_at)
    state = "online" if quiet <= LATE else "late" if quiet <= OFFLINE else "offline"
    return {"state": state, "seconds": int(quiet.total_seconds())}
