"""What the desk shows in each state, and that it never shows a mark: desks get projected."""

from __future__ import annotations

import re

import pytest

from scoring.actions.running import clocks, marking, turns
from scoring.actions.setting_up.contests import Plan, set_up
from scoring.actions.transaction import perform
from tests.conftest import DESK, FULL_MARKS, marks_worth
from tests.organizers.conftest import words_of

ALL_IN = ["90", "91", "92", "93", "94", "95", "96"]


def main_button(desk) -> str:
    page = desk.browser.get(desk.path).text
    found = re.search(r'<button[^>]*id="main-button"[^>]*>', page)
    assert found, "the desk has no main button"
    return found.group()


def test_before_the_first_call_the_desk_says_what_to_do(desk):
    page = desk.look()
    assert "Nobody has been called. Check that all judges are signed in" in page
    assert "Call no. 01" in page
    assert "Next 01 陈思远 江北区院" in page


def test_the_called_contestant_is_shown_with_name_and_office_and_who_is_next(desk, venue):
    venue.call("01")
    page = desk.look()
    assert "Now 01 陈思远 江北区院 performing Since the call 0:0" in page
    assert "Next 02 林晓彤 慈溪县院" in page


def test_the_main_button_names_the_missing_judges_until_all_sheets_are_in(desk, venue):
    venue.call("01")
    perform(clocks.start_clock, DESK, venue.turn("01").id, "marking")
    for judge in (1, 2, 4, 6, 7):
        venue.submits(judge, "01", FULL_MARKS)
    assert "Close the marking of no. 01 Still marking: Judge 3, Judge 5" in desk.look()
    perform(marking.close_marking, DESK, venue.turn("01").id)
    assert "Release the score of no. 01 Missing: Judge 3, Judge 5" in desk.look()
    perform(marking.reopen_marking, DESK, venue.turn("01").id)
    venue.submits(3, "01", FULL_MARKS)
    venue.submits(5, "01", FULL_MARKS)
    assert "Missing" not in desk.look()
    assert "aria-disabled" not in main_button(desk)


def test_the_panel_shows_the_state_of_each_judge(desk, venue):
    venue.call("01")
    venue.submits(2, "01", FULL_MARKS)
    venue.recuse(3, "01", "mentor")
    venue.recuse(4, "01", "abstained")
    page = desk.look()
    assert "Sheets in: 1 of 5" in page
    states = ["not here yet", "submitted", "recused", "abstained", "not here yet"]
    assert " ".join(f"Judge {seat} {state} not signed in" for seat, state in enumerate(states, 1)) in page


def test_where_all_judges_abstain_the_desk_says_so_and_what_can_be_done(desk, venue):
    venue.call("01")
    for seat in range(1, 8):
        venue.recuse(seat, "01", "abstained")
    page = desk.look()
    assert "Panel for no. 01 Nobody on the panel marks" in page
    assert "Not released: nobody on the panel marks here. Let a reserve judge mark" in page
    assert "0 of 0" not in page


def test_no_mark_and_no_total_is_on_the_desk_before_the_release(desk, venue):
    venue.call("01")
    venue.submits(1, "01", marks_worth("83.5"))
    venue.all_submit("01", ["83.5"] + ["87.5"] * 6)
    page = desk.browser.get(desk.path).text
    for figure in ("83.5", "87.5", "87.50", "8.5", "12.5"):
        assert figure not in page
    venue.release("01")
    assert "87.50" in desk.look()


def test_released_scores_stand_in_the_running_order_with_their_rank(desk, venue):
    for number, totals in (("01", ["90"] * 7), ("02", ["91.5"] * 7)):
        venue.call(number)
        venue.all_submit(number, totals)
        venue.release(number)
    page = desk.look()
    cells = "approved " * 7
    assert f"01 陈思远 江北区院 released {cells}90.00 2 02 林晓彤 慈溪县院 released {cells}91.50 1" in page
    assert "Released last 02 林晓彤 慈溪县院 released 91.50 rank 1" in page
    assert "Call no. 03" in page


def test_after_the_last_release_the_main_step_is_to_take_the_ranking_away(desk, venue):
    for number in ("01", "02", "03"):
        venue.call(number)
        venue.all_submit(number, ALL_IN)
        venue.release(number)
    page = desk.browser.get(desk.path)
    assert 'id="main-button"' not in page.text
    assert "Take the ranking away (XLSX) All scores are released." in words_of(page)


def test_a_turn_left_open_stays_in_sight_with_what_it_waits_for(desk, venue):
    venue.call("01")
    for judge in range(1, 7):
        venue.submits(judge, "01", FULL_MARKS)
    perform(turns.call, DESK, venue.turn("02").id, leave_open=True)
    assert "Left open 01 陈思远 Missing: Judge 7" in desk.look()
    venue.submits(7, "01", FULL_MARKS)
    page = desk.look()
    assert "Release the score of no. 01" in page
    assert "Left open 01 陈思远 All sheets are in." in page


def test_two_turns_that_are_both_complete_can_both_be_released(desk, venue):
    venue.call("01")
    perform(turns.call, DESK, venue.turn("02").id, leave_open=True)
    for number in ("01", "02"):
        venue.all_submit(number, ALL_IN)
    page = desk.look()
    assert page.count("Release the score of no. 02") == 1
    assert page.count("Release the score of no. 01") == 1


def test_the_overtime_rule_is_told_in_words(desk, venue):
    venue.call("01")
    rule = "The first 10 s over are free. After that each started 15 s costs 0.5 points, at most 3."
    assert rule in desk.look()


def test_without_a_called_contestant_the_overtime_form_says_what_to_do_first(desk):
    assert "Call a contestant first." in desk.look()


def test_the_desk_leads_to_the_leaderboard_the_hall_screen_and_the_files(desk):
    page = desk.browser.get(desk.path).text
    for way in ("/c/shifa", "/c/shifa/screen", f"{desk.path}/ranking.xlsx", f"{desk.path}/ranking.csv", "/desk/"):
        assert f'href="{way}"' in page


def test_the_shortcut_is_documented_beside_the_button(desk):
    assert "Ctrl + Enter presses this button." in desk.look()


def test_every_form_has_an_id_of_its_own_so_that_a_double_press_is_harmless(desk, venue):
    venue.call("01")
    ids = re.findall(r'name="request" value="([0-9a-f]{32})"', desk.browser.get(desk.path).text)
    assert len(ids) == len(set(ids)) > 3


def test_a_contest_without_contestants_says_so(desk):
    empty = perform(set_up, DESK, Plan("empty", ("空", "Empty"), "", "legal_explanation", 7, []))
    page = words_of(desk.browser.get(f"/desk/{empty}"))
    assert "This contest has no contestants yet." in page
    assert "Enter the contestants first" in page


def test_a_contest_that_does_not_exist_is_not_found(organizer):
    assert organizer.get("/desk/999").status_code == 404


@pytest.mark.parametrize("number", ["01", "02"])
def test_the_desk_speaks_chinese(desk, venue, number):
    desk.reads("zh")
    venue.call(number)
    page = desk.look()
    assert f"当前 {number}" in page
    assert "开始计时：陈述" in page
    perform(marking.close_marking, DESK, venue.turn(number).id)
    assert f"公布{number}号成绩 未交： 评委1、评委2、评委3" in desk.look()
    assert "评委1 未收到" in page
    assert "超时 10 秒以内不扣分；此后每超 15 秒（不足 15 秒按 15 秒计）扣 0.5 分，最多扣 3 分" in page
