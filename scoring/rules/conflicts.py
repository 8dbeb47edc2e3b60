"""Conflicts (回避): which judges may not mark whom, from declared relations and from where both belong."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from scoring.rules.offices import DEPARTMENT, OFFICE, Belonging, Offices, shared

KIN, MENTOR = "kin", "mentor"
#: From the closest on. Source: domain page 1, 近亲属 · 师徒 · 同部门 · 同单位.
RELATIONS = (KIN, MENTOR, DEPARTMENT, OFFICE)
#: What people declare; the others follow from the entry list.
DECLARED = (KIN, MENTOR)


@dataclass(frozen=True)
class Conflict:
    """A ground on which a judge may not mark a contestant, both by their keys."""

    judge: str
    contestant: str
    ground: str


def conflicts(
    judges: Sequence[Belonging],
    contestants: Sequence[Belonging],
    declared: Collection[Conflict],
    levels: Collection[str],
    offices: Offices,
) -> tuple[Conflict, ...]:
    """Every ground that recuses a judge for a contestant at these levels: by contestant, by judge, the closest first.

    What office and department have in common is told by `shared`.
    """
    homes = [(judge, offices.home(judge)) for judge in judges]
    grounds = {(one.judge, one.contestant, one.ground) for one in declared}
    found = []
    for contestant in contestants:
        home = offices.home(contestant)
        for judge, other in homes:
            common = shared(other, home)
            found += [
                Conflict(judge.key, contestant.key, ground)
                for ground in RELATIONS
                if ground in common or (judge.key, contestant.key, ground) in grounds
            ]
    return tuple(one for one in found if one.ground in levels)
