"""During a knockout: how far each got, beside the standings of the round before."""

from __future__ import annotations

from scoring.actions import matches
from scoring.actions.match_plans import ALL_PLAY, KNOCKOUT, RoundPlan
from scoring.actions.transaction import perform
from tests.actions.matches import CONTROL_WINS, WITNESS, plan
from tests.conftest import DESK


def reached(hall) -> list[tuple[str, int | None, bool]]:
    return [(one["number"], one["place"], one["shared"]) for one in hall.audience()["placings"]]


def test_who_is_out_has_a_place_and_who_is_still_in_has_none(set_up):
    hall = set_up(plan())
    assert reached(hall) == [(number, None, False) for number in "ABCD"]
    hall.play("1.1", *CONTROL_WINS)
    first, third = (hall.match("1.1").sides[side].number for side in ("control", "defence"))
    assert reached(hall)[-1] == (third, 3, False)
    hall.play("1.2", *CONTROL_WINS)
    second, fourth = (hall.match("1.2").sides[side].number for side in ("control", "defence"))
    assert {one[:2] for one in reached(hall)} == {(first, None), (second, None), (third, 3), (fourth, 3)}
    perform(matches.draw_sides, DESK, hall.match("2.1").id, "7", WITNESS)
    hall.play("2.1", *CONTROL_WINS)
    won = hall.match("2.1").sides["control"].number
    lost = hall.match("2.1").sides["defence"].number
    assert reached(hall)[:2] == [(won, 1, False), (lost, 2, False)]
    assert set(reached(hall)[2:]) == {(third, 3, True), (fourth, 3, True)}


def test_the_standings_beside_say_which_round_they_are_of(set_up):
    rounds = (RoundPlan(("初赛", "Heats"), ALL_PLAY), RoundPlan(("决赛", "Final"), KNOCKOUT, 2))
    hall = set_up(plan(4, *rounds))
    assert (hall.audience()["placings"], hall.audience()["ranked_in"]) == (None, None)
    hall.play("1", *CONTROL_WINS)
    hall.play("2", *CONTROL_WINS)
    shown = hall.audience()
    assert shown["ranked_in"] == {"zh": "初赛", "en": "Heats"}
    assert [one["place"] for one in shown["placings"]] == [None, None]
    assert len(shown["rows"]) == 4
    assert all(one["name"] for one in shown["placings"])


def test_before_anything_is_released_the_placings_tell_no_names(set_up):
    assert {one["name"] for one in set_up(plan()).audience()["placings"]} == {""}
