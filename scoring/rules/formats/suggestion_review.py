"""Procuratorial suggestion review (检察建议书评比): coded documents, each read by its assigned reviewers.

Source: domain page 2D. A sheet is flat text by field: a mark under each criterion's key, a comment on it under
"<criterion>.comment", a comment on the whole under "comment". The facts of a document, beside sheets and penalties:

- `rereview`: {"seat", "by"}: which seat's sheet is the further review; by is reviewer or chair;
- `caps`: a list of {"kind", "reason"}; `void`: {"kind", "reason"}.

The sheets are those of the seats assigned to the document, and of the further one, never of a whole room.
"""

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
from scoring.rules.figures import mean_of, plain
from scoring.rules.formats.base import Format, Outcome, Score, Settings, SheetFacts, Start, TurnFacts
from scoring.rules.formats.checks import (
    Checks,
    check_each,
    groups_not_offered,
    read_publication,
    read_ties,
    steps_not_offered,
    sum_not_offered,
)
from scoring.rules.formats.once import PARTS, check_parts, ranked_once
from scoring.rules.formats.suggestion_rubric import (
    MODES,
    ON_THE_DAY,
    RUBRIC,
    RUBRIC_OF_ISSUED,
    SENT_IN,
    SentInOnly,
    rubric_on_the_day,
)
from scoring.rules.listed import DOCUMENT, Listed, ListRules, bonus_most, listed_problems, read_listed, with_list
from scoring.rules.panel import JudgeSheet, PanelRules, Standing, score_panel
from scoring.rules.publication import AT_END
from scoring.rules.refusal import Problem, Refused, problems_of, refuse_any, under
from scoring.rules.rereview import RereviewRules, agree_reviews, read_rereview
from scoring.rules.reviewers import ReviewerRules
from scoring.rules.rubric import Rubric
from scoring.rules.rulings import Cap, VoidGround, caps_of, read_rulings, ruled
from scoring.rules.settings import once_settled
from scoring.rules.severity import SeverityRules

COMMENT = "comment"
LONGEST_COMMENT = 500
LONGEST_OVERALL = 2000

CLOCKS = (Clock("writing", "现场写作", "Writing", 120 * 60, 10 * 60),)
PENALTIES = (
    Listed("late", "逾期提交", "Late", Decimal(5)),
    Listed("identity_mark", "文中出现身份标记", "Identity mark in the text", Decimal(10)),
)
CAPS = (
    Cap("wrong_addressee", "制发对象错误", "Wrong addressee", Decimal(60)),
    Cap("repealed_law", "引用已废止的法律", "Repealed law", Decimal(60)),
)
VOIDS = (
    VoidGround("identity_mark", "文中出现身份标记", "Identity mark in the text"),
    VoidGround("plagiarism", "抄袭", "Plagiarism"),
)
TIES = ("exact_value", "key_criterion", "untrimmed_mean", "play_off", "shared_rank")


def defaults() -> dict[str, Any]:
    """The settings a new event starts from: documents sent in. Written on the day, only `mode` is another.

    Two reviewers are enough for a score here, where the shared rule asks for three: the domain page's third reviewer
    is called in where two differ, so two must be able to agree. It is editable data like the rest [D].
    """
    return {
        "mode": SENT_IN,
        "rubric": RUBRIC.to_data(),
        "sent_in_only": SentInOnly().to_data(),
        "panel": PanelRules(minimum_valid=2, floor=True).to_data(),
        "reviewers": ReviewerRules().to_data(),
        "rereview": RereviewRules().to_data(),
        "penalties": [penalty.to_data() for penalty in PENALTIES],
        "listed": ListRules().to_data(),
        "caps": [cap.to_data() for cap in CAPS],
        "voids": [void.to_data() for void in VOIDS],
        "severity": SeverityRules().to_data(),
        "ties": list(TIES),
        "publication": AT_END,
        "clocks": [clock.to_data() for clock in CLOCKS],
    }


def of_five_reviewers() -> dict[str, Any]:
    """The settings that a review of issued documents by five reviewers each starts from.

    Nothing is trimmed, since the plain mean came nearer to the published order than the mean of three of five; how
    strict each reviewer is stands beside it. Source: domain page 2D, rubric and normalising.
    """
    return defaults() | {
        "rubric": RUBRIC_OF_ISSUED.to_data(),
        "panel": PanelRules(trim=False, minimum_valid=2, floor=True).to_data(),
        "reviewers": ReviewerRules(per_document=5).to_data(),
        "severity": SeverityRules(shown=True).to_data(),
    }


def is_sent_in(settings: Settings) -> bool:
    """Whether finished documents are handed in; else they are written on the day."""
    return settings.get("mode") != ON_THE_DAY


