"""Somebody at the desk or the terminal lets one device try where strangers must wait."""

from __future__ import annotations

from sqlalchemy import delete, func, select

from scoring.actions.transaction import Actor, record_site
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import DoorCode
from scoring.store.door_codes import MOST, WITHIN, takes
from scoring.store.steady import steady


def make_door_code(actor: Actor, digest: str, *, unlocks: bool) -> None:
    """Keep a code by its digest; those before the last hour are forgotten. Raises Refused: too_many_door_codes."""
    moment = steady()
    db.session.execute(delete(DoorCode).where(DoorCode.made <= moment - WITHIN))
    own = select(func.count()).select_from(DoorCode).where(DoorCode.made_by == actor.label)
    if (db.session.scalar(own) or 0) >= MOST:
        raise Refused.because("too_many_door_codes", most=MOST)
    db.session.add(DoorCode(digest=digest, made_by=actor.label, made=moment, unlocks=unlocks))
    record_site(actor, "make_door_code")


def use_door_code(digest: str, device: str) -> None:
    """The device with this digest has typed the code; typing it twice is once. Raises Refused: door_code_unknown."""
    if not takes(digest, device):
        raise Refused.because("door_code_unknown", "door_code")
    db.session.scalars(select(DoorCode).where(DoorCode.digest == digest)).one().device = device
