"""The draw (抽签): a witnessed seed puts names in an order that anybody can work out again.

Each name gets a ticket, the SHA-256 of three lines of text: the seed, what the draw is for, the name. The tickets in
ascending order are the draw. No generator of random numbers is involved, so a draw comes out the same on every
machine and in every year, and a supervisor can check any ticket with `printf` and `sha256sum` alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from scoring.rules.refusal import Refused

LONGEST_SEED = 64
ORDER, CASES, SIDES, BENCHES, LATE = "order", "cases", "sides", "benches", "late"


def seal_of(sealed: str) -> str:
    """The SHA-256 of a sealed seed, in 64 hexadecimal digits: it can be shown before the draw and says nothing."""
    return sha256(sealed.encode()).hexdigest()


def mixed(sealed: str, typed: str) -> str:
    """The seed of a draw, 64 hexadecimal digits: the SHA-256 of two lines, the sealed seed and what the witness typed.

    Whoever typed did not know the sealed seed, and its seal was shown before: so nobody can have chosen the result.
    """
    return sha256(f"{sealed}\n{typed}".encode()).hexdigest()


@dataclass(frozen=True)
class Ticket:
    """What a name drew: 64 hexadecimal digits; the lowest comes first."""

    name: str
    digits: str


def read_seed(raw: object) -> str:
    """The seed as it was drawn, without outer white space. Raises Refused seed_missing, seed_malformed (figures most).

    A seed is one line of text, since the ticket is made of lines.
    """
    if not isinstance(raw, str) or len(raw) > LONGEST_SEED:
        raise Refused.because("seed_malformed", "seed", most=LONGEST_SEED)
    seed = raw.strip()
    if not seed:
        raise Refused.because("seed_missing", "seed")
    if not seed.isprintable():
        raise Refused.because("seed_malformed", "seed", most=LONGEST_SEED)
    return seed


def tickets(seed: str, purpose: str, names: Sequence[str]) -> tuple[Ticket, ...]:
    """The tickets of all names in drawn order; the order in which they are given never matters.

    `purpose` keeps the draws of one seed apart: the order says nothing about the cases. Raises Refused as
    `read_seed` does, nothing_to_draw, drawn_twice (figures name). Source: domain page 2A, 抽签.
    """
    seed = read_seed(seed)
    if not names:
        raise Refused.because("nothing_to_draw")
    for place, name in enumerate(names):
        if name in names[:place]:
            raise Refused.because("drawn_twice", name=name)
    drawn = [Ticket(name, sha256(f"{seed}\n{purpose}\n{name}".encode()).hexdigest()) for name in names]
    return tuple(sorted(drawn, key=lambda ticket: (ticket.digits, ticket.name)))


def draw(seed: str, purpose: str, names: Sequence[str]) -> tuple[str, ...]:
    """The names in drawn order. Raises Refused as `tickets` does."""
    return tuple(ticket.name for ticket in tickets(seed, purpose, names))


def draw_order(seed: str, contestants: Sequence[str]) -> tuple[str, ...]:
    """The running order (出场顺序). Raises Refused as `tickets` does. Source: domain page 2A."""
    return draw(seed, ORDER, contestants)


def draw_benches(seed: str, clerks: Sequence[str]) -> tuple[str, ...]:
    """The clerks in the order of the benches (工位). Raises Refused as `tickets` does. Source: domain page 2C."""
    return draw(seed, BENCHES, clerks)


def draw_late(seed: str, waiting: Sequence[str], late: Sequence[str]) -> tuple[str, ...]:
    """The order of those who wait after latecomers have drawn their places in it.

    All draw lots; whoever is late stands where the lot puts them, and the others keep their order around them, so that
    each place is as likely as any other and nobody's drawn turn is drawn again. Raises Refused as `tickets` does.
    Source: domain page 2A, the draw of the order; for latecomers [D].
    """
    lots = draw(seed, LATE, [*waiting, *late])
    others = iter(waiting)
    return tuple(name if name in late else next(others) for name in lots)


def draw_late_case(seed: str, late: str, dealt: Mapping[str, str]) -> str:
    """The case for a latecomer: one of those used least so far, of these the first of the latecomer's own lots.

    `dealt` are the cases by contestant. Raises Refused as `tickets` does, cases_missing.
    """
    if not dealt:
        raise Refused.because("cases_missing")
    used = Counter(dealt.values())
    lots = draw(seed, f"{CASES} {LATE} {late}", list(used))
    return min(lots, key=lambda case: used[case])


def draw_cases(seed: str, running_order: Sequence[str], cases: Sequence[str]) -> dict[str, str]:
    """A case for each contestant, dealt along the running order.

    While there are cases left nobody gets one that is used; when all are used the whole pack is drawn afresh, so
    that every case is used equally often, give or take one. Raises Refused as `tickets` does, and cases_missing.
    Source: domain page 2A, the draw of order and case; [D] for fewer cases than contestants.
    """
    if not cases:
        raise Refused.because("cases_missing")
    tickets(seed, ORDER, running_order)
    packs = -(-len(running_order) // len(cases))
    dealt = [case for pack in range(packs) for case in draw(seed, _pack(pack), cases)]
    return dict(zip(running_order, dealt, strict=False))


def case_tickets(seed: str, running_order: Sequence[str], dealt: Mapping[str, str]) -> dict[str, Ticket]:
    """The tickets by which `draw_cases` dealt these cases, by contestant. Raises Refused as `tickets` does."""
    cases = len(set(dealt.values()))
    found = {}
    for place, name in enumerate(running_order):
        if name in dealt:
            (found[name],) = tickets(seed, _pack(place // cases), [dealt[name]])
    return found


def _pack(number: int) -> str:
    return f"{CASES} {number + 1}"
