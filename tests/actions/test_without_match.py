"""A team that has no match, because it came late or rests in an odd number, is left out of nothing silently."""

from __future__ import annotations

import csv
import io

import pytest

from scoring import exports
from scoring.actions.preparing import imports
from scoring.actions.preparing.import_late import Lateness
from scoring.actions.running import late_entries, not_performing
from scoring.actions.setting_up.match_plans import KNOCKOUT, RoundPlan
from scoring.actions.signals import changed
from scoring.actions.transaction import perform
from scoring.board.conditions.set_up import set_up_of
from scoring.board.reading.not_performing import decisions_in_force
from scoring.board.views.prompter import prompter
from scoring.board.views.record import record_of_marks
from scoring.board.views.rehearsed_scenes import on_air
from scoring.extensions import db
from scoring.store import Contest, Contestant
from tests.actions.matches import CONTROL_WINS, plan
from tests.actions.test_import_teams import HEADINGS, drafted, organizers_browser, shown
from tests.conftest import DESK
from tests.organizers.conftest import words_of
from tests.refusals import refusal

PRELIMINARIES = RoundPlan(("初赛", "Preliminaries"), "all_play")
FINAL = RoundPlan(("决赛", "Final"), KNOCKOUT, 2)
WHY = "航班延误"


def comes_by_list(hall, number="E", name="戊队"):
    draft_id = drafted(hall.contest_id, [HEADINGS, (number, name, "慈溪县院", "甲", "乙")])
    perform(imports.confirm_import, DESK, hall.contest_id, draft_id, shown(draft_id).digest, Lateness(WHY))
    return draft_id


@pytest.fixture
def late(set_up):
    """Four teams in two matches and a final, the first match called; E came by a list after the draw."""
    hall = set_up(plan(4, PRELIMINARIES, FINAL))
    hall.call("1")
    comes_by_list(hall)
    return hall


def stands(hall):
    """How E stands on the board: in the order, among the matches, among those without a rank."""
    seen = hall.audience()
    lines = [line for line in seen["matches"] if [side["number"] for side in line["sides"]] == ["E"]]
    return (
        [step["state"] for step in seen["order"] if step["number"] == "E"],
        [line["state"] for line in lines],
        [(one["ground"]["zh"], one["name"]) for one in seen["unranked"] if one["number"] == "E"],
    )


def played(hall, *keys):
    for key in keys:
        if hall.match(key).state == "waiting":
            hall.call(key)
        hall.all_submit(key, *CONTROL_WINS)
        hall.release(key)


def plays_none(hall, kind="withdrawn"):
    (one,) = [one for one in db.session.query(Contestant) if one.number == "E"]
    perform(not_performing.record_unplaced, DESK, hall.contest_id, one.id, kind, "领队申请退赛", "赛委会")


def finalists(hall):
    return [turn for turn in hall.turns if turn.round.position == 2]


def test_a_late_team_without_a_match_stands_on_the_board_by_its_number(late):
    assert stands(late) == (["unplaced"], ["unplaced"], [("待排场次", "")])
    assert late.audience()["waiting"] == ["E"]


@pytest.mark.parametrize("page", ["", "/standings", "/screen"])
def test_every_page_of_the_audience_says_that_it_waits(late, page):
    browser = organizers_browser()
    assert "待排场次" in words_of(browser.get(f"/c/bianlun{page}"))


def test_the_file_of_results_says_that_it_waits(late):
    table = exports.ranking_csv(record_of_marks(late.contest_id))
    rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))
    assert [row[1:5] for row in rows if "E" in row] == [["E", "戊队", "慈溪县院", "待排场次"]]


def test_the_desk_says_who_waits_and_leads_to_where_the_match_is_added(late):
    browser = organizers_browser()
    page = browser.get(f"/desk/{late.contest_id}")
    assert "E 待排场次" in words_of(page)
    assert f'href="/desk/{late.contest_id}/late#late-waiting"' in page.text


def test_the_button_after_the_import_leads_to_the_match_which_names_the_team_already(late):
    browser = organizers_browser()
    draft_id = comes_by_list(late, "F", "己队")
    page = browser.get(f"/desk/{late.contest_id}/import/{draft_id}").text
    assert f'id="onward" href="/desk/{late.contest_id}/late#late-waiting"' in page
    form = browser.get(f"/desk/{late.contest_id}/late").text
    assert 'selected value="E"' in form
    assert 'selected value="F"' in form


