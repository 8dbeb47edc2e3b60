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


def plain(typed: str) -> str:
    """Letters and figures without what stands between them; a keyboard's full-width signs are the usual ones."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", typed).upper() if sign.isascii() and sign.isalnum())


def bare(typed: str) -> str:
    """The signs of a code however it was typed."""
    return "".join(sign for sign in plain(typed) if sign in SIGNS)
