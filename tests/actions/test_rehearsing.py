"""A rehearsal plays the contest in a copy: tablets move there and back, and no mark ever crosses."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from scoring.actions.preparing import rehearsal_rest, rehearsed_screens, rehearsing
from scoring.actions.preparing.rehearsing import CameBack, Known
from scoring.actions.running import clocks, draws, late_panels, screens, seats, sheets, turns
from scoring.actions.transaction import Actor, perform
from scoring.board.reading.log import log
from scoring.board.reading.look import events_of
from scoring.board.snapshots.people import RehearsalPage
from scoring.board.views.audience import audience
from scoring.board.views.overall import overall
from scoring.board.views.rehearsal import Machine, rehearsal
from scoring.board.views.rehearsed_scenes import on_air as rehearsal_on_air
from scoring.demo import all_round, case_binding, debate, suggestion_review
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.services import RUN
from scoring.store import Contest, Rehearsal, Seat, Sheet, Turn
from scoring.store.contests import DISCARDED
from scoring.store.rehearsals import seat_led_to
from tests.conftest import DESK, FULL_MARKS, Venue, contest_of


def begin(venue: Venue) -> Contest:
    """The copy of a rehearsal that has just begun."""
    copy_id = perform(rehearsing.begin_rehearsal, DESK, venue.contest_id)
    return db.session.get_one(Contest, copy_id)


def machine(venue: Venue) -> Machine:
    """The server as it is, in the venue's network and with room on its disk."""
    return Machine(RUN.of(venue.app))


def end(venue: Venue) -> None:
    perform(rehearsing.end_rehearsal, DESK, venue.contest_id, machine(venue))


def report(venue: Venue) -> RehearsalPage:
    db.session.rollback()
    return rehearsal(venue.contest_id, machine(venue))


def faults_tried(venue: Venue) -> set[str]:
    return {fault for fault, tried in report(venue)["faults"] if tried}


def scenes_shown(venue: Venue) -> set[str]:
    return {scene for scene, shown in report(venue)["scenes"] if shown}


def found(venue: Venue, *codes: str) -> list[tuple[str, str, str, bool]]:
    """The findings with these codes: code, seat, what, and whether the day would stop."""
    findings = report(venue)["findings"]
    return [(one["code"], one["seat"], one["what"], one["stops"]) for one in findings if one["code"] in codes]


def real_seat(venue: Venue, number: int) -> Seat:
    return next(seat for seat in contest_of(venue).events[0].rooms[0].seats if seat.number == number)


def real_turn(venue: Venue, number: str) -> Turn:
    return next(turn for turn in contest_of(venue).events[0].rounds[0].turns if turn.number == number)


def copied_turn(copy: Contest, number: str) -> Turn:
    return next(turn for turn in copy.events[0].rounds[0].turns if turn.number == number)


def refused(verb, *args) -> str:
    with pytest.raises(Refused) as caught:
        perform(verb, *args)
    return caught.value.code


def test_the_copy_has_the_rules_people_panel_and_order_of_the_contest_and_is_marked(venue):
    copy, contest = begin(venue), contest_of(venue)
    event, original = copy.events[0], contest.events[0]
    assert (copy.practice, copy.title_zh) == (True, f"彩排 · {contest.title_zh}")
    assert event.settings == original.settings
    assert [one.name for one in copy.contestants] == [one.name for one in contest.contestants]
    assert [turn.number for turn in event.rounds[0].turns] == ["01", "02", "03"]
    assert {one.contestant.contest_id for turn in event.rounds[0].turns for one in turn.appearances} == {copy.id}
    assert [seat.number for seat in event.rooms[0].seats] == [1, 2, 3, 4, 5, 6, 7]
    assert not {seat.id for seat in event.rooms[0].seats} & {seat.id for seat in original.rooms[0].seats}


def test_a_seat_leads_into_the_rehearsal_and_after_it_back(venue):
    assert seat_led_to(real_seat(venue, 3)) is None
    copy = begin(venue)
    there = seat_led_to(real_seat(venue, 3))
    assert (there.number, there.room.event.contest_id) == (3, copy.id)
    assert seat_led_to(there) is None
    there_id = there.id
    end(venue)
    assert seat_led_to(db.session.get(Seat, there_id)).id == real_seat(venue, 3).id
    assert seat_led_to(real_seat(venue, 3)) is None