def test_nothing_ends_and_no_final_is_seeded_while_a_team_waits(late):
    played(late, "1", "2")
    assert (late.audience()["closing"], finalists(late)) == (None, [])
    assert prompter(late.contest_id)["over"] is False
    assert "比赛已结束" not in words_of(organizers_browser().get(f"/desk/{late.contest_id}"))


def test_the_tablets_are_told_of_the_final_that_is_filled_because_a_team_without_a_match_goes(late):
    played(late, "1", "2")
    told = []
    with changed.connected_to(lambda _sender, change: told.append(change)):
        plays_none(late)
    (final,) = finalists(late)
    (change,) = told
    assert {seat.id for seat in final.room.seats} <= change.seats, "the judges see who is next"


def test_no_count_of_what_is_public_reads_as_the_end_while_a_team_waits(late):
    played(late, "1", "2")
    browser = organizers_browser()
    for page in ("/", "/c/bianlun", "/c/bianlun/standings", "/c/bianlun/screen", "/desk/", f"/desk/{late.contest_id}"):
        assert "已公布 2/2 · 1 队待排场次" in words_of(browser.get(page)), page
    seen = late.audience()
    assert (seen["released"], seen["due"], prompter(late.contest_id)["unplaced"]) == (2, 3, 1)


def test_its_match_is_added_after_the_others_are_released_and_the_final_follows(late):
    played(late, "1", "2")
    lots = {"seed": "seed 20 26", "witness": "监督员赵", "reason": WHY}
    perform(late_entries.add_match, DESK, late.contest_id, "E", "A", **lots)
    assert stands(late) == ([], [], [])
    played(late, "3")
    assert len(finalists(late)) == 1


def test_whoever_decides_that_it_plays_none_lets_the_final_follow(late):
    played(late, "1", "2")
    plays_none(late)
    assert stands(late) == ([], [], [("退赛", "戊队")])
    assert len(finalists(late)) == 1


def test_no_hall_screen_can_show_the_end_while_a_team_waits(set_up):
    """A rehearsal ticks a scene that a screen says it shows: the end was ticked although nothing was over."""
    hall = set_up(plan(4, PRELIMINARIES))
    hall.call("1")
    comes_by_list(hall)
    played(hall, "1", "2")
    contest = db.session.get_one(Contest, hall.contest_id)
    assert hall.audience()["closing"] is None
    assert "closing" not in on_air(contest)
    plays_none(hall)
    db.session.expire_all()
    assert hall.audience()["closing"]
    assert "closing" in on_air(contest)


def test_taken_off_again_it_keeps_nobody_waiting(late):
    played(late, "1", "2")
    perform(late_entries.remove_late, DESK, late.contest_id, "E", "登记有误")
    assert (stands(late), len(finalists(late))) == (([], [], []), 1)


def test_whoever_does_not_wait_is_not_put_out_that_way(late):
    (one,) = [one for one in db.session.query(Contestant) if one.number == "A"]
    problem = refusal(not_performing.record_unplaced, late.contest_id, one.id, "absent", WHY, "赛委会")
    assert problem.code == "contestant_unknown_here"


def test_the_decision_is_taken_back_on_the_page_of_latecomers(late):
    plays_none(late)
    page = organizers_browser().get(f"/desk/{late.contest_id}/late")
    assert "退赛" in words_of(page)
    (decision,) = decisions_in_force(late.turns[0].round.event)
    perform(not_performing.withdraw_not_performing, DESK, decision.id, "登记有误")
    assert stands(late) == (["unplaced"], ["unplaced"], [("待排场次", "")])


def test_who_rests_because_the_number_is_odd_waits_for_a_match_too(set_up):
    hall = set_up(plan(3, PRELIMINARIES))
    played(hall, "1")
    (waiting,) = hall.audience()["waiting"]
    assert waiting not in {side.number for turn in hall.turns for side in turn.sides.values()}
    assert hall.audience()["closing"] is None
    assert [one.code for one in set_up_of(hall.contest_id).advice if one.code == "waiting_for_match"]


def test_who_has_a_bye_in_a_tree_waits_for_nothing(set_up):
    hall = set_up(plan(3))
    assert (hall.audience()["waiting"], hall.audience()["unranked"]) == ([], [])
