"""Teams whose members stand in rows of their own, or all in one cell: one row for each team, with its speakers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from scoring.imports.kinds import DEPARTMENTS, SEATS, SPEAKERS
from scoring.imports.row import Row
from scoring.rules.refusal import Problem

#: What parts the names in one cell, besides blanks.
BETWEEN = re.compile(r"[、，,;；/／|]+")
CHINESE = re.compile(r"[\u3400-\u9fff·]+")
#: Family names of two signs, which some write apart from the given name.
LONG_FAMILY_NAMES = (
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 "
    "申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 "
    "宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 梁丘 左丘 东门 西门"
)


def names_in(text: str) -> list[str]:
    """The names in one cell: 张三、李四 are two, also with a blank or in two lines; 张　三 and 欧阳 静怡 are one."""
    return [name for part in BETWEEN.split(text) for name in _parted(part.split())]


def _parted(words: Sequence[str]) -> list[str]:
    """The names that words in one cell make: a single sign and a long family name belong to what follows."""
    if not all(CHINESE.fullmatch(word) for word in words):
        return [" ".join(words)]
    names: list[str] = []
    for word in words:
        if names and (len(names[-1]) == 1 or names[-1] in LONG_FAMILY_NAMES.split()):
            names[-1] += word
        else:
            names.append(word)
    if len(names) > 1 and len(names[-1]) == 1:  # 王 小 明
        names[-2:] = [names[-2] + names[-1]]
    return names


def gathered(rows: Iterable[Row], counted: bool) -> Iterator[Row]:
    """One row for each team; `counted` says that the numbers are but the running number of the lines."""
    rows = _filled_down(list(rows), counted)
    for _, together in groupby(rows, key=lambda row: _team(row, counted)):
        members = list(together)
        several = counted and len({row.cells.get("number") for row in members}) > 1
        yield _one(members, without_number=several)


def _filled_down(rows: Sequence[Row], counted: bool) -> list[Row]:
    """A team's name stands in its first row only: the rows below that have none are of the same team."""
    found: list[Row] = []
    for row in rows:
        found.append(_of_team_above(row, found[-1], counted) if found else row)
    return found


def _of_team_above(row: Row, above: Row, counted: bool) -> Row:
    named = row.cells.get("name") or not row.cells.get("member")
    number, of_above = row.cells.get("number", ""), above.cells.get("number", "")
    if named or (not counted and number not in ("", of_above)):
        return row
    cells = {**row.cells, "name": above.cells.get("name", ""), "number": number or of_above}
    return replace(row, cells=cells, problems=_besides(row, "name", "number"))


def _team(row: Row, counted: bool) -> tuple[str, str]:
    return row.cells.get("name", ""), "" if counted else row.cells.get("number", "")


def _besides(row: Row, *names: str) -> tuple[Problem, ...]:
    return tuple(problem for problem in row.problems if problem.field not in names)


def _one(rows: Sequence[Row], without_number: bool) -> Row:
    """The rows of a team as one, under the key of the first."""
    first = rows[0]
    counted = [row for row in rows if not row.skipped]
    named = [member for row in _in_order(counted) for member in _members(row)]
    given = {name: first.cells[name] for name in (*SEATS, *DEPARTMENTS) if first.cells.get(name)}
    problems = [problem for row in rows for problem in (row.problems if row is first else _besides(row, "name"))]
    problems += [one for row in counted for one in _unclear(row, names_in(row.cells.get("member", "")))]
    if len(named) > len(SEATS):
        problems.append(Problem("team_too_large", SEATS[-1], {"count": str(len(named)), "most": str(len(SEATS))}))
    cells = {name: text for name, text in first.cells.items() if name not in ("member", "place", "department")}
    cells |= dict(zip(SEATS, (name for name, _ in named), strict=False))
    cells |= dict(zip(DEPARTMENTS, (department for _, department in named), strict=False)) | given
    letters = {**first.columns, **{seat: first.columns.get("member", "") for seat in cells if seat in SEATS}}
    letters |= {one: first.columns.get("department", "") for one in cells if one in DEPARTMENTS and one not in given}
    if without_number:
        cells["number"] = ""
    notes = tuple(note for row in rows for note in row.notes)
    skipped = all(row.skipped for row in rows)
    return replace(first, cells=cells, columns=letters, problems=tuple(problems), notes=notes, skipped=skipped)


def _departments(row: Row) -> list[str]:
    """The departments in the row's cell, in order."""
    return [part for one in BETWEEN.split(row.cells.get("department", "")) if (part := one.strip())]


def _members(row: Row) -> list[tuple[str, str]]:
    """The members that a row names, each with the department: one for all, or one for each."""
    names, several = names_in(row.cells.get("member", "")), _departments(row)
    if len(names) == len(several):
        return list(zip(names, several, strict=True))
    return [(name, row.cells.get("department", "")) for name in names]


def _unclear(row: Row, names: Sequence[str]) -> list[Problem]:
    """Whether the row has another number of departments than of people, so that nobody can tell whose is which."""
    several = _departments(row)
    if len(several) < 2 or len(names) < 2 or len(several) == len(names):
        return []
    figures = {"departments": "、".join(several)[:60], "count": str(len(several)), "speakers": str(len(names))}
    return [Problem("cell_several_departments", "department", figures)]


def with_departments(row: Row) -> Row:
    """A team's row whose one cell has the departments of its speakers: each is put beside its speaker."""
    row = replace(row, cells={name: text for name, text in row.cells.items() if name != "place"})  # of a member
    seats = [seat for seat in SEATS if row.cells.get(seat)]
    several = _departments(row)
    if len(several) < 2:
        return row
    if len(several) != len(seats):
        unclear = _unclear(row, [row.cells[seat] for seat in seats])
        return replace(row, problems=(*row.problems, *unclear))
    beside = {DEPARTMENTS[SEATS.index(seat)]: one for seat, one in zip(seats, several, strict=True)}
    letters = {**row.columns, **dict.fromkeys(beside, row.columns.get("department", ""))}
    own = {name: text for name, text in row.cells.items() if name in DEPARTMENTS and text}
    return replace(row, cells={**row.cells, **beside, **own, "department": ""}, columns=letters)


def _in_order(rows: Sequence[Row]) -> list[Row]:
    """The members by the seat that the list names, 一辩 first; who has none stays where the list has them."""
    return sorted(rows, key=lambda row: _seat(row.cells))


def _seat(cells: Mapping[str, str]) -> int:
    place = cells.get("place", "")
    return next((at for at, name in enumerate(SPEAKERS) if name[0] in place or str(at + 1) in place), len(SPEAKERS))
