"""What is judged where a sentence is said: a review has reviewers, whatever the refusal that names one of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import g, has_request_context, request
from sqlalchemy import Select, select
from sqlalchemy.exc import SQLAlchemyError

from scoring.extensions import db
from scoring.pages.event_meant import event_meant
from scoring.rules import formats
from scoring.store import Contest, Event, Room, Seat


def say_of(**where: int) -> None:
    """What is said from here on in this call is about this `contest_id`, or this `seat_id`: a socket has no address."""
    g.said_of = where


def subject_here() -> str:
    """The subject of the event that the address of the page, or the socket's call, is about; "" where it is none."""
    wanted = _event(g.get("said_of") or (has_request_context() and request.view_args) or {})
    if wanted is None:
        return ""
    try:
        found = db.session.scalar(wanted)
    except SQLAlchemyError:
        return ""  # a sentence that says that the database is gone must not fail for the same reason
    return formats.get(found).subject if found else ""


def _event(where: Mapping[str, Any]) -> Select[str] | None:
    if "seat_id" in where:
        at_seat = select(Event.format).join(Room, Room.event_id == Event.id).join(Seat, Seat.room_id == Room.id)
        return at_seat.where(Seat.id == where["seat_id"])
    if "contest_id" not in where and "slug" not in where:
        return None
    place = (event_meant() if has_request_context() else None) or 1
    in_contest = select(Event.format).join(Contest, Event.contest_id == Contest.id).where(Event.position == place)
    if "contest_id" in where:
        return in_contest.where(Contest.id == where["contest_id"])
    return in_contest.where(Contest.slug == where["slug"])
