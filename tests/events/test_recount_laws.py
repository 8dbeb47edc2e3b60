"""A law of the overall result: the released scores of the events, weighed by hand, give every total and every rank."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from scoring.actions.setting_up.overall import set_overall
from scoring.actions.transaction import perform
from scoring.board.views.overall import overall
from scoring.extensions import db
from scoring.rules.figures import read_exact, round_half_up
from tests.conftest import DESK

NUMBERS = ("01", "02", "03")


def any_weights(chance: Random) -> dict[str, Decimal]:
    """Three weights that make 100, in steps of half a percent."""
    cuts = sorted(chance.sample(range(1, 200), 2))
    steps = (cuts[0], cuts[1] - cuts[0], 200 - cuts[1])
    return {str(place): Decimal(step) / 2 for place, step in enumerate(steps, 1)}


def exact(meet, place: int, number: str) -> Fraction:
    """A released score without any rounding, from what was announced."""
    announced: dict[str, Any] = meet.turn(place, number).releases[-1].announced[""]
    return read_exact(announced["mean_exact"]) - Fraction(announced["penalty_sum"])


def weighed(meet, weights: dict[str, Decimal], number: str) -> Fraction:
    """A contestant's total without any rounding."""
    parts = [exact(meet, int(place), number) * Fraction(weight) / 100 for place, weight in weights.items()]
    return sum(parts, Fraction(0))


@pytest.mark.parametrize("seed", range(5))
def test_the_released_scores_weighed_by_hand_give_every_total_and_rank(meet, seed):
    chance = Random(seed)
    weights = any_weights(chance)
    rules = {"weighting": {"percent": {key: str(weight) for key, weight in weights.items()}}, "offices": {"best": 1}}
    perform(set_overall, DESK, meet.contest_id, rules)
    for place in (1, 2, 3):
        for number in NUMBERS:
            meet.call(place, number)
            panel = len(meet.turn(place, number).panel)
            meet.mark_each(place, number, [f"{chance.randint(140, 190) / 2:g}" for _ in range(panel)])
            meet.release(place, number)
    db.session.expunge_all()
    totals = {number: weighed(meet, weights, number) for number in NUMBERS}
    shown = overall(meet.contest_id)
    assert {row["number"]: row["score"] for row in shown["rows"]} == {
        number: str(round_half_up(total, 2)) for number, total in totals.items()
    }
    assert [totals[row["number"]] for row in shown["rows"]] == sorted(totals.values(), reverse=True)
    best = {"江北区院": max(totals["01"], totals["03"]), "慈溪县院": totals["02"]}
    assert {row["office"]: row["score"] for row in shown["offices"]} == {
        office: str(round_half_up(total, 2)) for office, total in best.items()
    }
