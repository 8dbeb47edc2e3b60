"""The names of penalties: what was taken off is told by the ruling's own name, and never by its key."""

from __future__ import annotations

from scoring.board.snapshots.scores import PenaltyNamed, PenaltyTaken
from scoring.rules.formats.base import Settings
from scoring.rules.formats.common import rulings_of

#: What comes off by a rule of its own and stands in no list.
OWN = {
    "overtime": {"zh": "超时", "en": "Overtime"},
    "silent": {"zh": "自由辩论未发言", "en": "Silent in free debate"},
}


def named_penalty(line: PenaltyTaken, settings: Settings) -> PenaltyNamed:
    """A penalty with its name: that of a rule of its own, or of what stands in the event's list."""
    listed = next((one for one in rulings_of(settings, "penalties") if one["key"] == line["kind"]), None)
    known = listed or OWN.get(line["kind"], OWN["overtime"])
    return {**line, "zh": known["zh"], "en": known["en"]}
