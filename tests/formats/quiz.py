"""A fifth format for the tests: a quiz (知识竞赛), one field, the middle total decides. See docs/adding-a-format.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from scoring.rules import rubric as rubrics
from scoring.rules.clocks import Clock, read_clocks
from scoring.rules.explanation import Explanation, JudgeLine
from scoring.rules.figures import exact_text
from scoring.rules.formats.base import Format, Outcome, Score, Settings, SheetFacts, TurnFacts
from scoring.rules.panel import Standing, round_half_up
from scoring.rules.ranking import Contender
from scoring.rules.refusal import Problem, Refused
from scoring.rules.rubric import Criterion, Rubric

PARTS = ("",)
scored = 0  # how often a turn was scored, for a test that asks
ANSWERS = Rubric((Criterion("right", "答对题数", "Right answers", Decimal(10), step=Decimal(1)),))


def defaults() -> dict[str, Any]:
    return {"rubric": ANSWERS.to_data(), "clocks": [Clock("answer", "答题", "Answers", 60).to_data()]}


def check_settings(settings: Settings) -> None:
    Rubric.from_data(settings["rubric"])
    read_clocks(settings["clocks"])


def _rubric(settings: Settings, part: str = "") -> Rubric:
    return Rubric.from_data(settings["rubric"])


def read_sheet(settings: Settings, parts: Sequence[str], raw: object) -> dict[str, Any]:
    return {key: str(mark) for key, mark in rubrics.read_marks(_rubric(settings), raw).items()}


def draft_problems(settings: Settings, parts: Sequence[str], raw: object) -> tuple[Problem, ...]:
    return rubrics.draft_problems(_rubric(settings), raw)


def running_total(settings: Settings, parts: Sequence[str], raw: object) -> Decimal | None:
    return rubrics.running_total(_rubric(settings), raw)


def score(settings: Settings, facts: TurnFacts) -> Outcome:
    """The middle of the totals; with an even number the lower of the two in the middle."""
    global scored
    scored += 1
    missing = [sheet.seat for sheet in facts.sheets if sheet.standing is Standing.MISSING]
    if missing:
        raise Refused.because("missing_sheets", seats=", ".join(missing))
    lines = [_line(sheet) for sheet in facts.sheets]
    totals = sorted(line.total for line in lines if line.total is not None)
    middle = totals[(len(totals) - 1) // 2]
    final, exact = round_half_up(Fraction(middle), 2), exact_text(Fraction(middle))
    counted = len(totals)
    explained = Explanation(
        "middle", tuple(lines), counted, counted, sum(totals, Decimal(0)), exact, final, (), Decimal(0), final, final
    )
    return Outcome({"": Score(Fraction(middle), final, explained)})


def _line(sheet: SheetFacts) -> JudgeLine:
    if sheet.marks is None:
        return JudgeLine(sheet.seat, sheet.standing.value, None, sheet.standing.value)
    marks = {key: Decimal(mark) for key, mark in sheet.marks.items()}
    return JudgeLine(sheet.seat, sheet.standing.value, marks["right"], "counted", marks)


def contender(settings: Settings, key: str, scores: Sequence[Score], recorded: Mapping[str, Fraction]) -> Contender:
    return Contender(key, scores[0].exact, scores[0].final, recorded)


FORMAT = Format(
    key="quiz",
    zh="知识竞赛",
    en="Quiz",
    subject="performance",
    defaults=defaults,
    check_settings=check_settings,
    parts=lambda settings: PARTS,
    rubric=_rubric,
    read_sheet=read_sheet,
    draft_problems=draft_problems,
    running_total=running_total,
    score=score,
    tie_values=lambda settings, score: {},
    contender=contender,
    chain=lambda settings: ("exact_value", "shared_rank"),
)
