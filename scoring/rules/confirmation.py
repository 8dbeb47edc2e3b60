"""Who must confirm totals before a release: two people, tallier and checker, for either of whom the chief can stand.

Source: domain page 3, tallier and checker (统分员 + 核分员); page 4, 汇总表 is signed by tallier, checker and chair.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scoring.rules.refusal import Refused


@dataclass(frozen=True)
class Confirmation:
    """Who confirmed, and in which role; "" for one that was recorded before roles were."""

    who: str
    role: str


def is_confirmed(given: Sequence[Confirmation]) -> bool:
    """Whether two different people in two different roles have confirmed the same figures."""
    return any(one.who != other.who and one.role != other.role for one in given for other in given)


def check_may_confirm(given: Sequence[Confirmation], one: Confirmation) -> None:
    """Refused unless the confirmation adds something.

    Raises Refused: totals_checked where nothing is missing, totals_own where the person has confirmed already,
    totals_same_role where somebody in the same role has.
    """
    if is_confirmed(given):
        raise Refused.because("totals_checked")
    if any(one.who == before.who for before in given):
        raise Refused.because("totals_own")
    if any(one.role == before.role for before in given):
        raise Refused.because("totals_same_role")
