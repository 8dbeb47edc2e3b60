"""The pages of seats, cards and relations: who may open them, what they show, and each of their steps."""

from __future__ import annotations

import re
import secrets

import pytest

from scoring.actions.setting_up import panels
from scoring.actions.setting_up.contests import add_account
from scoring.actions.site.installation import set_installation
from scoring.actions.transaction import perform
from scoring.extensions import db
from scoring.store.codes import seat_key, seat_pin
from tests.actions.test_relations import contestant, recused, sits
from tests.conftest import DESK, PASSWORD, marks_worth
from tests.organizers.conftest import words_of
from tests.passwords import quickly_checked

HASHED = quickly_checked(PASSWORD)


@pytest.fixture
def base(venue):
    return f"/desk/{venue.contest_id}"


def press(browser, base, page, step, /, **sent):
    """Press a button, and read the page that follows, or that says why it is refused."""
    data = {"request": secrets.token_hex(16), **sent}
    answer = browser.post(f"{base}/{page}/{step}", data=data)
    if answer.status_code == 409:
        return answer.text
    assert (answer.status_code, answer.location) == (303, f"{base}/{page}")
    return browser.get(answer.location).text


@pytest.mark.parametrize("page", ["seats", "cards", "relations"])
def test_a_contest_or_a_step_that_is_not_there_is_not_found(organizer, base, page):
    assert organizer.get(f"/desk/99/{page}").status_code == 404
    assert organizer.post(f"/desk/99/{page}/x").status_code == 404
    assert organizer.post(f"{base}/{page}/dance").status_code == 404


def test_the_seats_show_who_sits_where_and_are_changed_in_place(organizer, venue, base):
    seat = venue.seat(3).id
    said = press(organizer, base, "seats", "describe", seat=seat, name="李国栋", office="江北区院", title="检委会委员")
    assert "The seat is changed." in said
    assert "Judge 3 李国栋" in said
    assert "江北区院 · 检委会委员" in said
    assert recused(venue, "01") == {3: "office"}


def test_a_reserve_is_added_stands_in_and_is_taken_off_again(organizer, venue, base):
    room = venue.seat(1).room_id
    assert "Reserve 8 韩冰" in press(organizer, base, "seats", "add-reserve", room=room, name="韩冰")
    who = {"turn": venue.turn("01").id, "seat": venue.seat(3).id, "reserve": venue.seat(8).id}
    answer = performs(organizer, base, "seat_reserve", **who, ground="away", reason="公务")
    assert (answer.status_code, answer.location) == (303, f"{base}/seats")
    said = organizer.get(answer.location).text
    assert "The reserve judge marks no. 01 now in this place." in said
    assert "No. 01 · Reserve 8 韩冰 in the place of Judge 3" in said
    assert "Take reserve 8 off no. 01" in said
    performs(organizer, base, "stand_down", turn=who["turn"], reserve=who["reserve"])
    assert "does not mark no. 01 any more" in organizer.get(f"{base}/seats").text


def test_a_judge_who_is_stood_in_for_is_away_and_did_not_abstain(organizer, venue, base):
    perform(panels.add_reserve, DESK, venue.contest_id, venue.seat(1).room_id, {"name": "韩冰"})
    seats = venue.seat(3).id, venue.seat(8).id
    perform(panels.seat_reserve, DESK, venue.turn("01").id, *seats, "away", "发烧")
    venue.call("01")
    desk = organizer.get(f"{base}").text
    for judge in (1, 2, 4, 5, 6, 7, 8):
        venue.submits(judge, "01", marks_worth("90"))
    venue.release("01")
    board = organizer.get("/c/shifa").text
    assert "away from the seat" in desk
    assert re.search(r">\s*away\s*<", board)
    log = " ".join(re.sub("<[^>]+>", " ", organizer.get(f"{base}/log").text).split())
    assert "recorded that Judge 3 is away from the seat for no. 01 发烧" in log
    assert "let reserve Judge 8 mark no. 01 in the place of Judge 3" in log


def performs(browser, base, verb, **sent):
    return browser.post(f"{base}/{verb}", data={"request": secrets.token_hex(16), "page": "seats", **sent})


def test_a_refused_stand_in_says_why_on_the_page_of_the_seats(organizer, venue, base):
    perform(panels.add_reserve, DESK, venue.contest_id, venue.seat(1).room_id, {"name": "韩冰"})
    db.session.rollback()
    who = {"turn": venue.turn("01").id, "seat": venue.seat(3).id, "reserve": venue.seat(8).id}
    answer = performs(organizer, base, "seat_reserve", **who, ground="abstained", reason="")
    assert answer.status_code == 409
    assert "Please give a reason" in words_of(answer)
    assert "Judges and seats" in words_of(answer)


def test_a_card_shows_the_seat_its_code_and_its_pin(organizer, venue, base):
    sits(venue, 3, "李国栋")
    perform(set_installation, DESK, "Asia/Shanghai", "http://10.0.0.5:5000")
    page = organizer.get(f"{base}/cards?wifi=SAIPING").text
    card = page.partition(f'id="card-{venue.seat(3).id}"')[2].partition("</li>")[0]
    pin = seat_pin(venue.seat(3))
    assert "Judge 3" in card
    assert "李国栋" in card
    assert f"{pin[:3]} {pin[3:]}" in card
    assert "open http://10.0.0.5:5000/judge/ and type the PIN." in card
    assert "Wi-Fi: SAIPING" in card
    assert 'src="data:image/svg+xml' in card


