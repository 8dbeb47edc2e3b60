"""The editable rules of a contest's overall result: what its events weigh, its ties, and how offices are compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from scoring.rules.composite import OfficeRule, Totals, Weighting
from scoring.rules.declared import known_names
from scoring.rules.explanation import Score
from scoring.rules.explanation_terms import Term
from scoring.rules.ranking import check_chain
from scoring.rules.refusal import Problem, Refused, refuse_any
from scoring.rules.terms import put_together

ON_HUNDRED = "on_hundred"
# The tie steps that totals have a value for. Equal totals go to the result that weighs most [D], then share the rank.
KEY, SHARED = "key_criterion", "shared_rank"
TIES = ("exact_value", KEY, SHARED)


@dataclass(frozen=True)
class OverallRules:
    """`weighting` is None while nobody has said what each of several events weighs.

    Raises Refused as `check_chain` does, and tie_step_not_offered (figures step).
    """

    weighting: Weighting | None
    ties: tuple[str, ...] = TIES
    offices: OfficeRule = field(default_factory=OfficeRule)

    def __post_init__(self) -> None:
        check_chain(self.ties)
        strange = [step for step in self.ties if step not in TIES]
        refuse_any([Problem("tie_step_not_offered", "ties", {"step": step}) for step in strange])

    @classmethod
    def from_data(cls, data: object, events: Sequence[str]) -> OverallRules:
        """From `to_data`'s shape, for a contest with these events; what is absent has its default.

        A contest's only event is its whole result. Raises Refused, also event_unknown and weights_missing (field the
        event) for weights that do not fit the events.
        """
        read = known_names(data, ("weighting", "ties", "offices"))
        alone = Weighting({events[0]: Decimal(100)}) if len(events) == 1 else None
        given = read.get("weighting")
        weighting = alone if given is None else Weighting.from_data(given)
        if weighting is not None:
            _check_events(weighting, events)
        ties = read.get("ties", TIES)
        if not isinstance(ties, Sequence) or isinstance(ties, str):
            raise Refused.because("settings_malformed", "ties")
        return cls(weighting, tuple(ties), OfficeRule.from_data(read.get("offices", {})))

    def to_data(self) -> dict[str, object]:
        """JSON-able, decimals as strings."""
        weighting = self.weighting.to_data() if self.weighting else None
        return {"weighting": weighting, "ties": list(self.ties), "offices": self.offices.to_data()}


def _check_events(weighting: Weighting, events: Sequence[str]) -> None:
    refuse_any(
        [Problem("event_unknown", key) for key in weighting.percent if key not in events]
        + [Problem("weights_missing", key) for key in events if key not in weighting.percent]
    )


def on_hundred(score: Score, maximum: Decimal, decimals: int = 2) -> Score:
    """The score on a scale of 100 points; itself where its sheet has 100. Source: domain page 1, scale."""
    if maximum == 100:
        return score
    weight = 100 / Fraction(maximum)
    return put_together(ON_HUNDRED, [Term("", score.exact, score.final, weight)], decimals)


def heaviest(totals: Totals) -> Mapping[str, Mapping[str, Fraction]]:
    """The tie value of each total: its term that weighs most, the first where several weigh as much."""
    return {key: {KEY: _heaviest(score).exact} for key, score in totals.scores.items()}


def _heaviest(score: Score) -> Term:
    return max(score.explanation.terms, key=lambda term: term.weight)
