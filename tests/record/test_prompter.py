"""The host's prompter: who to call, by number; what to read out, once it is public and not before."""

from __future__ import annotations

import re
from typing import Any, cast

import pytest

from scoring.actions.running import not_performing, screens
from scoring.actions.running.draws import draw_turns
from scoring.actions.transaction import perform
from scoring.board.snapshots.matches import MatchResult
from scoring.extensions import db
from scoring.organizers.running.prompter import _match
from tests.conftest import DESK, Venue, marks_worth
from tests.record.conftest import OPERATOR
from tests.record.test_corrections import approves, asks

TOTALS = ["90", "91", "92", "93", "94", "95", "96"]


def announced(**match: Any) -> list[str]:
    """What is read out of a match of which this is known."""
    return _match(cast(MatchResult, match))


def play(venue: Venue, number: str) -> None:
    venue.call(number)
    venue.all_submit(number, TOTALS)
    venue.release(number)


def test_before_the_first_call_the_host_knows_who_comes_next(venue, staff):
    page = staff("host").reads("prompter")
    assert "A moment, please. No. 01 comes next." in page
    assert "Nothing is released yet." in page
    assert "陈思远" not in page


def test_whoever_is_called_is_announced_by_number_alone(venue, staff):
    venue.call("01")
    page = staff("host").reads("prompter")
    assert "Contestant no. 01, please." in page
    assert "On stage. 7 judges mark." in page
    assert "陈思远" not in page
    assert "Next 02 03" in page


def test_while_the_judges_mark_only_their_count_is_shown(venue, staff):
    venue.call("01")
    for judge in (1, 2):
        venue.submits(judge, "01", marks_worth("93.5"))
    answer = staff("host").look("prompter")
    assert "The judges are marking: 2 of 7." in answer.text
    assert "93.5" not in answer.text
    for judge in (3, 4, 5, 6, 7):
        venue.submits(judge, "01", marks_worth("93.5"))
    answer = staff("host").look("prompter")
    assert "All sheets are in. Wait for the release." in answer.text
    assert "93.5" not in answer.text


def test_the_announcement_is_there_word_for_word_with_the_release(venue, staff):
    play(venue, "01")
    page = staff("host").reads("prompter")
    assert (
        "Seven judges marked. The highest, 96, and the lowest, 90, are dropped. "
        "The other five add up to 465, a mean of 93.00. The final score of contestant 01 is 93.00. "
        "陈思远 江北区院 · Rank 1"
    ) in page


def test_the_announcement_in_chinese_is_the_one_that_hosts_know(venue, staff):
    play(venue, "01")
    host = staff("host")
    host.browser.set_cookie("language", "zh")
    page = host.browser.get(f"/desk/{venue.contest_id}/prompter").text
    for said in ("七位评委", "去掉一个最高分96", "去掉一个最低分90", "其余五位评委", "465", "93.00"):
        assert said in page.replace(" ", ""), said


def test_a_penalty_is_read_out_too(venue, staff):
    play(venue, "01")
    approves(venue, asks(venue, marks_worth("60"), judge=7))
    page = staff("host").reads("prompter")
    assert "corrected, was 93.00" in page


def test_after_the_last_release_the_first_three_are_there_to_announce(venue, staff):
    for number in ("01", "02", "03"):
        play(venue, number)
    page = staff("host").reads("prompter")
    assert "All results are announced. Thank you, everybody." in page
    assert "The first three" in page


def test_a_score_held_back_by_the_freeze_is_not_on_the_prompter(venue, staff):
    perform(screens.freeze, OPERATOR, venue.contest_id)
    play(venue, "01")
    answer = staff("host").look("prompter")
    assert "93.00" not in answer.text
    assert "frozen" in answer.text


def test_a_match_is_announced_with_both_sides_and_the_winner(venue):
    sides: list[dict[str, Any]] = [
        {"side": "control", "number": "A", "name": "甲队", "precise": "88.33", "away": []},
        {"side": "defence", "number": "D", "name": "丁队", "precise": "81.67", "away": []},
    ]
    absent = {"number": "D-1", "name": "丁一", "zh": "缺席", "en": "absent"}
    with venue.app.test_request_context(headers={"Accept-Language": "en"}):
        assert announced(sides=sides, winner="control", decided_by="scores") == [
            "Prosecution, no. A 甲队: 88.33.",
            "Defence, no. D 丁队: 81.67.",
            "No. A 甲队 has won.",
        ]
        assert announced(sides=sides, winner=None, decided_by=None)[-1] == "The match is tied."
        assert announced(sides=sides, winner="defence", decided_by="forfeit") == [
            "Prosecution, no. A 甲队, does not perform.",
            "No. D 丁队 has won.",
        ]
        assert announced(sides=sides, winner=None, decided_by="forfeit")[-1] == "Nobody has won the match."
        with_one_away = [sides[0], sides[1] | {"away": [absent]}]
        said = announced(sides=with_one_away, winner="control", decided_by="scores")
        assert said[2] == "No. D-1 丁一: absent."


def test_the_host_hears_who_does_not_perform(venue, staff):
    given = (venue.turn("02").id, "withdrawn", "调离", "评委会主任")
    perform(not_performing.record_not_performing, DESK, *given)
    assert "No. 02 林晓彤: withdrawn." in staff("host").reads("prompter")
    for number in ("01", "03"):
        play(venue, number)
    assert "All results are announced. Thank you, everybody." in staff("host").reads("prompter")


@pytest.mark.parametrize(
    ("where", "role"), [("waiting-room", "organizer"), ("draw", "organizer"), ("tally", "tallier")]
)
def test_every_list_that_is_printed_or_shown_says_who_does_not_perform(venue, staff, where, role):
    """Also as somebody whose turn is over, not as somebody whose score is released."""
    perform(draw_turns, DESK, venue.contest_id, "20261129", "监督员 周")
    given = (venue.turn("02").id, "disqualified", "冒名顶替", "评委会主任")
    perform(not_performing.record_not_performing, DESK, *given)
    said = staff(role).reads(where)
    assert said.count("disqualified") >= (2 if where == "draw" else 1)


def test_a_phone_says_who_does_not_perform_in_the_order_and_below_the_ranking(venue):
    given = (venue.turn("02").id, "forfeited", "放弃", "评委会主任")
    perform(not_performing.record_not_performing, DESK, *given)
    page = venue.app.test_client().get("/c/shifa", headers={"Accept-Language": "zh"}).text
    assert re.search(r'class="ground"[^>]*>弃权<', page)
    assert re.search(r'data-is="forfeited".*?弃权', page, re.DOTALL)


@pytest.mark.parametrize("role", ["organizer", "chief", "tallier", "checker", "supervisor", "operator", "timekeeper"])
def test_the_prompter_is_the_hosts_and_the_host_has_nothing_else(venue, staff, role):
    staff(role).look("prompter", 403)
    for page in ("clocks", "log", "paper", "corrections", "spot-check", "screens", "tally", "totals", "draw"):
        staff("host").look(page, 403)
    assert f"/desk/{venue.contest_id}/prompter" in staff("host").browser.get("/desk/").text


def test_an_unknown_room_is_not_found(venue, staff):
    staff("host").look("prompter?room=999", 404)
    db.session.rollback()
    room = venue.turn("01").room_id
    assert "No. 01 comes next" in staff("host").reads(f"prompter?room={room}")
