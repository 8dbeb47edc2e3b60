"""How often somebody may guess at a door: a password, a PIN, a code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from flask import request, session
from limits import parse

from scoring.extensions import limiter
from scoring.rules.refusal import Refused

FAILURES = parse("10 per minute")
#: How often the desk is told that somebody at one address tries to take a seat, and how often of one seat at all.
TOLD, TOLD_OF_SEAT = parse("1 per minute"), parse("6 per minute")
_being_tried: Counter[tuple[str, str]] = Counter()  # by door and guesser


def stop_guessing(door: str) -> None:
    """Raise Refused too_many_attempts where somebody has guessed too often at this door; what is tried now counts."""
    left = limiter.limiter.get_window_stats(FAILURES, door, _guesser()).remaining
    if left <= _being_tried[door, _guesser()]:
        raise Refused.because("too_many_attempts")


@contextmanager
def guessing(door: str) -> Iterator[None]:
    """While something takes a while to be checked it counts as a guess: many at once would all pass otherwise."""
    stop_guessing(door)
    tried = door, _guesser()
    _being_tried[tried] += 1
    try:
        yield
    finally:
        _being_tried[tried] -= 1
        if not _being_tried[tried]:
            del _being_tried[tried]


def note_failure(door: str) -> None:
    """Count a wrong guess at this door."""
    limiter.limiter.hit(FAILURES, door, _guesser())


def _guesser() -> str:
    """Whose attempts are counted: a browser that was let in before for itself, all others by their address.

    Behind a proxy a whole venue has one address; whoever guesses there stops newcomers, but not those who are known.
    """
    return str(session.get("browser") or request.remote_addr)


def is_news(seat_id: int) -> bool:
    """Whether the desk is to be told of this attempt on a seat; of a flood of them it hears now and then."""
    address = request.remote_addr or ""
    told = limiter.limiter.hit(TOLD, "attempt", str(seat_id), address)
    return told and limiter.limiter.hit(TOLD_OF_SEAT, "attempts", str(seat_id))
