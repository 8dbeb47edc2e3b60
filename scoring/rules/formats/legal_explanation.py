"""Legal explanation (释法说理): one contestant at a time before a panel. Source: domain page 2A."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

from scoring.rules import rubric as rubrics
from scoring.rules.after_mean import entered
from scoring.rules.clocks import Clock, read_clocks
from scoring.rules.explanation import JudgeLine
from scoring.rules.explanation_groups import mean_in
from scoring.rules.figures import plain
from scoring.rules.formats.base import (
    Format,
    Outcome,
    Score,
    Settings,
    SheetFacts,
    Start,
    TurnFacts,
)
from scoring.rules.formats.checks import (
    Checks,
    check_each,
    overtime_too_fine,
    read_publication,
    read_ties,
    steps_not_offered,
)
from scoring.rules.formats.once import PARTS, check_parts, ranked_once
from scoring.rules.listed import (
    PERSON,
    ListRules,
    bonus_most,
    listed_problems,
    read_listed,
    start_of_performance,
    with_list,
)
from scoring.rules.panel import JudgeSheet, PanelRules, Standing, score_panel
from scoring.rules.penalties import OvertimeRule
from scoring.rules.publication import AT_ONCE
from scoring.rules.refusal import Problem, refuse_any, under
from scoring.rules.rubric import Criterion, Rubric
from scoring.rules.settings import once_settled
from scoring.rules.terms import of_one_sheet

RUBRIC = Rubric(
    (
        Criterion(
            "facts",
            "事实归纳与争议焦点",
            "Facts and issues",
            Decimal(15),
            hint_zh="案件事实归纳准确、简明，抓住当事人真正的疑问和争议焦点。",
            hint_en="States the facts exactly and briefly; finds what the party really disputes.",
        ),
        Criterion(
            "law",
            "法律适用准确",
            "Accuracy of law",
            Decimal(25),
            decides_ties=True,
            hint_zh="引用法律、司法解释准确有效，构成要件与结论对应，程序告知无误。",
            hint_en="Cites law in force correctly, fits elements to conclusion, explains procedure rightly.",
        ),
        Criterion(
            "reasoning",
            "说理透彻、法理情融合",
            "Reasoning: law, reason and empathy",
            Decimal(25),
            hint_zh="论证层次清楚，法理讲透，情理讲通，能让当事人信服。",
            hint_en="Argues in clear steps and joins law, reason and empathy so that the party is convinced.",
        ),
        Criterion(
            "plain_language",
            "群众语言与沟通",
            "Plain language",
            Decimal(15),
            hint_zh="用群众听得懂的话解释法律术语，善于倾听，语气平和。",
            hint_en="Puts legal terms into everyday words, listens, keeps a calm tone.",
        ),
        Criterion(
            "response",
            "现场应答应变",
            "Response to questions",
            Decimal(10),
            hint_zh="回答追问切题、完整，遇到突发情况应对得当。",
            hint_en="Answers questions to the point and fully, copes well with the unexpected.",
        ),
        Criterion(
            "bearing",
            "仪表形象与节奏",
            "Bearing and pace",
            Decimal(10),
            hint_zh="着装规范，举止端庄，语速和时间掌握得当。",
            hint_en="Correct dress, dignified manner, good pace and use of the time.",
        ),
    )
)

CLOCKS = (
    Clock("prepare", "备题", "Preparation", 15 * 60),
    Clock("speak", "陈述", "Statement", 6 * 60),
    Clock("questions", "追问", "Questions", 3 * 60),
    Clock("marking", "评分", "Marking", 90),
)

TIES = ("exact_value", "key_criterion", "untrimmed_mean", "play_off", "shared_rank")


def defaults() -> dict[str, Any]:
    """The settings a new event starts from."""
    return {
        "rubric": RUBRIC.to_data(),
        "panel": PanelRules(floor=True).to_data(),
        "overtime": OvertimeRule().to_data(),
        "penalties": start_of_performance(),
        "listed": ListRules().to_data(),
        "ties": list(TIES),
        "publication": AT_ONCE,
        "clocks": [clock.to_data() for clock in CLOCKS],
    }


#: 业务答辩: 10 or 15 minutes to speak, 20 in all with the questions [S]; how the 20 are parted is ours [D].
DEFENCE_IN_ALL = 20 * 60


def defence(statement: int) -> dict[str, Any]:
    """The settings that a 业务答辩 starts from: so many minutes to speak, the rest of 20 for the questions.

    Source: domain page 2A, course.
    """
    spoken = {"speak": statement * 60, "questions": DEFENCE_IN_ALL - statement * 60}
    clocks = [replace(clock, seconds=spoken.get(clock.key, clock.seconds)) for clock in CLOCKS]
    return defaults() | {"clocks": [clock.to_data() for clock in clocks]}


_CHECKS: Checks = {
    "rubric": Rubric.from_data,
    "panel": PanelRules.from_data,
    "overtime": OvertimeRule.from_data,
    "penalties": read_listed,
    "listed": ListRules.from_data,
    "ties": read_ties,
    "publication": read_publication,
    "clocks": read_clocks,
}


def check_settings(settings: Settings) -> None:
    """Raise Refused with every problem, fields such as "rubric.0.maximum".

    Besides those of each setting: settings_malformed, setting_missing, unknown_setting; tie_step_not_offered;
    tie_criterion_missing where the chain asks for a key criterion and the rubric names none; penalty_too_fine
    where overtime would cost more places than a score shows.
    """
    given = with_list(settings) if isinstance(settings, Mapping) else settings
    check_each(given, _CHECKS)
    too_fine = [*overtime_too_fine(given), *listed_problems(given, _panel(settings).decimals, (PERSON,))]
    refuse_any([*too_fine, *_problems_of_ties(settings)])


def _problems_of_ties(settings: Settings) -> list[Problem]:
    problems = steps_not_offered(settings["ties"], TIES)
    if "key_criterion" in settings["ties"] and _rubric(settings).tie_criterion is None:
        problems.append(Problem("tie_criterion_missing", "rubric"))
    return problems


@once_settled
def _rubric(settings: Settings) -> Rubric:
    return Rubric.from_data(settings["rubric"])


@once_settled
def _panel(settings: Settings) -> PanelRules:
    return PanelRules.from_data(settings["panel"])


def read_sheet(settings: Settings, parts: Sequence[str], raw: object) -> dict[str, Any]:
    """The sheet {criterion key: mark} with marks as strings. Raises Refused as `read_marks` does."""
    check_parts(parts)
    return {key: plain(mark) for key, mark in rubrics.read_marks(_rubric(settings), raw).items()}


def draft_problems(settings: Settings, parts: Sequence[str], raw: object) -> tuple[Problem, ...]:
    """What is wrong with the marks typed so far; field is the criterion's key."""
    return rubrics.draft_problems(_rubric(settings), raw)


