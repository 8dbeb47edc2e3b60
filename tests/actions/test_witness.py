"""Whoever draws is not the witness of the draw, at whichever door: the page asks for somebody else's name."""

from __future__ import annotations

import pytest

from scoring.actions.review import coding
from scoring.actions.running import benches, draws, late_entries
from scoring.actions.setting_up import match_plans
from scoring.actions.setting_up.contests import Plan, set_up
from scoring.actions.transaction import perform
from scoring.extensions import db
from scoring.store import Turn
from tests.actions.matches import plan
from tests.conftest import CHEN, DESK, LIN, ORGANIZER
from tests.refusals import refusal


@pytest.mark.parametrize("named", [ORGANIZER, f" {ORGANIZER} "])
def test_the_order_and_the_place_of_a_latecomer_are_not_witnessed_by_whoever_draws(venue, named):
    assert refusal(draws.draw_turns, venue.contest_id, "7", named).code == "witness_is_actor"
    late = {"place": "drawn", "seed": "7", "witness": named}
    given = venue.contest_id, "04", "吴桐", "路上堵车"
    assert refusal(late_entries.enter_late, *given, **late).code == "witness_is_actor"


def test_benches_codes_and_pairs_are_not_witnessed_by_whoever_draws(app):
    with app.app_context():
        binding = perform(set_up, DESK, Plan("zd", ("装订", "B"), "", "case_binding", 2, [CHEN, LIN]))
        assert binding is not None
        turn = db.session.query(Turn).first()
        assert refusal(benches.plan_benches, turn.id, 2, "7", ORGANIZER).code == "witness_is_actor"
        review = perform(set_up, DESK, Plan("js", ("建议", "S"), "", "suggestion_review", 3, []))
        assert refusal(coding.code_documents, review, "7", ORGANIZER).code == "witness_is_actor"
        wanted = plan(4)
        object.__setattr__(wanted, "witness", ORGANIZER)
        assert refusal(match_plans.set_up_matches, wanted).code == "witness_is_actor"
