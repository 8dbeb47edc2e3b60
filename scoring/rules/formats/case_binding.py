"""Case-file binding (案卷装订): identical packs, one bench each, two inspectors, an agreed checklist.

Source: domain page 2C. The facts of a bench, beside its sheets and penalties:

- `seconds`: the whole seconds from the common start to its stop button (required);
- `settlements`: by line ("index.wrong_entry"), as `agreement.settlement` makes them;
- `caps`: a list of {"kind", "reason"}, such as a damaged or lost original.

The total is the agreed checklist's, plus the bonus where there is one, never above the checklist's maximum; then the
caps; then the penalties, overtime among them, which follows from the time and is not entered by hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

from scoring.rules import inspection as inspections
from scoring.rules.after_mean import Penalty, after_mean, check_penalties, entered
from scoring.rules.agreement import Dispute, agreed_items, settlement
from scoring.rules.agreement import disputes as compared
from scoring.rules.bonus import SpeedBonus, bonus_points
from scoring.rules.checklist import Checklist
from scoring.rules.clocks import SHARED, Clock, read_clocks
from scoring.rules.explanation import BonusLine, Explanation, JudgeLine
from scoring.rules.explanation_items import ItemLine
from scoring.rules.figures import decimals_of, exact_text, round_half_up, sum_of
from scoring.rules.formats.base import INSPECTORS, Benches, Outcome, Score, Settings, SheetFacts, Start, TurnFacts
from scoring.rules.formats.case_binding_checklist import CHECKLIST, CHECKLIST_OF_ARCHIVES
from scoring.rules.formats.checks import Checks, check_each, read_flag, read_publication, read_ties, steps_not_offered
from scoring.rules.formats.common import completed
from scoring.rules.formats.once import PARTS, check_parts, ranked_once
from scoring.rules.inspection import Inspection, photos_of
from scoring.rules.listed import PERSON, ListRules, listed_problems, read_listed, start_of_work
from scoring.rules.panel import Standing, named, seat_order
from scoring.rules.panel_rules import MOST_DECIMALS
from scoring.rules.penalties import OvertimeRule, overtime_points
from scoring.rules.publication import AT_END
from scoring.rules.refusal import Problem, Refused, refuse_any, under
from scoring.rules.rubric import Criterion, Rubric
from scoring.rules.rulings import Cap, cap_figure, caps_of, read_rulings
from scoring.rules.settings import once_settled

WORK_CLOCK = "binding"
OVERTIME = "overtime"

CLOCKS = (Clock(WORK_CLOCK, "装订", "Binding", 60 * 60, 5 * 60, SHARED),)
OVERTIME_RULE = OvertimeRule(
    free_seconds=0, step_seconds=60, points_per_step=Decimal(2), most=Decimal(10), stop_seconds=300
)
CAPS = (Cap("lost_original", "原件损毁或遗失", "Damaged or lost original", Decimal(60)),)
TIES = ("exact_value", "format_step", "play_off", "shared_rank")


def defaults() -> dict[str, Any]:
    """The settings a new event starts from."""
    return {
        "checklist": CHECKLIST.to_data(),
        "overtime": OVERTIME_RULE.to_data(),
        "bonus": SpeedBonus().to_data(),
        "caps": [cap.to_data() for cap in CAPS],
        "penalties": start_of_work(),
        "listed": ListRules().to_data(),
        "floor": True,
        "decimals": 2,
        "ties": list(TIES),
        "publication": AT_END,
        "clocks": [clock.to_data() for clock in CLOCKS],
    }


def _read_decimals(data: object) -> int:
    if type(data) is not int or not 0 <= data <= MOST_DECIMALS:
        raise Refused.because("decimals_out_of_range", minimum=0, maximum=MOST_DECIMALS)
    return data


_read_caps = partial(read_rulings, read_one=Cap.from_data)

_CHECKS: Checks = {
    "checklist": Checklist.from_data,
    "overtime": OvertimeRule.from_data,
    "bonus": SpeedBonus.from_data,
    "caps": _read_caps,
    "penalties": read_listed,
    "listed": ListRules.from_data,
    "floor": read_flag,
    "decimals": _read_decimals,
    "ties": read_ties,
    "publication": read_publication,
    "clocks": read_clocks,
}


@dataclass(frozen=True)
class _Rules:
    checklist: Checklist
    overtime: OvertimeRule
    bonus: SpeedBonus
    caps: tuple[Cap, ...]
    decimals: int
    listed: ListRules
    floor: bool
    limit_seconds: int


def _rules(settings: Settings) -> _Rules:
    given = completed(settings)
    read = {name: check(given[name]) for name, check in _CHECKS.items()}
    limits = [clock.seconds for clock in read_clocks(settings["clocks"]) if clock.key == WORK_CLOCK]
    if not limits:
        raise Refused.because("clock_missing", "clocks", key=WORK_CLOCK)
    known = {name: read[name] for name in ("checklist", "overtime", "bonus", "caps", "decimals", "listed", "floor")}
    return _Rules(**known, limit_seconds=limits[0])  # type: ignore[arg-type]


def check_settings(settings: Settings) -> None:
    """Raise Refused with every problem, fields such as "checklist.0.defects.1.points".

    Besides those of each setting: settings_malformed, setting_missing, unknown_setting; tie_step_not_offered;
    clock_missing (figures key) without the clock of the work; penalty_too_fine (figures decimals) where points have
    more places than a score shows.
    """
    given = completed(settings) if isinstance(settings, Mapping) else settings
    check_each(given, _CHECKS)
    rules = _rules(settings)
    refuse_any(
        [
            *_too_fine(rules),
            *listed_problems(given, rules.decimals, (PERSON,)),
            *steps_not_offered(settings["ties"], TIES),
        ]
    )


def _too_fine(rules: _Rules) -> list[Problem]:
    figures = {"decimals": str(rules.decimals)}
    return [
        Problem("penalty_too_fine", place, figures)
        for place, points in _all_points(rules).items()
        if decimals_of(points) > rules.decimals
    ]


def _all_points(rules: _Rules) -> dict[str, Decimal]:
    """Every figure in points that goes into a score, by its place in the settings."""
    points: dict[str, Decimal] = {}
    for place, item in enumerate(rules.checklist.items):
        points[f"checklist.{place}.maximum"] = item.maximum
        points |= {f"checklist.{place}.defects.{n}.points": d.points for n, d in enumerate(item.defects)}
    for name, rule in (("overtime", rules.overtime), ("bonus", rules.bonus)):
        points |= {f"{name}.points_per_step": rule.points_per_step, f"{name}.most": rule.most}
    return points | {f"caps.{place}.limit": cap.limit for place, cap in enumerate(rules.caps)}


def rubric(settings: Settings, part: str) -> Rubric:
    """The items as column heads; a mark is the points an item has left."""
    step = Decimal(1).scaleb(-_read_decimals(settings["decimals"]))
    items = Checklist.from_data(settings["checklist"]).items
    return Rubric(tuple(Criterion(item.key, item.zh, item.en, item.maximum, step) for item in items))


@once_settled
def _checklist(settings: Settings) -> Checklist:
    return Checklist.from_data(settings["checklist"])


def read_sheet(settings: Settings, parts: Sequence[str], raw: object) -> dict[str, Any]:
    """The sheet in the fields of the tablet, all that is empty left out. Raises Refused as `read_inspection` does."""
    check_parts(parts)
    return dict(inspections.read_inspection(_checklist(settings), raw).to_data())


def draft_problems(settings: Settings, parts: Sequence[str], raw: object) -> tuple[Problem, ...]:
    """What is wrong with the checklist so far; an item not yet looked at is not."""
    return inspections.draft_problems(_checklist(settings), raw)


def running_total(settings: Settings, parts: Sequence[str], raw: object) -> Decimal | None:
    """The points so far, from the maximum down."""
    return inspections.running_total(_checklist(settings), raw)


def running_totals(settings: Settings, raw: object) -> dict[str, Decimal]:
    """The points that each item still has, by its key."""
    return inspections.running_points(_checklist(settings), raw)


def sums(settings: Settings) -> dict[str, Any]:
    """What the points of each item are made of; see `Sheets`."""
    return {"total": True, "items": _checklist(settings).costs()}


def read_seconds(settings: Settings, raw: object) -> int:
    """The whole seconds a bench took, as recorded by its stop button or the hard stop.

    Raises Refused seconds_missing, seconds_not_whole, past_hard_stop (figures most). Source: domain page 2C.
    """
    rules = _rules(settings)
    most = rules.limit_seconds + rules.overtime.stop_seconds
    if raw is None:
        raise Refused.because("seconds_missing", "seconds")
    if type(raw) is not int or raw < 0:
        raise Refused.because("seconds_not_whole", "seconds")
    if raw > most:
        raise Refused.because("past_hard_stop", "seconds", most=most)
    return raw


def score(settings: Settings, facts: TurnFacts) -> Outcome:
    """The bench's score: the agreed checklist, bonus, caps, penalties.

    Raises Refused unknown_part; missing_sheets (figures seats); two_inspectors_needed (figures valid); as
    `read_inspection` does with the seat before the field; differences_open (figures open, lines); as `read_seconds`
    and `caps_of` do; overtime_from_time for an overtime entered by hand; penalty_not_positive, penalty_too_fine.
    Source: domain page 2C.
    """
    check_parts([*facts.parts, *(penalty.part for penalty in facts.penalties)])
    rules = _rules(settings)
    sheets = _inspected(rules.checklist, facts.sheets)
    items = agreed_items(rules.checklist, sheets, _settlements(facts.facts))
    seconds = read_seconds(settings, facts.facts.get("seconds"))
    lines = tuple(_line(rules.checklist, sheet, sheets) for sheet in _in_order(facts.sheets))
    explained = _explain(rules, lines, items, seconds, facts)
    return Outcome({PARTS[0]: Score(explained.exact, explained.final, explained)}, _verdict(items))


def _settlements(facts: Mapping[str, Any]) -> Mapping[str, Any]:
    settlements = facts.get("settlements", {})
    if not isinstance(settlements, Mapping):
        raise Refused.because("fact_malformed", "settlements")
    return settlements


def _in_order(sheets: Sequence[SheetFacts]) -> list[SheetFacts]:
    return sorted(sheets, key=lambda sheet: seat_order(sheet.seat))


def _inspected(checklist: Checklist, sheets: Sequence[SheetFacts]) -> dict[str, Inspection]:
    """The two inspections by seat; refuses while one is missing."""
    owed = [s for s in sheets if s.standing in (Standing.COUNTED, Standing.MISSING)]
    missing = [s.seat for s in owed if s.standing == Standing.MISSING or s.marks is None]
    if missing:
        raise Refused.because("missing_sheets", seats=named(missing))
    if len(owed) != INSPECTORS or len({s.seat for s in owed}) != INSPECTORS:
        raise Refused.because("two_inspectors_needed", valid=len(owed))
    return {sheet.seat: _inspection(checklist, sheet) for sheet in owed}


def _inspection(checklist: Checklist, sheet: SheetFacts) -> Inspection:
    return under(sheet.seat, lambda: inspections.read_inspection(checklist, sheet.marks))


def _line(checklist: Checklist, sheet: SheetFacts, sheets: Mapping[str, Inspection]) -> JudgeLine:
    """An inspector's own points; they went into the agreed checklist and count no further."""
    if sheet.seat not in sheets:
        return JudgeLine(sheet.seat, sheet.standing.value, None, sheet.standing.value)
    left = inspections.points_left(checklist, sheets[sheet.seat])
    return JudgeLine(sheet.seat, sheet.standing.value, sum_of(left.values()), "compared", left)


