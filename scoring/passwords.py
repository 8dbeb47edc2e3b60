"""What a password must be before it is kept: long enough, and none of those that everybody tries first."""

from __future__ import annotations

from scoring.rules.refusal import Refused

SHORTEST, LONGEST = 8, 200
FEWEST_SIGNS = 4
KEYBOARD = ("01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz", "1qaz2wsx3edc4rfv")
TRIED_FIRST = ("password", "passw0rd", "admin", "administrator", "saiping", "letmein", "welcome", "woaini", "jiancha")


def check_password(name: str, password: str) -> None:
    """Refuse a password that a stranger would guess.

    Raises Refused (field password): password_too_short (figures minimum), password_too_long (figures maximum),
    password_trivial for a row of the keyboard, a common word with figures, few different signs, or the name itself.
    """
    if len(password) < SHORTEST:
        raise Refused.because("password_too_short", "password", minimum=SHORTEST)
    if len(password) > LONGEST:
        raise Refused.because("password_too_long", "password", maximum=LONGEST)
    if _is_trivial(name, password.lower()):
        raise Refused.because("password_trivial", "password")


def _is_trivial(name: str, low: str) -> bool:
    bare = low.strip("0123456789!@#$%^&*._- ")
    rows = [row for forward in KEYBOARD for row in (forward, forward[::-1])]
    return (
        len(set(low)) < FEWEST_SIGNS
        or bare in TRIED_FIRST
        or bare == name.strip().lower()
        or any(low in row * 2 or (bare and bare in row and len(bare) > 4) for row in rows)
        or any(low == low[:size] * (len(low) // size) for size in range(1, len(low) // 2 + 1) if len(low) % size == 0)
    )
