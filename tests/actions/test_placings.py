"""During a knockout: how far each got, beside the standings of the round before."""

from __future__ import annotations

import re

import pytest
from flask import current_app

from scoring.actions.running import matches, not_performing
from scoring.actions.setting_up.match_plans import ALL_PLAY, KNOCKOUT, RoundPlan
from scoring.actions.setting_up.overall import set_awards
from scoring.actions.transaction import perform
from scoring.board.reading.examination import examine
from scoring.board.reading.look import event_of
from scoring.board.reading.recount import recount
from scoring.board.views.record import record_of_marks
from scoring.rules.formats.debate.sides import SIDES
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


@pytest.mark.parametrize("page", ["", "/standings"])
def test_before_anything_is_released_no_round_is_named_before_the_standings(set_up, page):
    """The heading of a phone was “· Ranking”: the dot behind a round that there is not."""
    hall = set_up(plan())
    shown = current_app.test_client().get(f"/c/{hall.audience()['contest']['slug']}{page}").text
    heading = shown.partition('data-field="ranked_in')[0].rpartition("<h2")[2]
    assert re.search(r'data-when="ranked_in"\s+hidden', heading)


PRIZES = [
    {"key": key, "zh": zh, "en": key, "quota": 1} for key, zh in (("1", "一等奖"), ("2", "二等奖"), ("3", "三等奖"))
]


def wins(hall, key: str, number: str, *totals: str) -> None:
    """The side with this number wins the match; the totals are the winner's and the loser's."""
    if not hall.match(key).pairing.get("seed"):
        perform(matches.draw_sides, DESK, hall.match(key).id, "7", WITNESS)
    won = next(side for side, entrant in hall.match(key).sides.items() if entrant.number == number)
    hall.play(key, *[totals if won == "control" else totals[::-1]] * 3)


def ends(hall) -> list[tuple[int, str, str]]:
    """Rank, number and award, the same in the ranking, in how far each got, at the closing and in the file."""
    shown = hall.audience()
    ranked = [(row["rank"], row["number"], row["award"]["zh"] if "award" in row else "") for row in shown["rows"]]
    closing = [
        (one["rank"], one["number"], one["award"]["zh"] if one["award"] else "") for one in shown["closing"]["best"]
    ]
    record = record_of_marks(hall.contest_id)["rows"]
    filed = [(row["rank"], row["number"], row["award"]["zh"] if row["award"] else "") for row in record]
    numbers = {number for _, number, _ in ranked}
    assert closing == ranked[: len(closing)]
    assert filed == ranked
    places = [(one["place"], one["number"]) for one in shown["placings"]]
    assert places == [one[:2] for one in ranked[: len(places)]]
    assert [one["shared"] for one in shown["placings"]] == [row["shared"] for row in shown["rows"][: len(places)]]
    event = event_of(hall.contest_id)
    counted = {line.number: line.rank_before for line in recount(event, event.settings).lines}
    assert counted == {number: str(rank) for rank, number, _ in ranked} | dict.fromkeys(counted.keys() - numbers, "")
    assert examine({}) == {}
    return ranked


def test_who_goes_out_in_the_same_round_is_told_apart_by_the_chain_in_the_places_too(set_up):
    hall = set_up(plan())
    perform(set_awards, DESK, hall.contest_id, "ranking", PRIZES)
    (first, fourth), (second, third) = ([hall.match(key).sides[s].number for s in SIDES] for key in ("1.1", "1.2"))
    wins(hall, "1.1", first, "90", "80")
    wins(hall, "1.2", second, "90", "89")
    wins(hall, "2.1", first, "90", "70")
    assert ends(hall) == [(1, first, "一等奖"), (2, second, "二等奖"), (3, third, "三等奖"), (4, fourth, "")]


def test_a_final_decides_who_is_first_whatever_the_loser_had_won_before(set_up):
    """The best seed of three has a bye: it wins one match, as many as the loser of the final has won."""
    hall = set_up(plan(3))
    perform(set_awards, DESK, hall.contest_id, "ranking", PRIZES)
    semifinal = hall.turns[0].pairing["key"]
    second, third = (hall.turns[0].sides[side].number for side in SIDES)
    (first,) = {"A", "B", "C"} - {second, third}
    wins(hall, semifinal, second, "100", "95")
    wins(hall, "2.1", first, "71", "70")
    assert ends(hall) == [(1, first, "一等奖"), (2, second, "二等奖"), (3, third, "三等奖")]
    told = [row["told_apart"] for row in hall.audience()["rows"][:2]]
    assert told == [{"key": "knockout", "value": "1"}, {"key": "knockout", "value": "2"}]


def test_the_winner_of_a_final_after_heats_is_first_and_who_came_into_no_final_follows(set_up):
    rounds = (RoundPlan(("初赛", "Heats"), ALL_PLAY), RoundPlan(("决赛", "Final"), KNOCKOUT, 2))
    hall = set_up(plan(4, *rounds))
    perform(set_awards, DESK, hall.contest_id, "ranking", PRIZES)
    (best, third), (other, fourth) = ([hall.match(key).sides[side].number for side in SIDES] for key in ("1", "2"))
    wins(hall, "1", best, "100", "89")
    wins(hall, "2", other, "90", "80")
    wins(hall, "1.1", other, "90", "70")
    assert ends(hall) == [(1, other, "一等奖"), (2, best, "二等奖"), (3, third, "三等奖"), (4, fourth, "")]
    for page in ("", "/standings"):
        text = current_app.test_client().get(f"/c/bianlun{page}", headers={"Accept-Language": "zh"}).text
        assert re.search(r'<span data-when="closing">\s*最终名次', text), page


def test_where_neither_finalist_comes_nobody_is_first_and_the_others_keep_their_ranks(set_up):
    hall = set_up(plan())
    perform(set_awards, DESK, hall.contest_id, "ranking", PRIZES)
    thirds = [hall.match(key).sides["defence"].number for key in ("1.1", "1.2")]
    for key, best in (("1.1", "90"), ("1.2", "91")):
        wins(hall, key, hall.match(key).sides["control"].number, best, "80")
    for side in ("control", "defence"):
        final = hall.match("2.1")
        said = ("absent", "三次点名未到", "评委会主任", final.sides[side].id)
        perform(not_performing.record_not_performing, DESK, final.id, *said)
    assert [(rank, award) for rank, _, award in ends(hall)] == [(3, "三等奖"), (3, "三等奖")]
    shown = hall.audience()
    assert {row["number"] for row in shown["rows"]} == set(thirds)
    assert {one["ground"]["zh"] for one in shown["unranked"]} == {"缺席"}
