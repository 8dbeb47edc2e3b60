"""The installation's own time, for everything that lasts: it only goes on, whatever is done to the clock on the wall.

It begins with the wall's time when the installation is first served and is never put right afterwards, so a moment of
it says nothing by itself; the time between two of them is true. While the machine runs it follows the machine's count
since its start, which every process reads alike and no restart of the server interrupts. After a start of the machine
it goes on from what was stored last (every BEAT seconds), and counts the pause by the wall's clock where that can be
right: forwards, and no longer than LONGEST_PAUSE. Else the pause counts as one beat: a clock on the wall that was just
put right is hours off, and a contest that was interrupted for longer has stood still. A busy machine may have come late
to its last look, so the time goes on behind every moment that something began at, too.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import current_app
from sqlalchemy import BigInteger, String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from scoring.extensions import db
from scoring.services import Service
from scoring.store.model import Model, Moment, now

#: Seconds between two looks that are stored.
BEAT = 10.0
LONGEST_PAUSE = timedelta(minutes=10)
#: What Linux calls the time since the machine was started.
BOOT = Path("/proc/sys/kernel/random/boot_id")
#: It goes on while a laptop sleeps; elsewhere than on Linux there is no such count.
_COUNT = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
_MICROSECOND = timedelta(microseconds=1)
#: Where it is stored when something began that lasts.
_BEGAN = (
    ("turn_clock", "running_since"),
    ("turn", "called_steady"),
    ("release", "steady"),
    ("not_performing", "steady"),
)
_FIRST = datetime(1970, 1, 1, tzinfo=UTC)


class Boot(Model):
    """A start of a machine that served: how far the installation's time is `ahead` of its count, in microseconds.

    `seen` is the installation's time that was stored last, and `wall` the clock on the wall at that moment.
    """

    __tablename__ = "boot"
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    ahead: Mapped[int] = mapped_column(BigInteger)
    seen: Mapped[datetime] = mapped_column(Moment)
    wall: Mapped[datetime] = mapped_column(Moment)


def steady() -> datetime:
    """The moment by the installation's own time."""
    return _moment(_count() + _AHEAD.of())


def milliseconds(moment: datetime) -> int:
    """A moment as screens get it."""
    return round(moment.timestamp() * 1000)


def on_the_wall(moment: datetime) -> datetime:
    """What the clock on the wall says at a moment of the installation's own time, as far as it is right now."""
    return now() + (moment - steady())


def begin() -> None:
    """Go on with the installation's time from what was stored; called in a transaction when it begins to be served."""
    _store(_AHEAD.put(current_app, _ahead()))


def beat() -> None:
    """Store how far the installation's time has come; called in a transaction."""
    _store(_AHEAD.of())


def _store(ahead: int) -> None:
    db.session.merge(Boot(name=_name(), ahead=ahead, seen=_moment(_count() + ahead), wall=now()))


def _ahead() -> int:
    """How far the installation's time is ahead of this machine's count, in microseconds."""
    known = db.session.get(Boot, _name())
    if known is not None and _moment(_count() + known.ahead) >= known.seen:
        return known.ahead
    newest = db.session.scalars(select(Boot).order_by(Boot.seen.desc()).limit(1)).first()
    moment = now() if newest is None else max([newest.seen + _pause(now() - newest.wall), *_begun()])
    return (moment - _FIRST) // _MICROSECOND - _count()


_AHEAD: Service[int] = Service("steady", _ahead)


def _begun() -> list[datetime]:
    """The last moments at which something began that lasts."""
    columns = (db.metadata.tables[table].c[column] for table, column in _BEGAN)
    return [last for column in columns if (last := db.session.scalar(select(func.max(column)))) is not None]


def _pause(gone: timedelta) -> timedelta:
    """How long nobody served, given how far the clock on the wall has gone meanwhile."""
    return gone if timedelta(0) <= gone <= LONGEST_PAUSE else timedelta(seconds=BEAT)


def _moment(microseconds: int) -> datetime:
    return _FIRST + microseconds * _MICROSECOND


def _count() -> int:
    """Microseconds since the machine was started."""
    return time.clock_gettime_ns(_COUNT) // 1000


def _name() -> str:
    """Which start of which machine this is; where nobody tells, each process counts as a start of its own."""
    try:
        return BOOT.read_text().strip()
    except OSError:
        return _OWN


_OWN = f"process {time.time_ns()}"
