"""Which event of a contest an address means: `?event=2` is the second, and without it the first is meant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request

#: How the pages name a contest in their addresses.
OF_CONTEST = frozenset({"contest_id", "slug"})
#: Beyond it an address names no event: a place is looked up in the database, which knows no larger numbers.
EVENTS_MOST = 1000


def event_meant() -> int | None:
    """The event's place in its contest, from 1; None where the address names none, 0 where no event can be there."""
    place = request.args.get("event", type=int)
    return place if place is None or 0 < place <= EVENTS_MOST else 0


def stay_with_event(_endpoint: str, values: dict[str, Any]) -> None:
    """Let the links of a page about one event of a contest lead to the same event, unless they name another."""
    here = (request.view_args or {}) if request else {}
    if _names_contest(here) and _names_contest(values):
        values.setdefault("event", event_meant())
    if values.get("event") == 1:
        del values["event"]


def _names_contest(values: Mapping[str, Any]) -> bool:
    """Whether this is the address of a page of a contest; such pages never lead to another contest."""
    return not OF_CONTEST.isdisjoint(values)