def test_nothing_of_the_contest_can_be_called_or_marked_while_it_is_rehearsed(venue):
    begin(venue)
    assert refused(turns.call, DESK, real_turn(venue, "01").id) == "rehearsal_on"
    assert refused(clocks.start_clock, DESK, real_turn(venue, "01").id, "prepare") == "rehearsal_on"
    seat_id, turn_id = real_seat(venue, 1).id, real_turn(venue, "01").id
    assert refused(sheets.submit, Actor("seat"), turn_id, seat_id, FULL_MARKS, "of-judge-1") == "turn_not_open"
    end(venue)
    perform(turns.call, DESK, real_turn(venue, "01").id)


def test_a_mark_of_the_rehearsal_stays_there_and_none_comes_once_it_is_over(venue):
    copy = begin(venue)
    turn_id, seat = copied_turn(copy, "01").id, seat_led_to(real_seat(venue, 1))
    seat_id, real_id, real_turn_id = seat.id, real_seat(venue, 1).id, real_turn(venue, "01").id
    perform(turns.call, DESK, turn_id)
    perform(sheets.submit, Actor("seat"), turn_id, seat_id, FULL_MARKS, "of-judge-1")
    # however a tablet mixes the two up
    assert refused(sheets.submit, Actor("seat"), turn_id, real_id, FULL_MARKS, "of-judge-2") == "seat_not_in_room"
    assert refused(sheets.submit, Actor("seat"), real_turn_id, seat_id, FULL_MARKS, "of-judge-3") == "seat_not_in_room"
    other_id = seat_led_to(real_seat(venue, 2)).id
    end(venue)
    assert refused(sheets.submit, Actor("seat"), turn_id, other_id, FULL_MARKS, "of-judge-4") == "turn_unknown"
    assert refused(turns.call, DESK, turn_id) == "turn_unknown"
    assert db.session.query(Sheet).all() == []


def test_who_holds_a_seat_in_the_rehearsal_holds_the_real_one_after_it(venue):
    begin(venue)
    seat = seat_led_to(real_seat(venue, 1))
    seat.holder, seat.tablet = "browser:spare", 1
    db.session.commit()
    end(venue)
    assert (real_seat(venue, 1).holder, real_seat(venue, 2).holder) == ("browser:spare", "")


def test_the_report_names_what_would_stop_the_day_first(venue):
    begin(venue)
    seat_id = seat_led_to(real_seat(venue, 1)).id
    perform(rehearsing.check_tablet, Actor(f"seat:{seat_id}"), seat_id, Known("1280×800", sound=True, battery=False))
    findings = report(venue)["findings"]
    assert [(one["code"], one["seat"]) for one in findings if one["stops"]] == [
        ("not_submitted", "1"),
        ("battery_low", "1"),
        *(("not_reached", str(number)) for number in range(2, 8)),
    ]
    assert {one["what"] for one in findings if one["code"] == "fault_not_tried"} == {"dead_tablet", "cut", "restart"}
    assert {"chief_missing", "supervisor_missing"} <= {one["code"] for one in findings}


def test_an_organizer_beside_the_tablet_answers_for_it_and_it_is_not_reached_by_that(venue):
    begin(venue)
    seat_id = seat_led_to(real_seat(venue, 2)).id
    answer = rehearsing.answer_for_tablet
    perform(answer, DESK, venue.contest_id, seat_id, Known(battery=False))
    perform(answer, DESK, venue.contest_id, seat_id, Known(sound=True))
    checked = next(seat["checked"] for seat in report(venue)["seats"] if seat["id"] == seat_id)
    assert (checked.battery, checked.sound, checked.reached) == (False, True, False)
    assert found(venue, "battery_low") == [("battery_low", "2", "", True)]
    newest = log(report(venue)["contest"]["id"], None, None, 1, check=False)["entries"][0]
    assert (newest["verb"], newest["actor"]) == ("check_tablet", "何组长")
    real_id = real_seat(venue, 2).id
    assert refused(answer, DESK, venue.contest_id, real_id, Known(battery=True)) == "seat_unknown"


def drafts(venue: Venue, copy: Contest, typed: dict[str, str]) -> tuple[Actor, int, int]:
    """Judge 1 of the rehearsal marks no. 01 and has not submitted: who it is, the turn and the seat."""
    turn_id, seat_id = copied_turn(copy, "01").id, seat_led_to(real_seat(venue, 1)).id
    judge = Actor(f"seat:{seat_id}")
    perform(turns.call, DESK, turn_id)
    perform(sheets.save_draft, judge, turn_id, seat_id, typed, base=0)
    return judge, turn_id, seat_id


