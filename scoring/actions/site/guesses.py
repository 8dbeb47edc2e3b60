"""Keeps what is counted of wrong guesses, so that neither a lock nor a budget ends with the process."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta

from sqlalchemy import delete

from scoring.extensions import db
from scoring.store import GuessCount
from scoring.store.steady import steady

Counts = Mapping[str, tuple[int, float]]


def keep_guesses(counts: Counts) -> None:
    """Keep these counts, each with the seconds after which it begins again; those that are over are forgotten."""
    moment = steady()
    db.session.execute(delete(GuessCount).where(GuessCount.until <= moment))
    for key, (count, seconds) in counts.items():
        db.session.merge(GuessCount(key=key, count=count, until=moment + timedelta(seconds=seconds)))


def forget_guesses(keys: Collection[str]) -> None:
    """These counts begin again."""
    db.session.execute(delete(GuessCount).where(GuessCount.key.in_(keys)))


def kept_guesses() -> dict[str, tuple[int, float]]:
    """What was kept and is not over, with the seconds that are left of each."""
    moment = steady()
    kept = db.session.query(GuessCount).where(GuessCount.until > moment)
    return {one.key: (one.count, (one.until - moment).total_seconds()) for one in kept}
