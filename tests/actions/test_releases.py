"""Releasing: only a complete panel, only once, and what was announced is what a recount gives."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from sqlalchemy import select

from scoring.actions.running import penalties, recusals, releases
from scoring.actions.transaction import perform
from scoring.board.reading.facts import outcome_of
from scoring.extensions import db
from scoring.store import Entry, Release
from scoring.store.model import fingerprint
from tests.conftest import DESK, FULL_MARKS, Venue
from tests.refusals import refusal

TOTALS = ["91.5", "92", "93.5", "90", "95", "92.5", "91"]


def performed(venue: Venue, totals: list[str] = TOTALS) -> int:
    venue.call("01")
    venue.all_submit("01", totals)
    return venue.turn("01").id


def test_seven_judges_highest_and_lowest_dropped_give_the_announced_mean(venue):
    """91.5 + 92 + 93.5 + 92.5 + 91 = 460.5; 95 and 90 are dropped; 460.5 / 5 = 92.10."""
    performed(venue)
    venue.release("01")
    row = venue.audience()["rows"][0]
    assert row["score"] == "92.10"
    assert row["explanation"]["counted_sum"] == "460.5"


def test_a_missing_sheet_blocks_the_release_and_says_who(venue):
    venue.call("01")
    for judge in (1, 2, 3, 5, 7):
        venue.submits(judge, "01", FULL_MARKS)
    refused = refusal(releases.release, venue.turn("01").id)
    assert refused.code == "missing_sheets"
    assert refused.problems[0].figures["seats"] == "4, 6"
    assert venue.audience()["rows"] == []


def test_a_recused_judge_is_shown_and_does_not_block(venue):
    venue.call("01")
    venue.recuse(7, "01", "mentor")
    for judge in range(1, 7):
        venue.submits(judge, "01", FULL_MARKS)
    venue.release("01")
    fates = [line["fate"] for line in venue.audience()["rows"][0]["explanation"]["judges"]]
    assert fates[6] == "recused"


def test_a_sheet_of_a_judge_recused_later_does_not_count(venue):
    turn_id = performed(venue)
    perform(recusals.recuse, DESK, turn_id, venue.seat(5).id, "kin", "found out during the performance")
    venue.release("01")
    line = venue.audience()["rows"][0]["explanation"]["judges"][4]
    assert (line["fate"], line["total"]) == ("recused", None)


def test_fewer_than_three_valid_judges_are_not_published(venue):
    venue.call("01")
    for judge in range(3, 8):
        venue.recuse(judge, "01", "abstained")
    for judge in (1, 2):
        venue.submits(judge, "01", FULL_MARKS)
    assert refusal(releases.release, venue.turn("01").id).code == "too_few_judges"


def test_a_score_is_released_once(venue):
    turn_id = performed(venue)
    venue.release("01")
    assert refusal(releases.release, turn_id).code == "turn_released"
    assert len(list(db.session.scalars(select(Release)))) == 1


def test_the_same_press_twice_releases_once_and_is_no_error(venue):
    turn_id = performed(venue)
    for _ in range(2):
        perform(releases.release, DESK, turn_id, request="one-press-of-the-button")
    assert len(list(db.session.scalars(select(Release)))) == 1


def test_a_waiting_turn_is_not_released(venue):
    assert refusal(releases.release, venue.turn("02").id).code == "turn_not_open"


def test_overtime_comes_off_after_the_mean(venue):
    """26 s over: 10 s are free, the remaining 16 s are two started steps of 15 s, 2 × 0.5 = 1 point off 92.10."""
    turn_id = performed(venue)
    perform(penalties.add_overtime, DESK, turn_id, 26)
    venue.release("01")
    row = venue.audience()["rows"][0]
    assert (row["score"], row["explanation"]["mean"], row["explanation"]["penalty_sum"]) == ("91.10", "92.10", "1")


def test_a_withdrawn_overtime_takes_nothing_off_and_stays_on_record(venue):
    turn_id = performed(venue)
    perform(penalties.add_overtime, DESK, turn_id, 26)
    penalty = venue.turn("01").penalties[0]
    perform(penalties.withdraw_penalty, DESK, penalty.id, "the clock was started late")
    venue.release("01")
    assert venue.audience()["rows"][0]["score"] == "92.10"
    assert [entry.verb for entry in db.session.scalars(select(Entry))][-2:] == ["withdraw_penalty", "release"]


def test_overtime_is_refused_where_there_is_nothing_to_take_off(venue):
    turn_id = performed(venue)
    assert refusal(penalties.add_overtime, turn_id, 10).code == "overtime_free"
    perform(penalties.add_overtime, DESK, turn_id, 11)
    assert refusal(penalties.add_overtime, turn_id, 11).code == "overtime_twice"
    assert refusal(penalties.add_overtime, venue.turn("02").id, 30).code == "turn_not_open"
    assert refusal(penalties.withdraw_penalty, venue.turn("01").penalties[0].id, " ").code == "reason_missing"
    venue.release("01")
    assert refusal(penalties.add_overtime, turn_id, 30).code == "turn_released"
    assert refusal(penalties.withdraw_penalty, venue.turn("01").penalties[0].id, "late").code == "turn_released"
    assert refusal(penalties.withdraw_penalty, 999, "what").code == "penalty_unknown"


def test_nothing_about_the_panel_changes_after_the_release(venue):
    turn_id = performed(venue)
    venue.release("01")
    seat_id = venue.seat(1).id
    assert refusal(recusals.recuse, turn_id, seat_id, "kin", "too late").code == "turn_released"
    assert refusal(recusals.reinstate, turn_id, seat_id).code == "turn_released"


def test_a_recusal_needs_a_known_ground_a_reason_and_a_seat_in_the_room(venue):
    venue.call("01")
    turn_id, seat_id = venue.turn("01").id, venue.seat(1).id
    assert refusal(recusals.recuse, turn_id, seat_id, "dislike", "none").code == "ground_unknown"
    assert refusal(recusals.recuse, turn_id, seat_id, "kin", "  ").code == "reason_missing"
    assert refusal(recusals.recuse, turn_id, 999, "kin", "brother").code == "seat_not_in_room"
    assert refusal(recusals.reinstate, turn_id, seat_id).code == "not_recused"
    venue.recuse(1, "01")
    assert refusal(recusals.recuse, turn_id, seat_id, "kin", "again").code == "already_recused"
    perform(recusals.reinstate, DESK, turn_id, seat_id)
    venue.submits(1, "01", FULL_MARKS)


def test_what_was_announced_is_what_a_recount_gives(venue):
    turn_id = performed(venue)
    perform(penalties.add_overtime, DESK, turn_id, 40)
    venue.release("01")
    announced = db.session.scalars(select(Release)).one().announced[""]
    recount = outcome_of(venue.turn("01")).scores[""]
    assert announced == recount.explanation.to_data()
    assert Decimal(announced["final"]) == recount.final


def test_the_audit_trail_is_chained_and_has_one_entry_for_each_change(venue):
    performed(venue)
    venue.release("01")
    entries = list(db.session.scalars(select(Entry).order_by(Entry.revision)))
    assert [entry.verb for entry in entries] == ["set_up", "call", *["submit"] * 7, "release"]
    for before, entry in pairwise(entries):
        assert entry.previous == before.fingerprint
        assert entry.fingerprint == fingerprint(entry.previous, entry.record())
