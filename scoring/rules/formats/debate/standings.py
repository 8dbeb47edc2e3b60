"""What a team or a speaker is ranked on after several matches. Source: domain page 1, ties; 2B, results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from scoring.rules.explanation import Explanation, JudgeLine, Score
from scoring.rules.explanation_terms import Term
from scoring.rules.figures import mean_of, round_half_up
from scoring.rules.formats.base import Settings
from scoring.rules.formats.debate.defaults import SUM_OF_SPEAKERS, THREE_BALLOTS
from scoring.rules.formats.debate.settings import DebateRules, read_rules
from scoring.rules.formats.debate.sides import CONTROL
from scoring.rules.formats.debate.verdict import LOST, TIED, UNDECIDED, WON, SideScore, WonWithoutMarks
from scoring.rules.panel import PanelRules
from scoring.rules.ranking import Contender
from scoring.rules.refusal import Refused
from scoring.rules.terms import WINS, put_together

# Half a win for a match that is left tied is a default [D].
POINTS: Mapping[str, Fraction] = {WON: Fraction(1), TIED: Fraction(1, 2), LOST: Fraction(0)}
MEAN_OF_MATCHES = "mean_of_matches"


def tie_values(settings: Settings, score: Score) -> Mapping[str, Fraction]:
    """The values of one match. A side's: the format's own step, share of the ballots or points; untrimmed mean.

    A speaker's: the mean of the key criterion over the counted judges and the untrimmed mean, before penalties.
    """
    if isinstance(score, SideScore):
        return {"format_step": score.own, "untrimmed_mean": score.untrimmed}
    judges = score.explanation.judges
    values = {"untrimmed_mean": mean_of([line.total for line in judges if line.total is not None])}
    key = read_rules(settings).individual.tie_criterion
    if key:
        values["key_criterion"] = _criterion_mean(judges, key.key)
    return values


def _criterion_mean(judges: Sequence[JudgeLine], key: str) -> Fraction:
    return mean_of([line.marks[key] for line in judges if line.counts(key)])


def contender(settings: Settings, key: str, scores: Sequence[Score], recorded: Mapping[str, Fraction]) -> Contender:
    """A team is ranked on its matches won, a speaker on the mean of its scores; tie values are means over matches.

    A match left tied counts half, and one that was not held counts as won or lost without points. Teams level on wins
    are told apart by their mean share of the ballots, or their mean points, then by the untrimmed mean: wins first and
    points second is the order of Australs and Tabbycat's standings rules; means instead of sums keep a rest day from
    counting [D]. Raises Refused as `standing` does.
    """
    whole = standing(settings, {str(match): score for match, score in enumerate(scores)})
    each = [tie_values(settings, score) for score in scores if _is_marked(score)]
    steps = each[0] if each else ()
    values = {step: sum((v[step] for v in each), Fraction(0)) / len(each) for step in steps}
    places = read_rules(settings).panel.decimals
    return Contender(key, whole.exact, whole.final, {**values, **recorded}, places)


def _is_marked(score: Score) -> bool:
    return score.marked if isinstance(score, SideScore) else not isinstance(score, WonWithoutMarks)


def standing(settings: Settings, scores: Mapping[str, Score]) -> Score:
    """The figure that a contestant is ranked on, explained by its matches; `scores` are by match.

    One match of a speaker is its own score; one won without marks counts only for who has no other.
    Raises Refused no_score, scores_differ (a team's and a speaker's cannot
    be put together), match_undecided (field the match).
    """
    if not scores:
        raise Refused.because("no_score")
    if len({isinstance(score, SideScore) for score in scores.values()}) > 1:
        raise Refused.because("scores_differ")
    sides = {match: score for match, score in scores.items() if isinstance(score, SideScore)}
    return _wins(settings, sides) if sides else _mean(settings, scores)


def _wins(settings: Settings, sides: Mapping[str, SideScore]) -> Score:
    """The matches won, with the figures beside them: matches, won, tied, and the sum of what the sides reached."""
    for match, score in sides.items():
        if score.result == UNDECIDED:
            raise Refused.because("match_undecided", match)
    points = {match: POINTS[score.result] for match, score in sides.items()}
    halves = any(point.denominator > 1 for point in points.values())
    terms = [Term(match, point, _shown(point)) for match, point in points.items()]
    whole = put_together(WINS, terms, 1 if halves else 0)
    return replace(whole, explanation=replace(whole.explanation, figures=_figures(settings, sides)))


def _figures(settings: Settings, sides: Mapping[str, SideScore]) -> dict[str, str]:
    """Counts, and the sum over the matches in points or ballots, rounded once."""
    rules = read_rules(settings)
    decimals = 0 if rules.decide == THREE_BALLOTS else rules.panel.decimals
    results = [score.result for score in sides.values()]
    total = sum((score.exact for score in sides.values() if score.marked), Fraction(0))
    return {
        "matches": str(len(sides)),
        "won": str(results.count(WON)),
        "tied": str(results.count(TIED)),
        "total": str(round_half_up(total, decimals)),
    }


def _shown(point: Fraction) -> Decimal:
    return Decimal(point.numerator) / point.denominator


def _mean(settings: Settings, scores: Mapping[str, Score]) -> Score:
    scores = {match: score for match, score in scores.items() if _is_marked(score)} or dict(list(scores.items())[:1])
    if len(scores) == 1:
        return next(iter(scores.values()))
    weight = Fraction(1, len(scores))
    terms = [Term(match, score.exact, score.final, weight) for match, score in scores.items()]
    return put_together(MEAN_OF_MATCHES, terms, PanelRules.from_data(settings["panel"]).decimals)


def points(settings: Settings, scores: Mapping[str, Score]) -> Score:
    """What a contestant takes into a composite total, on the scale of its sheet: the mean over its matches.

    A speaker's is that of its scores. A side's is that of its team marks, of the mean of its speakers where these are
    summed up, or of its share of the ballots; wins are no points [D], and a match that was not held gives none.
    Raises Refused no_score, scores_differ.
    """
    scores = {match: score for match, score in scores.items() if _is_marked(score)}
    if not scores:
        raise Refused.because("no_score")
    sides = {match: score for match, score in scores.items() if isinstance(score, SideScore)}
    if sides and len(sides) < len(scores):
        raise Refused.because("scores_differ")
    if not sides:
        return _mean(settings, scores)
    rules = read_rules(settings)
    exact = {match: score.own * _scale(rules) for match, score in sides.items()}
    decimals, weight = rules.panel.decimals, Fraction(1, len(sides))
    terms = [Term(match, value, round_half_up(value, decimals), weight) for match, value in exact.items()]
    return put_together(MEAN_OF_MATCHES, terms, decimals)


def _scale(rules: DebateRules) -> Fraction:
    """What a side's own figure is multiplied with to be points of one sheet."""
    if rules.decide == SUM_OF_SPEAKERS:
        return Fraction(1, rules.speakers)
    return Fraction(rules.rubric(CONTROL).maximum) if rules.decide == THREE_BALLOTS else Fraction(1)


def explain(settings: Settings, scores: Mapping[str, Score]) -> Explanation:
    """How the figure of `standing` came about. Raises Refused as it does."""
    return standing(settings, scores).explanation