def _read_mode(data: object) -> str:
    if not isinstance(data, str) or data not in MODES:
        raise Refused.because("unknown_mode", mode=str(data)[:40])
    return data


def _read_rubric(data: object) -> Rubric:
    rubric = Rubric.from_data(data)
    taken = [place for place, criterion in enumerate(rubric.criteria) if criterion.key == COMMENT]
    refuse_any([Problem("criterion_key_reserved", f"{place}.key", {"key": COMMENT}) for place in taken])
    return rubric


_read_caps = partial(read_rulings, read_one=Cap.from_data)
_read_voids = partial(read_rulings, read_one=VoidGround.from_data)

_CHECKS: Checks = {
    "mode": _read_mode,
    "rubric": _read_rubric,
    "sent_in_only": SentInOnly.from_data,
    "panel": PanelRules.from_data,
    "reviewers": ReviewerRules.from_data,
    "rereview": RereviewRules.from_data,
    "penalties": read_listed,
    "listed": ListRules.from_data,
    "caps": _read_caps,
    "voids": _read_voids,
    "severity": SeverityRules.from_data,
    "ties": read_ties,
    "publication": read_publication,
    "clocks": read_clocks,
}


def check_settings(settings: Settings) -> None:
    """Raise Refused with every problem, fields such as "caps.0.limit".

    Besides those of each setting: settings_malformed, setting_missing, unknown_setting; unknown_mode;
    criterion_key_reserved; per_document_below_minimum (figures minimum); tie_step_not_offered; tie_criterion_missing;
    penalty_too_fine (figures decimals); unknown_criterion and criteria_alike in "sent_in_only", whatever the mode.
    """
    check_each(with_list(settings) if isinstance(settings, Mapping) else settings, _CHECKS)
    whole, shift = Rubric.from_data(settings["rubric"]), SentInOnly.from_data(settings["sent_in_only"])
    refuse_any([p.under("sent_in_only") for p in problems_of(lambda: rubric_on_the_day(whole, shift))])
    refuse_any([*_problems_of_numbers(settings), *_problems_of_ties(settings)])


def _problems_of_numbers(settings: Settings) -> list[Problem]:
    rules = _panel(settings)
    problems = [*sum_not_offered(settings), *groups_not_offered(settings)]
    problems += listed_problems(with_list(settings), rules.decimals, (DOCUMENT,))
    if ReviewerRules.from_data(settings["reviewers"]).per_document < rules.least:
        figures = {"minimum": str(rules.least)}
        problems.append(Problem("per_document_below_minimum", "reviewers.per_document", figures))
    return problems


def _problems_of_ties(settings: Settings) -> list[Problem]:
    problems = steps_not_offered(settings["ties"], TIES)
    if "key_criterion" in settings["ties"] and rubric(settings).tie_criterion is None:
        problems.append(Problem("tie_criterion_missing", "rubric"))
    return problems


def rubric(settings: Settings, part: str = "") -> Rubric:
    """The criteria in the event's mode; on the day, what only documents sent in can show is moved.

    Source: domain page 2D, uptake.
    """
    return _rubric(settings)


@once_settled
def _rubric(settings: Settings) -> Rubric:
    whole = Rubric.from_data(settings["rubric"])
    if settings["mode"] != ON_THE_DAY:
        return whole
    return rubric_on_the_day(whole, SentInOnly.from_data(settings["sent_in_only"]))


@once_settled
def _panel(settings: Settings) -> PanelRules:
    return PanelRules.from_data(settings["panel"])


def read_sheet(settings: Settings, parts: Sequence[str], raw: object) -> dict[str, Any]:
    """Marks by criterion as strings, then the comments that are not empty.

    Raises Refused as `read_marks` does, and comment_too_long (figures most), comment_not_text, field the comment's.
    """
    check_parts(parts)
    lines = rubric(settings)
    marks, comments = _parted(lines, raw)
    refuse_any([*problems_of(lambda: rubrics.read_marks(lines, marks)), *_problems_of_comments(comments)])
    clean = {key: plain(mark) for key, mark in rubrics.read_marks(lines, marks).items()}
    return clean | {name: text.strip() for name, text in comments.items() if text.strip()}


def _parted(lines: Rubric, raw: object) -> tuple[object, dict[str, Any]]:
    """The marks, with all that is no known comment, and the comments in the order of the rubric."""
    if not isinstance(raw, Mapping):
        return raw, {}
    names = [*(f"{criterion.key}.{COMMENT}" for criterion in lines.criteria), COMMENT]
    comments = {name: raw[name] for name in names if name in raw}
    return {name: mark for name, mark in raw.items() if name not in comments}, comments