def _explain(
    rules: _Rules, lines: tuple[JudgeLine, ...], items: tuple[ItemLine, ...], seconds: int, facts: TurnFacts
) -> Explanation:
    total = sum_of(item.left for item in items)
    bonuses = _bonuses(rules, seconds)
    worth = Fraction(sum_of([total, *(line.points for line in bonuses)]))
    capped, caps = cap_figure(worth, [*_full_marks(rules, worth), *caps_of(rules.caps, facts.facts.get("caps", []))])
    penalties = _penalties(rules, seconds, facts)
    after = after_mean(capped, penalties, rules.listed.bonus_most, rules.floor)
    return Explanation(
        method="checklist",
        judges=lines,
        valid=INSPECTORS,
        counted=INSPECTORS,
        counted_sum=total,
        mean_exact=exact_text(capped),
        mean=round_half_up(capped, rules.decimals),
        penalties=after.lines,
        penalty_sum=after.taken_off,
        final=round_half_up(after.exact, rules.decimals),
        untrimmed_mean=round_half_up(Fraction(total), rules.decimals),
        items=items,
        bonuses=bonuses,
        caps=caps,
        figures={"seconds": str(seconds), "limit_seconds": str(rules.limit_seconds), **after.figures},
    )


def _bonuses(rules: _Rules, seconds: int) -> tuple[BonusLine, ...]:
    points = bonus_points(max(0, rules.limit_seconds - seconds), rules.bonus)
    return (BonusLine("speed", points),) if points else ()


