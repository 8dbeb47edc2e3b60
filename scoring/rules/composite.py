"""Composite totals: several events weighted into one result, and the offices ranked on their entrants' results."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from scoring.rules.declared import Setting
from scoring.rules.explanation import Score
from scoring.rules.explanation_terms import Term
from scoring.rules.figures import plain, sum_of
from scoring.rules.panel_rules import MOST_DECIMALS
from scoring.rules.ranking import Contender
from scoring.rules.refusal import Problem, refuse_any
from scoring.rules.terms import put_together

COMPOSITE, OFFICE_MEAN = "composite", "office_mean"


@dataclass(frozen=True)
class Weighting(Setting):
    """What each event weighs, in percent by event key; all together 100. One of 0 counts nothing, as a stage may.

    With `parts_first` each event's score is weighed as it was shown, rounded, instead of exactly; the total is rounded
    to `decimals` places in the end either way. Raises Refused weights_missing, weight_negative (field the event),
    weights_not_100 (figures sum), decimals_out_of_range. Source: domain page 1, composite totals: 40/30/30, 80/20,
    50/50; some offices round each item first.
    """

    percent: Mapping[str, Decimal]
    decimals: int = 2
    parts_first: bool = False

    def __post_init__(self) -> None:
        problems = [Problem("weight_negative", key) for key, weight in self.percent.items() if weight < 0]
        if not self.percent:
            problems.append(Problem("weights_missing"))
        elif not problems and (whole := sum_of(self.percent.values())) != 100:
            problems.append(Problem("weights_not_100", "", {"sum": plain(whole)}))
        refuse_any([*problems, *_problems_of_decimals(self.decimals)])


def _problems_of_decimals(decimals: int) -> list[Problem]:
    if 0 <= decimals <= MOST_DECIMALS:
        return []
    return [Problem("decimals_out_of_range", "decimals", {"minimum": "0", "maximum": str(MOST_DECIMALS)})]


@dataclass(frozen=True)
class Totals:
    """The scores by entrant or office; `incomplete` are those without one, so that nobody is left out silently.

    It names the events that an entrant has no result in, and the entrants of an office that are too few.
    """

    scores: Mapping[str, Score]
    incomplete: Mapping[str, tuple[str, ...]]


def composite(
    weighting: Weighting, results: Mapping[str, Mapping[str, Score]], without: Collection[str] = ()
) -> Totals:
    """Every entrant's weighted total over all events; `results` are scores by event, then by entrant.

    The events' scores are taken on one scale of 100 points, exactly unless parts are rounded first. Who lacks a
    result in one event has no total and is named; not asked for are events of no weight, and those `without` which
    these entrants are compared, as they did not go on to them.
    Raises Refused event_without_weight, event_missing (field the event).
    Source: domain page 1, composite totals.
    """
    refuse_any(
        [Problem("event_without_weight", key) for key in results if key not in weighting.percent]
        + [Problem("event_missing", key) for key in weighting.percent if key not in results]
    )
    entrants = sorted({entrant for scores in results.values() for entrant in scores})
    asked = [key for key, weight in weighting.percent.items() if weight and key not in without]
    wanting = {e: tuple(key for key in asked if e not in results[key]) for e in entrants}
    scores = {e: _weighted(weighting, results, e, asked) for e in entrants if asked and not wanting[e]}
    return Totals(scores, {e: events for e, events in wanting.items() if events})


def _weighted(
    weighting: Weighting, results: Mapping[str, Mapping[str, Score]], entrant: str, asked: Sequence[str]
) -> Score:
    taken = {key: results[key][entrant] for key in asked}
    terms = [
        Term(
            key,
            Fraction(one.final) if weighting.parts_first else one.exact,
            one.final,
            Fraction(weighting.percent[key]) / 100,
        )
        for key, one in taken.items()
    ]
    return put_together(COMPOSITE, terms, weighting.decimals)


@dataclass(frozen=True)
class OfficeRule(Setting):
    """An office is ranked on the mean of its `best` entrants' totals.

    Raises Refused best_not_positive, decimals_out_of_range. How offices are compared is a default [D]: with the mean
    of as many from each, sending more entrants alone does not win. Source: domain page 1, awards for offices.
    """

    best: int = 3
    decimals: int = 2

    def __post_init__(self) -> None:
        problems = [] if self.best >= 1 else [Problem("best_not_positive", "best")]
        refuse_any([*problems, *_problems_of_decimals(self.decimals)])


def office_totals(rule: OfficeRule, offices: Mapping[str, str], scores: Mapping[str, Score]) -> Totals:
    """Each office's total; `offices` are the offices by entrant, entrants without a score do not count.

    An office with fewer scored entrants than the rule asks for has no total and is named, with its entrants that
    have a score. Raises Refused office_unknown for a score of nobody's office (field the entrant).
    """
    refuse_any([Problem("office_unknown", entrant) for entrant in scores if not offices.get(entrant)])
    totals, wanting = {}, {}
    for office in sorted(set(offices.values()) - {""}):
        best = _best(rule, {e: score for e, score in scores.items() if offices[e] == office})
        if len(best) < rule.best:
            wanting[office] = tuple(term.key for term in best)
        else:
            totals[office] = put_together(OFFICE_MEAN, best, rule.decimals)
    return Totals(totals, wanting)


def _best(rule: OfficeRule, scores: Mapping[str, Score]) -> list[Term]:
    """The office's best entrants; between equal ones the key decides, which changes no figure."""
    order = sorted(scores, key=lambda entrant: (-scores[entrant].exact, entrant))
    weight = Fraction(1, rule.best)
    return [Term(e, scores[e].exact, scores[e].final, weight) for e in order[: rule.best]]


def contenders(totals: Totals, recorded: Mapping[str, Mapping[str, Fraction]]) -> Sequence[Contender]:
    """What goes into `rank`; `recorded` are tie values that people recorded, such as play_off, by key."""
    return [Contender(k, s.exact, s.final, recorded.get(k, {})) for k, s in totals.scores.items()]
