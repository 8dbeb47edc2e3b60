"""Corrections of a match: a winner that changes after the next round has filled itself is for people to rule on."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from scoring.actions.results import corrections
from scoring.actions.running import matches
from scoring.actions.running.not_performing import record_not_performing
from scoring.actions.setting_up.match_plans import ALL_PLAY, KNOCKOUT, RoundPlan
from scoring.actions.transaction import perform
from scoring.board.reading.examination import examine
from scoring.board.views.corrections import corrections as corrections_view
from scoring.board.views.spot_checks import ranks_to_check, turns_to_check
from scoring.extensions import db
from scoring.store import Correction, Release, SheetVersion
from tests.actions.conftest import set_up
from tests.actions.hall import checklist, open_hall
from tests.actions.matches import CONTROL_WINS, Hall, plan, sheet_worth
from tests.conftest import DESK, begin_with
from tests.record.conftest import CHIEF, TALLIER
from tests.refusals import refused

__all__ = ["set_up"]
FOR_DEFENCE = sheet_worth("60", "100")


def asks(hall: Any, turn: Any, judge: int, typed: dict[str, str]) -> int:
    """The tallier asks; answers the request's id."""
    seat_id, turn_id = hall.seat(judge).id, turn.id
    perform(corrections.request_sheet, TALLIER, hall.contest_id, turn_id, seat_id, typed, "评委", "录入有误")
    db.session.rollback()
    return db.session.scalars(select(Correction.id).order_by(Correction.id.desc())).first()


def approves(hall: Any, correction_id: int) -> None:
    perform(corrections.approve_correction, CHIEF, hall.contest_id, correction_id, "已核对")


@pytest.fixture
def hall(set_up: Any) -> Hall:
    """A knockout of four teams; the first match is released, the second not."""
    hall: Hall = set_up(plan())
    hall.play("1.1", *CONTROL_WINS)
    return hall


def test_before_the_next_round_is_filled_a_correction_may_turn_the_match(hall):
    for judge in (1, 2):
        approves(hall, asks(hall, hall.match("1.1"), judge, FOR_DEFENCE))
    shown = hall.audience()["match"]
    assert shown["winner"] == "defence"
    # before: 265 and 245, a third each; after: 60 + 60 + 85 = 205 and 100 + 100 + 85 = 285
    assert [(side["was"], side["figure"]) for side in shown["sides"]] == [("88.33", "68.33"), ("81.67", "95.00")]
    hall.play("1.2", *CONTROL_WINS)
    assert hall.match("2.1").pairing["first"] == hall.match("1.1").sides["defence"].number


def test_a_correction_that_leaves_the_winner_is_approved_after_the_next_round_is_filled(hall):
    hall.play("1.2", *CONTROL_WINS)
    approves(hall, asks(hall, hall.match("1.1"), 1, sheet_worth("91", "80")))
    assert hall.match("2.1").pairing["first"] == hall.match("1.1").sides["control"].number


def test_the_next_match_is_filled_anew_while_nobody_has_gone_on_with_it(hall):
    hall.play("1.2", *CONTROL_WINS)
    for judge in (1, 2):
        approves(hall, asks(hall, hall.match("1.1"), judge, FOR_DEFENCE))
    assert hall.match("2.1").pairing["first"] == hall.match("1.1").sides["defence"].number


def test_a_winner_that_changes_after_the_next_match_is_drawn_is_refused_and_nothing_changes(hall):
    hall.play("1.2", *CONTROL_WINS)
    perform(matches.draw_sides, DESK, hall.match("2.1").id, "7", "周监督")
    approves(hall, asks(hall, hall.match("1.1"), 1, sheet_worth("85", "85")))
    before = len(list(db.session.scalars(select(SheetVersion))))
    correction = asks(hall, hall.match("1.1"), 2, FOR_DEFENCE)
    with refused("correction_changes_next_round"):
        approves(hall, correction)
    db.session.rollback()
    assert len(list(db.session.scalars(select(SheetVersion)))) == before
    assert db.session.get_one(Correction, correction).state == "open"
    assert hall.match("1.1").releases[-1].verdict["winner"] == "control"
    perform(corrections.reject_correction, CHIEF, hall.contest_id, correction, "评委会决定：次轮照常，另行补赛")


