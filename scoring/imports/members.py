"""Teams whose members stand in rows of their own, or all in one cell: one row for each team, with its speakers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from scoring.imports.kinds import SPEAKERS
from scoring.imports.row import Row
from scoring.rules.refusal import Problem

SEATS = tuple(f"speaker{place}" for place in range(1, len(SPEAKERS) + 1))
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
    rows = _filled_down(list(rows))
    for _, together in groupby(rows, key=lambda row: _team(row, counted)):
        members = list(together)
        several = counted and len({row.cells.get("number") for row in members}) > 1
        yield _one(members, without_number=several)


def _filled_down(rows: Sequence[Row]) -> list[Row]:
    """A team's name stands in its first row only: the rows below that have none are of the same team."""
    found: list[Row] = []
    for row in rows:
        found.append(_of_team_above(row, found[-1]) if found else row)
    return found


def _of_team_above(row: Row, above: Row) -> Row:
    named = row.cells.get("name") or not row.cells.get("member")
    if named or row.cells.get("number", "") not in ("", above.cells.get("number", "")):
        return row
    cells = {**row.cells, **{name: above.cells.get(name, "") for name in ("name", "number")}}
    return replace(row, cells=cells, problems=_besides(row, "name", "number"))


def _team(row: Row, counted: bool) -> tuple[str, str]:
    return row.cells.get("name", ""), "" if counted else row.cells.get("number", "")


def _besides(row: Row, *names: str) -> tuple[Problem, ...]:
    return tuple(problem for problem in row.problems if problem.field not in names)


def _one(rows: Sequence[Row], without_number: bool) -> Row:
    """The rows of a team as one, under the key of the first."""
    first = rows[0]
    counted = [row for row in rows if not row.skipped]
    named = [name for row in _in_order(counted) for name in names_in(row.cells.get("member", ""))]
    given = {seat: first.cells[seat] for seat in SEATS if first.cells.get(seat)}
    problems = [problem for row in rows for problem in (row.problems if row is first else _besides(row, "name"))]
    if len(named) > len(SEATS):
        problems.append(Problem("team_too_large", SEATS[-1], {"count": str(len(named)), "most": str(len(SEATS))}))
    cells = {name: text for name, text in first.cells.items() if name not in ("member", "place")}
    cells |= dict(zip(SEATS, named, strict=False)) | given
    letters = {**first.columns, **{seat: first.columns.get("member", "") for seat in cells if seat in SEATS}}
    if without_number:
        cells["number"] = ""
    notes = tuple(note for row in rows for note in row.notes)
    skipped = all(row.skipped for row in rows)
    return replace(first, cells=cells, columns=letters, problems=tuple(problems), notes=notes, skipped=skipped)


def _in_order(rows: Sequence[Row]) -> list[Row]:
    """The members by the seat that the list names, 一辩 first; who has none stays where the list has them."""
    return sorted(rows, key=lambda row: _seat(row.cells))


def _seat(cells: Mapping[str, str]) -> int:
    place = cells.get("place", "")
    return next((at for at, name in enumerate(SPEAKERS) if name[0] in place or str(at + 1) in place), len(SPEAKERS))
