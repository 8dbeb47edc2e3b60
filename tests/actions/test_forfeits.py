"""A match of which a side does not perform has a winner by forfeit, without marks; the rounds go on."""

from __future__ import annotations

import re
from typing import Any

from flask import current_app
from sqlalchemy import select

from scoring.actions.results import corrections, spot_checks
from scoring.actions.running import calls, not_performing, sheets, turns
from scoring.actions.running.matches import draw_sides
from scoring.actions.setting_up.match_plans import ALL_PLAY, KNOCKOUT, ROUND_ROBIN, RoundPlan
from scoring.actions.transaction import Actor, perform
from scoring.board.reading.examination import examine
from scoring.board.reading.not_performing import decisions_on
from scoring.board.reading.recount import recount
from scoring.board.views.desk import desk
from scoring.board.views.record import record_of_marks
from scoring.board.views.spot_checks import spot_check
from scoring.exports.event_tables import ranking_of, tables_of
from scoring.extensions import db
from scoring.rules.formats.debate import defaults_for
from scoring.rules.formats.debate.settings import read_rules
from scoring.store import Contest, Correction
from tests.actions.hall import CHIEF
from tests.actions.matches import CONTROL_WINS, SEED, WITNESS, Hall, plan, sheet_worth
from tests.conftest import DESK
from tests.refusals import refused


def out(hall: Hall, key: str, *sides: str, kind: str = "absent", reach: str = "") -> None:
    """The desk records that these sides of a match do not perform."""
    for side in sides:
        turn = hall.match(key)
        given = (kind, "三次点名未到", "评委会主任", turn.sides[side].id, reach)
        perform(not_performing.record_not_performing, DESK, turn.id, *given)


def matches(hall: Hall) -> dict[str, Any]:
    return {key: turn for turn in hall.turns for key in [turn.pairing["key"]]}


def test_the_other_side_wins_without_marks_and_goes_on_in_the_knockout(set_up):
    hall = set_up(plan(4, RoundPlan(("淘汰赛", "Knockout"), KNOCKOUT)))
    winner = hall.match("1.1").sides["defence"].number
    out(hall, "1.1", "control")
    shown = hall.audience()["match"]
    assert (shown["winner"], shown["decided_by"]) == ("defence", "forfeit")
    assert [(side["result"], side["figure"]) for side in shown["sides"]] == [("lost", ""), ("won", "")]
    away = hall.match("1.1").sides["control"].number
    steps = {step["turn"]: step for step in hall.audience()["order"]}
    assert [(one["number"], one["zh"]) for one in steps[hall.match("1.1").id]["out"]] == [(away, "缺席")]
    hall.play("1.2", *CONTROL_WINS)
    assert winner in [side.number for side in hall.match("2.1").sides.values()]


def test_where_neither_side_comes_the_opponent_of_the_next_round_goes_on_alone(set_up):
    hall = set_up(plan(4, RoundPlan(("淘汰赛", "Knockout"), KNOCKOUT)))
    out(hall, "1.1", "control")
    assert desk(hall.contest_id)["main"]["turn"] == hall.match("1.2").id
    with refused("not_performing_twice"):
        out(hall, "1.1", "control")
    out(hall, "1.1", "defence")
    assert hall.audience()["match"]["winner"] is None
    hall.play("1.2", *CONTROL_WINS)
    final = hall.audience()["bracket"][1]["matches"][0]
    assert "2.1" not in matches(hall)
    assert (final["bye"], final["first"]["number"]) == (True, hall.match("1.2").sides["control"].number)
    assert hall.audience()["placings"][0]["place"] == 1


def back(hall: Hall, key: str) -> None:
    """The desk takes the first decision about a match back."""
    decision = decisions_on(hall.match(key))[0]["id"]
    perform(not_performing.withdraw_not_performing, DESK, decision, "来了")


