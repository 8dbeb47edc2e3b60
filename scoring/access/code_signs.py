"""Codes that people read out and type: their signs, how they are drawn, and what was meant by what was typed."""

from __future__ import annotations

import secrets
import unicodedata

SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without 0, 1, I and O, which are read for one another
GROUP = 4


def drawn(length: int) -> str:
    """A code of so many signs, in groups, such as "7KQF-M2XA"."""
    code = "".join(secrets.choice(SIGNS) for _ in range(length))
    return "-".join(code[at : at + GROUP] for at in range(0, length, GROUP))


def bare(typed: str) -> str:
    """The signs of a code however it was typed, full-width ones too."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", typed).upper() if sign in SIGNS)
