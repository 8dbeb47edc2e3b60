"""Conflicts (回避): which judges may not mark whom, from declared relations and from where both belong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

KIN, MENTOR, DEPARTMENT, OFFICE = "kin", "mentor", "department", "office"
#: From the closest on. Source: domain page 1, 近亲属 · 师徒 · 同部门 · 同单位.
RELATIONS = (KIN, MENTOR, DEPARTMENT, OFFICE)
#: What people declare; the others follow from the entry list.
DECLARED = (KIN, MENTOR)
# 江北区院, 江北区检察院 and 江北区人民检察院 are one office.
ENDING = re.compile("(人民)?检察院$|院$")


@dataclass(frozen=True)
class Belonging:
    """Somebody with the office and department they belong to, "" where nobody recorded them."""

    key: str
    office: str = ""
    department: str = ""


@dataclass(frozen=True)
class Conflict:
    """A ground on which a judge may not mark a contestant, both by their keys."""

    judge: str
    contestant: str
    ground: str


@dataclass(frozen=True)
class Offices:
    """The offices of a contest: full names by short names, so that both stand for the same."""

    full: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, names: Iterable[tuple[str, str]]) -> Offices:
        """From (full name, short name) pairs."""
        return cls({_plain(short): stem(full) for full, short in names if short})

    def stem(self, name: str) -> str:
        """What all ways of writing the office have in common; "" for none."""
        return self.full.get(_plain(name)) or stem(name)


def stem(name: str) -> str:
    """The name of an office without what every office's name ends with, nor blanks, nor full-width signs."""
    plain = _plain(name)
    return ENDING.sub("", plain) or plain


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())


def conflicts(
    judges: Sequence[Belonging],
    contestants: Sequence[Belonging],
    declared: Collection[Conflict],
    levels: Collection[str],
    offices: Offices,
) -> tuple[Conflict, ...]:
    """Every ground that recuses a judge for a contestant at these levels: by contestant, by judge, the closest first.

    Departments count as the same in one office only, or where one of the offices is not recorded: each office has a
    first department. What is not recorded relates nobody to anybody. Source: domain page 1, recusal.
    """
    homes = [(judge, _home(judge, offices)) for judge in judges]
    grounds = {(one.judge, one.contestant, one.ground) for one in declared}
    found = []
    for contestant in contestants:
        home = _home(contestant, offices)
        for judge, other in homes:
            shared = _shared(other, home)
            found += [
                Conflict(judge.key, contestant.key, ground)
                for ground in RELATIONS
                if ground in shared or (judge.key, contestant.key, ground) in grounds
            ]
    return tuple(one for one in found if one.ground in levels)


def _home(one: Belonging, offices: Offices) -> tuple[str, str]:
    return offices.stem(one.office) if one.office else "", _plain(one.department)


def _shared(judge: tuple[str, str], contestant: tuple[str, str]) -> tuple[str, ...]:
    (mine, my_department), (theirs, their_department) = judge, contestant
    together = bool(mine) and mine == theirs
    same = bool(my_department) and my_department == their_department and (together or not (mine and theirs))
    return ((DEPARTMENT,) if same else ()) + ((OFFICE,) if together else ())