def _full_marks(rules: _Rules, worth: Fraction) -> list[tuple[Cap, str]]:
    """A bonus gives back lost points and never lifts a total above the scale: our default [D]."""
    maximum = rules.checklist.maximum
    return [(Cap("maximum", "满分", "Full marks", maximum), "")] if worth > maximum else []


def _penalties(rules: _Rules, seconds: int, facts: TurnFacts) -> list[Penalty]:
    penalties = entered(facts.penalties)
    if any(penalty.kind == OVERTIME for penalty in penalties):
        raise Refused.because("overtime_from_time", OVERTIME)
    points = overtime_points(max(0, seconds - rules.limit_seconds), rules.overtime)
    penalties = [*([Penalty(OVERTIME, points)] if points else []), *penalties]
    check_penalties(penalties, rules.decimals)
    return penalties


def _verdict(items: Sequence[ItemLine]) -> dict[str, Any]:
    """The agreed checklist in counts, and the lines that the chief settled."""
    lines = {f"{item.key}.{defect.key}": defect for item in items for defect in item.defects}
    return {
        "agreed": {line: defect.count for line, defect in lines.items() if defect.count},
        "settled": [line for line, defect in lines.items() if defect.reason],
    }


def tie_values(settings: Settings, score: Score) -> Mapping[str, Fraction]:
    """The format's step: the shorter time, as seconds below zero, since the higher value comes first."""
    return {"format_step": -Fraction(score.explanation.figures["seconds"])}


