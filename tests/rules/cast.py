"""The fixed cast of the rulebook's tests: panels, rubrics and the refusals they meet."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from scoring.rules.panel import JudgeSheet, Standing
from scoring.rules.refusal import Problem, Refused
from scoring.rules.rubric import Criterion, Rubric

LAW = Criterion("law", "法律适用准确", "Accuracy of law", Decimal(25), decides_ties=True)
PACE = Criterion("pace", "仪表形象与节奏", "Bearing and pace", Decimal(10))
TWO_LINES = Rubric((LAW, PACE))


def panel_of(*totals: str) -> list[JudgeSheet]:
    """Seats 1, 2, … whose sheets come to these totals."""
    return [counted(str(seat), total) for seat, total in enumerate(totals, start=1)]


def counted(seat: str, total: str) -> JudgeSheet:
    return JudgeSheet(seat, Standing.COUNTED, {"whole": Decimal(total)})


def refusals(attempt: Callable[[], object]) -> list[Problem]:
    """The problems of an attempt that must be refused."""
    with pytest.raises(Refused) as caught:
        attempt()
    return list(caught.value.problems)


def refusal(attempt: Callable[[], object]) -> Problem:
    """The one problem of an attempt that must be refused."""
    (problem,) = refusals(attempt)
    return problem