def _problems_of_comments(comments: Mapping[str, Any]) -> list[Problem]:
    problems = []
    for name, text in comments.items():
        most = LONGEST_OVERALL if name == COMMENT else LONGEST_COMMENT
        if not isinstance(text, str):
            problems.append(Problem("comment_not_text", name))
        elif len(text.strip()) > most:
            problems.append(Problem("comment_too_long", name, {"most": str(most)}))
    return problems


def draft_problems(settings: Settings, parts: Sequence[str], raw: object) -> tuple[Problem, ...]:
    """What is wrong with the marks and comments so far."""
    lines = rubric(settings)
    marks, comments = _parted(lines, raw)
    return (*rubrics.draft_problems(lines, marks), *_problems_of_comments(comments))


def running_total(settings: Settings, parts: Sequence[str], raw: object) -> Decimal | None:
    """The sum of the good marks so far, in points."""
    lines = rubric(settings)
    return rubrics.running_total(lines, _parted(lines, raw)[0])


def score(settings: Settings, facts: TurnFacts) -> Outcome:
    """The document's score by its reviewers; a void document has none.

    Raises Refused unknown_part; as `ruled` and `caps_of` do for the facts; as `read_sheet` does with the seat before
    the field; as `agree_reviews` does: missing_sheets, too_few_judges, rereview_needed and the rest. Source: domain
    page 2D.
    """
    check_parts([*facts.parts, *(penalty.part for penalty in facts.penalties)])
    if facts.facts.get("void") is not None:
        return Outcome({}, {"void": _void(settings, facts.facts["void"])})
    sheets = [_judge_sheet(settings, sheet) for sheet in facts.sheets]
    rules = RereviewRules.from_data(settings["rereview"])
    reviews = agree_reviews(sheets, read_rereview(facts.facts.get("rereview")), _panel(settings), rules)
    caps = caps_of(_read_caps(settings["caps"]), facts.facts.get("caps", []))
    key, penalties, most = rubric(settings).tie_criterion, entered(facts.penalties), bonus_most(settings)
    panel = score_panel(reviews.sheets, penalties, reviews.rules, key.key if key else "", caps, most)
    told = panel.explanation
    figures = {**reviews.figures, **told.figures}
    explained = replace(told, judges=reviews.with_set_aside(told.judges), figures=figures)
    return Outcome({PARTS[0]: replace(panel, explanation=explained)}, dict(reviews.figures))


def _void(settings: Settings, fact: object) -> dict[str, str]:
    ground, reason = under("void", lambda: ruled(_read_voids(settings["voids"]), fact))
    return {"kind": ground.key, "zh": ground.zh, "en": ground.en, "reason": reason}


def _judge_sheet(settings: Settings, sheet: SheetFacts) -> JudgeSheet:
    if sheet.standing != Standing.COUNTED or sheet.marks is None:
        return JudgeSheet(sheet.seat, sheet.standing)
    clean = under(sheet.seat, lambda: read_sheet(settings, PARTS, sheet.marks))
    marks = {criterion.key: Decimal(clean[criterion.key]) for criterion in rubric(settings).criteria}
    return JudgeSheet(sheet.seat, sheet.standing, marks)


def tie_values(settings: Settings, score: Score) -> Mapping[str, Fraction]:
    """The mean of the key criterion over the reviews that counted, and the mean with nothing dropped.

    Neither heeds caps and penalties, nor a review that was set aside. Source: domain page 1, ties.
    """
    lines = [line for line in score.explanation.judges if line.fate != "set_aside"]
    values = {"untrimmed_mean": mean_of([line.total for line in lines if line.total is not None])}
    key = rubric(settings).tie_criterion
    if key:
        values["key_criterion"] = mean_of([line.marks[key.key] for line in lines if line.counts(key.key)])
    return values


FORMAT = Format(
    key="suggestion_review",
    zh="检察建议书评比",
    en="Procuratorial suggestion review",
    subject="document",
    defaults=defaults,
    check_settings=check_settings,
    parts=lambda settings: PARTS,
    rubric=rubric,
    read_sheet=read_sheet,
    draft_problems=draft_problems,
    running_total=running_total,
    score=score,
    tie_values=tie_values,
    contender=ranked_once(tie_values),
    coded=True,
    sent_in=is_sent_in,
    about_zh="文书隐名编号，由若干评阅人各自评阅；分差过大的复评，最后解码公布。",
    about_en="Documents are coded and read by several reviewers each; wide differences are reviewed again.",
    starts=(
        Start("sent_in", "送评", "Documents sent in", defaults),
        Start("issued", "送评：已制发文书，每份 5 人评阅", "Issued documents, five reviewers each", of_five_reviewers),
        Start("on_the_day", "现场写作", "Written on the day", lambda: defaults() | {"mode": ON_THE_DAY}),
    ),
)
