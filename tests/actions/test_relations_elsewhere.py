"""Recusal relations where a panel is chosen: benches, and matches of teams."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from scoring.actions.preparing import relations
from scoring.actions.running import benches
from scoring.actions.setting_up import contests
from scoring.actions.setting_up.contests import Plan
from scoring.actions.transaction import perform
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Contest, Contestant, Seat, Turn
from tests.actions.hall import CLERKS, DESK, Hall
from tests.actions.matches import plan as plan_of_matches


@pytest.fixture
def hall(app):
    """Three clerks, and two pairs of inspectors."""
    with app.app_context():
        yield Hall(perform(contests.set_up, DESK, Plan("juan", ("装订", "Binding"), "", "case_binding", 4, CLERKS)))


def belongs(number: int, name: str, office: str = "") -> Seat:
    """Who sits at a seat, as a list would say it."""
    seat = db.session.scalars(select(Seat).where(Seat.number == number)).first()
    assert seat is not None
    seat.name, seat.office = name, office
    db.session.commit()
    return seat


def pairs(contest_id: int) -> dict[str, list[int]]:
    """The inspectors of each bench."""
    db.session.rollback()
    turns = db.session.scalars(select(Turn)).all()
    return {turn.number: [seat.number for seat in turn.panel] for turn in turns}


def test_a_bench_gets_a_pair_in_which_nobody_is_related_to_its_clerk(hall):
    belongs(2, "李国栋", "江北区人民检察院")  # 01 is of 江北区院
    perform(benches.plan_benches, DESK, hall.turn("01").id, 3)
    assert pairs(hall.contest_id)["01"] == [3, 4]
    assert [one.ground for one in hall.turn("01").recused.values()] == ["office"]


def test_a_bench_for_which_every_pair_is_related_is_refused(hall):
    belongs(2, "李国栋", "江北区院")
    belongs(3, "韩冰", "江北区院")
    with pytest.raises(Refused, match="inspectors_recused"):
        perform(benches.plan_benches, DESK, hall.turn("01").id, 3)
    assert pairs(hall.contest_id)["01"] == [1, 2, 3, 4]


def test_a_batch_that_starts_recuses_whoever_was_missed(hall):
    perform(benches.plan_benches, DESK, hall.turn("01").id, 3)
    number = pairs(hall.contest_id)["01"][0]
    belongs(number, "李国栋", "江北区院")
    hall.start("01")
    assert [one.seat.number for one in hall.turn("01").recused.values()] == [number]


def test_whoever_is_related_to_a_speaker_is_recused_for_the_teams_match(set_up):
    hall = set_up(plan_of_matches())
    contest_id = db.session.scalars(select(Contest.id)).one()
    seat = belongs(1, "李国栋")
    speaker = db.session.scalars(select(Contestant).where(Contestant.team_id.is_not(None))).first()
    team = speaker.team.number
    perform(relations.declare_relation, DESK, contest_id, seat.id, speaker.id, "kin", "")
    db.session.rollback()
    recused = {turn.number for turn in hall.turns if seat.id in turn.recused}
    assert recused == {turn.number for turn in hall.turns if team in (turn.pairing["first"], turn.pairing["second"])}
    assert len(recused) == 1