def limits(settings: Settings) -> tuple[int, int]:
    """The seconds after which overtime begins, and those at which all work stops. Source: domain page 2C."""
    rules = _rules(settings)
    return rules.limit_seconds, rules.limit_seconds + rules.overtime.stop_seconds


def disputes(settings: Settings, sheets: Sequence[SheetFacts], facts: Mapping[str, Any]) -> tuple[Dispute, ...]:
    """The lines on which the two inspectors differ. Raises Refused missing_sheets, two_inspectors_needed."""
    checklist = _checklist(settings)
    return compared(checklist, _inspected(checklist, sheets), _settlements(facts))


def settle(
    settings: Settings, sheets: Sequence[SheetFacts], line: str, count: object, reason: object
) -> dict[str, Any]:
    """The fact that the chief settles a line. Raises Refused as `disputes` and `agreement.settlement` do."""
    return settlement(_inspected(_checklist(settings), sheets), line, count, reason)


def rule_cap(settings: Settings, facts: Mapping[str, Any], kind: str, reason: str) -> list[dict[str, str]]:
    """The caps of a bench with one more. Raises Refused unknown_ruling, reason_missing, reason_too_long, cap_twice."""
    ruled = [*facts.get("caps", []), {"kind": kind, "reason": reason}]
    caps_of(_read_caps(settings["caps"]), ruled)
    return ruled


def caps(settings: Settings) -> tuple[Cap, ...]:
    """The caps that a chief may rule."""
    return _read_caps(settings["caps"])


FORMAT = Benches(
    key="case_binding",
    zh="案卷装订",
    en="Case-file binding",
    subject="bench",
    defaults=defaults,
    check_settings=check_settings,
    parts=lambda settings: PARTS,
    rubric=rubric,
    read_sheet=read_sheet,
    draft_problems=draft_problems,
    running_total=running_total,
    running_totals=running_totals,
    sums=sums,
    score=score,
    tie_values=tie_values,
    contender=ranked_once(tie_values),
    coded=True,
    limits=limits,
    disputes=disputes,
    settle=settle,
    rule_cap=rule_cap,
    caps=caps,
    photos=photos_of,
    about_zh="各工位同时装订案卷；两名检查员分别按检查表扣分，差异由主任裁定。",
    about_en="All bind a case file at once; two inspectors deduct by a checklist, the chief settles where they differ.",
    entry_names=lambda settings: Checklist.from_data(settings["checklist"]).entry_names(),
    starts=(
        Start("", "案卷装订", "Case-file binding", defaults),
        Start(
            "archives",
            "装订、扫描并归档",
            "Binding, scanning and archiving",
            lambda: defaults() | {"checklist": CHECKLIST_OF_ARCHIVES.to_data()},
        ),
    ),
)