def test_the_code_on_the_card_is_the_address_that_signs_in_there(organizer, venue, base, encoded):
    perform(set_installation, DESK, "Asia/Shanghai", "10.0.0.5:5000")
    organizer.get(f"{base}/cards")
    assert encoded[2] == f"http://10.0.0.5:5000/judge/enter/{seat_key(venue.seat(3))}"


def test_codes_are_renewed_and_revoked_on_the_page(organizer, venue, base):
    seat, old = venue.seat(3).id, seat_pin(venue.seat(3))
    page = press(organizer, base, "cards", "renew", seat=seat)
    assert "The seat has a new code." in page
    assert f"{old[:3]} {old[3:]}" not in page
    page = press(organizer, base, "cards", "revoke", seat=seat)
    assert "Revoked: this seat opens to nobody" in page
    assert "Please type exactly this to confirm: shifa" in press(organizer, base, "cards", "renew-all", typed="x")
    page = press(organizer, base, "cards", "renew-all", typed="shifa")
    assert "Please print all cards again." in page
    assert "Revoked: this seat" not in page


def test_an_old_tablet_says_that_its_code_was_renewed(organizer, venue, base):
    tablet = venue.app.test_client()
    tablet.set_cookie("language", "en")
    tablet.post("/judge/", data={"pin": seat_pin(venue.seat(3))})
    seat = venue.seat(3).id
    assert tablet.get(f"/judge/{seat}").status_code == 200
    press(organizer, base, "cards", "renew", seat=seat)
    answer = tablet.get(f"/judge/{seat}", follow_redirects=True)
    assert "The code of this seat was renewed" in answer.text


def test_nobody_but_organizers_sees_a_code_anywhere(venue, anyone, base):
    perform(add_account, "chief", HASHED, "chief")
    anyone.post("/desk/sign-in", data={"name": "chief", "password": PASSWORD})
    pins = [seat_pin(venue.seat(judge)) for judge in range(1, 8)]
    text = anyone.get(base).text + anyone.get("/desk/").text
    assert not [pin for pin in pins if pin in text or f"{pin[:3]} {pin[3:]}" in text]


def test_every_conflict_is_listed_and_waived_with_a_reason(organizer, venue, base):
    sits(venue, 3, "李国栋", "江北区院")
    said = words_of(organizer.get(f"{base}/relations"))
    assert "Conflicts found: 2" in said
    assert "Judge 3 李国栋 and No. 01 陈思远 : same office" in said
    pair = {"seat": venue.seat(3).id, "contestant": contestant("01").id, "ground": "office"}
    assert "Please give a reason" in press(organizer, base, "relations", "waive", **pair, reason="")
    page = press(organizer, base, "relations", "waive", **pair, reason="全院同一单位")
    assert "waived: 全院同一单位 (何组长)" in page
    waiver = re.search(r'name="waiver" value="(\d+)"', page)[1]
    assert "The ground counts again." in press(organizer, base, "relations", "withdraw-waiver", waiver=waiver)


def test_a_relation_is_declared_and_taken_back(organizer, venue, base):
    sits(venue, 2, "韩冰", "省院")
    pair = {"seat": venue.seat(2).id, "contestant": contestant("02").id}
    page = press(organizer, base, "relations", "declare", **pair, ground="mentor", note="2019年结对")
    assert "The relation is recorded" in page
    assert "2019年结对" in page
    relation = re.search(r'name="relation" value="(\d+)"', page)[1]
    assert "The relation is taken back" in press(organizer, base, "relations", "withdraw", relation=relation)


def test_the_levels_are_switched(organizer, venue, base):
    sits(venue, 3, "李国栋", "江北区院")
    assert "The levels are changed" in press(organizer, base, "relations", "levels", level=["kin", "mentor"])
    assert recused(venue, "01") == {}


def test_too_small_panels_and_unknown_judges_are_told_on_the_page(organizer, venue, base):
    for judge in range(1, 6):
        sits(venue, judge, f"评委{judge}", "慈溪县院")
    said = words_of(organizer.get(f"{base}/relations"))
    assert "No. 02 seats left: 2; 3 are needed for a score" in said
    assert "2 seats have no name or no office" in said


def test_a_recusal_by_relation_says_so_at_the_desk(organizer, venue, base):
    sits(venue, 3, "李国栋", "江北区院")
    assert "by a recorded relation" in words_of(organizer.get(base))


def test_offices_that_look_alike_are_asked_about_and_the_answer_is_shown_and_taken_back(organizer, venue, base):
    sits(venue, 3, "李国栋", "明州市江北区院")
    page = organizer.get(f"{base}/relations").text
    assert 'id="offices"' in page
    pair = {"one": "明州市江北区院", "other": "江北区院"}
    assert "Please choose “one office” or “two offices”" in press(organizer, base, "relations", "offices", **pair)
    said = press(organizer, base, "relations", "offices", **pair, **{"same.0": "1"})
    assert "Kept, and applied to every turn that waits." in said
    assert recused(venue, "01") == {3: "office"}
    answer = re.search(r'name="answer" value="(\d+)"', said)[1]
    assert "The question is asked again." in press(organizer, base, "relations", "withdraw-answer", answer=answer)
    assert recused(venue, "01") == {}
