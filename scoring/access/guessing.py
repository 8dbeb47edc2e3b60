"""How often somebody may guess at a door: a password, a PIN, a code.

A guess counts before anything is checked, for whoever makes it, for the account that it is about and for all together;
the right one is given back. Whoever is known is counted for itself, so that a guesser shuts out newcomers alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import request
from limits import RateLimitItem, parse_many

from scoring.extensions import limiter
from scoring.rules.refusal import Refused

OWN = parse_many("10 per minute; 60 per hour")
ABOUT = parse_many("20 per minute; 100 per hour")
ALL = parse_many("60 per minute; 300 per hour")
#: How often the desk is told that somebody at one address tries to take a seat, and how often of one seat at all.
TOLD, TOLD_OF_SEAT = parse_many("1 per minute; 6 per minute")
#: Refusals after which nobody knows more than before.
NOT_TRIED = frozenset({"too_many_sign_ins", "password_unchecked", "storage_failed", "files_gone"})
Count = tuple[RateLimitItem, tuple[str, ...]]


@contextmanager
def guessing(door: str, *, known_as: str = "", about: str = "", apart: bool = False) -> Iterator[None]:
    """Whoever is refused within this has guessed wrong at the door; Refused(too_many_attempts) after too many.

    `known_as` says who guesses where that is known by more than the address, `about` which account is meant. Somebody
    who is `apart` is not kept out by what others have guessed.
    """
    mine: list[Count] = [(limit, (door, "by", known_as or str(request.remote_addr))) for limit in OWN]
    others: list[Count] = [(limit, (door, "all")) for limit in ALL]
    others += [(limit, (door, "about", about)) for limit in ABOUT if about]
    counts = mine if apart else mine + others
    _count(counts)
    try:
        yield
    except Refused as refused:
        if refused.code in NOT_TRIED:
            _give_back(counts)
        raise
    _give_back(counts)


def _count(counts: list[Count]) -> None:
    for place, (limit, whose) in enumerate(counts, 1):
        if not limiter.limiter.hit(limit, *whose):
            _give_back(counts[:place])
            raise Refused.because("too_many_attempts")


def _give_back(counts: list[Count]) -> None:
    for limit, whose in counts:
        limiter.limiter.storage.incr(limit.key_for(*whose), limit.get_expiry(), -1)


def is_news(seat_id: int) -> bool:
    """Whether the desk is to be told of this attempt on a seat; of a flood of them it hears now and then."""
    address = request.remote_addr or ""
    told = limiter.limiter.hit(TOLD, "attempt", str(seat_id), address)
    return told and limiter.limiter.hit(TOLD_OF_SEAT, "attempts", str(seat_id))
