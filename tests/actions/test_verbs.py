"""The verbs by name: one door for the page and the socket, with one reading of what was sent."""

from __future__ import annotations

import secrets
from typing import Any

import pytest

from scoring.actions.pressing import perform_named
from scoring.actions.setting_up.contests import Plan, set_up
from scoring.actions.transaction import Actor, perform
from scoring.board.snapshots.desk import TurnOnDesk
from scoring.board.views.desk import desk
from scoring.extensions import db
from scoring.rules.refusal import Refused
from tests.conftest import CHEN, DESK, FULL_MARKS
from tests.refusals import entries, refusal_of

ALL_IN = ["90", "91", "92", "93", "94", "95", "96"]


def do(venue, verb: str, payload: Any, request: Any = None) -> None:
    perform_named(verb, DESK, venue.contest_id, payload, request or secrets.token_hex(16))


def refused(venue, verb: str, payload: Any, request: Any = None) -> Refused:
    return refusal_of(do, venue, verb, payload, request)


def turn_now(venue, number: str) -> TurnOnDesk:
    db.session.rollback()
    return next(turn for turn in desk(venue.contest_id)["turns"] if turn["number"] == number)


def test_every_verb_can_be_performed_by_its_name(venue):
    first, second, seat = venue.turn("01").id, venue.turn("02").id, venue.seat(7).id
    do(venue, "call", {"turn": first})
    do(venue, "undo_call", {"turn": first})
    do(venue, "call", {"turn": first})
    do(venue, "recuse", {"turn": second, "seat": seat, "ground": "kin", "reason": "sister"})
    do(venue, "reinstate", {"turn": second, "seat": seat})
    do(venue, "add_overtime", {"turn": first, "seconds": 26})
    do(venue, "withdraw_penalty", {"penalty": turn_now(venue, "01")["penalties"][0]["id"], "reason": "wrong clock"})
    speak = {"turn": first, "clock": "speak"}
    do(venue, "start_clock", speak)
    do(venue, "add_time", {**speak, "seconds": 30})
    do(venue, "pause_clock", {**speak, "side": ""})
    do(venue, "reset_clock", speak)
    venue.all_submit("01", ALL_IN)
    do(venue, "release", {"turn": first})
    assert turn_now(venue, "01")["score"] == "93.00"


def test_numbers_may_come_as_typed_text_also_from_a_chinese_keyboard(venue):
    do(venue, "call", {"turn": f" {venue.turn('01').id} "})
    do(venue, "add_overtime", {"turn": str(venue.turn("01").id), "seconds": "３２"})
    assert [penalty["seconds"] for penalty in turn_now(venue, "01")["penalties"]] == [32]


@pytest.mark.parametrize("said", [True, "1"])
def test_a_turn_is_left_open_only_when_that_is_said(venue, said):
    venue.call("01")
    second = venue.turn("02").id
    for unsaid in ({}, {"leave_open": ""}, {"leave_open": "0"}, {"leave_open": False}):
        assert refused(venue, "call", {"turn": second, **unsaid}).code == "sheets_still_open"
    do(venue, "call", {"turn": second, "leave_open": said})
    assert turn_now(venue, "01")["state"] == "marking"


def test_the_same_request_again_changes_nothing(venue):
    turn = venue.turn("01").id
    do(venue, "call", {"turn": turn}, "pressed-twice")
    before = entries()
    do(venue, "call", {"turn": turn}, "pressed-twice")
    assert entries() == before


def test_an_unknown_verb_is_refused(venue):
    assert refused(venue, "set_up", {"turn": venue.turn("01").id}).code == "verb_unknown"


@pytest.mark.parametrize("payload", [None, [], "turn", 7])
def test_a_payload_that_is_no_mapping_is_refused(venue, payload):
    assert refused(venue, "call", payload).code == "payload_malformed"


@pytest.mark.parametrize("request_id", ["short", "x" * 65, 12345678, ["12345678"], "十六个字的请求编号"])
def test_a_malformed_request_id_is_refused(venue, request_id):
    assert refused(venue, "call", {"turn": venue.turn("01").id}, request_id).code == "request_malformed"


def test_a_request_without_an_id_is_refused(venue):
    with pytest.raises(Refused, match="request_malformed"):
        perform_named("call", DESK, venue.contest_id, {"turn": venue.turn("01").id}, None)


@pytest.mark.parametrize("turn", ["abc", "1.5", 1.5, True, [1], "1" * 10, 10**9, -(10**9)])
def test_a_turn_that_is_no_whole_number_is_refused(venue, turn):
    assert refused(venue, "call", {"turn": turn}).code == "field_not_a_number"


@pytest.mark.parametrize("payload", [{}, {"turn": None}, {"turn": ""}, {"turn": "  "}])
def test_a_missing_turn_is_refused_beside_its_field(venue, payload):
    problem = refused(venue, "call", payload).problems[0]
    assert (problem.code, problem.field) == ("field_missing", "turn")