def test_a_cut_counts_only_where_the_marks_outlived_it_and_a_restart_only_in_another_run_of_the_server(venue):
    copy = begin(venue)
    judge, turn_id, seat_id = drafts(venue, copy, {"facts": "12.5"})
    perform(rehearsing.check_tablet, judge, seat_id, Known("1280×800"))
    assert faults_tried(venue) == set()
    perform(rehearsing.check_tablet, judge, seat_id, Known(back=CameBack(turn_id, {"facts": " 12.5 ", "law": ""})))
    assert faults_tried(venue) == {"cut"}
    db.session.get_one(Rehearsal, copy.id).process = "the one before"
    db.session.commit()
    assert faults_tried(venue) == {"cut"}, "that the server is another one says nothing of the marks"
    perform(rehearsing.check_tablet, judge, seat_id, Known(back=CameBack(turn_id, {"facts": "12.5"})))
    assert faults_tried(venue) == {"cut", "restart"}
    assert found(venue, "marks_lost") == []


@pytest.mark.parametrize(
    "back", [{"typed": {"facts": "13"}}, {"typed": {}}, {"typed": {"facts": "12.5"}, "kept": False}]
)
def test_marks_that_a_cut_has_changed_would_stop_the_day(venue, back):
    judge, turn_id, seat_id = drafts(venue, begin(venue), {"facts": "12.5"})
    perform(rehearsing.check_tablet, judge, seat_id, Known(back=CameBack(turn_id, **back)))
    assert faults_tried(venue) == set()
    assert found(venue, "marks_lost") == [("marks_lost", "1", "", True)]


def test_a_dead_tablet_is_one_whose_seat_another_takes_by_the_desks_leave(venue):
    begin(venue)
    seat_id = seat_led_to(real_seat(venue, 1)).id
    perform(seats.open_handover, DESK, seat_id)
    seats.take_seat(Actor(f"seat:{seat_id}", holder="browser:first"), seat_id, 0)
    assert faults_tried(venue) == set(), "the first tablet of a seat replaces none"
    perform(seats.open_handover, DESK, seat_id)
    perform(seats.close_handover, DESK, seat_id)
    spare = Actor(f"seat:{seat_id}", holder="browser:spare")
    for by_its_code in (False, True):
        with pytest.raises(Refused, match="seat_held"):
            seats.take_seat(spare, seat_id, 1, handed_over=by_its_code)
    assert faults_tried(venue) == set(), "without the desk's leave"
    perform(seats.open_handover, DESK, seat_id)
    seats.take_seat(spare, seat_id, 1, handed_over=True)
    assert faults_tried(venue) == {"dead_tablet"}


def test_a_scene_is_ticked_by_a_hall_screen_that_shows_it_and_only_while_it_can_be_on_air(venue):
    copy_id = begin(venue).id
    note, every = rehearsed_screens.note_scenes, [scene for scene, _ in report(venue)["scenes"]]
    assert every[:4] == ["welcome", "draw", "performing", "score"]
    assert every[4:] == ["ranking", "current", "message", "frozen", "dark", "closing"]
    perform(note, copy_id, [*every, "no such scene"])
    assert scenes_shown(venue) == {"welcome"}
    perform(screens.prepare_scene, DESK, copy_id, "message", "Welcome")
    perform(screens.take_scene, DESK, copy_id)
    assert scenes_shown(venue) == {"welcome"}, "taken, and no hall screen is there"
    perform(note, copy_id, every)
    perform(screens.black_out, DESK, copy_id, True)
    perform(note, copy_id, every)
    assert scenes_shown(venue) == {"welcome", "message", "dark"}
    assert refused(note, venue.contest_id, ["welcome"]) == "no_rehearsal"


def test_a_draw_is_ticked_once_it_was_held_in_the_rehearsal_and_nobody_was_called_since(venue):
    copy_id = begin(venue).id
    perform(rehearsed_screens.note_scenes, copy_id, ["draw"])
    assert scenes_shown(venue) == set(), "nothing was drawn"
    perform(draws.draw_turns, DESK, copy_id, "rehearse", "王监督", reason="监督员未到场")
    perform(rehearsed_screens.note_scenes, copy_id, ["draw"])
    assert scenes_shown(venue) == {"draw"}


