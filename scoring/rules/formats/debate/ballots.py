"""The three ballots of one judge (三票制): impression, stage and deciding. Source: domain page 2B."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from scoring.rules.declared import Record
from scoring.rules.figures import sum_of
from scoring.rules.formats.base import PenaltyFacts
from scoring.rules.formats.debate.settings import DebateRules
from scoring.rules.formats.debate.sheet import DECIDING, IMPRESSION, marks_of
from scoring.rules.formats.debate.sides import CONTROL, DEFENCE, SIDES


@dataclass(frozen=True)
class JudgeBallots(Record):
    """Each ballot names a side; `stage_totals` are the weighted points behind the stage ballot."""

    seat: str
    impression: str
    stage: str
    deciding: str
    stage_totals: Mapping[str, Decimal]

    @property
    def votes(self) -> tuple[str, str, str]:
        """The sides that the three ballots name."""
        return (self.impression, self.stage, self.deciding)


def judge_ballots(
    rules: DebateRules, seat: str, sheet: Mapping[str, str], penalties: Sequence[PenaltyFacts]
) -> JudgeBallots:
    """The ballots of a clean sheet; the stage ballot follows from the marks, bonuses and penalties of the sides.

    Two equal stage totals have no higher one: the stage ballot then goes with the judge's deciding ballot, so that
    every judge gives three [D].
    """
    totals = {side: _stage_total(rules, sheet, side, penalties) for side in SIDES}
    stage = sheet[DECIDING]
    if totals[CONTROL] != totals[DEFENCE]:
        stage = max(SIDES, key=lambda side: totals[side])
    return JudgeBallots(seat, sheet[IMPRESSION], stage, sheet[DECIDING], totals)


def _stage_total(rules: DebateRules, sheet: Mapping[str, str], side: str, penalties: Sequence[PenaltyFacts]) -> Decimal:
    marks = marks_of(sheet, side)
    weighted = sum_of(marks[key] * weight for key, weight in rules.stage_weights.items())
    off = sum_of(p.points for p in penalties if p.part == side and not p.adds)
    on = sum_of(p.points for p in penalties if p.part == side and p.adds)
    return weighted - off + min(on, rules.bonus_most)
