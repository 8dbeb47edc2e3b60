"""A contest of several events: each has its panel, order, board, desk and sockets; unnamed, the first is meant."""

from __future__ import annotations

from typing import Any

import gevent
import pytest
from sqlalchemy import select

from scoring.actions.preparing.events import EventPlan, add_event
from scoring.actions.running import late_entries, late_panels, split_rooms
from scoring.actions.running.draws import draw_turns
from scoring.actions.setting_up.copying import Wanted, copy_contest
from scoring.actions.setting_up.in_preparation import Identity
from scoring.actions.setting_up.overall import set_awards, set_overall
from scoring.actions.transaction import perform
from scoring.board.conditions.draws import draw_of
from scoring.board.reading.log import log
from scoring.board.reading.look import event_of, events_of
from scoring.board.views.audience import audience
from scoring.board.views.desk import desk
from scoring.extensions import db, socketio
from scoring.live.broadcaster import send
from scoring.rules.refusal import Refused
from scoring.store import Contest, Event
from scoring.store.codes import seat_pin
from tests.conftest import DESK
from tests.organizers.conftest import words_of
from tests.patience import within

BOARDS = ["/c/shifa", "/c/shifa/screen", "/c/shifa/board.json"]
SCREENS = ["", "/clocks", "/draw", "/waiting-room", "/ranking.xlsx", "/ranking.csv"]


def test_each_event_is_run_and_ranked_for_itself(meet):
    meet.plays(1, {"01": "90", "02": "80"})
    meet.plays(2, {"02": "95"})
    assert [row["number"] for row in meet.audience(1)["rows"]] == ["01", "02"]
    assert [(row["number"], row["score"]) for row in meet.audience(2)["rows"]] == [("02", "95.00")]
    assert meet.audience(3)["rows"] == []


def test_the_first_event_is_meant_where_none_is_named(meet):
    meet.call(2, "03")
    assert meet.audience() == meet.audience(1)
    assert meet.audience()["now"] is None
    assert meet.audience(2)["now"]["number"] == "03"
    assert meet.audience(2)["event"] == {
        "id": meet.event(2).id,
        "position": 2,
        "of": 3,
        "title": {"zh": "笔试说理", "en": "Written reasoning"},
    }


def test_the_desk_of_an_event_has_that_events_panel_and_turns(meet):
    assert len(desk(meet.contest_id)["seats"]) == 7
    second = desk(meet.contest_id, event=2)
    assert len(second["seats"]) == 3
    assert {turn["id"] for turn in second["turns"]} == {turn.id for turn in meet.event(2).rounds[0].turns}


def test_an_event_is_drawn_for_itself(meet):
    perform(draw_turns, DESK, meet.contest_id, "seed 20 26", "王监督", event=2)
    assert draw_of(meet.contest_id) is None
    assert draw_of(meet.contest_id, 2)["witness"] == "王监督"
    meet.plays(1, {"01": "90"})
    perform(draw_turns, DESK, meet.contest_id, "seed 20 27", "王监督", event=3)
    assert draw_of(meet.contest_id, 2)["lots"]["typed"] == "seed 20 26"


@pytest.mark.parametrize("place", [0, 4, 2**40])
def test_an_event_that_the_contest_has_not_is_not_there(meet, place):
    with pytest.raises(LookupError):
        audience(meet.contest_id, place)
    with pytest.raises(Refused) as refused:
        perform(draw_turns, DESK, meet.contest_id, "seed 20 26", "王监督", event=place)
    assert refused.value.code == "event_unknown"


@pytest.mark.parametrize(
    ("format", "code"),
    [("suggestion_review", "review_twice"), ("song", "unknown_format")],
)
def test_an_event_that_cannot_be_added_is_refused(meet, format, code):
    perform(add_event, DESK, meet.contest_id, EventPlan("suggestion_review", 3))
    before = db.session.scalars(select(Event.id)).all()
    with pytest.raises(Refused) as refused:
        perform(add_event, DESK, meet.contest_id, EventPlan(format, 3))
    assert refused.value.code == code
    assert db.session.scalars(select(Event.id)).all() == before


