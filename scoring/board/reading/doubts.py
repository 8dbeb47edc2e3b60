"""Which contests' records did not agree when the server started; nothing of them is shown as a result."""

from __future__ import annotations

from collections.abc import Mapping
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from scoring.extensions import db
from scoring.rules.refusal import Problem, Refused

Doubts = Mapping[int, list[Problem]]
_found: WeakKeyDictionary[Engine, Doubts] = WeakKeyDictionary()


def keep_doubts(found: Doubts) -> None:
    """Keep what the examination of the start has found, by contest."""
    _found[db.engine] = found


def doubts() -> Doubts:
    """What was found at the start, by contest, 0 for the installation itself; {} where all agrees."""
    return _found.get(db.engine, {})


def check_trusted(contest_id: int) -> None:
    """Refused(contest_in_doubt) where the record of the contest did not agree when the server started."""
    if contest_id in doubts():
        raise Refused.because("contest_in_doubt")
