"""How often somebody may guess at a door: a password, a PIN, a code.

A guess counts before anything is checked, for whoever makes it, for the account that it is about and for all together;
the right one is given back. Whoever is known is counted for itself, so that a guesser shuts out newcomers alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from flask import request
from limits import RateLimitItem, RateLimitItemPerMinute, parse_many

from scoring.access.door_codes import door_code_here
from scoring.actions.site.guesses import forget_guesses, keep_guesses, kept_guesses
from scoring.actions.transaction import perform
from scoring.credentials.passwords import Policy
from scoring.credentials.throttling import Counted
from scoring.extensions import limiter
from scoring.rules.refusal import Refused
from scoring.store.model import is_storable

OWN = parse_many("10 per minute; 60 per hour")
ABOUT = parse_many("20 per minute; 100 per hour")
ALL = parse_many("60 per minute; 300 per hour")
#: How often a device with a door code may guess in all, and at which doors it helps.
WITH_CODE = parse_many("5 per hour")
HELPED = frozenset({"pin", "password", "first"})
#: How often the desk is told that somebody at one address tries to take a seat, and how often of one seat at all.
TOLD, TOLD_OF_SEAT = parse_many("1 per minute; 6 per minute")
LONGEST_NAME = 60
#: Where an account is locked: where it has signed in before, and everywhere else.
HERE, ELSEWHERE = "here", "elsewhere"
#: Refusals after which nobody knows more than before.
NOT_TRIED = frozenset({"too_many_sign_ins", "password_unchecked", "storage_failed", "files_gone"})
Count = tuple[RateLimitItem, tuple[str, ...]]


@contextmanager
def guessing(
    door: str, *, known_as: str = "", about: str = "", apart: bool = False, own: Sequence[RateLimitItem] = OWN
) -> Iterator[None]:
    """Whoever is refused within this has guessed wrong at the door; Refused(too_many_attempts) after too many.

    `known_as` says who guesses where that is known by more than the address, `about` which account is meant. Somebody
    who is `apart` is not kept out by what others have guessed. `own` is how often whoever guesses may.
    """
    code = door_code_here() if door in HELPED and not apart else None
    if code is not None:
        counts: list[Count] = [(limit, ("door code", str(code.id))) for limit in WITH_CODE]
    else:
        counts = [(limit, (door, "by", known_as or str(request.remote_addr))) for limit in own]
        counts += [] if apart else _of_others(door, _storable(about))
    _count(counts)
    try:
        yield
    except Refused as refused:
        if refused.code in NOT_TRIED:
            _give_back(counts)
        else:
            _keep(counts)
        raise
    _give_back(counts)


def _of_others(door: str, about: str) -> list[Count]:
    """What all strangers at the door use up together, and all who mean this account."""
    meant = [(limit, (door, "about", about)) for limit in ABOUT if about]
    return [*((limit, (door, "all")) for limit in ALL), *meant]


@contextmanager
def locking(policy: Policy, name: str, *, here: bool) -> Iterator[None]:
    """A password for the account of this name is checked within this; Refused(account_locked) after too many wrong.

    A right one begins the count again. Where the account has signed in before (`here`) it is counted apart from
    everywhere else: nobody who never was in can lock the account out of its own place. So is a device whose door code
    was made by somebody who may unlock.
    """
    if not policy.wrong:
        yield
        return
    code = None if here else door_code_here()
    lock = _lock(policy, name, f"code {code.id}" if code and code.unlocks else HERE if here else ELSEWHERE)
    if not limiter.limiter.hit(lock[0], *lock[1]):
        raise Refused.because("account_locked", minutes=policy.lock_minutes)
    try:
        yield
    except Refused as refused:
        if refused.code != "password_wrong":
            _give_back([lock])
        else:
            _keep([lock])
        raise
    _begin_again([lock])


def is_locked(policy: Policy, name: str) -> bool:
    """Whether the account is locked out anywhere."""
    locks = [_lock(policy, name, place) for place in (ELSEWHERE, HERE)] if policy.wrong else []
    return any(not limiter.limiter.test(limit, *whose) for limit, whose in locks)


def unlock(policy: Policy, name: str) -> None:
    """Let the account try again at once."""
    _begin_again([_lock(policy, name, place) for place in (ELSEWHERE, HERE)])


def _lock(policy: Policy, name: str, place: str) -> Count:
    limit = RateLimitItemPerMinute(policy.wrong, policy.lock_minutes)
    return limit, ("lock", _storable(name[:LONGEST_NAME]), place)


def _storable(name: str) -> str:
    """The name as a count can be kept under it: whoever guesses may type what no database takes."""
    return name if is_storable(name) else ascii(name)


def _count(counts: list[Count]) -> None:
    for place, (limit, whose) in enumerate(counts, 1):
        if not limiter.limiter.hit(limit, *whose):
            _give_back(counts[:place])
            raise Refused.because("too_many_attempts", minutes=_minutes_to_wait(counts))


def _minutes_to_wait(counts: list[Count]) -> int:
    """In how many minutes, begun ones counted, the last of the counts that are used up begins again."""
    allowed = {limit.key_for(*whose): limit.amount for limit, whose in counts}
    left = _counted().left_of(allowed)
    return max(math.ceil(seconds / 60) for key, (count, seconds) in left.items() if count >= allowed[key])


def _give_back(counts: list[Count]) -> None:
    for limit, whose in counts:
        limiter.limiter.storage.incr(limit.key_for(*whose), limit.get_expiry(), -1)


def _keep(counts: list[Count]) -> None:
    """A wrong guess: what it was counted under outlives the process."""
    keys = [limit.key_for(*whose) for limit, whose in counts]
    perform(keep_guesses, _counted().left_of(keys))


def _begin_again(counts: list[Count]) -> None:
    keys = [limit.key_for(*whose) for limit, whose in counts]
    known = _counted().left_of(keys)
    for limit, whose in counts:
        limiter.limiter.clear(limit, *whose)
    if any(count > 1 for count, _seconds in known.values()):  # the first is the one that was right
        perform(forget_guesses, keys)


def go_on_counting() -> None:
    """Go on with what was counted before the last end of the server."""
    _counted().go_on_with(kept_guesses())


def _counted() -> Counted:
    storage = limiter.limiter.storage
    assert isinstance(storage, Counted)
    return storage


def is_news(seat_id: int) -> bool:
    """Whether the desk is to be told of this attempt on a seat; of a flood of them it hears now and then."""
    address = request.remote_addr or ""
    told = limiter.limiter.hit(TOLD, "attempt", str(seat_id), address)
    return told and limiter.limiter.hit(TOLD_OF_SEAT, "attempts", str(seat_id))
