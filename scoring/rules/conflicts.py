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
    found = set(declared)
    for judge in judges:
        for contestant in contestants:
            grounds = _belonging(judge, contestant, offices)
            found.update(Conflict(judge.key, contestant.key, ground) for ground in grounds)
    order = [Conflict(j.key, c.key, ground) for c in contestants for j in judges for ground in RELATIONS]
    return tuple(one for one in order if one in found and one.ground in levels)


def _belonging(judge: Belonging, contestant: Belonging, offices: Offices) -> set[str]:
    mine, theirs = offices.stem(judge.office), offices.stem(contestant.office)
    together = bool(mine) and mine == theirs
    department = _plain(judge.department)
    same = bool(department) and department == _plain(contestant.department) and (together or not (mine and theirs))
    return ({OFFICE} if together else set()) | ({DEPARTMENT} if same else set())