def test_an_order_that_is_not_drawn_leaves_no_draw_open_once_the_first_is_called(venue):
    copy = begin(venue)
    assert "draw" in dict(report(venue)["scenes"])
    perform(turns.call, DESK, copy.events[0].rounds[0].turns[0].id)
    assert "draw" not in dict(report(venue)["scenes"])
    assert "order_not_drawn" in {finding["code"] for finding in report(venue)["findings"]}


@pytest.mark.parametrize(
    ("kind", "own"),
    [
        (case_binding, ["draw", "race"]),
        (suggestion_review, ["marking", "score"]),
        (debate, ["welcome", "performing"]),  # its sides are drawn already, and stay
        (all_round, ["welcome", "draw"]),
    ],
)
def test_the_scenes_hold_a_draw_where_there_is_one_and_the_overall_hall_of_several_events(venue, kind, own):
    kind.create(DESK)
    contest = db.session.scalars(select(Contest).where(Contest.slug == kind.SLUG)).one()
    contest_id, several = contest.id, len(contest.events) > 1
    copy_id = perform(rehearsing.begin_rehearsal, DESK, contest_id)
    scenes = [scene for scene, _ in rehearsal(contest_id, machine(venue))["scenes"]]
    assert (scenes[:2], "draw" in scenes, "overall" in scenes) == (own, "draw" in own, several)
    perform(rehearsed_screens.note_scenes, copy_id, ["overall"])
    assert (("overall", True) in rehearsal(contest_id, machine(venue))["scenes"]) == several
    assert overall(contest_id)["contest"]["moved"] == db.session.get_one(Contest, copy_id).slug


def test_the_desk_says_which_screens_are_its_own_by_the_code_that_stands_on_them(venue):
    copy_id, know = begin(venue).id, rehearsed_screens.know_screen
    assert not rehearsed_screens.is_known(copy_id, "K7M4QP")
    for wrong in ("", "K7M4Q", "K7M4QO", "K7M 4QPP"):
        assert refused(know, DESK, venue.contest_id, wrong) == "screen_code_wrong"
    for typed in ("k7m 4qp", "K7M-4QP"):
        perform(know, DESK, venue.contest_id, typed)
    assert report(venue)["screens"] == ["K7M4QP"]
    assert rehearsed_screens.is_known(copy_id, "K7M4QP")
    assert not any(rehearsed_screens.is_known(copy_id, other) for other in (None, "", 7, ["K7M4QP"], "K7M4QQ"))
    assert not rehearsed_screens.is_known(venue.contest_id, "K7M4QP"), "the contest itself is no rehearsal"
    perform(rehearsing.begin_anew, DESK, venue.contest_id, machine(venue))
    assert report(venue)["screens"] == ["K7M4QP"], "it hangs there still"
    for place in range(11):
        perform(know, DESK, venue.contest_id, "AAAAA" + rehearsed_screens.SIGNS[place])
    assert refused(know, DESK, venue.contest_id, "BBBBBB") == "screens_too_many"
    end(venue)
    assert refused(know, DESK, venue.contest_id, "K7M4QP") == "no_rehearsal"


def test_one_press_skips_the_rest_and_what_is_marked_is_released_before_the_end_shows(venue):
    assert refused(rehearsal_rest.skip_rest, DESK, venue.contest_id) == "no_rehearsal"
    copy = begin(venue)
    copy_id, first = copy.id, copied_turn(copy, "01").id
    perform(turns.call, DESK, first)
    for seat in [seat.id for seat in copy.events[0].rooms[0].seats]:
        perform(sheets.submit, Actor(f"seat:{seat}"), first, seat, FULL_MARKS, f"rehearsed-{seat}")
    perform(turns.call, DESK, copied_turn(copy, "02").id)
    assert audience(copy_id)["closing"] is None
    perform(rehearsal_rest.skip_rest, DESK, venue.contest_id)
    shown = audience(copy_id)
    assert [one["number"] for one in shown["closing"]["best"]] == ["01"]
    assert (shown["released"], shown["not_held"]) == (1, 2)
    assert "closing" in rehearsal_on_air(db.session.get_one(Contest, copy_id))
    assert {turn.state for turn in contest_of(venue).events[0].rounds[0].turns} == {"waiting"}
    perform(rehearsal_rest.skip_rest, DESK, venue.contest_id)
    end(venue)
    for left in (audience(copy_id), overall(copy_id)):
        assert "100.00" not in str(left), "nobody sees a score of a rehearsal that is over"
    assert (audience(copy_id)["rows"], audience(copy_id)["contest"]["moved"]) == ([], "shifa")