def test_the_second_side_is_put_out_with_the_match_that_filled_itself_until_that_is_called(set_up):
    hall = set_up(plan(4, RoundPlan(("淘汰赛", "Knockout"), KNOCKOUT)))
    out(hall, "1.1", "control")
    hall.play("1.2", *CONTROL_WINS)
    out(hall, "1.1", "defence")
    assert "2.1" not in matches(hall)
    back(hall, "1.1")
    assert hall.match("1.1").releases[-1].verdict["winner"] == "control"
    perform(draw_sides, DESK, hall.match("2.1").id, SEED, WITNESS)
    hall.call("2.1")
    assert "record_not_performing" not in desk(hall.contest_id)["turns"][0]["can"]
    with refused("made_called"):
        out(hall, "1.1", "control")


def test_a_forfeit_is_taken_back_with_the_match_that_filled_itself_until_that_is_drawn(set_up):
    hall = set_up(plan(4, RoundPlan(("淘汰赛", "Knockout"), KNOCKOUT)))
    out(hall, "1.1", "control")
    hall.play("1.2", *CONTROL_WINS)
    back(hall, "1.1")
    assert sorted(matches(hall)) == ["1.1", "1.2"]
    hall.play("1.1", *CONTROL_WINS)
    out(hall, "2.1", "control", kind="forfeited")
    back(hall, "2.1")
    assert hall.match("2.1").state == "waiting"


def test_a_forfeit_on_which_a_match_rests_says_what_to_take_back_and_is_lifted_then(set_up):
    hall = set_up(plan(4, RoundPlan(("淘汰赛", "Knockout"), KNOCKOUT)))
    out(hall, "1.1", "control")
    hall.play("1.2", *CONTROL_WINS)
    final = hall.match("2.1").id
    perform(draw_sides, DESK, final, SEED, WITNESS)
    out(hall, "2.1", "control", kind="absent", reach="turn")
    with refused("made_ruled"):
        back(hall, "1.1")
    back(hall, "2.1")
    hall.call("2.1")
    seat_id = hall.match("2.1").panel[0].id
    perform(sheets.save_draft, Actor(f"seat:{seat_id}"), final, seat_id, sheet_worth(*CONTROL_WINS[0]), base=0)
    perform(calls.call_chief, Actor(f"seat:{seat_id}"), seat_id, "没看清")
    with refused("made_called") as caught:
        back(hall, "1.1")
    assert caught.value.problems[0].figures["match"] == hall.match("2.1").number
    perform(turns.undo_call, DESK, final)
    back(hall, "1.1")
    assert sorted(matches(hall)) == ["1.1", "1.2"]
    assert examine({}) == {}
    hall.play("1.1", *CONTROL_WINS)
    assert hall.match("2.1").state == "waiting"


def test_a_forfeit_stands_once_a_sheet_of_the_match_that_rests_on_it_has_come_in(set_up):
    hall = set_up(plan(4, RoundPlan(("淘汰赛", "Knockout"), KNOCKOUT)))
    out(hall, "1.1", "control")
    hall.play("1.2", *CONTROL_WINS)
    perform(draw_sides, DESK, hall.match("2.1").id, SEED, WITNESS)
    hall.call("2.1")
    hall.submits(1, "2.1", sheet_worth(*CONTROL_WINS[0]))
    with refused("made_marked"):
        back(hall, "1.1")


HEATS = RoundPlan(("初赛", "Heats"), ALL_PLAY)
FINAL = RoundPlan(("决赛", "Final"), KNOCKOUT, 2)


def test_a_final_with_one_finalist_has_a_winner_without_a_match(set_up):
    hall = set_up(plan(2, HEATS, FINAL))
    present = hall.match("1").sides["defence"].number
    out(hall, "1", "control", kind="withdrawn")
    shown = hall.audience()
    (final,) = shown["bracket"][0]["matches"]
    assert (final["first"]["number"], final["second"], final["bye"]) == (present, None, True)
    assert [(one["number"], one["place"]) for one in shown["placings"]] == [(present, 1)]
    assert [one["number"] for one in shown["closing"]["best"]] == [present]
    assert desk(hall.contest_id)["main"] is None
    back(hall, "1")
    assert (hall.audience()["closing"], hall.match("1").state) == (None, "waiting")


