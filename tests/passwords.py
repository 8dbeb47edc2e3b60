"""The passwords of the tests' accounts, kept so that they are cheap to check."""

from __future__ import annotations

from argon2 import PasswordHasher

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def quickly_checked(password: str) -> str:
    """The hash to keep for a password. It says itself how dear its check is; the product's take a fifth of a second."""
    return CHEAP.hash(password)
