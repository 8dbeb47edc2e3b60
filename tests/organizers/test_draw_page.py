"""The draw's page: order, sides and benches from witnessed seeds, changes by hand with who and why, on record."""

from __future__ import annotations

import secrets

import pytest
from sqlalchemy import select

from scoring.actions.results.spot_checks import draw_spot_check
from scoring.actions.setting_up.contests import Plan, add_account, set_up
from scoring.actions.setting_up.match_plans import set_up_matches
from scoring.actions.transaction import perform
from scoring.board.views.desk import desk as desk_view
from scoring.extensions import db
from scoring.rules.spot_check import SpotCheckRule
from scoring.store import Account
from scoring.store.people import SUPERVISOR
from tests.actions.matches import plan
from tests.browser import hall_states as stages
from tests.conftest import CHEN, DESK, LIN, ZHOU, signed_in_as
from tests.organizers.conftest import words_of
from tests.passwords import quickly_checked


def order(desk) -> list[str]:
    db.session.rollback()
    return [turn["number"] for turn in desk_view(desk.venue.contest_id)["turns"]]


def look(desk) -> str:
    return words_of(desk.browser.get(f"{desk.path}/draw"))


def draws(desk) -> list[str]:
    desk.press("draw", seed="20261122", witness="监督员赵", page="draw")
    return order(desk)


def test_a_row_is_moved_by_its_arrow_without_a_script(desk):
    answer = desk.press("move_turn", turn=desk.turn("02")["id"], place="1", page="draw")
    assert (answer.status_code, answer.location) == (303, f"{desk.path}/draw")
    assert order(desk) == ["02", "01", "03"]
    assert "No. 02 is moved. The change is on record." in look(desk)


def test_after_the_draw_the_page_asks_for_a_reason_and_keeps_what_was_chosen(desk):
    first = draws(desk)[0]
    answer = desk.refused("move_turn", turn=desk.turn(first)["id"], place="3", page="draw")
    assert "Please give a reason; it goes on record." in words_of(answer)
    assert f'<option value="{desk.turn(first)["id"]}" selected>' in answer.text
    assert 'name="place" inputmode="numeric" maxlength="4" value="3"' in answer.text


def test_the_page_shows_what_was_changed_by_whom_and_why(desk):
    first = draws(desk)[0]
    desk.press("move_turn", turn=desk.turn(first)["id"], place="3", reason="航班延误", page="draw")
    page = look(desk)
    assert f"No. {first} from place 1 to 3 · 何组长 · 航班延误" in page


@pytest.mark.parametrize(
    ("place", "sentence"),
    [("9", "Please enter a place from 1 to 3."), ("abc", "Please enter a whole number."), ("", "Please fill this in.")],
)
def test_a_place_that_is_none_is_refused_with_a_sentence(desk, place, sentence):
    answer = desk.refused("move_turn", turn=desk.turn("01")["id"], place=place, page="draw")
    assert sentence in words_of(answer)


def test_nobody_moves_past_whoever_was_called(desk):
    desk.venue.call("01")
    answer = desk.refused("move_turn", turn=desk.turn("03")["id"], place="1", page="draw")
    assert "The order up to here is fixed: no. 01 was called already." in words_of(answer)
    assert "Move no. 01" not in answer.text


def test_the_benches_are_drawn_with_seed_and_witness(desk):
    contest = perform(set_up, DESK, Plan("zhuangding", ("装订", "Binding"), "", "case_binding", 2, [CHEN, LIN, ZHOU]))
    path, turn = f"/desk/{contest}", desk_view(contest)["turns"][0]["id"]
    assert "Draw the benches" in words_of(desk.browser.get(f"{path}/draw"))
    sent = {"turn": turn, "benches": "2", "seed": "7", "witness": "监督员赵", "page": "draw"}
    answer = desk.browser.post(f"{path}/plan_benches", data={"request": secrets.token_hex(16), **sent})
    assert (answer.status_code, answer.location) == (303, f"{path}/draw")
    page = words_of(desk.browser.get(f"{path}/draw"))
    assert "Typed by whoever drew; witness named: 监督员赵 7 Seed" in page
    assert "the word benches, the number" in page


