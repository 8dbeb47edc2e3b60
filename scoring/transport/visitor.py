"""A visitor: whose socket it is for its turn and its budgets, a stranger until it has shown a seat or an account."""

from __future__ import annotations

from collections import Counter

from scoring.transport import budgets
from scoring.transport.budgets import Budget, Shared
from scoring.transport.fair_queue import FairQueue, Work

#: Where a request says who sent it, when that was found out already (see http_server.py).
KNOWN_AS = "saiping.known_as"
#: Sockets of strangers at one address, and in all.
OF_ADDRESS, IN_ALL = 6000, 20_000


class Crowded(Exception):
    """Too many sockets of strangers are open already."""


class Visitors:
    """The sockets that are open, and what those of one address or one person share."""

    def __init__(self, queue: FairQueue, cheap_events: frozenset[str] = frozenset()) -> None:
        """`queue`: where strangers wait for their turn; `cheap_events`: what costs little to send."""
        self.queue, self.cheap_events = queue, cheap_events
        self.addresses, self.persons = Shared(budgets.ADDRESS), Shared(budgets.PERSON)
        self._strangers: Counter[str] = Counter()

    def admit(self, address: str, known_as: str) -> Visitor:
        """A new socket; `known_as`: the seat or account it has shown, empty for a stranger. Raises Crowded."""
        if not known_as and (self._strangers[address] >= OF_ADDRESS or self._strangers.total() >= IN_ALL):
            raise Crowded
        visitor = Visitor(self, address)
        self._strangers[address] += 1
        if known_as:
            visitor.trust(known_as)
        return visitor

    def no_stranger(self, address: str) -> None:
        """One stranger less at this address."""
        self._strangers[address] -= 1
        if not self._strangers[address]:
            del self._strangers[address]


class Visitor:
    """One socket's place in the strangers' queue and its budgets."""

    __slots__ = ("_all", "_counted", "_own", "_shared", "address", "known_as")

    def __init__(self, visitors: Visitors, address: str) -> None:
        self._all, self.address, self.known_as, self._counted = visitors, address, "", True
        self._own, self._shared = Budget(budgets.STRANGER), visitors.addresses.of(address)

    def trust(self, known_as: str) -> None:
        """It has shown a seat or an account: it goes first, and shares a budget with its other sockets alone."""
        self.leave()
        self.known_as = known_as
        self._own, self._shared = Budget(budgets.KNOWN), self._all.persons.of(known_as)

    def leave(self) -> None:
        """It is no stranger's socket any more, for it is closed or known; again changes nothing."""
        if self._counted:
            self._all.no_stranger(self.address)
        self._counted = False

    def charge(self, message: str | bytes) -> float:
        """Take what the message costs; answers in how many seconds the next one may be read."""
        cost = budgets.price(message, self._all.cheap_events)
        own, shared = self._own.charge(cost), self._shared.charge(cost)
        return own if own > shared else shared

    def debt(self) -> float:
        """In how many seconds the next message may be read."""
        return max(self._own.charge(0.0), self._shared.charge(0.0))

    def is_flooding(self) -> bool:
        """Whether a stranger sends what no page of ours would."""
        return not self.known_as and self._own.is_spent()

    def enqueue(self, work: Work) -> None:
        """Have a stranger's work done when it is its turn. Raises QueueFull."""
        self._all.queue.add(self.address, work)
