"""The passwords of the tests' accounts, kept so that they are cheap to check."""

from __future__ import annotations

from argon2 import PasswordHasher

from scoring.access import accounts, factors, password_checks

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def quickly_checked(password: str) -> str:
    """The hash to keep for a password. It says itself how dear its check is; the product's take a fifth of a second."""
    return CHEAP.hash(password)


def hash_quickly() -> None:
    """Let this process keep new passwords and recovery codes so too, and look for names that nobody has as long.

    The product's thread for it gives way to all else: on a loaded machine a sign-in would take half a minute.
    """
    vars(password_checks)["PasswordHasher"] = lambda: CHEAP
    accounts.NOBODY = quickly_checked("nobody's")
    factors.SLOW = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}