@pytest.mark.parametrize("path", BOARDS)
def test_the_audiences_pages_show_the_event_that_the_address_names(meet, anyone, path):
    meet.plays(2, {"02": "95"})
    assert "95.00" in anyone.get(path, query_string={"event": 2}).get_data(as_text=True)
    assert "95.00" not in anyone.get(path).get_data(as_text=True)
    assert anyone.get(path, query_string={"event": 4}).status_code == 404


@pytest.mark.parametrize("path", SCREENS)
def test_the_desks_pages_show_the_event_that_the_address_names(meet, organizer, path):
    address = f"/desk/{meet.contest_id}{path}"
    assert organizer.get(address, query_string={"event": 2}).status_code == 200
    assert organizer.get(address, query_string={"event": 4}).status_code == 404


def test_every_link_and_form_of_an_events_page_stays_with_the_event(meet, organizer):
    page = organizer.get(f"/desk/{meet.contest_id}", query_string={"event": 2}).text
    assert f'action="/desk/{meet.contest_id}/call?event=2"' in page
    assert 'href="/c/shifa?event=2"' in page
    assert f'href="/desk/{meet.contest_id}"' in page  # the way to the first event
    assert f'href="/desk/{meet.contest_id}?event=3"' in page
    assert "Written reasoning" in page


def test_a_verb_pressed_on_an_events_desk_comes_back_to_it(meet, organizer):
    turn = meet.turn(2, "01").id
    sent = {"request": "call-01-in-2", "turn": turn}
    answer = organizer.post(f"/desk/{meet.contest_id}/call?event=2", data=sent)
    assert answer.location == f"/desk/{meet.contest_id}?event=2"
    assert "No. 01 is called." in organizer.get(answer.location).text


def test_the_log_says_in_which_event_somebody_was_called(meet, organizer):
    meet.call(1, "01")
    meet.call(2, "01")
    called = [entry["event"]["title"]["en"] for entry in log(meet.contest_id, ["call"], None, 9, False)["entries"]]
    assert called == ["Written reasoning", meet.event(1).title_en]
    page = words_of(organizer.get(f"/desk/{meet.contest_id}/log"))
    assert "Written reasoning called no. 01" in page


def test_the_log_names_the_event_of_a_draw_a_latecomer_a_seat_and_a_split_room(meet):
    perform(draw_turns, DESK, meet.contest_id, "seed 20 26", "王监督", event=2)
    meet.call(2, meet.event(2).rounds[0].turns[0].number)
    perform(late_entries.enter_late, DESK, meet.contest_id, "04", "吴桐", "路上堵车", event=2)
    room = meet.event(2).rooms[0].id
    perform(late_panels.add_seat, DESK, meet.contest_id, room, "韩冰", reason="增补")
    perform(split_rooms.split_room, DESK, meet.contest_id, room, 3, reason="来不及")
    told = log(meet.contest_id, ["draw", "enter_late", "add_seat", "split_room"], None, 9, False)["entries"]
    assert {entry["verb"]: entry["event"]["title"]["en"] for entry in told} == dict.fromkeys(
        ["draw", "enter_late", "add_seat", "split_room"], "Written reasoning"
    )


def test_the_desk_of_an_event_says_that_whoever_is_put_out_of_it_keeps_the_places_in_the_others(meet, organizer):
    said = words_of(organizer.get(f"/desk/{meet.contest_id}?event=2"))
    assert "Out of this event, places in the other events stay." in said


def test_the_addresses_of_a_first_event_are_those_of_a_contest_with_one(meet, organizer):
    assert "event=1" not in organizer.get("/desk/").text
    assert f'href="/desk/{meet.contest_id}?event=2"' in organizer.get("/desk/").text
    assert 'href="/c/shifa?event=3"' in organizer.get("/").text