@pytest.mark.parametrize("called", [False, True])
def test_who_has_won_a_match_and_is_in_a_drawn_final_is_put_out_of_that_and_the_other_side_has_won(hall, called):
    """Nobody is put into a drawn match, so who is disqualified after the release loses what is left of the event."""
    hall.play("1.2", *CONTROL_WINS)
    perform(matches.draw_sides, DESK, hall.match("2.1").id, "7", "周监督")
    if called:
        hall.call("2.1")
    out = hall.match("1.1").sides["control"]
    third, first = hall.match("1.1").sides["defence"].number, hall.match("1.2").sides["control"].number
    with refused("not_performing_released"):
        perform(record_not_performing, DESK, hall.match("2.1").id, "withdrawn", "急事", "领队", out.id)
    asked = (hall.contest_id, hall.match("1.1").id, "disqualified", "监督员", "冒名顶替", out.id)
    perform(corrections.request_out, TALLIER, *asked)
    named = f"{out.number} {out.name}"
    assert corrections_view(hall.contest_id)["open"][0]["whom"] == named  # the chief decides on it and saw no name
    approves(hall, db.session.scalars(select(Correction.id)).one())
    shown = hall.audience()
    assert hall.match("1.1").releases[-1].verdict["winner"] == "control"
    assert [(one["place"], one["number"]) for one in shown["placings"]][:2] == [(1, first), (2, third)]
    assert out.number not in [row["number"] for row in shown["rows"]]
    assert [(one["number"], one["ground"]["zh"]) for one in shown["unranked"]] == [(out.number, "取消资格")]
    assert shown["closing"]["best"][0]["number"] == first
    assert examine({}) == {}
    with refused("not_performing_twice"):
        perform(corrections.request_out, TALLIER, *asked)
    (lifted,) = corrections_view(hall.contest_id)["outs"]
    perform(corrections.request_lift, TALLIER, hall.contest_id, lifted["id"], "监督员", "查无此事")
    assert corrections_view(hall.contest_id)["open"][0]["whom"] == named
    approves(hall, db.session.scalars(select(Correction.id).order_by(Correction.id.desc())).first())
    final = hall.match("2.1")
    assert (final.state, final.out) == ("performing" if called else "waiting", {})
    assert hall.audience()["unranked"] == []
    if not called:
        hall.call("2.1")
    hall.all_submit("2.1", *CONTROL_WINS)
    hall.release("2.1")
    assert len(hall.audience()["rows"]) == 4


def test_a_final_may_be_corrected_because_nothing_comes_after_it(hall):
    hall.play("1.2", *CONTROL_WINS)
    perform(matches.draw_sides, DESK, hall.match("2.1").id, "7", "周监督")
    hall.play("2.1", *CONTROL_WINS)
    for judge in (1, 2):
        approves(hall, asks(hall, hall.match("2.1"), judge, FOR_DEFENCE))
    assert hall.audience()["match"]["winner"] == "defence"


def test_a_correction_that_ties_the_match_is_refused(hall):
    approves(hall, asks(hall, hall.match("1.1"), 1, sheet_worth("85", "85")))
    correction = asks(hall, hall.match("1.1"), 2, sheet_worth("85", "85"))
    with refused("correction_ties_match"):
        approves(hall, correction)


def test_a_corrected_round_that_would_seed_the_knockout_otherwise_is_refused(set_up):
    rounds = (RoundPlan(("初赛", "Preliminary"), ALL_PLAY), RoundPlan(("决赛", "Final"), KNOCKOUT, 2))
    hall = set_up(plan(4, *rounds))
    hall.play("1", *CONTROL_WINS)
    hall.play("2", *CONTROL_WINS)
    seeds = set_of_seeds(hall)
    perform(matches.draw_sides, DESK, hall.match("1.1").id, "7", "周监督")
    correction = asks(hall, hall.match("1"), 1, FOR_DEFENCE)
    with refused("correction_changes_next_round"):
        approves(hall, correction)
    assert set_of_seeds(hall) == seeds


def set_of_seeds(hall: Hall) -> set[str]:
    db.session.rollback()
    return set(hall.turns[0].round.event.rounds[1].plan["seeds"])


@pytest.fixture
def binding(installation: Any) -> Any:
    """A released bench of two inspectors who agree."""
    for app in begin_with(installation, installation.empty):
        with app.app_context():
            hall = open_hall(clerks=1)
            hall.start("01")
            hall.stop("01")
            hall.hand_in("01")
            for inspector in (1, 2):
                hall.submits(inspector, "01", checklist(index__wrong_entry="2"))
            hall.release("01")
            yield hall


def test_with_the_correction_of_a_checklist_the_chief_settles_the_line_for_both_inspectors(binding):
    assert binding.ranking() == [(1, "01", "98.00")]
    approves(binding, asks(binding, binding.turn("01"), 1, checklist(index__wrong_entry="3")))
    assert binding.ranking() == [(1, "01", "97.00")]
    assert binding.facts("01")["settlements"]["index.wrong_entry"]["count"] == 3
    assert len(list(db.session.scalars(select(Release)))) == 2


def test_the_time_of_a_bench_is_not_corrected_as_an_overtime(binding):
    with refused("overtime_from_time"):
        turn = binding.turn("01").id
        perform(corrections.request_overtime, TALLIER, binding.contest_id, turn, "", 5, "计时员", "录像")


def test_the_spot_check_of_matches_names_them_by_round_and_place(hall):
    with refused("spot_check_too_early"):
        turns_to_check(hall.contest_id)
    hall.play("1.2", *CONTROL_WINS)
    perform(matches.draw_sides, DESK, hall.match("2.1").id, "7", "周监督")
    hall.play("2.1", *CONTROL_WINS)
    db.session.rollback()
    names = turns_to_check(hall.contest_id)
    assert sorted(name.split()[0] for name in names) == ["1.1.1", "1.1.2", "1.2.1"]
    assert set(ranks_to_check(hall.contest_id)) == set(names)