def test_a_final_that_nobody_reaches_says_so_and_the_contest_is_over(set_up):
    hall = set_up(plan(4, HEATS, FINAL))
    for key in ("1", "2"):
        out(hall, key, "control", "defence", kind="disqualified")
    shown = hall.audience()
    assert shown["closing"] == {"best": [], "nobody": True}
    assert spot_check(hall.contest_id)["why"] == "spot_check_nothing"
    with refused("spot_check_nothing"):
        perform(spot_checks.draw_spot_check, DESK, hall.contest_id, None, "20261129", "纪检陈", {})
    for page in ("", "/screen"):
        text = current_app.test_client().get(f"/c/bianlun{page}", headers={"Accept-Language": "zh"}).text
        assert "本场无人获得第一名" in text, page


def test_a_final_to_which_neither_comes_has_no_winner_and_the_losers_before_keep_their_places(set_up):
    hall = set_up(plan(4, RoundPlan(("淘汰赛", "Knockout"), KNOCKOUT)))
    hall.play("1.1", *CONTROL_WINS)
    hall.play("1.2", *CONTROL_WINS)
    out(hall, "2.1", "control", "defence")
    shown = hall.audience()
    assert shown["bracket"][1]["matches"][0]["first"]["result"] == "absent"
    assert {one["place"] for one in shown["placings"]} == {3}
    assert shown["closing"]["nobody"] is True


def test_who_is_out_of_the_event_has_lost_the_match_that_is_made_later(set_up):
    hall = set_up(plan(4, RoundPlan(("淘汰赛", "Knockout"), KNOCKOUT)))
    hall.play("1.1", *CONTROL_WINS)
    out(hall, "1.2", "control", kind="withdrawn")
    final = hall.match("2.1")
    assert final.state == "waiting"
    out(hall, "2.1", "control")
    assert hall.audience()["bracket"][1]["matches"][0]["second"]["result"] != ""


def test_a_win_by_forfeit_counts_in_the_standings_and_gives_no_points(set_up):
    hall = set_up(plan(3, RoundPlan(("循环赛", "Round robin"), ROUND_ROBIN)))
    first = hall.turns[0]
    absent, present = first.sides["control"].number, first.sides["defence"].number
    out(hall, first.pairing["key"], "control")
    rows = {row["number"]: row for row in hall.audience()["rows"]}
    assert (rows[present]["rank"], rows[present]["score"]) == (1, "1")
    assert rows[present]["standing"]["figures"]["total"] == "0.00"
    assert absent not in rows
    for turn in hall.turns[1:]:
        hall.play(turn.pairing["key"], *CONTROL_WINS)
    played = {row["number"]: row["standing"]["figures"]["matches"] for row in hall.audience()["rows"]}
    assert (played[present], played[absent]) == ("2", "2")


def test_whoever_never_came_has_no_place_in_a_knockout_and_the_place_is_nobody_elses(set_up):
    hall = set_up(plan(4, RoundPlan(("淘汰赛", "Knockout"), KNOCKOUT)))
    absent = hall.match("1.1").sides["control"].number
    out(hall, "1.1", "control")
    hall.play("1.2", *CONTROL_WINS)
    perform(draw_sides, DESK, hall.match("2.1").id, SEED, WITNESS)
    hall.play("2.1", *CONTROL_WINS)
    shown = hall.audience()
    assert [(one["place"], one["shared"]) for one in shown["placings"]] == [(1, False), (2, False), (3, False)]
    assert absent not in [one["number"] for one in (*shown["placings"], *shown["rows"])]
    assert [(one["number"], one["ground"]["zh"]) for one in shown["unranked"]] == [(absent, "缺席")]


