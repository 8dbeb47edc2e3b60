"""The wall's clock is put right at noon in a debate, a binding and a review: what is public is told by the order."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from flask import Flask

from scoring.actions.running import screens
from scoring.actions.setting_up.match_plans import ROUND_ROBIN, RoundPlan
from scoring.actions.transaction import perform
from scoring.board.reading import states
from scoring.board.reading.examination import examine
from scoring.extensions import db
from scoring.store import Contest, steady
from tests.actions.conftest import set_up
from tests.actions.hall import Hall as Binding
from tests.actions.hall import checklist, open_hall
from tests.actions.matches import CONTROL_WINS, plan
from tests.conftest import DESK
from tests.record.conftest import OPERATOR
from tests.record.test_wall_clock import HOUR, Put, wall
from tests.review.conftest import Review, review

__all__ = ["review", "set_up", "wall"]


@pytest.fixture
def binding(app: Flask) -> Iterator[Binding]:
    """Two benches at work, whose scores are public at once."""
    with app.app_context():
        hall = open_hall()
        (event,) = db.session.get_one(Contest, hall.contest_id).events
        event.settings = event.settings | {"publication": "at_once"}
        db.session.commit()
        yield hall


@pytest.fixture
def nothing_lasts(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the machine's count the whole story takes no time, however long a loaded machine is at it."""
    stands = time.clock_gettime_ns(steady._COUNT)
    monkeypatch.setattr(time, "clock_gettime_ns", lambda _clock: stands)


@pytest.mark.parametrize("seconds", [HOUR, -HOUR])
def test_matches_one_behind_are_public_in_the_order_of_their_calls_and_frozen_ones_are_not(set_up, wall, seconds):
    hall = set_up(plan(4, RoundPlan(("循环赛", "Round robin"), ROUND_ROBIN), publication="one_behind"))
    keys = [turn.pairing["key"] for turn in hall.turns]

    def public() -> int:
        states._kept.clear()
        return int(hall.audience()["released"])

    wall(seconds)
    for key in keys[:4]:
        hall.play(key, *CONTROL_WINS)
    assert public() == 3
    perform(screens.freeze, OPERATOR, hall.contest_id)
    wall(0)
    hall.play(keys[4], *CONTROL_WINS)
    assert public() == 3
    wall(-seconds)
    perform(screens.unfreeze, OPERATOR, hall.contest_id)
    assert public() == 4
    hall.play(keys[5], *CONTROL_WINS)
    assert public() == 6
    assert examine({}) == {}


@pytest.mark.usefixtures("nothing_lasts")
@pytest.mark.parametrize("seconds", [HOUR, -HOUR])
def test_a_bench_takes_its_true_minutes_and_is_frozen_or_public_whatever_the_wall_says(binding, wall: Put, seconds):
    wall(seconds)
    binding.start("01", minutes_ago=61)
    wall(0)
    for number in ("01", "02"):
        binding.stop(number)
        binding.hand_in(number)
        for inspector in (1, 2):
            binding.submits(inspector, number, checklist())
    assert [binding.facts(number)["seconds"] // 60 for number in ("01", "02")] == [61, 61]
    wall(seconds)
    binding.release("01")
    perform(screens.freeze, OPERATOR, binding.contest_id)
    wall(-seconds)
    binding.release("02")
    states._kept.clear()
    assert [number for _, number, _ in binding.ranking()] == ["01"]
    perform(screens.unfreeze, OPERATOR, binding.contest_id)
    assert {score for _, _, score in binding.ranking()} == {"98.00"}, "2 off for a started minute, not for sixty"
    assert examine({}) == {}


@pytest.mark.parametrize("seconds", [HOUR, -HOUR])
def test_a_review_that_is_decoded_and_released_under_a_freeze_is_public_after_it(review: Review, wall: Put, seconds):
    wall(seconds)
    review.begins()
    review.all_submit(a01=("90", "88"), a02=("80", "82"), a03=("70", "72"))
    perform(screens.freeze, DESK, review.contest_id)
    wall(0)
    review.decodes()
    wall(-seconds)
    review.releases()
    states._kept.clear()
    assert review.ranking() == []
    perform(screens.unfreeze, DESK, review.contest_id)
    assert [(rank, number) for rank, number, _ in review.ranking()] == [(1, "01"), (2, "02"), (3, "03")]
    assert examine({}) == {}
