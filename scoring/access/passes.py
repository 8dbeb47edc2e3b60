"""The pass with which a hall screen shows a contest that strangers know nothing of yet; the desk has its address."""

from __future__ import annotations

import hashlib
import hmac

from flask import current_app

from scoring.access.accounts import account

LENGTH = 32


def pass_of(slug: str) -> str:
    """The pass of the contest with this name in its address: 32 hexadecimal digits that nobody guesses."""
    key = str(current_app.config["PASSES_KEY"]).encode()
    return hmac.new(key, slug.encode(), hashlib.sha256).hexdigest()[:LENGTH]


def is_pass(slug: str, shown: object) -> bool:
    """Whether somebody has shown the contest's pass."""
    return isinstance(shown, str) and hmac.compare_digest(shown.encode(), pass_of(slug).encode())


def may_watch(contest_id: int, slug: str, shown: object) -> bool:
    """Whether whoever asks may watch a contest that is hidden: with its pass, or signed in and let into it."""
    known = account()
    return is_pass(slug, shown) or (known is not None and known.is_admitted(contest_id))