def test_who_withdraws_is_not_ranked_and_loses_what_is_left(set_up):
    hall = set_up(plan(3, RoundPlan(("循环赛", "Round robin"), ROUND_ROBIN)))
    gone = hall.turns[0].sides["control"].number
    out(hall, hall.turns[0].pairing["key"], "control", kind="withdrawn")
    for turn in hall.turns:
        if turn.state == "waiting":
            hall.play(turn.pairing["key"], *CONTROL_WINS)
    shown = hall.audience()
    assert gone not in [row["number"] for row in shown["rows"]]
    assert [(one["number"], one["ground"]["zh"]) for one in shown["unranked"]] == [(gone, "退赛")]
    assert (shown["released"], shown["total"]) == (3, 3)


def test_the_best_of_a_round_go_on_without_who_is_out(set_up):
    rounds = (RoundPlan(("初赛", "Heats"), ALL_PLAY), RoundPlan(("决赛", "Final"), KNOCKOUT, 2))
    hall = set_up(plan(4, *rounds))
    first, second = hall.turns
    out(hall, first.pairing["key"], "control", kind="disqualified")
    hall.play(second.pairing["key"], *CONTROL_WINS)
    final = hall.match("1.1")
    assert first.sides["control"].number not in [side.number for side in final.sides.values()]


def test_who_is_there_alone_has_won_and_is_ranked_without_marks(set_up):
    hall = set_up(plan(2, RoundPlan(("预赛", "Heats"), ALL_PLAY), **defaults_for(1)))
    turn = hall.turns[0]
    present = turn.sides["defence"]
    out(hall, turn.pairing["key"], "control")
    shown = hall.audience()
    assert shown["match"]["winner"] == "defence"
    (row,) = shown["rows"]
    assert row["number"].startswith(present.number)
    assert (row["rank"], row["score"]) == (1, "forfeit")
    assert [(one["result"], one["figure"]) for one in row["standing"]["played"]] == [("won", "")]
    assert [one["ground"]["zh"] for one in shown["unranked"]] == ["缺席"]
    assert ranking_of(record_of_marks(hall.contest_id)).rows[0][4:7] == ("对方未比赛获胜", "", "")
    page = current_app.test_client().get("/c/bianlun", headers={"Accept-Language": "zh"}).text
    assert "对方未比赛获胜" in page
    assert not re.search(r"data-field=\"score\"[^>]*>0.00", page)


def test_who_won_without_marks_comes_after_all_who_were_marked_and_goes_on_to_the_final(set_up):
    hall = set_up(plan(4, HEATS, RoundPlan(("决赛", "Final"), KNOCKOUT, 4), **defaults_for(1)))
    out(hall, "1", "control")
    hall.call("2")
    for judge in (1, 2, 3):
        hall.submits(judge, "2", individual_sheet(hall, "80", "70"))
    hall.release("2")
    shown = hall.audience()
    ranked = {row["number"].partition("-")[0]: row["rank"] for row in shown["rows"]}
    first, second = (hall.match("2").sides[side].number for side in ("control", "defence"))
    present = hall.match("1").sides["defence"].number
    assert ranked == {first: 1, second: 2, present: 3}
    knockout = hall.turns[0].round.event.rounds[1]
    assert knockout.plan["seeds"] == [first, second, present]


def individual_sheet(hall: Hall, control: str, defence: str) -> dict[str, str]:
    """A sheet of two speakers with these totals, what is missing taken off the criteria in turn."""
    rubric = read_rules(hall.turns[0].round.event.settings).individual
    typed: dict[str, str] = {}
    for part, total in (("control.1", control), ("defence.1", defence)):
        left = int(total)
        for line in rubric.criteria:
            typed[f"{part}.{line.key}"] = str(min(left, int(line.maximum)))
            left -= min(left, int(line.maximum))
    return typed


def test_a_start_finds_nothing_to_doubt_in_a_forfeit(set_up):
    hall = set_up(plan(4, RoundPlan(("淘汰赛", "Knockout"), KNOCKOUT)))
    out(hall, "1.1", "control", "defence")
    out(hall, "1.2", "control")
    assert examine({}) == {}


