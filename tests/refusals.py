"""What is refused: for which reason, and with nothing left on record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import func, select

from scoring.actions.transaction import perform
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Entry
from tests.conftest import DESK


def entries() -> int:
    """How many changes are on record."""
    db.session.rollback()
    return int(db.session.scalar(select(func.count(Entry.id))) or 0)


@contextmanager
def refused(code: str) -> Iterator[pytest.ExceptionInfo[Refused]]:
    """What is tried meanwhile is refused for this reason, and nothing comes on record."""
    before = entries()
    with pytest.raises(Refused, match=code) as caught:
        yield caught
    assert entries() == before


def refusal_of(attempt: Callable[..., Any], *given: Any, **named: Any) -> Refused:
    """Why an attempt is refused; nothing comes on record."""
    before = entries()
    with pytest.raises(Refused) as caught:
        attempt(*given, **named)
    assert entries() == before
    return caught.value


def refusal(verb: Callable[..., Any], *given: Any, **named: Any) -> Refused:
    """Why the desk is refused a change; nothing comes on record."""
    return refusal_of(perform, verb, DESK, *given, **named)