@pytest.mark.parametrize("kind", [case_binding, suggestion_review, debate, all_round])
def test_one_press_comes_to_the_end_in_every_format_and_leaves_the_contest_as_it_was(venue, kind):
    kind.create(DESK)
    contest = db.session.scalars(select(Contest).where(Contest.slug == kind.SLUG)).one()
    contest_id = contest.id
    copy_id = perform(rehearsing.begin_rehearsal, DESK, contest_id)
    perform(rehearsal_rest.skip_rest, DESK, contest_id)
    events = [event["position"] for event in events_of(copy_id)]
    assert all(audience(copy_id, event)["closing"] for event in events)
    assert "closing" in rehearsal_on_air(db.session.get_one(Contest, copy_id))
    perform(rehearsing.end_rehearsal, DESK, contest_id, machine(venue))
    assert [audience(contest_id, event)["released"] for event in events] == [0] * len(events)


def test_what_is_changed_in_the_contest_meanwhile_is_named_and_taken_over_by_beginning_anew(venue):
    begin(venue)
    seat_id = seat_led_to(real_seat(venue, 1)).id
    perform(rehearsing.check_tablet, Actor(f"seat:{seat_id}"), seat_id, Known("1280×800", battery=True))
    assert found(venue, "contest_changed", "seat_not_in_rehearsal") == []
    room_id = contest_of(venue).events[0].rooms[0].id
    perform(late_panels.add_seat, DESK, venue.contest_id, room_id, "冯岚", "came by the late train")
    assert found(venue, "contest_changed") == [("contest_changed", "", "1", False)]
    assert [(seat, stops) for _, seat, _, stops in found(venue, "seat_not_in_rehearsal")] == [("8", True)]
    assert seat_led_to(real_seat(venue, 8)) is None
    perform(rehearsing.begin_anew, DESK, venue.contest_id, machine(venue))
    assert found(venue, "contest_changed", "seat_not_in_rehearsal") == []
    assert seat_led_to(real_seat(venue, 8)).name == "冯岚"
    first = next(seat["checked"] for seat in report(venue)["seats"] if seat["number"] == 1)
    assert (first.screen, first.battery, first.reached) == ("1280×800", True, False)


def test_the_report_knows_of_panels_that_are_too_small_and_of_the_machine(venue):
    for number in range(1, 6):
        venue.recuse(number, "02")
    begin(venue)
    (panel,) = [one for one in report(venue)["findings"] if one["code"] == "panel_too_small"]
    assert (panel["figures"], panel["stops"]) == ({"number": "02", "given": "2", "least": "3"}, True)
    alone = rehearsal(venue.contest_id, Machine("x", "http://127.0.0.1:5000", free=1024**3))
    told = {one["code"]: one["what"] for one in alone["findings"]}
    assert (told["address_own_only"], told["disk_full"]) == ("http://127.0.0.1:5000", "1.0")


def test_the_log_keeps_that_it_was_held_and_the_copy_is_gone(venue):
    copy = begin(venue)
    end(venue)
    assert db.session.get(Contest, copy.id).state == DISCARDED
    newest = log(venue.contest_id, None, None, 1, check=False)["entries"][0]
    assert (newest["verb"], newest["details"]["stops"]) == ("end_rehearsal", 7)
    assert report(venue)["on"] is False
    assert begin(venue).id != copy.id


def test_a_rehearsal_is_refused_where_it_would_do_harm(venue):
    assert refused(rehearsing.end_rehearsal, DESK, venue.contest_id, machine(venue)) == "no_rehearsal"
    copy = begin(venue)
    assert refused(rehearsing.begin_rehearsal, DESK, venue.contest_id) == "rehearsal_on"
    assert refused(rehearsing.begin_rehearsal, DESK, copy.id) == "rehearsal_of_rehearsal"
    seat_id = real_seat(venue, 1).id
    assert refused(rehearsing.check_tablet, Actor("seat"), seat_id, Known("1280×800")) == "no_rehearsal"
    end(venue)
    perform(turns.call, DESK, real_turn(venue, "01").id)
    assert refused(rehearsing.begin_rehearsal, DESK, venue.contest_id) == "rehearsal_too_late"