def test_the_recount_ranks_those_whom_the_board_ranks(set_up):
    hall = set_up(plan(3, RoundPlan(("循环赛", "Round robin"), ROUND_ROBIN)))
    out(hall, hall.turns[0].pairing["key"], "control", kind="withdrawn")
    for turn in hall.turns:
        if turn.state == "waiting":
            hall.play(turn.pairing["key"], *CONTROL_WINS)
    event = db.session.get_one(Contest, hall.contest_id).events[0]
    counted = {line.number: line.rank_before for line in recount(event, event.settings).lines}
    assert counted == {row["number"]: str(row["rank"]) for row in hall.audience()["rows"]}


def test_the_recount_gives_a_match_without_marks_by_the_new_rules_too(set_up):
    hall = set_up(plan(2, RoundPlan(("预赛", "Heats"), ALL_PLAY), **defaults_for(1)))
    out(hall, "1", "control")
    event = db.session.get_one(Contest, hall.contest_id).events[0]
    finer = event.settings | {"panel": event.settings["panel"] | {"decimals": 3}}
    (line,) = recount(event, finer).lines
    assert (line.score_before, line.score_after) == ("0.00", "0.000")


def test_the_screens_of_a_match_say_who_is_away(set_up):
    hall = set_up(plan(4, RoundPlan(("淘汰赛", "Knockout"), KNOCKOUT)))
    out(hall, "1.1", "control")
    for page in ("", "/screen"):
        shown = current_app.test_client().get(f"/c/bianlun{page}", headers={"Accept-Language": "zh"}).text
        assert re.search(r'class="ground"[^>]*>缺席<', shown), page


def test_who_is_put_out_after_the_final_leaves_the_places_to_the_others(set_up):
    hall = set_up(plan(4, RoundPlan(("淘汰赛", "Knockout"), KNOCKOUT)))
    out(hall, "1.1", "control")
    hall.play("1.2", *CONTROL_WINS)
    perform(draw_sides, DESK, hall.match("2.1").id, SEED, WITNESS)
    hall.play("2.1", *CONTROL_WINS)
    final = hall.match("2.1")
    asked = (hall.contest_id, final.id, "disqualified", "监督员", "查实", final.sides["control"].id)
    perform(corrections.request_out, DESK, *asked)
    correction = db.session.scalars(select(Correction)).one()
    perform(corrections.approve_correction, CHIEF, hall.contest_id, correction.id, "属实")
    shown = hall.audience()
    assert [one["place"] for one in shown["placings"]] in ([1, 2], [1])
    away = {one["result"] for played in shown["bracket"] for match in played["matches"] for one in _both(match)}
    assert away == {"won", "lost", "absent", "disqualified"}
    assert all(one["name"] for played in shown["bracket"] for match in played["matches"] for one in _both(match))
    assert desk(hall.contest_id)["turns"][-1]["score"] == ""
    assert [row["corrected"] for row in shown["rows"]] == [None] * len(shown["rows"])


def _both(match: dict[str, Any]) -> tuple[Any, Any]:
    return match["first"], match["second"]


def test_the_workbook_has_the_sheets_of_a_side_that_was_put_out_after_them(set_up):
    hall = set_up(plan(2, RoundPlan(("预赛", "Heats"), ALL_PLAY), **defaults_for(1)))
    key = hall.turns[0].pairing["key"]
    hall.call(key)
    hall.submits(2, key, individual_sheet(hall, "80", "70"))
    gone = hall.turns[0].sides["control"].number
    out(hall, key, "control", kind="disqualified")
    found = {table.name: table.rows for table in tables_of(record_of_marks(hall.contest_id))}
    assert [(row[3], row[5], row[-3], row[-2]) for row in found["全部评分"] if row[3] == gone] == [
        (gone, "2", "80", "不计分（取消资格）")
    ]
