"""What the actions tell the rest of the house after a change is durably stored."""

from __future__ import annotations

from blinker import Namespace

from scoring.store.unit_of_work import Change, Ended

__all__ = ["Change", "Ended", "changed", "ended", "moved"]

_house = Namespace()
changed = _house.signal("changed")
#: A seat has moved to another tablet: sent with its `seat_id`.
moved = _house.signal("moved")
#: Sessions have ended, or what an account may do has changed: sent with the `change`, an Ended.
ended = _house.signal("ended")
