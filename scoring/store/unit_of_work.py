"""A unit of work: what one verb writes in its transaction, and what is told of it once that is stored."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from scoring.store.ledger import Entry, SiteEntry


@dataclass(frozen=True)
class Change:
    """One stored change: the contest, its new revision and the seats whose tablets look different now.

    What is not `public`, such as a draft, changes nothing that the audience sees, and what is not `seen`, such as one
    draft more, nothing that any screen shows. `by` is the seat whose tablet sent a sheet by its socket: that is
    answered what came of it.
    """

    contest_id: int
    revision: int
    seats: frozenset[int] = frozenset()
    public: bool = True
    seen: bool = True
    by: int | None = None


@dataclass(frozen=True)
class Ended:
    """Some session does not hold any more; which one is looked up by whoever has open sockets."""


@dataclass
class UnitOfWork:
    """One verb at work: the request it answers, its entries in the log, and what is told after the commit.

    A verb that is only worked out (actions/staging.py) has its entries in `staged` instead. `rooms` and `turns` are the
    ids of those whose tablets look different after it (actions/rooms_touched.py).
    """

    request: str | None = None
    staged: list[dict[str, Any]] | None = None
    written: list[Entry | SiteEntry] = field(default_factory=list)
    changes: list[Change | Ended] = field(default_factory=list)
    rooms: set[int] = field(default_factory=set)
    turns: set[int] = field(default_factory=set)

    def request_once(self) -> str | None:
        """The request's id for the first entry: a verb that writes several is known by that."""
        request, self.request = self.request, None
        return request


_AT_WORK: ContextVar[UnitOfWork | None] = ContextVar("unit of work", default=None)


@contextmanager
def unit_of_work(request: str | None = None, staged: list[dict[str, Any]] | None = None) -> Iterator[UnitOfWork]:
    """What is written while this lasts belongs to one unit of work."""
    before = _AT_WORK.set(UnitOfWork(request, staged))
    try:
        yield at_work()
    finally:
        _AT_WORK.reset(before)


def at_work() -> UnitOfWork:
    """The unit of work that is under way. Raises LookupError outside of one: nothing is written beside a verb."""
    unit = _AT_WORK.get()
    if unit is None:
        raise LookupError("no verb is at work")
    return unit


def is_writing() -> bool:
    """Whether this is the middle of a change: what it sees is nobody else's yet, and must not be kept."""
    return _AT_WORK.get() is not None
