"""The names of penalties: what was taken off is told by the ruling's own name, and never by its key."""

from __future__ import annotations

from scoring.board.snapshots.scores import PenaltyNamed, PenaltyTaken
from scoring.rules.formats.base import Settings
from scoring.rules.formats.common import rulings_of

OVERTIME = {"zh": "超时", "en": "Overtime"}


def named_penalty(line: PenaltyTaken, settings: Settings) -> PenaltyNamed:
    """A penalty with its name: that of overtime, or of a ruling that the event offers."""
    known = next((one for one in rulings_of(settings, "penalties") if one["key"] == line["kind"]), OVERTIME)
    return {**line, "zh": known["zh"], "en": known["en"]}