def running_total(settings: Settings, parts: Sequence[str], raw: object) -> Decimal | None:
    """The sum of the good marks so far, in points."""
    return rubrics.running_total(_rubric(settings), raw)


def score(settings: Settings, facts: TurnFacts) -> Outcome:
    """The performance's score by the panel's rules.

    Raises Refused as `score_panel` does, as `read_marks` does with the seat before the field, and
    unknown_part.
    """
    check_parts([*facts.parts, *(p.part for p in facts.penalties)])
    rubric = _rubric(settings)
    key_criterion = rubric.tie_criterion.key if rubric.tie_criterion else ""
    sheets = [_judge_sheet(rubric, sheet) for sheet in facts.sheets]
    most = bonus_most(settings)
    panel = score_panel(sheets, entered(facts.penalties), _panel(settings), key_criterion, bonus_most=most)
    return Outcome({PARTS[0]: panel})


def _judge_sheet(rubric: Rubric, sheet: SheetFacts) -> JudgeSheet:
    if sheet.standing != Standing.COUNTED or sheet.marks is None:
        return JudgeSheet(sheet.seat, sheet.standing)
    marks = under(sheet.seat, lambda: rubrics.read_marks(rubric, sheet.marks))
    return JudgeSheet(sheet.seat, sheet.standing, marks)


def tie_values(settings: Settings, score: Score) -> Mapping[str, Fraction]:
    """The mean of the key criterion over the counted judges, and the mean of all valid totals.

    Both before penalties, and of judges in groups by the groups' shares. There is no key_criterion where the rubric
    names none. Source: domain page 1, ties.
    """
    judges, groups = score.explanation.judges, score.explanation.groups
    values = {"untrimmed_mean": mean_in(groups, {one.seat: one.total for one in judges if one.total is not None})}
    key = _rubric(settings).tie_criterion
    if key:
        values["key_criterion"] = mean_in(groups, _marks_of(key.key, judges))
    return values


def _marks_of(criterion: str, judges: Sequence[JudgeLine]) -> dict[str, Decimal]:
    """The marks of this criterion that count, by seat."""
    return {line.seat: line.marks[criterion] for line in judges if line.counts(criterion)}


FORMAT = Format(
    key="legal_explanation",
    zh="释法说理",
    en="Legal explanation",
    subject="performance",
    defaults=defaults,
    check_settings=check_settings,
    parts=lambda settings: PARTS,
    rubric=lambda settings, part: _rubric(settings),
    read_sheet=read_sheet,
    draft_problems=draft_problems,
    running_total=running_total,
    score=score,
    tie_values=tie_values,
    contender=ranked_once(tie_values),
    points=lambda settings, scores: of_one_sheet([*scores.values()][-1]),
    timed="speak",
    prepares="prepare",
    calibrates=True,
    grouped=True,
    about_zh="选手逐一上场，备题、陈述、答问；评委当场打分，去掉最高分和最低分后取平均。",
    about_en="Contestants appear one by one, prepare, speak and answer; the panel marks, the extremes are dropped.",
    starts=(
        Start("", "释法说理", "Legal explanation", defaults),
        Start("defence_15", "业务答辩（陈述 15 分钟）", "Defence of one's work, 15 minutes", partial(defence, 15)),
        Start("defence_10", "业务答辩（陈述 10 分钟）", "Defence of one's work, 10 minutes", partial(defence, 10)),
    ),
)
