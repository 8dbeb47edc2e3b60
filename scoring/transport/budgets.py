"""Budgets: how much one socket, one address and one known person may send; beyond it nothing more is read from them.

Nobody is refused and nothing is thrown away: the sender's own network holds what is too much, until the budget has
grown again. Who sends as a page of ours does never comes near.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

#: What may make a snapshot: every event that is not named as cheap, or whose name is not written as pages write it:
#: with blanks before it, or with signs in other words.
DEAR = 4.0
OTHER = 1.0
#: What the packets begin with that let somebody in, or are an event, without and with binary parts.
_CONNECT, _EVENTS = "40", ("42", "45")
#: Bytes that cost as much as a cheap message.
BYTES = 4096
_HEAD = 64


@dataclass(frozen=True)
class Allowance:
    """What comes back in each second, how much may be saved up, and for how many seconds a debt lasts at most."""

    per_second: float
    most: float
    longest_debt: float


#: Of a socket that has shown no seat and no account, of one that has, of all strangers at an address, of all sockets
#: of a person that is known. An address may be a whole hall behind one router: 500 phones that come at once cost 2500,
#: and one of them that floods does not make the others wait for more than two seconds.
STRANGER = Allowance(10, 60, 30.0)
KNOWN = Allowance(400, 2000, 10.0)
ADDRESS = Allowance(400, 4000, 2.0)
PERSON = Allowance(800, 4000, 10.0)
#: Addresses and persons that are remembered.
REMEMBERED = 4096


@dataclass(slots=True)
class Budget:
    """What is left of an allowance."""

    allowance: Allowance
    clock: Callable[[], float] = time.monotonic
    left: float = field(init=False)
    _at: float = field(init=False)

    def __post_init__(self) -> None:
        self.left, self._at = self.allowance.most, self.clock()

    def charge(self, price: float) -> float:
        """Take the price; answers in how many seconds the budget is out of debt, 0 where it has none."""
        now, allowance = self.clock(), self.allowance
        grown = min(self.left + (now - self._at) * allowance.per_second, allowance.most)
        self.left, self._at = grown - price, now
        if self.left >= 0.0:  # as a rule, and there is a charge twice for each message
            return 0.0
        self.left = max(self.left, -allowance.longest_debt * allowance.per_second)
        return -self.left / allowance.per_second

    def is_spent(self) -> bool:
        """Whether the debt is nearly as long as it gets: no page of ours sends so much."""
        return self.charge(0.0) >= 0.9 * self.allowance.longest_debt


class Shared:
    """The budgets that several sockets share, by address or person; the ones used last are remembered."""

    def __init__(self, allowance: Allowance) -> None:
        self._allowance = allowance
        self._budgets: OrderedDict[str, Budget] = OrderedDict()

    def of(self, whose: str) -> Budget:
        """The budget of this address or person; it outlives the sockets, or hanging up would renew it."""
        found = self._budgets.setdefault(whose, Budget(self._allowance))
        self._budgets.move_to_end(whose)
        if len(self._budgets) > REMEMBERED:
            self._budgets.popitem(last=False)
        return found


def price(message: str | bytes, cheap_events: frozenset[str]) -> float:
    """What handling a message costs, by its kind and its size; it is given as on a wire, with Engine.IO's kind."""
    size = len(message) / BYTES
    if not isinstance(message, str):
        return OTHER + size
    if message.startswith(_CONNECT):
        return DEAR + size
    if not message.startswith(_EVENTS):
        return OTHER + size
    name = message[:_HEAD].partition('["')[2].partition('"')[0]
    return (OTHER if name in cheap_events else DEAR) + size
