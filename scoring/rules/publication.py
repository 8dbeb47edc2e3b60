"""When a score may be made public: at once, one behind, or at the end."""

from __future__ import annotations

from scoring.rules.refusal import Refused

AT_ONCE, ONE_BEHIND, AT_END = "at_once", "one_behind", "at_end"
PUBLICATIONS = (AT_ONCE, ONE_BEHIND, AT_END)
FIRST_TOGETHER = 3


def publishable(publication: str, performed: int, turns: int) -> int:
    """How many turns, in running order, may be public once `performed` of all `turns` have been performed.

    Who does not perform is none of the `turns`: nobody waits for them, and the first three are those who perform.
    One behind: the first three together, from no. 4 on each when the next has performed, the last when it has
    itself. Raises Refused unknown_publication. Source: domain page 2A, publication.
    """
    if publication not in PUBLICATIONS:
        raise Refused.because("unknown_publication", publication=publication)
    if publication == AT_ONCE or performed >= turns:
        return performed
    if publication == AT_END or performed < FIRST_TOGETHER:
        return 0
    return max(FIRST_TOGETHER, performed - 1)
