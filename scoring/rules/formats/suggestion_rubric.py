"""The rubric of a suggestion review, and how it shifts where documents are written on the day. Source: domain 2D."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from scoring.rules.declared import Setting
from scoring.rules.figures import sum_of
from scoring.rules.refusal import Problem, Refused, refuse_any
from scoring.rules.rubric import Criterion, Rubric

ON_THE_DAY, SENT_IN = "on_the_day", "sent_in"
MODES = (ON_THE_DAY, SENT_IN)

RUBRIC = Rubric(
    (
        Criterion(
            "choice",
            "选题与监督必要性",
            "Choice of issue and necessity",
            Decimal(10),
            hint_zh="问题具有代表性，属于检察监督职责范围，确有制发必要。",
            hint_en="The issue matters, lies within the procuratorate's duty, and calls for a suggestion.",
        ),
        Criterion(
            "facts",
            "事实认定与调查核实",
            "Facts and verification",
            Decimal(20),
            hint_zh="线索来源清楚，事实准确，证据充分，调查核实到位。",
            hint_en="States its source; facts are exact, evidenced and verified.",
        ),
        Criterion(
            "analysis",
            "问题剖析与法律依据",
            "Analysis and legal basis",
            Decimal(20),
            hint_zh="指出违法情形或者隐患，剖析深层原因，引用现行法律准确。",
            hint_en="Names the breach or hidden danger, goes to its cause, cites law in force correctly.",
        ),
        Criterion(
            "reasoning",
            "说理论证",
            "Reasoning",
            Decimal(15),
            hint_zh="论证充分，逻辑严密，能使被建议单位信服。",
            hint_en="Argues fully and closely, so that the addressee is convinced.",
        ),
        Criterion(
            "operability",
            "建议针对性与可操作性",
            "Specific and operable advice",
            Decimal(20),
            decides_ties=True,
            hint_zh="建议对应所指问题，具体可行，便于落实和检验。",
            hint_en="The advice answers the problem found, can be carried out, and can be checked.",
        ),
        Criterion(
            "form",
            "格式要素与文字",
            "Form and language",
            Decimal(10),
            hint_zh="要素齐全，写明异议期和书面回复期，文字规范简洁。",
            hint_en="All elements are there, with the time to object and to reply in writing; clear, correct language.",
        ),
        Criterion(
            "uptake",
            "采纳落实成效",
            "Uptake",
            Decimal(5),
            hint_zh="被建议单位采纳并整改落实，效果明显。",
            hint_en="The addressee took the advice up and put things right.",
        ),
    )
)


#: Of issued documents the uptake counts 15, which come from form and choice, five each. Source: domain page 2D, rubric.
OF_ISSUED = {"choice": Decimal(5), "form": Decimal(5), "uptake": Decimal(15)}
RUBRIC_OF_ISSUED = Rubric(tuple(replace(c, maximum=OF_ISSUED.get(c.key, c.maximum)) for c in RUBRIC.criteria))


@dataclass(frozen=True)
class SentInOnly(Setting):
    """The `criterion` that only documents sent in can show, and the one `onto` which its points move on the day.

    Source: domain page 2D, uptake.
    """

    criterion: str = "uptake"
    onto: str = "operability"


def rubric_on_the_day(rubric: Rubric, shift: SentInOnly) -> Rubric:
    """The rubric without that criterion; its points go to the other, so that the whole is worth as much as before.

    Raises Refused unknown_criterion (field criterion or onto), criteria_alike where both are the same, and as
    `Criterion` does where the new maximum does not fit the step.
    """
    keys = [criterion.key for criterion in rubric.criteria]
    names = {"criterion": shift.criterion, "onto": shift.onto}
    refuse_any([Problem("unknown_criterion", n) for n, key in names.items() if key not in keys])
    if shift.criterion == shift.onto:
        raise Refused.because("criteria_alike", "onto")
    moved = rubric.criterion(shift.criterion).maximum
    return Rubric(
        tuple(_with_more(c, moved) if c.key == shift.onto else c for c in rubric.criteria if c.key != shift.criterion)
    )


def _with_more(criterion: Criterion, points: Decimal) -> Criterion:
    return replace(criterion, maximum=sum_of([criterion.maximum, points]))