def test_a_copy_of_a_contest_has_its_events_with_their_weights_and_awards(meet):
    rules = {"weighting": {"percent": {"1": "40", "2": "30", "3": "30"}}}
    quota = [{"key": "model", "zh": "业务标兵", "en": "Model", "quota": 1}]
    perform(set_overall, DESK, meet.contest_id, rules)
    perform(set_awards, DESK, meet.contest_id, "offices", quota)
    perform(set_awards, DESK, meet.contest_id, "ranking", quota, 2)
    copy_id = perform(copy_contest, DESK, meet.contest_id, Identity("明年的竞赛"), Wanted())
    copy = db.session.get_one(Contest, copy_id)
    assert [event.title_zh for event in copy.events] == ["释法说理", "笔试说理", "现场答问"]
    assert copy.overall == meet.contest().overall
    assert (copy.awards, copy.events[1].awards) == ({"offices": quota}, {"ranking": quota})


def watch(meet, namespace: str, **auth: object):
    """A socket that joined, with the greetings that wait for it taken."""
    return socketio.test_client(meet.app, namespace=namespace, auth=auth)


def heard(watcher) -> list[dict[str, Any]]:
    """What a socket was sent since the last time."""
    return [message["args"][0] for message in watcher.get_received("/audience")]


def greeted(watcher) -> dict[str, Any]:
    """What it is greeted with, which is made giving way to others."""
    with gevent.Timeout(within(10)):
        while not (greeting := heard(watcher)):
            socketio.sleep(0.001)
    return greeting[0]


def test_a_socket_hears_of_the_event_it_joined(meet):
    first, second = watch(meet, "/audience", contest="shifa"), watch(meet, "/audience", contest="shifa", event=2)
    assert [greeted(one)["event"]["position"] for one in (first, second)] == [1, 2]
    meet.call(2, "03")
    send(meet.contest_id, set())
    assert heard(first) == []
    assert "03" in str(heard(second))


@pytest.mark.parametrize("event", [4, "2", True])
def test_a_socket_that_asks_for_an_event_that_is_none_is_refused(meet, event):
    refused = watch(meet, "/audience", contest="shifa", event=event)
    assert not refused.is_connected("/audience")


def test_the_judges_of_one_event_sit_in_another_with_codes_of_their_own(meet):
    first = event_of(meet.contest_id, 1).rooms[0]
    for number, seat in enumerate(first.panel, 1):
        seat.name, seat.office, seat.department = f"评委{number}", "江北区院", "第一检察部"
    db.session.commit()
    perform(add_event, DESK, meet.contest_id, EventPlan("legal_explanation", 1, panel=1))
    db.session.rollback()
    first, last = (event_of(meet.contest_id, place).rooms[0] for place in (1, len(meet_events(meet))))
    assert [(seat.name, seat.office) for seat in last.panel] == [(seat.name, seat.office) for seat in first.panel]
    assert {seat_pin(seat) for seat in last.panel}.isdisjoint(seat_pin(seat) for seat in first.panel)
    first_turn = next(turn for played in last.event.rounds for turn in played.turns if turn.number == "01")
    assert [one.seat.number for one in first_turn.recused.values()] == [seat.number for seat in last.panel]


def meet_events(meet):
    return events_of(meet.contest_id)


def test_inspectors_who_come_from_an_odd_panel_work_in_pairs_and_one_is_a_reserve(meet):
    perform(add_event, DESK, meet.contest_id, EventPlan("case_binding", 1, panel=1))
    db.session.rollback()
    room = event_of(meet.contest_id, len(meet_events(meet))).rooms[0]
    odd = len(event_of(meet.contest_id, 1).rooms[0].panel) % 2
    assert (len(room.panel) % 2, sum(seat.reserve for seat in room.seats)) == (0, odd)


def test_judges_of_an_event_that_is_not_there_are_refused(meet):
    with pytest.raises(Refused, match="event_unknown"):
        perform(add_event, DESK, meet.contest_id, EventPlan("legal_explanation", 3, panel=9))
