"""Scores put together from other scores: sums and weighted sums, explained by their terms."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from scoring.rules.after_mean import Penalty, after_mean, check_penalties
from scoring.rules.explanation import Explanation, Score
from scoring.rules.explanation_terms import Term
from scoring.rules.figures import exact_text, round_half_up

#: The method of a figure that counts matches won and gives no points.
WINS = "wins"


#: The method of a sum of several sheets that is taken into a total as what one of them gives.
OF_ONE_SHEET = "of_one_sheet"


def put_together(
    method: str,
    terms: Sequence[Term],
    decimals: int,
    penalties: Sequence[Penalty] = (),
    untrimmed: Fraction | None = None,
    bonus_most: Decimal = Decimal(0),
    floor: bool = False,
) -> Score:
    """The score that the weighted terms add up to, with the bonuses and less the penalties, in points.

    Terms are added exactly and the sum is rounded once to `decimals` places, so that the shown terms may differ
    from it in the last place; each term keeps its exact value for that. `untrimmed` is the same sum with nothing
    dropped, where that differs. In the explanation `valid` and `counted` are the number of terms. Raises Refused
    penalty_not_positive, penalty_too_fine.
    """
    check_penalties(penalties, decimals)
    whole = sum((term.exact * term.weight for term in terms), Fraction(0))
    after = after_mean(whole, penalties, bonus_most, floor)
    mean = round_half_up(whole, decimals)
    explanation = Explanation(
        method=method,
        judges=(),
        valid=len(terms),
        counted=len(terms),
        counted_sum=mean,
        mean_exact=exact_text(whole),
        mean=mean,
        penalties=after.lines,
        penalty_sum=after.taken_off,
        final=round_half_up(after.exact, decimals),
        untrimmed_mean=mean if untrimmed is None else round_half_up(untrimmed, decimals),
        terms=tuple(terms),
        figures=after.figures,
    )
    return Score(explanation.exact, explanation.final, explanation)


def of_one_sheet(score: Score, decimals: int = 2) -> Score:
    """The score on the scale of one sheet, on which a composite total takes it: a sum is divided by its sheets."""
    told = score.explanation
    if not told.method.endswith("_sum"):
        return score
    return put_together(OF_ONE_SHEET, [Term("", score.exact, score.final, Fraction(1, told.counted))], decimals)
