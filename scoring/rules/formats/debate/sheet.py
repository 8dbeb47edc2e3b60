"""A judge's sheet of a match: one flat mapping of fields, such as "control.opening" and "ballot.deciding"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from scoring.rules import rubric as rubrics
from scoring.rules.figures import plain
from scoring.rules.formats.base import Settings
from scoring.rules.formats.debate.defaults import THREE_BALLOTS
from scoring.rules.formats.debate.settings import DebateRules, marked_parts, read_rules
from scoring.rules.formats.debate.sides import SIDES
from scoring.rules.refusal import Problem, Refused, refuse_any, under

IMPRESSION, DECIDING = "ballot.impression", "ballot.deciding"
# The stage ballot is not here: it follows from the judge's own marks.
BALLOTS = (IMPRESSION, DECIDING)


def fields(rules: DebateRules) -> tuple[str, ...]:
    """The fields of a sheet in the order in which they are read."""
    return _fields(rules, marked_parts(rules))


def _fields(rules: DebateRules, marked: Sequence[str]) -> tuple[str, ...]:
    marks = [f"{part}.{line.key}" for part in marked for line in rules.rubric(part).criteria]
    return (*marks, *ballots_of(rules))


def speakers_among(rules: DebateRules, parts: Sequence[str]) -> tuple[str, ...]:
    """The speakers who are marked and are there, of the parts of a match."""
    return tuple(part for part in rules.speaker_parts if part in parts)


def _marked_among(rules: DebateRules, parts: Sequence[str]) -> tuple[str, ...]:
    return tuple(part for part in marked_parts(rules) if part in (*SIDES, *parts))


def ballots_of(rules: DebateRules) -> tuple[str, ...]:
    """The ballots that a judge casts on the sheet."""
    return BALLOTS if rules.decide == THREE_BALLOTS else ()


def read_sheet(settings: Settings, parts: Sequence[str], raw: object) -> dict[str, Any]:
    """The sheet {field: mark or side} with marks as strings, in the order of the fields.

    A speaker who is away is none of the `parts` and needs no marks; what a sheet says of them all the same is left out.
    Raises Refused with every problem: sheet_malformed, unknown_criterion, those of `read_mark`; ballot_empty,
    ballot_for_no_side (figures side); unknown_part, part_missing.
    """
    rules = read_rules(settings)
    check_parts(rules, parts)
    sheet, problems = _sort_out(rules, raw, parts)
    refuse_any(problems)
    return sheet


def draft_problems(settings: Settings, parts: Sequence[str], raw: object) -> tuple[Problem, ...]:
    """What is wrong with the sheet so far; what is empty is not wrong yet."""
    problems = _sort_out(read_rules(settings), raw, parts)[1]
    return tuple(p for p in problems if p.code not in ("mark_empty", "ballot_empty"))


def running_total(settings: Settings, parts: Sequence[str], raw: object) -> Decimal | None:
    """None: a match has no one total. `running_totals` has one for each part."""
    return None


def running_totals(settings: Settings, raw: object) -> dict[str, Decimal]:
    """The sum of the good marks so far of each part that is marked, in points."""
    rules = read_rules(settings)
    sheet = _sort_out(rules, raw, rules.parts)[0]
    return {part: rubrics.sheet_total(marks_of(sheet, part)) for part in marked_parts(rules)}


def sums(settings: Settings) -> dict[str, Any]:
    """What the total of each marked part is made of; see `Format`."""
    rules = read_rules(settings)
    return {"total": False, "marks": {part: rules.rubric(part).limits(part) for part in marked_parts(rules)}}


def marks_of(sheet: Mapping[str, str], part: str) -> dict[str, Decimal]:
    """The marks that a clean sheet gives a part, by criterion."""
    marks = {}
    for name, mark in sheet.items():
        owner, _, key = name.rpartition(".")
        if owner == part:
            marks[key] = Decimal(mark)
    return marks


def check_parts(rules: DebateRules, parts: Sequence[str]) -> None:
    """Raise Refused unknown_part or part_missing unless these are the match's parts, but for speakers who are away.

    Of each side somebody is there.
    """
    problems = [Problem("unknown_part", part) for part in parts if part not in rules.parts]
    problems += [Problem("part_missing", part) for part in rules.parts if part in SIDES and part not in parts]
    there = {part.partition(".")[0] for part in parts if "." in part}
    asked = {part.partition(".")[0] for part in rules.speaker_parts}
    problems += [Problem("part_missing", side) for side in SIDES if side in asked - there]
    refuse_any(problems)


def _sort_out(rules: DebateRules, raw: object, parts: Sequence[str]) -> tuple[dict[str, str], list[Problem]]:
    """The good fields of these parts, and the problems of the others."""
    if not isinstance(raw, Mapping):
        return {}, [Problem("sheet_malformed")]
    known = fields(rules)
    problems = [Problem("unknown_criterion", str(name)[:64]) for name in raw if name not in known]
    sheet: dict[str, str] = {}
    for name in _fields(rules, _marked_among(rules, parts)):
        try:
            sheet[name] = _read_field(rules, name, raw.get(name, ""))
        except Refused as refused:
            problems += refused.problems
    return sheet, problems


def _read_field(rules: DebateRules, name: str, raw: object) -> str:
    if name in BALLOTS:
        return _read_ballot(name, raw)
    part, _, key = name.rpartition(".")
    return plain(under(part, lambda: rubrics.read_mark(rules.rubric(part).criterion(key), raw)))


def _read_ballot(name: str, raw: object) -> str:
    vote = raw.strip() if isinstance(raw, str) else raw
    if vote == "":
        raise Refused.because("ballot_empty", name)
    if not isinstance(vote, str) or vote not in SIDES:
        raise Refused.because("ballot_for_no_side", name, side=str(vote)[:40])
    return vote
