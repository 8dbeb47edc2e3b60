"""Motions: dealt to the matches of every kind of round by the recorded draw of the sides."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from scoring.actions.running import matches
from scoring.actions.setting_up.match_plans import ALL_PLAY, KNOCKOUT, ROUND_ROBIN, RoundPlan
from scoring.actions.transaction import perform
from scoring.extensions import db
from scoring.rules.pairings import deal_motions
from scoring.store import Entry
from tests.actions.matches import CONTROL_WINS, SEED, WITNESS, Hall, plan
from tests.conftest import DESK

MOTIONS = ["正当防卫是否过当", "数额是否应当累计", "自首能否认定"]


def motions_of(hall: Hall) -> dict[str, str]:
    return {turn.pairing["key"]: turn.facts["case"] for turn in hall.turns if "case" in turn.facts}


def test_motions_are_dealt_with_the_sides_from_the_recorded_seed_and_again_for_the_final(set_up):
    hall = set_up(plan(motions=MOTIONS))
    matches_of_round = [("1.1", ("A", "D")), ("1.2", ("B", "C"))]
    entry = db.session.scalars(select(Entry).where(Entry.verb == "draw_sides")).one()
    first = deal_motions(entry.details["seed"], matches_of_round, MOTIONS)
    assert (entry.details["typed"], entry.details["motions"]) == (SEED, first)
    assert motions_of(hall) == first
    hall.play("1.1", *CONTROL_WINS)
    hall.play("1.2", *CONTROL_WINS)
    assert set(motions_of(hall)) == {"1.1", "1.2"}
    perform(matches.draw_sides, DESK, hall.match("2.1").id, "final-7", WITNESS)
    assert motions_of(hall)["2.1"] not in first.values()
    newest = db.session.scalars(select(Entry).where(Entry.verb == "draw_sides").order_by(Entry.id.desc())).first()
    assert newest.details["motions"] == {"2.1": motions_of(hall)["2.1"]}


@pytest.mark.parametrize("pairing", [ROUND_ROBIN, ALL_PLAY, KNOCKOUT])
def test_every_match_of_whatever_round_gets_its_motion(set_up, pairing):
    hall = set_up(plan(4, RoundPlan(("初赛", "Heats"), pairing), motions=MOTIONS))
    assert set(motions_of(hall)) == {turn.pairing["key"] for turn in hall.turns}


def test_without_a_list_of_motions_none_are_dealt_and_the_draw_says_so(set_up):
    hall = set_up(plan())
    assert motions_of(hall) == {}
    entry = db.session.scalars(select(Entry).where(Entry.verb == "draw_sides")).one()
    assert "motions" not in entry.details
