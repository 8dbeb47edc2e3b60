"""Which sheets of a workbook are read as the list, and why each of the others is not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scoring.imports.columns import Kind
from scoring.imports.grid import Grid

#: What the sheets of a workbook are called by what they list. A workbook often has the judges and the leaders, too.
_ENTRANTS, _JUDGES = re.compile("选手|参赛|代表队|队员|辩手|contestant|team"), re.compile("评委|评审|评阅|检查员|judge")
_CALLED = {
    "contestants": _ENTRANTS,
    "teams": _ENTRANTS,
    "judges": _JUDGES,
    "offices": re.compile("单位|院|office"),
    "relations": re.compile("回避|relation"),
    "points": re.compile("成绩|得分|分数|选手|考生|参赛|result|score|points|contestant"),
}
_OTHERS = re.compile("领队|联络|联系|工作人员|嘉宾|观摩|主持|计时|统分|日程")
#: Why a sheet is not read.
IS_HIDDEN, IS_OTHER, NO_COLUMNS, PUT_OUT = "sheet_hidden", "sheet_of_others", "sheet_without_columns", "sheet_put_out"


@dataclass(frozen=True)
class SheetOf:
    """A sheet that holds something: its place in the workbook as a key, its name, and why it is not read ("")."""

    key: str
    name: str
    code: str = ""


@dataclass(frozen=True)
class Headed:
    """A sheet with whether it has a line of headings, and whether one is known that says more than a number."""

    at: int
    grid: Grid
    headed: bool
    known: bool


def sheets_chosen(kind: Kind, sheets: Sequence[Headed], chosen: Mapping[str, bool]) -> tuple[SheetOf, ...]:
    """The sheets in order, at least one of them read: as somebody chose, else as they look."""
    known = any(sheet.known and not sheet.grid.hidden for sheet in sheets)
    looks = {sheet.at: _looks(sheet, known) for sheet in sheets}
    others = {sheet.at for sheet in sheets if _of_others(kind, sheet.grid.name)}
    if any(not code and at not in others for at, code in looks.items()):
        looks = {at: code or (IS_OTHER if at in others else "") for at, code in looks.items()}
    found = {sheet.at: _as_chosen(chosen.get(str(sheet.at)), looks[sheet.at]) for sheet in sheets}
    if all(found.values()):
        first = next((sheet.at for sheet in sheets if not sheet.grid.hidden), None)
        found = {at: "" if at == first else code for at, code in found.items()}
    return tuple(SheetOf(str(sheet.at), sheet.grid.name, found[sheet.at]) for sheet in sheets)


def _looks(sheet: Headed, known: bool) -> str:
    """Why the sheet is not read by itself; `known` says that some sheet has headings that are known."""
    if sheet.grid.hidden:
        return IS_HIDDEN
    return "" if sheet.headed and (sheet.known or not known) else NO_COLUMNS


def _as_chosen(chosen: bool | None, looks: str) -> str:
    return looks if chosen is None else "" if chosen else looks or PUT_OUT


def _of_others(kind: Kind, name: str) -> bool:
    """Whether the sheet's name says that it is another list than one of this kind."""
    own, plain = _CALLED[kind.key], name.lower()
    others = [_OTHERS, *(one for one in _CALLED.values() if one is not own)]
    return not own.search(plain) and any(one.search(plain) for one in others)