def test_the_sides_and_who_saw_them_drawn_stand_on_the_page(desk):
    contest = perform(set_up_matches, DESK, plan())
    page = words_of(desk.browser.get(f"/desk/{contest}/draw"))
    assert "The sides of every match of this round are drawn." in page
    assert "Sides drawn" in page
    assert "Seal, shown before" in page
    assert "1.1" in page


def test_the_hall_is_told_what_was_drawn_and_no_case(desk):
    assert desk.venue.audience()["draw"] is None
    desk.press("draw", seed="20261122", witness="监督员赵", cases="相邻权纠纷", page="draw")
    shown = desk.venue.audience()["draw"]
    assert (shown["kind"], [line["number"] for line in shown["lines"]]) == ("order", order(desk))
    assert "相邻权纠纷" not in str(desk.venue.audience())
    desk.venue.call(order(desk)[0])
    assert desk.venue.audience()["draw"] is None


def test_the_pairings_are_listed_with_names_after_the_draw(desk):
    contest_id = perform(set_up_matches, DESK, plan(4))
    page = words_of(desk.browser.get(f"/desk/{contest_id}/draw"))
    listed = page.partition("Pairings of this round")[2]
    assert all(name in listed for name in ("甲队", "乙队", "丙队", "丁队"))
    steps = words_of(desk.browser.get(f"/desk/{contest_id}/set-up/rooms"))
    assert all(name in steps for name in ("甲队", "乙队", "丙队", "丁队"))


def seen_by_the_supervisor(desk, contest_id: int) -> str:
    if db.session.scalar(select(Account).where(Account.role == SUPERVISOR)) is None:
        perform(add_account, "周监督", quickly_checked("correct horse"), SUPERVISOR)
    browser = desk.venue.app.test_client()
    browser.set_cookie("language", "en")
    signed_in_as(browser, db.session.scalars(select(Account).where(Account.role == SUPERVISOR)).one())
    return words_of(browser.get(f"/desk/{contest_id}/draw"))


def everybody_is_released(desk) -> None:
    for number in ("01", "02", "03"):
        desk.venue.call(number)
        desk.venue.all_submit(number, ["80.0"] * 7)
        desk.venue.release(number)


def test_what_the_supervisor_adds_is_asked_for_as_long_as_something_can_be_drawn_and_says_what(desk):
    contest_id = desk.venue.contest_id
    assert "Whoever draws can draw then." in seen_by_the_supervisor(desk, contest_id)
    desk.venue.call("01")
    called = seen_by_the_supervisor(desk, contest_id)
    assert "the order is not drawn again" in called
    assert "can draw then" not in called
    assert "It goes into what is drawn later, such as latecomers or the spot check." in called


def test_over_a_contest_that_is_finished_only_the_spot_check_is_left_to_draw_and_then_nothing(desk):
    contest_id = desk.venue.contest_id
    everybody_is_released(desk)
    finished = seen_by_the_supervisor(desk, contest_id)
    assert "draw then" not in finished
    assert "latecomers" not in finished
    assert "It goes into the spot check." in finished
    rule = SpotCheckRule().to_data()
    perform(draw_spot_check, DESK, contest_id, None, "20261122", "监督员赵", rule, "监督员未输入")
    drawn = seen_by_the_supervisor(desk, contest_id)
    assert "Nothing is left to be drawn." in drawn
    assert "Add to the draw" not in drawn
    assert "Seal of the next draw" not in drawn


def test_a_review_asks_for_codes_and_reviewers(desk):
    contest_id = stages.review("said", 3).contest_id
    page = seen_by_the_supervisor(desk, contest_id)
    assert "The order of documents is not drawn." in page
    assert "can draw then" not in page
