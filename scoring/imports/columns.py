"""What a list is made of: columns and what they may be called, and several of them in one cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from scoring.rules.folding import squeezed

#: A byte order mark inside a file and the blanks of zero width that web pages leave: nothing that anybody meant.
UNSEEN = dict.fromkeys((0xFEFF, 0x200B, 0x200C, 0x200D, 0x2060))


def plain_heading(heading: str) -> str:
    """A heading as it compares: without blanks, stars, unseen signs, what stands in brackets, or capital letters."""
    seen = squeezed(heading.translate(UNSEEN))
    return re.sub(r"\([^()]*\)|[\s*:.]", "", seen) or seen


def _fit(names: Sequence[str], heading: str) -> int:
    known = _known(tuple(names))
    return known.get(plain_heading(heading), 0)


@cache
def _known(names: tuple[str, ...]) -> dict[str, int]:
    """The names of a column as they compare, the first with the most; few, and each is asked of every cell."""
    return {plain_heading(name): place for place, name in enumerate(reversed(names), 1)}


@dataclass(frozen=True)
class Column:
    """A column: its key, its headings (the first Chinese and English ones are those of the template), its limits.

    `longest` is counted in characters; `about` explains it in the template, in Chinese and English.
    """

    key: str
    zh: str
    en: str
    longest: int
    required: bool = False
    others: tuple[str, ...] = ()
    example: str = ""
    about: tuple[str, str] = ("", "")

    def fit(self, heading: str) -> int:
        """How well a heading of a sheet means this column: 0 for not at all, the more the earlier the name."""
        return _fit((self.zh, self.en, *self.others), heading)


@dataclass(frozen=True)
class Together:
    """Several columns that lists write into one cell, and what such a column may be called.

    `made` is a pattern of the headings that clerks put together of the parts' names; `others` are the rest.
    """

    key: str
    zh: str
    en: str
    parts: tuple[str, ...]
    made: re.Pattern[str]
    others: tuple[str, ...] = ()

    def fit(self, heading: str) -> int:
        """As `Column.fit`; a heading that is put together means no other column, so that any fit will do."""
        plain = plain_heading(heading)
        made = len(plain) <= LONGEST_HEADING and self.made.fullmatch(plain)
        return _known((self.zh, self.en, *self.others)).get(plain, int(bool(made)))


#: What the names of parts are made of and put together with: 所在部门、职务, 现任职务及部门.
_OFFICES = "(?:(?:现|现任|现在)?(?:所在|工作|任职|所属|选送|推荐|报送|派出|参赛)?(?:单位|院)(?:名称|全称)?)"
_DEPARTMENTS = "(?:(?:现|现任|现在)?(?:所在|工作|任职|所属)?(?:部门|处室|科室|庭室|部室|内设机构|业务部门)(?:名称)?)"
_POST = "(?:职务|岗位|职级|职称|职位)"
_POSTS = f"(?:(?:现任|现|担任|行政|法律|所任)?{_POST}(?:(?:[/、]|及|和)?{_POST})?)"
_AND = "(?:[,&+/、-]|以及|及|和|与|暨)?"
#: 部门及职务: the department is what recusal needs. 单位及部门: both are.
TOGETHER = (
    Together(
        "department_post",
        "部门及职务",
        "Department and post",
        ("department", "title"),
        re.compile(f"{_DEPARTMENTS}{_AND}{_POSTS}|{_POSTS}{_AND}{_DEPARTMENTS}"),
        ("职务", "职务职称", "职务/职称", "职务、职称", "职务职级", "岗位"),
    ),
    Together(
        "office_department",
        "单位及部门",
        "Office and department",
        ("office", "department"),
        re.compile(f"{_OFFICES}{_AND}{_DEPARTMENTS}"),
    ),
    Together(
        "office_post",
        "单位及职务",
        "Office and post",
        ("office", "title"),
        re.compile(f"{_OFFICES}{_AND}{_POSTS}"),
    ),
    Together(
        "office_department_post",
        "单位、部门及职务",
        "Office, department and post",
        ("office", "department", "title"),
        re.compile(f"{_OFFICES}{_AND}{_DEPARTMENTS}{_AND}{_POSTS}"),
    ),
)
#: A cell with more is no heading that is put together of parts.
LONGEST_HEADING = 40


@dataclass(frozen=True)
class Kind:
    """A kind of list with its columns in the template's order."""

    key: str
    zh: str
    en: str
    columns: tuple[Column, ...]
    #: What a list may have instead, to be put into the columns: the members of a team in rows of their own.
    parts: tuple[Column, ...] = ()

    @property
    def meanings(self) -> tuple[Column | Together, ...]:
        """All that a column of a sheet can mean: one of the columns, or several of them in one cell."""
        keys = {column.key for column in self.columns}
        return (*self.columns, *self.parts, *(one for one in TOGETHER if one.parts[0] in keys))

    @property
    def required(self) -> tuple[Column, ...]:
        """The columns that a sheet must have."""
        return tuple(column for column in self.columns if column.required)
