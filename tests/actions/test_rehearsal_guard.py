"""While a contest of any format is rehearsed nothing of it begins, whatever is pressed, by whom and in which order."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from scoring.actions.preparing import rehearsing
from scoring.actions.registry import heard
from scoring.actions.setting_up.contests import Plan, set_up
from scoring.actions.transaction import perform
from scoring.board.views.rehearsal import Machine
from scoring.extensions import db
from scoring.store import Contest
from scoring.store.contests import WAITING
from tests.board.anything import Anything, refused_or_not
from tests.board.test_following import bindings, debates, explanations, several
from tests.conftest import CHEN, DESK, LIN, ZHOU
from tests.review.conftest import FORMAT, Review

STEPS = 40


def reviews(app: Flask) -> int:
    """Three documents, coded and drawn; the review is not open yet."""
    settings = FORMAT.defaults() | {"reviewers": {"per_document": 2}}
    authors = [CHEN, LIN, ZHOU]
    made = perform(set_up, DESK, Plan("jianyi", ("评比", "Review"), "", "suggestion_review", 4, authors, settings))
    assert made is not None
    review = Review(app, made)
    review.collects()
    review.codes()
    review.draws(1, 2)
    return made


def begun_of(contest_id: int) -> list[str]:
    """What has begun of a contest: the states of its turns that do not wait, and who marked one."""
    db.session.rollback()
    events = db.session.get_one(Contest, contest_id).events
    turns = [turn for event in events for played in event.rounds for turn in played.turns]
    return [one.state for one in turns if one.state != WAITING] + [
        str(one.seat_id) for turn in turns for one in turn.sheets
    ]


@pytest.mark.parametrize("made", [explanations, bindings, debates, reviews, several], ids=lambda made: made.__name__)
def test_whatever_is_pressed_nothing_begins_before_the_end_of_the_rehearsal(
    app: Flask, made: Callable[[Flask], int]
) -> None:
    with app.app_context():
        contest_id = made(app)
        anybody = Anything(contest_id, made.__name__)
        perform(rehearsing.begin_rehearsal, DESK, contest_id)
        for name in (*heard(), *heard()):
            with refused_or_not():
                anybody.press(name)
        for _ in range(STEPS):
            anybody.step()
        assert begun_of(contest_id) == []
        perform(rehearsing.end_rehearsal, DESK, contest_id, Machine("here"))
        for _ in range(2 * STEPS):
            anybody.step()
        assert begun_of(contest_id), "the same presses begin it afterwards"
