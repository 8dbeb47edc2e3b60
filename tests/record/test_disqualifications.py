"""Somebody is disqualified after the release: asked for, approved by the chief judge, and shown as a correction."""

from __future__ import annotations

from typing import Any

from scoring.actions.results import corrections
from scoring.actions.running import not_performing, screens
from scoring.actions.transaction import Actor, perform
from scoring.board.reading.examination import examine
from scoring.board.reading.not_performing import decisions_on
from scoring.board.views.corrections import corrections as corrections_view
from scoring.board.views.record import record_of_marks
from scoring.exports import tables
from scoring.extensions import db
from scoring.store import Correction
from tests.conftest import DESK, Venue, contest_of, marks_worth
from tests.refusals import refused

CHIEF = Actor("account:评委会主任", role="chief")
TALLIER = Actor("account:统分员", role="tallier")


def performs(venue: Venue, number: str, mark: str) -> None:
    venue.call(number)
    venue.all_submit(number, [mark] * 7)
    venue.release(number)


def all_perform(venue: Venue) -> None:
    """Contestants 01, 02 and 03 are released with 95, 90 and 85 points."""
    for number, mark in (("01", "95"), ("02", "90"), ("03", "85")):
        performs(venue, number, mark)


def asks(venue: Venue, number: str, kind: str = "disqualified", **more: Any) -> None:
    given = (venue.turn(number).id, kind, "监督员", "冒名顶替")
    perform(corrections.request_out, TALLIER, venue.contest_id, *given, **more)


def approves(venue: Venue, who: Actor = CHIEF) -> None:
    newest = db.session.query(Correction).order_by(Correction.id.desc()).first()
    assert newest is not None
    perform(corrections.approve_correction, who, venue.contest_id, newest.id, "查实")


def ranks(venue: Venue) -> dict[str, int]:
    return {row["number"]: row["rank"] for row in venue.audience()["rows"]}


def test_nothing_changes_before_the_chief_judge_approves(venue):
    all_perform(venue)
    asks(venue, "01")
    assert ranks(venue) == {"01": 1, "02": 2, "03": 3}
    (waiting,) = corrections_view(venue.contest_id)["open"]
    assert waiting["changes"][0]["new"] == {"zh": "取消资格", "en": "disqualified"}


def test_the_others_move_up_and_the_score_before_is_shown_as_corrected(venue):
    event = contest_of(venue).events[0]
    event.awards = {"ranking": [{"key": "gold", "zh": "一等奖", "en": "First", "quota": 1}]}
    db.session.commit()
    all_perform(venue)
    asks(venue, "01")
    approves(venue)
    shown = venue.audience()
    assert ranks(venue) == {"02": 1, "03": 2}
    assert shown["rows"][0]["award"]["zh"] == "一等奖"
    (one,) = shown["unranked"]
    assert (one["number"], one["ground"]["zh"], one["was"]) == ("01", "取消资格", "95.00")
    last = tables.ranking(record_of_marks(venue.contest_id)).rows[-1]
    assert last[1] == "01"
    assert "95.00" in last[4]
    assert corrections_view(venue.contest_id)["decided"][0]["scores"] == [{"part": "", "old": "95.00", "new": ""}]


def test_while_the_board_stands_still_nobody_hears_of_it(venue):
    all_perform(venue)
    perform(screens.freeze, DESK, venue.contest_id)
    asks(venue, "01")
    approves(venue)
    assert ranks(venue) == {"01": 1, "02": 2, "03": 3}
    assert venue.audience()["unranked"] == []
    perform(screens.unfreeze, DESK, venue.contest_id)
    assert ranks(venue) == {"02": 1, "03": 2}


def test_no_score_of_others_vanishes_by_it_however_it_is_published(venue):
    event = contest_of(venue).events[0]
    event.settings = {**event.settings, "publication": "one_behind"}
    db.session.commit()
    all_perform(venue)
    asks(venue, "03")
    approves(venue)
    assert set(ranks(venue)) == {"01", "02"}


def test_who_asks_does_not_approve_and_nothing_is_asked_twice(venue):
    all_perform(venue)
    asks(venue, "01")
    with refused("correction_own"):
        approves(venue, TALLIER)
    with refused("correction_open"):
        asks(venue, "01")
    approves(venue)
    with refused("not_performing_twice"):
        asks(venue, "01")


def test_what_is_not_released_does_not_go_this_way_and_an_unknown_kind_goes_no_way(venue):
    with refused("correction_too_early"):
        asks(venue, "01")
    all_perform(venue)
    with refused("not_performing_unknown"):
        asks(venue, "01", "asleep")


