"""Scores without judges (笔试、机考、录入…): points that the desk enters, or makes of what was measured.

Source: domain page 1, items without judges.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from scoring.rules import rubric as rubrics
from scoring.rules.after_mean import entered
from scoring.rules.clocks import read_clocks
from scoring.rules.figures import plain
from scoring.rules.formats.base import Format, Outcome, Score, Settings, SheetFacts, Start, TurnFacts
from scoring.rules.formats.checks import Checks, check_each, read_flag, read_publication, read_ties, steps_not_offered
from scoring.rules.formats.common import completed
from scoring.rules.formats.once import PARTS, check_parts, ranked_once
from scoring.rules.listed import PERSON, ListRules, bonus_most, listed_problems, read_listed, start_of_work
from scoring.rules.measures import AT_LEAST, AT_MOST, Measures, read_measured
from scoring.rules.panel import MOST_DECIMALS, JudgeSheet, PanelRules, Standing, score_panel
from scoring.rules.publication import AT_ONCE
from scoring.rules.refusal import Problem, Refused, refuse_any, under
from scoring.rules.rubric import Criterion, Rubric, sheet_total
from scoring.rules.settings import once_settled

TIES = ("exact_value", "key_criterion", "play_off", "shared_rank")
#: One paper of 100 points, marked to half a point. [D]
PAPER = Rubric((Criterion("points", "卷面成绩", "Points of the paper", Decimal(100)),))
#: A typing test: speed in characters a minute and errors in a thousand, as the desk reads them off the machine. [D]
TYPING = Rubric(
    (
        Criterion("speed", "录入速度（字/分钟）", "Speed (characters a minute)", Decimal(60), decides_ties=True),
        Criterion("errors", "差错（个/千字）", "Errors (in a thousand)", Decimal(40)),
    )
)
_SPEED = ((160, 60), (140, 54), (120, 48), (100, 42), (80, 36), (60, 24))
_ERRORS = ((0, 40), (2, 36), (5, 30), (10, 20), (20, 10))


def defaults() -> dict[str, Any]:
    """The settings of a written test."""
    return {
        "rubric": PAPER.to_data(),
        "measures": [],
        "penalties": start_of_work(),
        "listed": ListRules().to_data(),
        "floor": True,
        "decimals": 2,
        "ties": list(TIES[:1] + TIES[2:]),
        "publication": AT_ONCE,
        "clocks": [],
    }


def _typing() -> dict[str, Any]:
    steps = [("speed", AT_LEAST, *one) for one in _SPEED] + [("errors", AT_MOST, *one) for one in _ERRORS]
    table = [
        dict(zip(("criterion", "better", "value", "points"), (k, b, str(v), str(p)), strict=True))
        for k, b, v, p in steps
    ]
    return defaults() | {"rubric": TYPING.to_data(), "measures": table, "ties": list(TIES)}


def _read_decimals(data: object) -> int:
    if type(data) is not int:
        raise Refused.because("setting_not_whole")
    if not 0 <= data <= MOST_DECIMALS:
        raise Refused.because("decimals_out_of_range", minimum=0, maximum=MOST_DECIMALS)
    return data


_CHECKS: Checks = {
    "rubric": Rubric.from_data,
    "measures": Measures.from_data,
    "penalties": read_listed,
    "listed": ListRules.from_data,
    "floor": read_flag,
    "decimals": _read_decimals,
    "ties": read_ties,
    "publication": read_publication,
    "clocks": read_clocks,
}


def check_settings(settings: Settings) -> None:
    """Raise Refused with every problem: those of each setting, of steps that fit no criterion, and of the tie steps."""
    given = completed(settings) if isinstance(settings, Mapping) else settings
    check_each(given, _CHECKS)
    problems = [*_measures(settings).problems_with(_rubric(settings)), *steps_not_offered(settings["ties"], TIES)]
    problems += listed_problems(given, settings["decimals"], (PERSON,))
    if "key_criterion" in settings["ties"] and _rubric(settings).tie_criterion is None:
        problems.append(Problem("tie_criterion_missing", "rubric"))
    refuse_any(problems)


@once_settled
def _rubric(settings: Settings) -> Rubric:
    return Rubric.from_data(settings["rubric"])


@once_settled
def _measures(settings: Settings) -> Measures:
    return Measures.from_data(settings["measures"])


def _entry(settings: Settings, criterion: Criterion, raw: object) -> Decimal:
    """What was entered for a criterion: points, or the figure that was measured. Raises Refused, field its key."""
    read = read_measured if _measures(settings).of(criterion.key) else rubrics.read_mark
    return read(criterion, "" if raw is None else raw)


def _sort_out(settings: Settings, raw: object) -> tuple[dict[str, Decimal], list[Problem]]:
    """The good entries, and the problems of the others."""
    if not isinstance(raw, Mapping):
        return {}, [Problem("sheet_malformed")]
    criteria = {one.key: one for one in _rubric(settings).criteria}
    problems = [Problem("unknown_criterion", str(key)[:40]) for key in raw if key not in criteria]
    entries: dict[str, Decimal] = {}
    for key, criterion in criteria.items():
        try:
            entries[key] = _entry(settings, criterion, raw.get(key))
        except Refused as refused:
            problems += refused.problems
    return entries, problems


def _points(settings: Settings, entries: Mapping[str, Decimal]) -> dict[str, Decimal]:
    table = _measures(settings)
    return {key: table.points(key, figure) if table.of(key) else figure for key, figure in entries.items()}


def read_sheet(settings: Settings, parts: Sequence[str], raw: object) -> dict[str, Any]:
    """The sheet {criterion key: what was entered}; a measured figure stays as it was measured."""
    check_parts(parts)
    entries, problems = _sort_out(settings, raw)
    refuse_any(problems)
    return {key: plain(figure) for key, figure in entries.items()}


def draft_problems(settings: Settings, parts: Sequence[str], raw: object) -> tuple[Problem, ...]:
    """What is wrong so far; what is empty is not."""
    return tuple(one for one in _sort_out(settings, raw)[1] if one.code != "mark_empty")


def running_total(settings: Settings, parts: Sequence[str], raw: object) -> Decimal | None:
    """The points of the good entries so far."""
    return sheet_total(_points(settings, _sort_out(settings, raw)[0]))


def score(settings: Settings, facts: TurnFacts) -> Outcome:
    """The points of the one sheet less the penalties, rounded once.

    Raises Refused as `score_panel` does, as `read_sheet` does with the seat before the field, and unknown_part.
    """
    check_parts([*facts.parts, *(one.part for one in facts.penalties)])
    sheets = [_entered(settings, sheet) for sheet in facts.sheets]
    floor = completed(settings)["floor"]
    rules = PanelRules(trim=False, minimum_valid=1, decimals=settings["decimals"], floor=floor)
    return Outcome({PARTS[0]: score_panel(sheets, entered(facts.penalties), rules, bonus_most=bonus_most(settings))})


def _entered(settings: Settings, sheet: SheetFacts) -> JudgeSheet:
    if sheet.standing != Standing.COUNTED or sheet.marks is None:
        return JudgeSheet(sheet.seat, sheet.standing)
    entries = under(sheet.seat, lambda: read_sheet(settings, PARTS, sheet.marks))
    return JudgeSheet(
        sheet.seat, sheet.standing, _points(settings, {key: Decimal(one) for key, one in entries.items()})
    )


def tie_values(settings: Settings, score: Score) -> Mapping[str, Fraction]:
    """The points of the key criterion, where one is named."""
    key = _rubric(settings).tie_criterion
    lines = [line for line in score.explanation.judges if line.marks]
    return {"key_criterion": Fraction(lines[0].marks[key.key])} if key and lines else {}


FORMAT = Format(
    key="written_test",
    zh="笔试与客观计分",
    en="Test without judges",
    subject="test",
    defaults=defaults,
    starts=(
        Start("paper", "笔试、机考", "Written or machine test", defaults),
        Start("typing", "文字录入", "Typing test", _typing),
    ),
    check_settings=check_settings,
    parts=lambda settings: PARTS,
    rubric=lambda settings, part: _rubric(settings),
    read_sheet=read_sheet,
    draft_problems=draft_problems,
    running_total=running_total,
    score=score,
    tie_values=tie_values,
    contender=ranked_once(tie_values),
    about_zh="没有评委：成绩由两人分别登记核对，或从表格导入并核对；速度、用时、差错可按表折算成分数。",
    about_en="No judges: two people enter each result, or a list is imported and checked. Speed, time and errors "
    "become points by a table.",
)
