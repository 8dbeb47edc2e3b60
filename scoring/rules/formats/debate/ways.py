"""The four ways to decide: from the judges' sheets to a figure for each side. Source: domain page 2B."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from scoring.rules.after_mean import Penalty, entered
from scoring.rules.explanation import ADDED, ADDED_MOST, FLOOR, Explanation, JudgeLine, Score
from scoring.rules.explanation_terms import Term
from scoring.rules.figures import plain
from scoring.rules.formats.base import PenaltyFacts
from scoring.rules.formats.debate.ballots import JudgeBallots, judge_ballots
from scoring.rules.formats.debate.defaults import INDIVIDUAL_RANKING, SCORES, SUM_OF_SPEAKERS, THREE_BALLOTS
from scoring.rules.formats.debate.settings import DebateRules
from scoring.rules.formats.debate.sheet import marks_of
from scoring.rules.formats.debate.sides import SIDES, speakers_of
from scoring.rules.panel import JudgeSheet, PanelScore, Standing, score_panel
from scoring.rules.panel_rules import MEAN, TOTAL
from scoring.rules.terms import put_together


@dataclass(frozen=True)
class MatchSheet:
    """One seat and its clean sheet; None where it does not count."""

    seat: str
    standing: Standing
    sheet: Mapping[str, str] | None


@dataclass(frozen=True)
class Marked:
    """All that was marked in a match: the sheets, the penalties, and the speakers' scores made of them."""

    rules: DebateRules
    sheets: tuple[MatchSheet, ...]
    penalties: tuple[PenaltyFacts, ...]
    speakers: Mapping[str, PanelScore]


@dataclass(frozen=True)
class SideFigure:
    """What a side reached: `score.exact` decides the match.

    `own` is what the format's own tie step compares across matches, `untrimmed` the mean with nothing dropped and
    before penalties.
    """

    score: Score
    own: Fraction
    untrimmed: Fraction


@dataclass(frozen=True)
class Figures:
    """What both sides reached, and each judge's ballots where ballots decide."""

    sides: Mapping[str, SideFigure]
    ballots: tuple[JudgeBallots, ...] = field(default=())


def speaker_scores(
    speakers: Sequence[str], rules: DebateRules, sheets: Sequence[MatchSheet], penalties: Sequence[PenaltyFacts]
) -> dict[str, PanelScore]:
    """The panel's score of each of these speakers, by part. Raises Refused as `score_panel` does."""
    return {part: _panel_score(rules, sheets, penalties, part) for part in speakers}


def decide(marked: Marked) -> Figures:
    """The sides' figures by the way that the settings name. Raises Refused as `score_panel` does."""
    return _WAYS[marked.rules.decide](marked)


def _by_scores(marked: Marked) -> Figures:
    """The trimmed mean of team totals, trimmed for each side, so that different judges may drop."""
    sides = {}
    for side in SIDES:
        score = _panel_score(marked.rules, marked.sheets, marked.penalties, side)
        sides[side] = SideFigure(score, score.exact, score.untrimmed_exact)
    return Figures(sides)


def _by_ballots(marked: Marked) -> Figures:
    """Three ballots of each judge, nothing dropped.

    Penalties are points and cannot come off ballots: where the owner says so they come off the stage totals that make
    the stage ballots, else they change no ballot [D].
    """
    plainly = replace(marked.rules, panel=replace(marked.rules.panel, trim=False, by=TOTAL, figure=MEAN))
    teams = {side: _panel_score(plainly, marked.sheets, marked.penalties, side) for side in SIDES}
    sheets = {s.seat: s.sheet for s in marked.sheets if s.sheet is not None}
    seats = [line.seat for line in teams[SIDES[0]].explanation.judges if line.seat in sheets]
    penalties = marked.penalties if marked.rules.ballot_penalties else ()
    ballots = tuple(judge_ballots(marked.rules, seat, sheets[seat], penalties) for seat in seats)
    return Figures({side: _ballot_figure(side, teams[side], ballots) for side in SIDES}, ballots)


def _ballot_figure(side: str, team: PanelScore, ballots: Sequence[JudgeBallots]) -> SideFigure:
    won = {b.seat: Decimal(b.votes.count(side)) for b in ballots}
    lines = tuple(replace(line, total=won.get(line.seat)) for line in team.explanation.judges)
    whole = sum(won.values(), Decimal(0))
    explanation = _explained_ballots(team.explanation, lines, whole)
    share = Fraction(whole) / sum(len(b.votes) for b in ballots)
    return SideFigure(Score(Fraction(whole), whole, explanation), share, team.untrimmed_exact)


def _explained_ballots(team: Explanation, lines: tuple[JudgeLine, ...], whole: Decimal) -> Explanation:
    """A line's total is the ballots that the judge gave the side; its marks are those of the team sheet."""
    return replace(
        team,
        method="ballots",
        judges=lines,
        counted_sum=whole,
        mean_exact=plain(whole),
        mean=whole,
        penalties=(),
        penalty_sum=Decimal(0),
        final=whole,
        figures={name: figure for name, figure in team.figures.items() if name not in (ADDED, ADDED_MOST, FLOOR)},
    )


def _by_speakers(marked: Marked) -> Figures:
    """The sum of a side's speakers who are there, each with its own penalties, less those of the side."""
    return Figures({side: _sum_figure(marked, side) for side in SIDES})


def _sum_figure(marked: Marked, side: str) -> SideFigure:
    there = [part for part in speakers_of(side, marked.rules.speakers) if part in marked.speakers]
    scores = {part: marked.speakers[part] for part in there}
    untrimmed = sum((score.untrimmed_exact for score in scores.values()), Fraction(0))
    terms = [Term(part, score.exact, score.final) for part, score in scores.items()]
    rules, off = marked.rules, _penalties(marked.penalties, side)
    most, floor = rules.bonus_most, rules.panel.floor
    score = put_together(SUM_OF_SPEAKERS, terms, rules.panel.decimals, off, untrimmed, most, floor)
    return SideFigure(score, score.exact, untrimmed)


# Where individuals are ranked the pairing is only a vehicle, but a match still has a winner: the better sum.
_WAYS: Mapping[str, Callable[[Marked], Figures]] = {
    SCORES: _by_scores,
    THREE_BALLOTS: _by_ballots,
    INDIVIDUAL_RANKING: _by_speakers,
    SUM_OF_SPEAKERS: _by_speakers,
}


def _panel_score(
    rules: DebateRules, sheets: Sequence[MatchSheet], penalties: Sequence[PenaltyFacts], part: str
) -> PanelScore:
    rubric = rules.rubric(part)
    key_criterion = rubric.tie_criterion.key if rubric.tie_criterion else ""
    seats = [JudgeSheet(s.seat, s.standing, None if s.sheet is None else marks_of(s.sheet, part)) for s in sheets]
    off = _penalties(penalties, part)
    return score_panel(seats, off, rules.panel, key_criterion, bonus_most=rules.bonus_most)


def _penalties(penalties: Sequence[PenaltyFacts], part: str) -> list[Penalty]:
    return entered(p for p in penalties if p.part == part)
