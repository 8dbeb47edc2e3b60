"""What a list is made of: columns and what they may be called, and two of them in one cell."""

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
    plain, known = plain_heading(heading), _known(tuple(names))
    return len(known) - known.index(plain) if plain in known else 0


@cache
def _known(names: tuple[str, ...]) -> list[str]:
    """The names of a column as they compare; there are few, and each is asked of every cell."""
    return [plain_heading(name) for name in names]


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
    """Two columns that lists write into one cell, and what such a column may be called."""

    key: str
    zh: str
    en: str
    parts: tuple[str, str]
    others: tuple[str, ...]

    def fit(self, heading: str) -> int:
        """As `Column.fit`."""
        return _fit((self.zh, self.en, *self.others), heading)


#: 部门及职务: the department is what recusal needs. 单位及部门: both are.
TOGETHER = (
    Together(
        "department_post",
        "部门及职务",
        "Department and post",
        ("department", "title"),
        (
            *("部门职务", "部门/职务", "部门、职务", "部门和职务", "部门与职务", "所在部门及职务", "现任部门及职务"),
            *("部门及岗位", "部门岗位", "部门及职级", "处室及职务", "科室及职务", "内设机构及职务"),
            *("职务", "职务职称", "职务/职称", "职务、职称", "职务职级", "岗位"),
        ),
    ),
    Together(
        "office_department",
        "单位及部门",
        "Office and department",
        ("office", "department"),
        (
            "单位部门",
            "单位/部门",
            "单位、部门",
            "单位和部门",
            "工作单位及部门",
            "所在单位及部门",
            "所在单位部门",
            "单位与部门",
        ),
    ),
    Together(
        "office_post",
        "单位及职务",
        "Office and post",
        ("office", "title"),
        ("单位职务", "单位/职务", "单位、职务", "单位和职务", "工作单位及职务", "所在单位及职务", "单位与职务"),
    ),
)


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
        """All that a column of a sheet can mean: one of the columns, or two of them in one cell."""
        keys = {column.key for column in self.columns}
        return (*self.columns, *self.parts, *(one for one in TOGETHER if one.parts[0] in keys))

    @property
    def required(self) -> tuple[Column, ...]:
        """The columns that a sheet must have."""
        return tuple(column for column in self.columns if column.required)
