"""Passwords are checked one after another beside the loop: each check takes 64 MB and a fifth of a second on purpose.

So many at once cost no more memory than one, and what could not be checked is neither right nor wrong.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from typing import Any, TypeVar

import gevent
from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError, VerifyMismatchError
from gevent.hub import Hub
from gevent.threadpool import ThreadPool

from scoring.rules.refusal import Refused

R = TypeVar("R")
#: Who waits longer than for so many others is told to try again: a queue of six seconds.
MOST_WAITING = 32
#: How much the hashing thread gives way.
NICE = 15
_pools: dict[Hub, ThreadPool] = {}
_waiting = 0


def hashed(password: str) -> str:
    """The Argon2 hash under which a password is kept; Refused(password_unchecked) where there is no memory for it."""
    try:
        return PasswordHasher().hash(password)
    except (Argon2Error, MemoryError) as error:
        raise Refused.because("password_unchecked") from error


def matches(kept: str, password: str) -> bool:
    """Whether a password is the one that was kept as this hash; Refused(password_unchecked) where nobody can say."""
    try:
        return PasswordHasher().verify(kept, password.encode(errors="replace"))
    except (VerifyMismatchError, InvalidHashError):
        return False
    except (Argon2Error, MemoryError) as error:
        raise Refused.because("password_unchecked") from error


def in_turn(work: Callable[..., R], *args: Any) -> R:
    """Run `hashed`, `matches` or `check_password` beside the loop in turn; Refused(too_many_sign_ins) if many wait."""
    global _waiting
    if _waiting >= MOST_WAITING:
        raise Refused.because("too_many_sign_ins")
    _waiting += 1
    try:
        answer = _pool().apply(_giving_way, (work, args))
    finally:
        _waiting -= 1
    if isinstance(answer, Refused):
        raise answer
    return answer


def _giving_way(work: Callable[..., R], args: tuple[Any, ...]) -> R | Refused:
    """Run it in a thread that gives way to the loop: on a small machine a hash would take half of what judges need.

    A refusal is answered and not raised: the pool would print it as a fault.
    """
    if sys.platform == "linux":  # elsewhere it would be the whole process that gives way
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)
    try:
        return work(*args)
    except Refused as refused:
        return refused


def _pool() -> ThreadPool:
    """One thread for the running loop."""
    hub = gevent.get_hub()
    if hub not in _pools:
        _pools.clear()
        _pools[hub] = ThreadPool(1, hub=hub)
    return _pools[hub]