def lifts(venue: Venue, number: str = "01", who: Actor = TALLIER) -> None:
    """It is asked that the ruling about this one is lifted."""
    (one,) = [one for one in corrections_view(venue.contest_id)["outs"] if one["number"] == number]
    perform(corrections.request_lift, who, venue.contest_id, one["id"], "监督员", "经核实身份无误")


def test_a_ruling_that_was_wrong_is_lifted_by_another_correction_and_every_version_stays(venue):
    all_perform(venue)
    asks(venue, "01")
    approves(venue)
    assert ranks(venue) == {"02": 1, "03": 2}
    lifts(venue)
    assert ranks(venue) == {"02": 1, "03": 2}
    assert corrections_view(venue.contest_id)["outs"][0]["waiting"]
    with refused("correction_own"):
        approves(venue, TALLIER)
    approves(venue)
    shown = venue.audience()
    assert ranks(venue) == {"01": 1, "02": 2, "03": 3}
    assert (shown["unranked"], shown["rows"][0]["corrected"]) == ([], None)
    versions = venue.turn("01").releases
    assert ["not_performing" in release.verdict for release in versions] == [False, True, False]
    assert versions[2].announced == versions[0].announced
    newest = corrections_view(venue.contest_id)["decided"][0]
    old, new = newest["changes"][0]["old"], newest["changes"][0]["new"]
    assert (old, new) == ({"zh": "取消资格", "en": "disqualified"}, "")
    assert newest["scores"] == [{"part": "", "old": "", "new": "95.00"}]
    assert examine({}) == {}
    asks(venue, "01", "withdrawn")
    approves(venue)
    assert ranks(venue) == {"02": 1, "03": 2}


def test_a_lifted_ruling_lets_what_was_left_of_the_event_go_on(venue):
    performs(venue, "01", "95")
    asks(venue, "01")
    approves(venue)
    with refused("not_performing_gone"):
        perform(corrections.request_lift, TALLIER, venue.contest_id, 99, "监督员", "误")
    lifts(venue)
    approves(venue)
    with refused("not_performing_gone"):
        perform(corrections.request_lift, TALLIER, venue.contest_id, 1, "监督员", "误")
    assert ranks(venue) == {"01": 1}


def test_what_the_desk_recorded_is_lifted_at_the_desk(venue):
    given = (venue.turn("02").id, "absent", "未到", "评委会主任")
    perform(not_performing.record_not_performing, DESK, *given)
    decision = decisions_on(venue.turn("02"))[0]["id"]
    with refused("lift_at_desk"):
        perform(corrections.request_lift, TALLIER, venue.contest_id, decision, "监督员", "误")


def test_while_the_board_stands_still_nobody_hears_that_a_ruling_is_lifted(venue):
    all_perform(venue)
    asks(venue, "01")
    approves(venue)
    perform(screens.freeze, DESK, venue.contest_id)
    lifts(venue)
    approves(venue)
    assert ranks(venue) == {"02": 1, "03": 2}
    assert [one["number"] for one in venue.audience()["unranked"]] == ["01"]
    perform(screens.unfreeze, DESK, venue.contest_id)
    assert ranks(venue) == {"01": 1, "02": 2, "03": 3}


def test_a_correction_is_not_taken_back_by_the_desk(venue):
    all_perform(venue)
    asks(venue, "01")
    approves(venue)
    decision = decisions_on(venue.turn("01"))[0]["id"]
    with refused("undo_corrected"):
        perform(not_performing.withdraw_not_performing, DESK, decision, "误判")


def sheets_in_workbook(venue: Venue, number: str) -> list[tuple[str, ...]]:
    """What the workbook has of a contestant's sheets: rank, judge, total and use."""
    rows = tables.marks(record_of_marks(venue.contest_id)).rows
    return [(row[0], row[3], row[-3], row[-2]) for row in rows if row[1] == number]


def test_the_workbook_has_the_sheets_of_who_was_disqualified_marked_as_such(venue):
    all_perform(venue)
    asks(venue, "01")
    approves(venue)
    assert sheets_in_workbook(venue, "01") == [("", str(seat), "95", "不计分（取消资格）") for seat in range(1, 8)]
    assert [row[0] for row in sheets_in_workbook(venue, "02")] == ["1"] * 7


def test_the_workbook_has_sheets_that_came_in_before_a_ruling_and_none_of_who_never_performed(venue):
    venue.call("01")
    venue.submits(3, "01", marks_worth("88"))
    perform(not_performing.record_not_performing, DESK, venue.turn("01").id, "disqualified", "作弊", "评委会主任")
    perform(not_performing.record_not_performing, DESK, venue.turn("02").id, "absent", "未到", "评委会主任")
    performs(venue, "03", "85")
    assert sheets_in_workbook(venue, "01") == [("", "3", "88", "不计分（取消资格）")]
    assert sheets_in_workbook(venue, "02") == []
