"""A debate as one of a contest's events: its pairs are drawn for it, and its speakers' scores go into the totals."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from scoring.actions.preparing.events import EventPlan, add_event
from scoring.actions.running import releases, sheets, turns
from scoring.actions.setting_up.contests import Entrant, Plan, set_up
from scoring.actions.setting_up.match_plans import ALL_PLAY, RoundPlan
from scoring.actions.setting_up.overall import set_awards, set_overall
from scoring.actions.setting_up.pairing import pair_matches
from scoring.actions.transaction import Actor, perform
from scoring.board.views.overall import overall
from scoring.extensions import db
from scoring.rules.awards import DEBATERS
from tests.conftest import CHEN, DESK, LIN, ZHOU, Installation, begin_with
from tests.events.conftest import Meet
from tests.rules.matches import duel

WANG = Entrant("04", "王雨桐", "慈溪县院")


@pytest.fixture
def mixed(installation: Installation) -> Iterator[Meet]:
    """Four contestants, a legal explanation that weighs 60 and a debate, one against one, that weighs 40."""
    for app in begin_with(installation, installation.empty):
        with app.app_context():
            plan = Plan("zonghe", ("综合赛", "Contest"), "明州市院", "legal_explanation", 3, [CHEN, LIN, ZHOU, WANG])
            meet = Meet(app, perform(set_up, DESK, plan) or 0)
            perform(add_event, DESK, meet.contest_id, EventPlan("debate", 3))
            rounds = [RoundPlan(("初赛", "Preliminaries"), ALL_PLAY)]
            perform(pair_matches, DESK, meet.contest_id, rounds, "seed 20 26", "王监督", 2)
            perform(set_overall, DESK, meet.contest_id, {"weighting": {"percent": {"1": "60", "2": "40"}}})
            yield meet


def debates(meet: Meet, place: int, control: str, defence: str) -> dict[str, str]:
    """A match of the debate from its call to its release; answers who stood on which side, by number."""
    turn = meet.event(2).rounds[0].turns[place]
    turn_id, seats = turn.id, [seat.id for seat in turn.panel]
    sides = {side: entrant.number for side, entrant in turn.sides.items()}
    perform(turns.call, DESK, turn_id)
    for seat_id in seats:
        sheet = f"sheet-of-{turn_id}-by-{seat_id}"
        perform(sheets.submit, Actor(f"seat:{seat_id}"), turn_id, seat_id, duel(control, defence), sheet)
    perform(releases.release, DESK, turn_id)
    return sides


def test_a_debates_scores_are_weighed_with_those_of_the_other_event(mixed):
    mixed.plays(1, {"01": "90", "02": "90", "03": "90", "04": "90"})
    first = debates(mixed, 0, "20", "15")
    second = debates(mixed, 1, "10", "5")
    db.session.rollback()
    rows = {row["number"]: row["score"] for row in overall(mixed.contest_id)["rows"]}
    # 0.6 × 90 = 54, and 0.4 × 80, 75, 70 and 65.
    assert (rows[first["control"]], rows[first["defence"]]) == ("86.00", "84.00")
    assert (rows[second["control"]], rows[second["defence"]]) == ("82.00", "80.00")


def test_who_has_not_debated_has_no_total_yet(mixed):
    mixed.plays(1, {"01": "90", "02": "90", "03": "90", "04": "90"})
    first = debates(mixed, 0, "20", "15")
    db.session.rollback()
    shown = overall(mixed.contest_id)
    assert {row["number"] for row in shown["rows"]} == set(first.values())
    assert {one["state"] for one in shown["open"]} == {"pending"}
    assert [event["event"] for event in shown["open"][0]["missing"]] == [2]


def test_the_best_debaters_are_named_when_the_last_match_is_public(mixed):
    perform(set_awards, DESK, mixed.contest_id, "ranking", [award.to_data() for award in DEBATERS], 2)
    first = debates(mixed, 0, "20", "15")
    assert not any("award" in row for row in mixed.audience(2)["rows"])
    debates(mixed, 1, "10", "5")
    given = {row["number"]: row["award"]["zh"] for row in mixed.audience(2)["rows"]}
    assert given[first["control"]] == "最佳辩手"
    assert sorted(given.values()) == ["优秀辩手"] * 3 + ["最佳辩手"]
