"""The page of latecomers: entered, seated and split by form, refused beside the field, pressed twice, taken back."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from scoring.actions.running import turns
from scoring.actions.transaction import perform
from scoring.board.views.desk import desk as desk_view
from scoring.extensions import db
from scoring.store import Contest, Room, Seat
from tests.conftest import DESK, marks_worth
from tests.organizers.conftest import words_of
from tests.organizers.test_desk_verbs import problem_beside, typed_into
from tests.refusals import entries

WHY = "路上堵车"
LATE = {"number": "04", "name": "吴桐", "office": "慈溪县院", "place": "last", "reason": WHY}


@pytest.fixture
def late(desk):
    """The page, with no. 01 called."""
    desk.venue.call("01")
    return desk


def look(late) -> str:
    answer = late.browser.get(f"{late.path}/late")
    assert answer.status_code == 200
    return words_of(answer)


def press(late, verb: str, **sent) -> str:
    answer = late.press(verb, page="late", **sent)
    assert (answer.status_code, answer.location) == (303, f"{late.path}/late")
    return look(late)


def order(late) -> list[str]:
    db.session.rollback()
    return [turn["number"] for turn in desk_view(late.venue.contest_id)["turns"]]


def test_the_page_stands_where_an_organizer_looks_for_it(late):
    for page in ("", "/seats", "/set-up/contestants", "/set-up/judges", "/set-up/rooms", "/import"):
        assert f'href="{late.path}/late"' in late.browser.get(late.path + page).text, page


def test_a_latecomer_is_entered_and_listed_with_the_reason(late):
    page = press(late, "enter_late", **LATE)
    assert "No. 04 is entered late. This is on record." in page
    assert WHY in page
    assert order(late) == ["01", "02", "03", "04"]
    assert page.partition(WHY)[0].partition(LATE["name"])[2].split()[1] == "waiting"  # as the desk calls it


def test_the_next_number_is_proposed(late):
    assert typed_into(late.browser.get(f"{late.path}/late"), "enter_late-number") == "04"


def test_drawn_in_the_seed_and_the_order_stand_on_the_page(late):
    page = press(late, "enter_late", **LATE | {"place": "drawn", "seed": "20261129", "witness": "监督员赵"})
    assert "20261129" in page
    assert "监督员赵" in page
    assert " → ".join(order(late)[1:]) in page


def test_what_is_missing_is_said_beside_its_field_and_what_was_typed_stays(late):
    answer = late.refused("enter_late", page="late", **LATE | {"reason": " ", "name": "吴桐"})
    assert problem_beside(answer, "enter_late-reason") == "Please fill this in."
    assert typed_into(answer, "enter_late-name") == "吴桐"
    answer = late.refused("enter_late", page="late", **LATE | {"number": "1"})
    assert "belongs to 陈思远" in problem_beside(answer, "enter_late-number")
    answer = late.refused("enter_late", page="late", **LATE | {"place": "drawn", "seed": "7"})
    assert problem_beside(answer, "enter_late-witness")


def test_pressed_twice_a_latecomer_is_entered_once(late):
    first = late.press("enter_late", "pressed-twice", page="late", **LATE)
    done = entries()
    second = late.press("enter_late", "pressed-twice", page="late", **LATE)
    assert (first.status_code, second.status_code, entries()) == (303, 303, done)


def test_a_latecomer_is_taken_off_with_a_reason(late):
    press(late, "enter_late", **LATE)
    late.refused("remove_late", page="late", number="04", reason=" ")
    assert "taken off again" in press(late, "remove_late", number="04", reason="不来了")
    assert order(late) == ["01", "02", "03"]


def test_when_all_is_public_the_page_says_so_in_place_of_the_form(late):
    venue = late.venue
    for number in ("01", "02", "03"):
        if number != "01":
            venue.call(number)
        venue.all_submit(number, ["90"] * 7)
        venue.release(number)
    page = look(late)
    assert "the scores of this round are public" in page
    assert 'id="enter-late-form"' not in late.browser.get(f"{late.path}/late").text


def test_a_seat_is_added_and_taken_away_again(late):
    room = late.venue.seat(1).room_id
    page = press(late, "add_seat", room=room, name="韩冰", reason="增补")
    assert "Judge 8 韩冰" in page
    db.session.rollback()
    seat = late.venue.seat(8).id
    assert "taken away again" in press(late, "remove_seat", seat=seat, reason="来不了")


def test_a_judge_who_came_late_owes_nothing_before(late):
    for judge in range(1, 7):
        late.venue.submits(judge, "01", marks_worth("90"))
    assert "Judge 7 missing: no. 01" in look(late)
    page = press(late, "excuse_earlier", seat=late.venue.seat(7).id, reason="航班延误")
    assert "owes nothing" in page
    late.venue.release("01")


def on_stage(late, page: str) -> list[str]:
    """Who performs now by a page of the audience, in English."""
    with late.browser.application.app_context():
        slug = db.session.get_one(Contest, late.venue.contest_id).slug
    shown = late.browser.application.test_client().get(f"/c/{slug}{page}", headers={"Accept-Language": "en"}).text
    before = shown.partition('class="in-one-room" data-unless="rooms.1" hidden')[0]
    return [number for number in re.findall(r'class="big-number" data-say="number">([^<]*)<', before) if number]


def undo_call(late, number: str) -> None:
    perform(turns.undo_call, DESK, late.venue.turn(number).id)


def test_a_room_is_split_and_closed_again(late):
    room = late.venue.seat(1).room_id
    answer = late.refused("split_room", page="late", room=room, judges="2", reason="来不及")
    assert "at least 3 judges" in problem_beside(answer, "split_room-judges")
    page = press(late, "split_room", room=room, judges="5", numbers="２，3", reason="来不及")
    assert "The room is open." in page
    db.session.rollback()
    new = db.session.scalars(select(Room).where(Room.id != room)).one()
    assert len(new.panel) == 5
    assert [f"room={place}" in late.browser.get(late.path).text for place in (room, new.id)] == [True, True]
    late.venue.call("02")
    assert [on_stage(late, f"/screen?room={place}") for place in (1, 2)] == [["No. 01"], ["No. 02"]]
    assert on_stage(late, "") == ["No. 01", "No. 02"], "a phone shows both rooms"
    assert late.browser.application.test_client().get("/").text.count("/screen?room=") == 2
    undo_call(late, "02")
    assert "its turns are back" in press(late, "undo_split", room=new.id, reason="评委不够")


def test_another_role_finds_no_page(late):
    late.browser.post("/desk/sign-out")
    assert late.browser.get(f"{late.path}/late").status_code == 302


def test_the_draws_page_tells_of_the_latecomer_and_of_the_lots(late):
    press(late, "enter_late", **LATE | {"place": "drawn", "seed": "20261129", "witness": "监督员赵"})
    page = words_of(late.browser.get(f"{late.path}/draw"))
    assert "Late arrivals" in page
    assert "20261129" in page
    assert WHY in page


def test_whoever_comes_late_from_what_looks_like_a_judges_office_is_asked_about_where_the_day_is_run(late):
    db.session.get_one(Seat, late.venue.seat(1).id).office = "明州铁路运输检察院"
    db.session.commit()
    said = "Nobody has said yet whether these names mean one office"
    assert said not in late.look()
    page = press(late, "enter_late", **(LATE | {"office": "铁检院"}))
    assert said in page
    for address in ("", "/seats", "/late"):
        shown = late.browser.get(late.path + address).text
        assert f'<a href="{late.path}/relations#offices">' in shown, address
