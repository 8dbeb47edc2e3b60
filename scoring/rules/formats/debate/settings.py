"""A debate's settings: read as rules, and checked for what cannot work together."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from scoring.rules.camps import MeetingRules
from scoring.rules.clocks import read_clocks
from scoring.rules.declared import NUMBERS, Setting
from scoring.rules.figures import decimals_of
from scoring.rules.formats.base import Settings
from scoring.rules.formats.checks import (
    Checks,
    check_each,
    groups_not_offered,
    overtime_too_fine,
    read_flag,
    read_publication,
    read_ties,
    steps_not_offered,
    sum_not_offered,
)
from scoring.rules.formats.common import completed
from scoring.rules.formats.debate.defaults import (
    BY_TEAM_SHEET,
    FROM_BOTH,
    FROM_SIDE,
    FROM_SPEAKER,
    INDIVIDUAL_RANKING,
    SECRET_BALLOT,
    STANDS,
    THREE_BALLOTS,
    WAYS,
    ties_for,
)
from scoring.rules.formats.debate.sides import SIDES, all_speakers
from scoring.rules.listed import PERSON, SIDE, ListRules, bonus_most, listed_problems, read_listed
from scoring.rules.panel import PanelRules
from scoring.rules.penalties import OvertimeRule
from scoring.rules.refusal import Problem, Refused, refuse_any
from scoring.rules.rubric import Rubric
from scoring.rules.settings import once_settled

MOST_SPEAKERS = 4
# A sheet goes over the wire as one flat mapping, which is bounded.
MOST_FIELDS = 64
MOST_MOTIONS, LONGEST_MOTION = 100, 120


@dataclass(frozen=True)
class SilentRule(Setting):
    """What it costs, in points, when a member does not speak in the free debate, and whose score it comes off.

    0 points: nothing. Raises Refused points_negative, unknown_score (figures score). Source: domain page 2B, team
    sheet [S]; whose score it is, side, speaker or both [D].
    """

    points: Decimal
    off: str
    keys = MappingProxyType({"off": "from"})

    def __post_init__(self) -> None:
        problems = [Problem("points_negative", "points")] if self.points < 0 else []
        if self.off not in (FROM_SIDE, FROM_SPEAKER, FROM_BOTH):
            problems.append(Problem("unknown_score", "from", {"score": self.off[:40]}))
        refuse_any(problems)


@dataclass(frozen=True)
class DebateRules:
    """The settings that make a match's result, read once."""

    speakers: int
    decide: str
    individual_sheets: bool
    team: Rubric
    individual: Rubric
    stage_weights: Mapping[str, Decimal]
    silent: SilentRule
    tied_match: str
    panel: PanelRules
    ballot_penalties: bool = True
    bonus_most: Decimal = Decimal(0)

    @property
    def has_team_sheet(self) -> bool:
        """Whether judges mark the sides as teams."""
        return self.decide in BY_TEAM_SHEET

    @property
    def parts(self) -> tuple[str, ...]:
        """What gets a score of its own: the sides, unless individuals are ranked; speakers where they are marked."""
        sides = () if self.decide == INDIVIDUAL_RANKING else SIDES
        return sides + self.speaker_parts

    @property
    def speaker_parts(self) -> tuple[str, ...]:
        """The speakers that are marked one by one."""
        return all_speakers(self.speakers) if self.individual_sheets else ()

    def rubric(self, part: str) -> Rubric:
        """The criteria of a side's or a speaker's lines. Raises Refused unknown_part.

        A side that is judged by the sum of its speakers has their criteria.
        """
        if part not in self.parts:
            raise Refused.because("unknown_part", part)
        return self.team if part in SIDES and self.has_team_sheet else self.individual


@once_settled
def read_rules(settings: Settings) -> DebateRules:
    """The rules in settings that have been checked; the same settings are read only once."""
    return _read_rules(json.dumps(dict(settings), sort_keys=True))


@lru_cache(maxsize=64)
def _read_rules(text: str) -> DebateRules:
    settings = json.loads(text)
    return DebateRules(
        speakers=settings["speakers"],
        decide=settings["decide"],
        individual_sheets=settings["individual_sheets"],
        team=Rubric.from_data(settings["team_rubric"]),
        individual=Rubric.from_data(settings["individual_rubric"]),
        stage_weights=_read_weights(settings["stage_weights"]),
        silent=SilentRule.from_data(settings["silent"]),
        tied_match=settings["tied_match"],
        panel=PanelRules.from_data(settings["panel"]),
        ballot_penalties=completed(settings)["ballot_penalties"],
        bonus_most=bonus_most(settings),
    )


def _read_speakers(data: object) -> None:
    if type(data) is not int or not 1 <= data <= MOST_SPEAKERS:
        raise Refused.because("speakers_out_of_range", minimum=1, maximum=MOST_SPEAKERS)


def _read_way(data: object) -> None:
    if not isinstance(data, str) or data not in WAYS:
        raise Refused.because("unknown_way", way=str(data)[:40])


def _read_weights(data: object) -> dict[str, Decimal]:
    weights: dict[str, Decimal] = NUMBERS.read(data)
    refuse_any([Problem("weight_not_positive", key) for key, weight in weights.items() if weight <= 0])
    return weights


def _read_tied(data: object) -> None:
    if not isinstance(data, str) or data not in (SECRET_BALLOT, STANDS):
        raise Refused.because("unknown_tied_match", tied_match=str(data)[:40])