def test_all_problems_of_a_payload_are_told_at_once(venue):
    sent = {"turn": venue.turn("01").id, "seat": "x", "ground": "", "reason": "   "}
    problems = {problem.field: problem.code for problem in refused(venue, "recuse", sent).problems}
    assert problems == {"seat": "field_not_a_number", "ground": "field_missing", "reason": "field_missing"}


@pytest.mark.parametrize(
    ("reason", "code"),
    [(7, "field_not_text"), ("a\0b", "field_not_text"), ("理" * 401, "field_too_long")],
)
def test_a_reason_that_cannot_be_kept_is_refused_and_never_cut(venue, reason, code):
    sent = {"turn": venue.turn("01").id, "seat": venue.seat(1).id, "ground": "kin", "reason": reason}
    assert refused(venue, "recuse", sent).code == code


def test_a_flag_that_is_neither_yes_nor_no_is_refused(venue):
    for flag in ("maybe", 2, None):
        assert refused(venue, "call", {"turn": venue.turn("01").id, "leave_open": flag}).code == "field_not_a_flag"


def test_what_belongs_to_another_contest_is_unknown_here(venue):
    first, second = venue.turn("01").id, venue.turn("02").id
    venue.call("01")
    do(venue, "add_overtime", {"turn": first, "seconds": 20})
    penalty = turn_now(venue, "01")["penalties"][0]["id"]
    other = perform(set_up, DESK, Plan("other", ("另一场", "Other"), "", "legal_explanation", 7, [CHEN]))
    before = entries()
    for verb, payload, code in (
        ("call", {"turn": second}, "turn_unknown"),
        ("undo_call", {"turn": first}, "turn_unknown"),
        ("release", {"turn": first}, "turn_unknown"),
        ("add_overtime", {"turn": first, "seconds": 20}, "turn_unknown"),
        ("withdraw_penalty", {"penalty": penalty, "reason": "mine"}, "penalty_unknown"),
    ):
        with pytest.raises(Refused, match=code):
            perform_named(verb, DESK, other, payload, secrets.token_hex(8))
    assert entries() == before


def test_what_does_not_exist_is_unknown(venue):
    assert refused(venue, "call", {"turn": 999999999}).code == "turn_unknown"
    assert refused(venue, "withdraw_penalty", {"penalty": 999999999, "reason": "why"}).code == "penalty_unknown"


def test_the_verbs_own_refusals_come_through(venue):
    venue.call("01")
    venue.submits(1, "01", FULL_MARKS)
    problem = refused(venue, "undo_call", {"turn": venue.turn("01").id}).problems[0]
    assert (problem.code, problem.figures) == ("sheets_already_in", {"number": "01", "seats": "1"})


def test_the_draw_is_about_the_contest_and_takes_its_cases_as_lines_or_as_a_list(venue):
    for cases in ("相邻权纠纷\n\n 不起诉决定释明 \n", ["相邻权纠纷", "不起诉决定释明"]):
        do(venue, "draw", {"seed": "7", "witness": "赵", "cases": cases, "reason": "再抽一次"})
        assert {turn_now(venue, number)["case"] for number in ("01", "02", "03")} == {"相邻权纠纷", "不起诉决定释明"}


@pytest.mark.parametrize(
    ("cases", "code"),
    [(7, "field_not_text"), ([7], "field_not_text"), ("案" * 401, "field_too_long"), (["案"] * 201, "too_many_lines")],
)
def test_cases_that_are_no_lines_are_refused_beside_their_field(venue, cases, code):
    problem = refused(venue, "draw", {"seed": "7", "witness": "赵", "cases": cases}).problems[0]
    assert (problem.code, problem.field) == (code, "cases")


CLOCKS = {"start_clock", "pause_clock", "switch_clock", "add_time", "reset_clock"}
OF_THE_DESK = {"call", "undo_call", "release", "recuse", "reinstate", "withdraw_penalty", "draw"}
ALLOWED = {
    "organizer": CLOCKS | OF_THE_DESK | {"add_overtime", "unlock_panel"},
    "timekeeper": CLOCKS | {"add_overtime"},
    "chief": {"unlock_panel", "release"},
    "supervisor": set(),
    "coder": set(),
    "": set(),
}


@pytest.mark.parametrize("role", ALLOWED)
def test_each_role_may_press_its_own_verbs_and_no_other(venue, role):
    """A role that may is told next that the payload is wrong; one that may not, learns nothing else."""
    for verb in ALLOWED["organizer"]:
        with pytest.raises(Refused) as caught:
            perform_named(verb, Actor("account:x", role=role), venue.contest_id, None, secrets.token_hex(8))
        assert caught.value.code == ("payload_malformed" if verb in ALLOWED[role] else "role_may_not"), verb
