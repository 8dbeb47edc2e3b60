"""The steps of contestants, judges and rooms: typed into tables, dealt out, paired."""

from __future__ import annotations

import re

from tests.organizers.conftest import words_of
from tests.organizers.path import entrants, event, fields_of


def test_contestants_are_typed_into_a_table_and_a_wrong_line_is_named(path):
    contest_id = path.begin()
    answer = path.send(contest_id, "contestants", entrants(("01", "陈思远"), ("", ""), ("01", "林晓彤"), ("03", "")))
    assert answer.status_code == 409
    words = words_of(answer)
    assert "Two contestants have the number 01" in words
    assert "Please fill this in" in words
    assert event(contest_id).contest.contestants == []
    path.send(contest_id, "contestants", entrants(("01", "陈思远"), ("02", "林晓彤")))
    form = path.form(contest_id, "contestants")
    assert [name for name in form.getlist("name") if name] == ["陈思远", "林晓彤"]
    form.add("off", form.getlist("id")[0])
    path.send(contest_id, "contestants", form)
    assert [one.name for one in event(contest_id).contest.contestants] == ["林晓彤"]


def test_one_number_typed_in_two_ways_is_there_twice_and_full_width_figures_are_kept_as_ordinary_ones(path):
    contest_id = path.begin()
    answer = path.send(contest_id, "contestants", entrants(("1", "陈思远"), ("０１", "林晓彤")))
    assert (answer.status_code, "Two contestants have the number ０１" in words_of(answer)) == (409, True)
    path.send(contest_id, "contestants", entrants(("０１", "陈思远"), ("02", "林晓彤")))
    assert [one.number for one in event(contest_id).contest.contestants] == ["01", "02"]


def test_a_broken_form_takes_nobody_off_the_list_and_no_name_from_a_seat(path):
    contest_id = path.begin()
    path.send(contest_id, "contestants", entrants(("01", "陈思远")))
    seat = event(contest_id).rooms[0].seats[0].id
    path.send(contest_id, "judges", {f"{seat}.name": "赵明"})
    assert path.send(contest_id, "contestants", {}).status_code == 400
    path.send(contest_id, "judges", {})
    assert len(event(contest_id).contest.contestants) == 1
    assert event(contest_id).rooms[0].seats[0].name == "赵明"


def test_judges_get_names_and_their_number_is_set(path):
    contest_id = path.begin()
    room = event(contest_id).rooms[0]
    form = path.form(contest_id, "judges")
    form[f"{room.seats[0].id}.name"], form[f"judges.{room.id}"] = "赵明", "9"
    path.send(contest_id, "judges", form)
    seats = event(contest_id).rooms[0].seats
    assert (len(seats), seats[0].name) == (9, "赵明")
    form[f"judges.{seats[0].room_id}"] = "99"
    assert "1 to 21 judges" in words_of(path.send(contest_id, "judges", form))


def test_rooms_are_added_and_contestants_dealt_out(path):
    contest_id = path.begin()
    path.send(contest_id, "contestants", entrants(("01", "陈思远"), ("02", "林晓彤")))
    form = fields_of(path.send(contest_id, "rooms", path.form(contest_id, "rooms"), "add").text)
    form.setlist("zh", ["一号厅", "二号厅"])
    form.setlist("starts", ["2026-11-25T09:00", ""])
    path.send(contest_id, "rooms", form)
    form = path.form(contest_id, "rooms")
    form["evenly"] = "1"
    path.send(contest_id, "rooms", form)
    found = event(contest_id)
    assert [(room.name_zh, room.starts) for room in found.rooms] == [("一号厅", "2026-11-25T09:00"), ("二号厅", "")]
    assert [turn.room.name_zh for turn in found.rounds[0].turns] == ["一号厅", "二号厅"]


def test_matches_are_paired_at_the_step_of_rooms_and_unpaired_again(path):
    contest_id = path.begin("format:debate:1v1")
    path.send(contest_id, "contestants", entrants(*((f"{n:02d}", f"辩手{n}") for n in range(1, 5))))
    assert "The matches are not paired yet" in words_of(path.look(contest_id))
    sent = {"first": "all_play", "size": "0", "seed": "8 1 7", "witness": "监督员"}
    refused = path.send(contest_id, "rooms", sent | {"witness": ""}, "pair")
    assert "who witnessed the draw" in words_of(refused)
    assert path.send(contest_id, "rooms", sent, "pair").status_code == 303
    assert "Nothing is missing" in words_of(path.look(contest_id))
    assert "Take the pairing back first" in words_of(path.send(contest_id, "contestants", entrants(("01", "x"))))
    path.send(contest_id, "rooms", {}, "undo-pairing")
    assert "The matches are not paired yet" in words_of(path.look(contest_id))


def test_while_a_pair_of_offices_is_not_answered_the_way_on_leads_to_it(path):
    """Once one pair of several was answered it led to a check list whose opening is barred."""
    contest_id = path.begin()
    people = entrants(("01", "陈思远"), ("02", "林晓彤"))
    people.setlist("office", ["江北区院", "慈溪县院"])
    path.send(contest_id, "contestants", people)
    seats = event(contest_id).rooms[0].seats[:2]
    offices = ("明州市江北区人民检察院", "明州市慈溪县人民检察院")
    path.send(contest_id, "judges", {f"{seat.id}.office": said for seat, said in zip(seats, offices, strict=True)})
    page = f"/desk/{contest_id}/relations"
    for asked in (2, 1):
        seen = path.browser.get(page).text
        assert f'<a class="button" id="onward" href="#offices">Say which names are one office ({asked})</a>' in seen
        one, other = (re.search(rf'name="{name}" value="([^"]+)"', seen)[1] for name in ("one", "other"))
        path.browser.post(
            f"{page}/offices", data={"request": f"answer-{asked:02}", "one": one, "other": other, "same.0": "1"}
        )
    assert f'id="onward" href="/desk/{contest_id}/set-up"' in path.browser.get(page).text
