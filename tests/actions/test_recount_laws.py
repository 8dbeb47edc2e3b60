"""Laws of the recount: whatever was marked, the stored sheets give the released result again, and by hand too."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from scoring.actions.running import penalties
from scoring.actions.transaction import perform
from scoring.board.reading.facts import outcome_of
from scoring.extensions import db
from scoring.rules.figures import round_half_up
from scoring.rules.formats.case_binding_checklist import CHECKLIST
from scoring.store import Release
from tests.actions.hall import Hall, checklist, open_hall
from tests.conftest import DESK, FULL_MARKS, Venue

SEEDS = range(6)


def recounted(turn_id: int) -> dict[str, Any]:
    """What was announced for a turn, when the sheets that are on disk give just that again."""
    db.session.rollback()
    db.session.expunge_all()
    release = db.session.scalars(select(Release).where(Release.turn_id == turn_id)).one()
    outcome = outcome_of(release.turn)
    assert {part: score.explanation.to_data() for part, score in outcome.scores.items()} == release.announced
    return dict(release.announced[""])


def any_sheet(chance: Random) -> dict[str, str]:
    """A good sheet: each criterion at any step from none to its maximum."""
    return {key: str(Decimal(chance.randint(0, 2 * int(most))) / 2) for key, most in FULL_MARKS.items()}


def mean_by_hand(totals: list[Fraction]) -> Fraction:
    """Without one highest and one lowest of five or more. Source: domain page 1, aggregation and trim floor."""
    ranked = sorted(totals)
    counted = ranked[1:-1] if len(ranked) >= 5 else ranked
    return sum(counted, Fraction(0)) / len(counted)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_legal_explanations_stored_sheets_give_the_released_result(venue: Venue, seed: int) -> None:
    chance = Random(seed)
    by_hand: dict[str, Fraction] = {}
    for number in ("01", "02", "03"):
        venue.call(number)
        recused = set(chance.sample(range(1, 8), chance.randint(0, 4)))
        for judge in recused:
            venue.recuse(judge, number)
        typed = {judge: any_sheet(chance) for judge in range(1, 8) if judge not in recused}
        for judge, marks in typed.items():
            venue.submits(judge, number, marks)
        over = chance.choice([0, 30, 55])
        if over:
            perform(penalties.add_overtime, DESK, venue.turn(number).id, over)
        venue.release(number)
        announced = recounted(venue.turn(number).id)
        mean = mean_by_hand([sum(map(Fraction, marks.values()), Fraction(0)) for marks in typed.values()])
        # 10 seconds are free, then half a point for each started quarter of a minute
        off = {0: Fraction(0), 30: Fraction(1), 55: Fraction(3, 2)}[over]
        assert announced["final"] == str(round_half_up(mean - off, 2))
        by_hand[number] = mean - off
    ranked = [row["number"] for row in venue.audience()["rows"]]
    assert [by_hand[number] for number in ranked] == sorted(by_hand.values(), reverse=True)


@pytest.fixture
def hall(app: Flask) -> Iterator[Hall]:
    """Two clerks at their benches, two inspectors."""
    with app.app_context():
        yield open_hall()


def any_findings(chance: Random) -> dict[str, int]:
    """Some defects with how often each was found."""
    kinds = [f"{item.key}.{defect.key}" for item in CHECKLIST.items for defect in item.defects]
    return {line: chance.randint(1, 4) for line in chance.sample(kinds, chance.randint(0, 6))}


def points_left(agreed: dict[str, int]) -> Fraction:
    """Each item's maximum less its defects, never below zero. Source: domain page 2C."""
    left = Fraction(0)
    for item in CHECKLIST.items:
        off = sum(defect.points * agreed.get(f"{item.key}.{defect.key}", 0) for defect in item.defects)
        left += max(Fraction(0), Fraction(item.maximum) - Fraction(off))
    return left


@pytest.mark.parametrize("seed", SEEDS)
def test_a_bindings_stored_checklists_give_the_released_result(hall: Hall, seed: int) -> None:
    chance = Random(seed)
    hall.start("01", minutes_ago=20)
    for number in ("01", "02"):
        first = any_findings(chance)
        second = {line: count for line, count in first.items() if chance.random() < 0.6} | any_findings(chance)
        hall.stop(number)
        hall.hand_in(number)
        for inspector, found in ((1, first), (2, second)):
            typed = {line.replace(".", "__"): str(count) for line, count in found.items()}
            hall.submits(inspector, number, checklist(**typed))
        agreed = dict(first)
        for line in sorted(set(first) | set(second)):
            if first.get(line, 0) != second.get(line, 0):
                agreed[line] = chance.randint(0, 4)
                hall.settle(number, line, agreed[line])
        hall.release(number)
        announced = recounted(hall.turn(number).id)
        assert Fraction(announced["final"]) == points_left(agreed)
