"""Which weighed group a judge belongs to who comes in on the day: a reserve takes the group of the place it takes."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from scoring.extensions import db
from scoring.rules.formats.common import panel_of
from scoring.rules.judge_groups import Group, write_seats
from scoring.rules.refusal import Refused
from scoring.store import Event, Seat


def groups_of(event: Event) -> tuple[Group, ...]:
    """The groups of the event's judges; () where all count alike."""
    rules = panel_of(event.settings)
    return rules.groups if rules else ()


def group_of(event: Event, seat: Seat) -> Group | None:
    """The group that the seat belongs to; None for none."""
    return next((group for group in groups_of(event) if group.has(str(seat.number))), None)


def take_group(event: Event, seat: Seat, reserve: Seat) -> dict[str, Any]:
    """Put a reserve without a group into that of the judge in whose place it marks; answers what the record says of it.

    No score changes, since nobody's marks from the reserve's seat counted anywhere before. Raises Refused
    reserve_of_other_group.
    """
    wanted, found = group_of(event, seat), group_of(event, reserve)
    if wanted is None or found == wanted:
        return {}
    if found is not None:
        told = {**found.names, "seats": reserve.number, "other": seat.number}
        raise Refused.because("reserve_of_other_group", "reserve", **told)
    return join_group(event, reserve, wanted.key)


def join_group(event: Event, seat: Seat, key: str) -> dict[str, Any]:
    """Put a new seat into the group with this key; answers what the record says of it.

    A seat whose number stands in a group already belongs to that. Raises Refused group_needed, seat_of_other_group.
    """
    groups, found = groups_of(event), group_of(event, seat)
    if not groups:
        return {}
    if found is not None:
        if key not in ("", found.key):
            raise Refused.because("seat_of_other_group", "group", **found.names, seats=str(seat.number))
        return {"group": found.key}
    if key not in [group.key for group in groups]:
        raise Refused.because("group_needed", "group", seats=str(seat.number))
    settings = deepcopy(dict(event.settings))
    for row, group in zip(settings["panel"]["groups"], groups, strict=True):
        row["seats"] = write_seats(sorted({*group.seats, seat.number} if group.key == key else group.seats))
    event.settings = settings
    db.session.flush()
    return {"group": key}
