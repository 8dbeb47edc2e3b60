"""Where new devices must wait at this moment, because too many wrong PINs or passwords came in: for the desk to see."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sqlalchemy import select

from scoring.extensions import db
from scoring.store import GuessCount
from scoring.store.steady import steady
from scoring.transport.proxies import is_address

DOORS = ("pin", "password")


@dataclass(frozen=True)
class KeptOut:
    """New devices wait at this door for so many minutes, those of an address, or all of them where it is ""."""

    door: str
    address: str
    minutes: int


def kept_out() -> list[KeptOut]:
    """What is used up now, by door; of one address, or of all, the longest wait."""
    moment, found = steady(), dict[tuple[str, str], int]()
    for one in db.session.scalars(select(GuessCount).where(GuessCount.until > moment)):
        if (whose := _used_up(one)) is not None:
            minutes = math.ceil((one.until - moment).total_seconds() / 60)
            found[whose] = max(minutes, found.get(whose, 0))
    return [KeptOut(door, address, minutes) for (door, address), minutes in sorted(found.items())]


def _used_up(one: GuessCount) -> tuple[str, str] | None:
    """The door and the address of a count that strangers have used up; None for any other."""
    _, door, kind, *who, amount, _multiples, _step = one.key.split("/")
    if door not in DOORS or one.count < int(amount):
        return None
    if kind == "all":
        return door, ""
    return (door, who[0]) if kind == "by" and who and is_address(who[0]) else None
