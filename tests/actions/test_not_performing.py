"""Whoever does not perform is recorded so, with a reason, and the contest goes on without them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from scoring.actions.results import spot_checks
from scoring.actions.running import clocks, not_performing, releases, turns
from scoring.actions.transaction import perform
from scoring.board.reading.examination import examine
from scoring.board.reading.not_performing import decisions_on
from scoring.board.views.desk import desk
from scoring.board.views.seat import seat
from scoring.board.views.spot_checks import turns_to_check
from scoring.extensions import db
from scoring.store import Entry, NotPerforming
from scoring.store.contests import MARKING, PERFORMING, RELEASED, WAITING
from tests.conftest import DESK, Venue, contest_of
from tests.refusals import refused

SEVEN = ["90", "91", "92", "93", "94", "95", "96"]


def out(venue: Venue, number: str, kind: str = "absent", **more: Any) -> None:
    """The desk records that a contestant does not perform."""
    said = {"reason": "三次点名未到", "decided_by": "评委会主任"} | more
    perform(not_performing.record_not_performing, DESK, venue.turn(number).id, kind, **said)


def back(venue: Venue, number: str) -> None:
    """The desk takes it back."""
    decision = decisions_on(venue.turn(number))[0]["id"]
    perform(not_performing.withdraw_not_performing, DESK, decision, "按错了")


def publishes(venue: Venue, way: str) -> None:
    """The event is published in this way."""
    event = contest_of(venue).events[0]
    event.settings = {**event.settings, "publication": way}
    db.session.commit()


def performs(venue: Venue, number: str, totals: list[str] = SEVEN) -> None:
    """A contestant is called, marked and released."""
    venue.call(number)
    venue.all_submit(number, totals)
    venue.release(number)


def ranks(venue: Venue) -> dict[str, int]:
    return {row["number"]: row["rank"] for row in venue.audience()["rows"]}


@pytest.mark.parametrize("way", ["at_once", "one_behind", "at_end"])
@pytest.mark.parametrize("gone", ["01", "02", "03"])
def test_scores_become_public_without_who_is_away(venue, way, gone):
    publishes(venue, way)
    out(venue, gone)
    there = [number for number in ("01", "02", "03") if number != gone]
    for number in there:
        performs(venue, number)
    shown = venue.audience()
    assert sorted(row["number"] for row in shown["rows"]) == there
    assert (shown["released"], shown["total"], shown["not_held"]) == (2, 2, 1)
    (unranked,) = shown["unranked"]
    assert (unranked["number"], unranked["ground"]) == (gone, {"zh": "缺席", "en": "absent"})


@pytest.mark.parametrize(("kind", "said"), [("forfeited", "弃权"), ("disqualified", "取消资格"), ("withdrawn", "退赛")])
def test_what_was_marked_already_counts_for_nothing(venue, kind, said):
    venue.call("01")
    venue.all_submit("01", SEVEN)
    out(venue, "01", kind)
    performs(venue, "02")
    assert ranks(venue) == {"02": 1}
    assert [one["ground"]["zh"] for one in venue.audience()["unranked"]] == [said]


def test_the_next_one_can_be_called_at_once_and_no_judge_is_asked_for_a_sheet(venue):
    venue.call("01")
    out(venue, "01", "forfeited")
    venue.call("02")
    assert venue.turn("01").state == RELEASED
    assert seat(venue.seat(1).id)["owed"] == []
    with refused("turn_not_held"):
        venue.submits(1, "01", {})


def test_who_is_away_is_passed_over_by_the_next_and_the_main_button(venue):
    out(venue, "01")
    assert venue.audience()["next"]["number"] == "02"
    step = desk(venue.contest_id)["main"]
    assert (step["verb"], step["turn"], step["ready"]) == ("call", venue.turn("02").id, True)
    with refused("turn_not_held"):
        venue.call("01")


def test_nobody_is_ranked_by_being_away_and_awards_are_given_without_them(venue):
    event = contest_of(venue).events[0]
    event.awards = {"ranking": [{"key": "gold", "zh": "一等奖", "en": "First", "quota": 3}]}
    db.session.commit()
    out(venue, "02")
    performs(venue, "01")
    assert [row.get("award") for row in venue.audience()["rows"]] == [None]
    performs(venue, "03")
    assert [row["award"]["en"] for row in venue.audience()["rows"]] == ["First", "First"]


def test_the_spot_check_is_drawn_among_those_who_have_a_score(venue):
    out(venue, "02")
    performs(venue, "01")
    performs(venue, "03")
    assert sorted(turns_to_check(venue.contest_id)) == ["01", "03"]


def test_it_is_taken_back_as_long_as_nothing_rests_on_it(venue):
    out(venue, "01")
    back(venue, "01")
    assert venue.turn("01").state == WAITING
    assert venue.audience()["unranked"] == []
    assert venue.audience()["taken_back"] == []
    performs(venue, "01")
    assert ranks(venue) == {"01": 1}


def test_who_was_called_goes_on_where_it_was(venue):
    venue.call("01")
    venue.all_submit("01", SEVEN)
    out(venue, "01", "disqualified")
    back(venue, "01")
    assert venue.turn("01").state == PERFORMING
    venue.release("01")
    assert ranks(venue) == {"01": 1}


def test_who_was_passed_over_waits_to_be_called_again_and_who_has_performed_to_be_marked(venue):
    venue.call("01")
    out(venue, "01")
    venue.call("02")
    perform(turns.call, DESK, venue.turn("03").id, True)
    out(venue, "02", "forfeited")
    back(venue, "01")
    back(venue, "02")
    assert (venue.turn("01").state, venue.turn("02").state) == (WAITING, MARKING)


def test_a_decision_that_was_taken_back_is_not_taken_back_twice(venue):
    out(venue, "01")
    decision = decisions_on(venue.turn("01"))[0]["id"]
    back(venue, "01")
    with refused("not_performing_gone"):
        perform(not_performing.withdraw_not_performing, DESK, decision, "又按了")


def test_the_desk_shows_no_sheet_as_missing_of_who_is_away(venue):
    out(venue, "01")
    shown = desk(venue.contest_id)["turns"][0]
    assert set(shown["cells"].values()) == {"waiting"}
    assert shown["not_held"]


def test_the_last_one_who_is_away_lets_everything_be_public_and_that_stays_so(venue):
    publishes(venue, "at_end")
    performs(venue, "01")
    performs(venue, "02")
    assert ranks(venue) == {}
    out(venue, "03")
    assert set(ranks(venue)) == {"01", "02"}
    decision = db.session.scalars(select(NotPerforming)).one()
    decision.steady -= timedelta(minutes=11)
    db.session.commit()
    with refused("undo_publication"):
        back(venue, "03")
    assert set(ranks(venue)) == {"01", "02"}


def test_nothing_is_taken_back_once_the_spot_check_is_drawn(venue):
    out(venue, "03")
    performs(venue, "01")
    performs(venue, "02")
    perform(spot_checks.draw_spot_check, DESK, venue.contest_id, None, "20261129", "纪检陈", {})
    with refused("not_performing_checked"):
        back(venue, "03")


def test_after_the_release_it_goes_the_way_of_a_correction(venue):
    performs(venue, "01")
    with refused("not_performing_released"):
        out(venue, "01", "disqualified")
    assert ranks(venue) == {"01": 1}


@pytest.mark.parametrize(
    ("problem", "changed"),
    [
        ("not_performing_unknown", {"kind": "asleep"}),
        ("reach_unknown", {"reach": "world"}),
        ("reason_missing", {"reason": " "}),
        ("decided_by_missing", {"decided_by": " "}),
        ("field_too_long", {"decided_by": "长" * 61}),
    ],
)
def test_what_is_not_said_is_not_recorded(venue, problem, changed):
    with refused(problem):
        out(venue, "01", **changed)
    assert venue.turn("01").state == WAITING


def test_it_is_recorded_once(venue):
    out(venue, "01")
    with refused("not_performing_twice"):
        out(venue, "01", "withdrawn")


def test_the_log_says_who_of_which_kind_why_and_by_whom(venue):
    out(venue, "01", "withdrawn")
    entry = db.session.scalars(select(Entry).where(Entry.verb == "record_not_performing")).one()
    told = ("contestant", "kind", "reason", "decided_by", "reach", "turns")
    assert [entry.details[name] for name in told] == ["01", "withdrawn", "三次点名未到", "评委会主任", "event", ["01"]]
    assert db.session.scalars(select(NotPerforming)).one().revision == entry.revision


def test_a_release_by_a_wrong_press_is_still_taken_back_when_somebody_is_away_since(venue):
    performs(venue, "01")
    out(venue, "02")
    assert desk(venue.contest_id)["undo_release"] == venue.turn("01").id
    perform(releases.undo_release, DESK, venue.turn("01").id, "按错了", "01")
    assert ranks(venue) == {}


def test_there_is_no_release_to_take_back_of_who_does_not_perform(venue):
    venue.call("01")
    venue.all_submit("01", SEVEN)
    out(venue, "01", "disqualified")
    with refused("turn_not_held"):
        perform(releases.undo_release, DESK, venue.turn("01").id, "按错了", "01")
    assert venue.turn("01").state == RELEASED


def test_a_start_finds_nothing_to_doubt_in_who_is_out_after_a_release_was_taken_back(venue):
    performs(venue, "01")
    perform(releases.undo_release, DESK, venue.turn("01").id, "按错了", "01")
    out(venue, "01", "disqualified")
    out(venue, "02")
    assert examine({}) == {}


def test_a_start_doubts_a_kind_that_was_changed_in_the_file(venue):
    out(venue, "01", "forfeited")
    found = []
    for kind in ("disqualified", "forfeited"):
        db.session.scalars(select(NotPerforming)).one().kind = kind
        db.session.commit()
        found.append([problem.code for problem in examine({}).get(venue.contest_id, [])])
    assert found == [["rows_changed", "result_differs"], []]


def test_a_running_clock_stops_with_it_and_goes_on_by_hand_when_it_is_taken_back(venue):
    venue.call("01")
    perform(clocks.start_clock, DESK, venue.turn("01").id, "speak")
    out(venue, "01", "forfeited")
    assert [clock.running_since for clock in venue.turn("01").clocks] == [None]
    with refused("turn_not_held"):
        perform(clocks.start_clock, DESK, venue.turn("01").id, "speak")
    back(venue, "01")
    perform(clocks.start_clock, DESK, venue.turn("01").id, "speak")
