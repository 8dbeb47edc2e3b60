"""What the actions tell the rest of the house after a change is durably stored."""

from __future__ import annotations

from dataclasses import dataclass

from blinker import Namespace

_house = Namespace()
changed = _house.signal("changed")
#: A seat has moved to another tablet: sent with its `seat_id`.
moved = _house.signal("moved")
#: Sessions have ended, or what an account may do has changed: sent with the `change`, an Ended.
ended = _house.signal("ended")


@dataclass(frozen=True)
class Change:
    """One stored change: the contest, its new revision and the seats whose tablets look different now.

    What is not `public`, such as a draft, changes nothing that the audience sees, and what is not `seen`, such as one
    draft more, nothing that any screen shows. `by` is the seat whose tablet sent a sheet by its socket: that is
    answered what came of it.
    """

    contest_id: int
    revision: int
    seats: frozenset[int] = frozenset()
    public: bool = True
    seen: bool = True
    by: int | None = None


@dataclass(frozen=True)
class Ended:
    """Some session does not hold any more; which one is looked up by whoever has open sockets."""