def read_motions(data: object) -> tuple[str, ...]:
    """The motions (辩题) that are dealt to the matches; none where the organizer announces them otherwise.

    Raises Refused settings_malformed, too_many_motions (figures most), and with the place of each: motion_malformed,
    motion_missing, motion_too_long (figures most), motion_twice.
    """
    if not isinstance(data, list | tuple):
        raise Refused.because("settings_malformed")
    if len(data) > MOST_MOTIONS:
        raise Refused.because("too_many_motions", most=MOST_MOTIONS)
    motions = [motion.strip() if isinstance(motion, str) else motion for motion in data]
    codes = [_wrong_motion(motion, motions[:place]) for place, motion in enumerate(motions)]
    figures = {"most": str(LONGEST_MOTION)}
    refuse_any([Problem(code, str(place), figures) for place, code in enumerate(codes) if code])
    return tuple(motions)


def _wrong_motion(motion: object, before: Sequence[object]) -> str:
    if not isinstance(motion, str) or not motion.isprintable():
        return "motion_malformed"
    if not motion:
        return "motion_missing"
    if len(motion) > LONGEST_MOTION:
        return "motion_too_long"
    return "motion_twice" if motion in before else ""


_CHECKS: Checks = {
    "speakers": _read_speakers,
    "decide": _read_way,
    "individual_sheets": read_flag,
    "team_rubric": Rubric.from_data,
    "individual_rubric": Rubric.from_data,
    "stage_weights": _read_weights,
    "silent": SilentRule.from_data,
    "tied_match": _read_tied,
    "ballot_penalties": read_flag,
    "meeting": MeetingRules.from_data,
    "motions": read_motions,
    "penalties": read_listed,
    "listed": ListRules.from_data,
    "panel": PanelRules.from_data,
    "overtime": OvertimeRule.from_data,
    "ties": read_ties,
    "publication": read_publication,
    "clocks": read_clocks,
}


def check_settings(settings: Settings) -> None:
    """Raise Refused with every problem, fields such as "team_rubric.0.maximum".

    Besides those of each setting: individual_sheets_needed where the way to decide rests on them; stage_unknown for
    a weight without its criterion, stage_weights_missing for three ballots without any; silent_from_not_offered;
    penalty_too_fine; tie_step_not_offered, tie_criterion_missing; side_unknown for a clock of no side; sheet_too_long
    (figures fields, maximum).
    """
    check_each(completed(settings) if isinstance(settings, Mapping) else settings, _CHECKS)
    rules = read_rules(settings)
    refuse_any([*_problems_of_sheets(rules), *_problems_of_weights(rules), *_problems_of_silent(rules)])
    of_figures = [*overtime_too_fine(settings), *sum_not_offered(settings), *groups_not_offered(settings)]
    of_figures += listed_problems(completed(settings), rules.panel.decimals, (PERSON, SIDE))
    refuse_any([*of_figures, *_problems_of_ties(rules, settings), *_problems_of_clocks(settings)])


def _problems_of_sheets(rules: DebateRules) -> list[Problem]:
    if not rules.has_team_sheet and not rules.individual_sheets:
        return [Problem("individual_sheets_needed", "individual_sheets", {"way": rules.decide})]
    fields = sum(len(rules.rubric(part).criteria) for part in marked_parts(rules))
    fields += 2 if rules.decide == THREE_BALLOTS else 0
    if fields > MOST_FIELDS:
        return [Problem("sheet_too_long", "", {"fields": str(fields), "maximum": str(MOST_FIELDS)})]
    return []


def marked_parts(rules: DebateRules) -> tuple[str, ...]:
    """The parts for which a judge gives marks, in the order of the sheet."""
    return (SIDES if rules.has_team_sheet else ()) + rules.speaker_parts


def _problems_of_weights(rules: DebateRules) -> list[Problem]:
    known = [line.key for line in rules.team.criteria]
    problems = [Problem("stage_unknown", f"stage_weights.{key}") for key in rules.stage_weights if key not in known]
    if rules.decide == THREE_BALLOTS and not rules.stage_weights:
        problems.append(Problem("stage_weights_missing", "stage_weights"))
    return problems


def _problems_of_silent(rules: DebateRules) -> list[Problem]:
    """The points can only come off a score there is, and never twice off the same."""
    problems = []
    if rules.silent.off not in silent_offered(rules.decide, rules.individual_sheets):
        problems.append(Problem("silent_from_not_offered", "silent.from", {"way": rules.decide}))
    if decimals_of(rules.silent.points) > rules.panel.decimals:
        problems.append(Problem("penalty_too_fine", "silent.points", {"decimals": str(rules.panel.decimals)}))
    return problems


def silent_offered(decide: str, individual_sheets: bool) -> tuple[str, ...]:
    """The scores that the points for a silent member can come off."""
    if decide == INDIVIDUAL_RANKING:
        return (FROM_SPEAKER,)
    if decide not in BY_TEAM_SHEET:
        return (FROM_SIDE, FROM_SPEAKER)
    return (FROM_SIDE, FROM_SPEAKER, FROM_BOTH) if individual_sheets else (FROM_SIDE,)


def _problems_of_ties(rules: DebateRules, settings: Mapping[str, Any]) -> list[Problem]:
    problems = steps_not_offered(settings["ties"], ties_for(rules.decide, rules.individual_sheets))
    if not problems and "key_criterion" in settings["ties"] and rules.individual.tie_criterion is None:
        problems.append(Problem("tie_criterion_missing", "individual_rubric"))
    return problems


def _problems_of_clocks(settings: Mapping[str, Any]) -> list[Problem]:
    return [
        Problem("side_unknown", f"clocks.{place}.side", {"side": clock.side})
        for place, clock in enumerate(read_clocks(settings["clocks"]))
        if clock.side and clock.side not in SIDES
    ]
