"""The ranking of formats in which everybody is judged once: a performance, a bench, a document."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from scoring.rules.explanation import Score
from scoring.rules.formats.base import Settings
from scoring.rules.ranking import Contender
from scoring.rules.refusal import Refused

#: What gets a score of its own: the turn itself.
PARTS = ("",)
TieValues = Callable[[Settings, Score], Mapping[str, Fraction]]
Contend = Callable[[Settings, str, Sequence[Score], Mapping[str, Fraction]], Contender]


def check_parts(parts: Sequence[str]) -> None:
    """Raise Refused unknown_part for any other part."""
    for part in parts:
        if part not in PARTS:
            raise Refused.because("unknown_part", part)


def ranked_once(tie_values: TieValues) -> Contend:
    """How a format ranks somebody on the one score, level ones by its own tie values and by what was recorded.

    The function raises Refused not_one_score, also for who is void and has none.
    """

    def contender(settings: Settings, key: str, scores: Sequence[Score], recorded: Mapping[str, Fraction]) -> Contender:
        if len(scores) != 1:
            raise Refused.because("not_one_score", scores=len(scores))
        values = {**tie_values(settings, scores[0]), **recorded}
        return Contender(key, scores[0].exact, scores[0].final, values)

    return contender
