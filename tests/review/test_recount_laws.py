"""A law of the review: whatever its reviewers gave, the stored sheets and rulings give the released result again."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from sqlalchemy import select

from scoring.board.reading.facts import outcome_of
from scoring.extensions import db
from scoring.rules.figures import round_half_up
from scoring.store import Release
from tests.review.conftest import LETTERS, Review


def any_total(chance: Random) -> str:
    """A total from 60 to 95 in steps of half a point, so that some pairs are too far apart."""
    return f"{chance.randint(120, 190) / 2:g}"


@pytest.mark.parametrize("seed", range(5))
def test_a_reviews_stored_sheets_and_rulings_give_the_released_result(review: Review, seed: int) -> None:
    chance = Random(seed)
    review.begins()
    agreed: dict[str, Fraction] = {}
    for author in LETTERS:
        first, second = any_total(chance), any_total(chance)
        review.submits(1, author, first)
        review.submits(2, author, second)
        if abs(Fraction(first) - Fraction(second)) > 15:
            review.further(3, author)
            review.submits(3, author, any_total(chance))
            continue
        agreed[author] = (Fraction(first) + Fraction(second)) / 2
        if chance.random() < 0.5:
            review.rules(author, "penalty", "late")
            agreed[author] -= 5  # Source: domain page 2D, penalties
    review.decodes()
    review.releases()
    db.session.rollback()
    db.session.expunge_all()
    releases = db.session.scalars(select(Release)).all()
    assert len(releases) == len(LETTERS)
    for release in releases:
        outcome = outcome_of(release.turn)
        assert {part: score.explanation.to_data() for part, score in outcome.scores.items()} == release.announced
        author = release.turn.appearances[0].contestant.number
        if author in agreed:
            assert release.announced[""]["final"] == str(round_half_up(agreed[author], 2))
