"""Clerks who come late to a binding: a bench and a pair of inspectors, and files that do not tell who came late."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from scoring.actions.running import benches, late_entries, not_performing
from scoring.actions.setting_up.contests import Plan, set_up
from scoring.actions.setting_up.event_settings import change_settings
from scoring.actions.transaction import perform
from scoring.board.reading.look import event_of
from scoring.board.views.audience import audience
from scoring.board.views.benches import benches as benches_view
from scoring.board.views.desk import desk
from scoring.extensions import db
from scoring.store import Entry, Turn
from tests.actions.hall import checklist, open_hall
from tests.actions.test_late_entries import WHY, comes_late
from tests.conftest import CHEN, DESK, LIN, ZHOU
from tests.refusals import refusal, refused


def bench(number: str) -> tuple[int, int, list[int]]:
    db.session.rollback()
    turn = next(turn for turn in db.session.scalars(select(Turn)) if turn.number == number)
    return turn.facts["batch"], turn.facts["bench"], [seat.number for seat in turn.panel]


@pytest.fixture
def hall(app):
    with app.app_context():
        yield open_hall(clerks=2, inspectors=4, benches_in_a_batch=2)


def test_a_late_clerk_sits_at_a_bench_of_the_next_batch_with_a_pair_of_inspectors(hall):
    hall.start("01")
    comes_late(hall, "03", "周子涵")
    assert bench("03") == (2, 1, [1, 2])
    comes_late(hall, "04", "吴桐")
    assert bench("04") == (2, 2, [3, 4])
    hall.start("03")
    assert {hall.turn(number).state for number in ("03", "04")} == {"performing"}


def test_a_late_clerk_does_not_work_alone_unless_that_is_decided_on_record(hall):
    hall.start("01")
    comes_late(hall, "03", "周子涵")
    alone = (benches.start_benches, DESK, hall.turn("03").id)
    assert refusal(*alone[:1], *alone[2:]).code == "files_recognised"
    assert refusal(*alone[:1], *alone[2:], True, " ").code == "reason_missing"
    batch = benches_view(hall.contest_id)["batches"][1]
    assert (batch["waiting"], batch["recognised"], batch["started"]) == (1, True, None)
    perform(*alone, True, "检查员在另一处，不知道谁迟到")
    told = db.session.scalars(select(Entry).where(Entry.verb == "start_benches")).all()[-1].details
    assert (told["alone"], told["reason"]) == (True, "检查员在另一处，不知道谁迟到")


def test_three_late_clerks_hide_one_another_and_start_without_a_decision(app):
    with app.app_context():
        hall = open_hall(clerks=2, inspectors=4, benches_in_a_batch=3)
        hall.start("01")
        for number in ("03", "04", "05"):
            comes_late(hall, number, f"新人{number}")
        perform(benches.start_benches, DESK, hall.turn("03").id)
        assert {hall.turn(number).state for number in ("03", "04", "05")} == {"performing"}


def test_a_late_clerk_takes_the_free_bench_of_a_batch_that_waits(hall):
    hall.start("01")
    comes_late(hall, "03", "周子涵")
    assert bench("03")[:2] == (2, 1)
    comes_late(hall, "04", "吴桐")
    assert bench("04")[:2] == (2, 2)


def test_a_batch_waits_for_its_start_though_one_of_it_is_absent(app):
    """A late clerk takes a bench of it, and the hall goes on showing the batch that races."""
    with app.app_context():
        hall = open_hall(clerks=3, inspectors=4, benches_in_a_batch=2)
        hall.start("01")
        perform(not_performing.record_not_performing, DESK, hall.turn("03").id, "absent", "未到", "评委会主任")
        racing = audience(hall.contest_id)["racing"]
        assert (racing["batch"], racing["at_work"]) == (1, 2)
        comes_late(hall, "04", "吴桐")
        assert bench("04")[:2] == (2, 2)
        hall.start("04")
        assert audience(hall.contest_id)["racing"]["batch"] == 2


def test_a_late_clerk_gets_inspectors_of_other_offices(hall):
    for number in (1, 2):
        hall.seat(number).office = "镇山区院"
    db.session.commit()
    hall.start("01")
    comes_late(hall, "03", "周子涵", office="镇山区院")
    assert bench("03") == (2, 1, [3, 4])


def test_drawn_in_the_waiting_clerks_change_benches_and_the_benches_stay(hall):
    hall.start("01")
    comes_late(hall, "03", "周子涵")
    for number in ("04", "05", "06", "07"):
        comes_late(hall, number, f"新人{number}", place="drawn", seed=f"s{number}", witness="赵")
    waiting = sorted(bench(number)[:2] for number in ("03", "04", "05", "06", "07"))
    assert waiting == [(2, 1), (2, 2), (3, 1), (3, 2), (4, 1)]
    assert [bench(number) for number in ("01", "02")] == [(1, 1, [1, 2]), (1, 2, [3, 4])]
    pairs = {bench(number)[1]: bench(number)[2] for number in ("03", "04", "05", "06", "07")}
    assert pairs == {1: [1, 2], 2: [3, 4]}


def test_the_address_of_a_late_clerks_file_does_not_tell_who_came_late(hall):
    hall.start("01")
    last = set()
    for number in range(3, 15):
        comes_late(hall, f"{number:02}", f"新人{number}")
        last.add(max(db.session.scalars(select(Turn)), key=lambda turn: turn.id).number == f"{number:02}")
        assert [desk(hall.contest_id)["turns"][place]["number"] for place in (-1,)] == [f"{number:02}"]
    assert False in last


def test_before_the_benches_are_planned_a_late_clerk_is_planned_with_the_others(app):
    with app.app_context():
        plan_of = Plan("zd", ("装订", "Binding"), "", "case_binding", 2, [CHEN, LIN])
        contest_id = perform(set_up, DESK, plan_of)
        perform(late_entries.enter_late, DESK, contest_id, "03", ZHOU.name, WHY)
        first = db.session.scalars(select(Turn)).first()
        perform(benches.plan_benches, DESK, first.id, 10)
        assert sorted(bench(number)[:2] for number in ("01", "02", "03")) == [(1, 1), (1, 2), (1, 3)]


# matches


def test_a_public_score_does_not_vanish_behind_a_late_clerk_where_another_was_absent(app):
    with app.app_context():
        hall = open_hall(clerks=3)
        event = event_of(hall.contest_id)
        perform(change_settings, DESK, hall.contest_id, dict(event.settings) | {"publication": "at_end"}, "100")
        perform(not_performing.record_not_performing, DESK, hall.turn("02").id, "absent", "未到", "评委会主任")
        hall.start("01")
        for number in ("01", "03"):
            hall.stop(number)
            hall.hand_in(number)
        for inspector in (1, 2):
            hall.submits(inspector, "01", checklist())
        hall.release("01")
        assert hall.ranking() == [(1, "01", "100.00")]
        with refused("late_round_over"):
            comes_late(hall, "04", "吴桐")


def test_a_late_clerk_with_a_pair_of_inspectors_is_taken_off_again(hall):
    hall.start("01")
    comes_late(hall, "03", "周子涵")
    perform(late_entries.remove_late, DESK, hall.contest_id, "03", "登记有误")
    assert db.session.scalars(select(Turn.id).join(Turn.assignments)).all()
    assert [turn for turn in db.session.scalars(select(Turn)) if turn.number == "03"] == []
