"""Each verb as a form of the desk: granted, refused beside its field, pressed twice, sent to the wrong contest."""

from __future__ import annotations

import re

import pytest

from scoring.actions.registry import heard
from scoring.actions.running import calls, clocks
from scoring.actions.running.attempts import note_attempt
from scoring.actions.setting_up.contests import Plan, set_up
from scoring.actions.transaction import Actor, perform
from scoring.board.views.desk import desk as desk_view
from scoring.extensions import db
from scoring.rules import formats
from scoring.store import Appearance
from tests.conftest import CHEN, DESK, FULL_MARKS
from tests.organizers.conftest import words_of
from tests.refusals import entries

# What is said and done about benches, matches and the check of totals has its own pages and its own tests.
OF_BENCHES = {"plan_benches", "start_benches", "stop_bench", "undo_stop", "hand_in"}
OF_BENCHES |= {"settle_difference", "rule_cap", "withdraw_cap"}
OF_SEATS = {"answer_call", "settle_attempt", "send_back", "open_handover", "close_handover"}
OF_MATCHES = {"draw_sides", "mark_silent", "record_play_off"}
OF_PANELS = {"seat_reserve", "stand_down"}
OF_CHECKERS = {"check_totals", "undo_check"}
OF_LATECOMERS = {
    "enter_late",
    "remove_late",
    "add_match",
    "record_unplaced",
    "add_seat",
    "remove_seat",
    "excuse_earlier",
}
OF_LATECOMERS |= {"split_room", "undo_split"}
OF_SUPERVISORS = {"type_seed"}
OF_TESTS = {"open_points", "check_points", "release_points"}
OF_STAGES = {"propose_promotion", "confirm_promotion", "undo_promotion", "move_up", "step_back", "keep_promotion"}
ELSEWHERE = OF_STAGES | OF_BENCHES | OF_MATCHES | OF_CHECKERS | OF_PANELS | OF_LATECOMERS | OF_SUPERVISORS | OF_TESTS
ON_THE_DESK = [verb for verb in heard() if verb not in ELSEWHERE]
ALL_IN = ["90", "91", "92", "93", "94", "95", "96"]


def problem_beside(answer, field: str) -> str:
    """The sentence beside a field of the page; the field must point at it."""
    assert f'aria-describedby="{field}-problem"' in answer.text
    found = re.search(rf'id="{field}-problem">([^<]+)<', answer.text)
    assert found, f"nothing beside {field}"
    return found.group(1)


def typed_into(answer, field: str) -> str:
    found = re.search(rf'<input[^>]*id="{field}"[^>]*value="([^"]*)"', answer.text)
    assert found, f"no field {field}"
    return found.group(1)


def overtime(desk, seconds: str = "32") -> int:
    """Call no. 01 and record an overtime; answers the penalty's id."""
    desk.venue.call("01")
    desk.after("add_overtime", turn=desk.turn("01")["id"], seconds=seconds)
    return desk.turn("01")["penalties"][0]["id"]


def test_a_call_is_confirmed_and_shown(desk):
    page = desk.after("call", turn=desk.turn("01")["id"])
    assert "No. 01 is called." in page
    assert desk.turn("01")["state"] == "performing"


def test_a_contestant_can_be_called_out_of_order(desk):
    assert "Now 03 周子涵" in desk.after("call", turn=desk.turn("03")["id"])


def test_a_second_call_of_the_same_contestant_is_refused(desk):
    desk.venue.call("01")
    answer = desk.refused("call", turn=desk.turn("01")["id"])
    assert "No. 01 has been called already." in words_of(answer)


def test_with_sheets_open_the_next_call_is_refused_and_offers_to_leave_them_open(desk):
    desk.venue.call("01")
    for judge in (1, 2, 4, 6, 7):
        desk.venue.submits(judge, "01", FULL_MARKS)
    answer = desk.refused("call", turn=desk.turn("02")["id"])
    page = words_of(answer)
    assert "No. 01 is still being marked: no sheet yet from judge 3, 5. Call no. 02 all the same" in page
    assert 'name="leave_open" value="1"' in answer.text
    assert "Now 02" in desk.after("call", turn=desk.turn("02")["id"], leave_open="1")
    assert desk.turn("01")["state"] == "marking"


def test_the_way_around_is_offered_only_after_that_refusal(desk):
    desk.venue.call("01")
    assert "all the same" not in desk.look()


def test_a_wrong_call_is_taken_back(desk):
    desk.venue.call("02")
    page = desk.after("undo_call", turn=desk.turn("02")["id"])
    assert "The call of no. 02 is taken back; it waits again." in page
    assert desk.turn("02")["state"] == "waiting"


def test_a_call_with_a_sheet_in_cannot_be_taken_back_and_has_no_button(desk):
    desk.venue.call("01")
    assert "Take back the call of no. 01" in desk.look()
    desk.venue.submits(1, "01", FULL_MARKS)
    assert "Take back the call of no. 01" not in desk.look()
    answer = desk.refused("undo_call", turn=desk.turn("01")["id"])
    assert "No. 01 cannot be taken back: a sheet is in already, from judge 1." in words_of(answer)


def test_a_release_is_confirmed_and_the_audience_sees_it(desk):
    desk.venue.call("01")
    desk.venue.all_submit("01", ALL_IN)
    assert "The score of no. 01 is released." in desk.after("release", turn=desk.turn("01")["id"])
    assert [row["score"] for row in desk.venue.audience()["rows"]] == ["93.00"]


def test_a_release_with_a_missing_sheet_is_refused_and_says_who_is_missing(desk):
    desk.venue.call("01")
    for judge in (1, 2, 4, 6, 7):
        desk.venue.submits(judge, "01", FULL_MARKS)
    answer = desk.refused("release", turn=desk.turn("01")["id"])
    assert "Not released: no sheet yet from judge 3, 5." in words_of(answer)
    assert desk.venue.audience()["rows"] == []


def test_a_release_with_too_few_judges_is_refused(desk):
    desk.venue.call("01")
    for judge in range(1, 6):
        desk.venue.recuse(judge, "01")
    for judge in (6, 7):
        desk.venue.submits(judge, "01", FULL_MARKS)
    answer = desk.refused("release", turn=desk.turn("01")["id"])
    assert "too few valid sheets, 2 of at least 3" in words_of(answer)


def test_a_judge_is_recused_for_the_current_turn_with_ground_and_reason(desk):
    desk.venue.call("01")
    sent = {"turn": desk.turn("01")["id"], "seat": desk.venue.seat(3).id, "ground": "mentor", "reason": "带教老师"}
    page = desk.after("recuse", **sent)
    assert "Judge 3 does not mark no. 01. This is on record." in page
    assert "No. 01 · Judge 3 · mentor and student 带教老师" in page
    assert [seat["number"] for seat in desk.turn("01")["missing"]] == [1, 2, 4, 5, 6, 7]


def test_a_judge_is_recused_for_a_later_turn_before_it_is_called(desk):
    sent = {"turn": desk.turn("03")["id"], "seat": desk.venue.seat(7).id, "ground": "kin", "reason": "sister"}
    assert "No. 03 · Judge 7 · kin sister" in desk.after("recuse", **sent)
    desk.venue.call("03")
    assert "Judge 7 recused" in desk.look()


def test_a_recusal_without_judge_ground_or_reason_is_refused_beside_each_field(desk):
    answer = desk.refused("recuse", turn=desk.turn("02")["id"], seat="", ground="", reason="  ")
    for field in ("recuse-seat", "recuse-ground", "recuse-reason"):
        assert problem_beside(answer, field) == "Please fill this in."
    assert '<details id="recuse-details" open>' in answer.text


def test_a_refused_recusal_keeps_what_was_typed(desk):
    second = desk.turn("02")["id"]
    answer = desk.refused("recuse", turn=second, seat=desk.venue.seat(4).id, ground="", reason='a "good" reason')
    assert typed_into(answer, "recuse-reason") == "a &#34;good&#34; reason"
    assert f'<option selected value="{second}">' in answer.text
    assert f'<option selected value="{desk.venue.seat(4).id}">' in answer.text


@pytest.mark.parametrize(("ground", "sentence"), [("friend", "Please choose a ground from the list.")])
def test_an_unknown_ground_is_refused_beside_its_field(desk, ground, sentence):
    sent = {"turn": desk.turn("02")["id"], "seat": desk.venue.seat(4).id, "ground": ground, "reason": "why"}
    assert problem_beside(desk.refused("recuse", **sent), "recuse-ground") == sentence


def test_a_recusal_of_a_released_turn_is_refused(desk):
    desk.venue.call("01")
    desk.venue.all_submit("01", ALL_IN)
    desk.venue.release("01")
    sent = {"turn": desk.turn("01")["id"], "seat": desk.venue.seat(4).id, "ground": "kin", "reason": "late"}
    assert "The score of no. 01 is released" in words_of(desk.refused("recuse", **sent))


def test_a_recused_judge_is_reinstated(desk):
    desk.venue.recuse(3, "02")
    page = desk.after("reinstate", turn=desk.turn("02")["id"], seat=desk.venue.seat(3).id)
    assert "Judge 3 marks no. 02 again." in page
    assert desk.turn("02")["recused"] == []


def test_reinstating_a_judge_who_is_not_recused_is_refused(desk):
    answer = desk.refused("reinstate", turn=desk.turn("02")["id"], seat=desk.venue.seat(3).id)
    assert "Judge 3 is not recused." in words_of(answer)


def test_an_overtime_is_recorded_by_the_seconds_and_the_rule_says_the_points(desk):
    overtime(desk)
    assert "No. 01 · 32 s over · −1" in desk.look()
    assert desk.turn("01")["penalties"][0]["points"] == "1"


@pytest.mark.parametrize(
    ("seconds", "sentence"),
    [
        ("abc", "Please enter a whole number."),
        ("12.5", "Please enter a whole number."),
        ("", "Please fill this in."),
        ("-3", "Please enter whole seconds, 0 or more."),
        ("10", "Nothing to take off: the first 10 seconds over are free."),
    ],
)
def test_seconds_that_make_no_penalty_are_refused_beside_the_field_and_stay_typed(desk, seconds, sentence):
    desk.venue.call("01")
    answer = desk.refused("add_overtime", turn=desk.turn("01")["id"], seconds=seconds)
    assert problem_beside(answer, "overtime-seconds") == sentence
    assert typed_into(answer, "overtime-seconds") == seconds
    assert '<details id="overtime-details" open>' in answer.text


def test_a_second_overtime_is_refused_until_the_first_is_withdrawn(desk):
    overtime(desk)
    answer = desk.refused("add_overtime", turn=desk.turn("01")["id"], seconds="40")
    assert "No. 01 has an overtime penalty already; withdraw it first." in words_of(answer)


def test_an_overtime_of_a_contestant_who_waits_is_refused(desk):
    assert "No. 02" in words_of(desk.refused("add_overtime", turn=desk.turn("02")["id"], seconds="40"))


def test_a_penalty_is_withdrawn_with_a_reason(desk):
    penalty = overtime(desk)
    assert "The penalty is withdrawn. It stays on record." in desk.after(
        "withdraw_penalty", penalty=penalty, reason="clock started late"
    )
    assert desk.turn("01")["penalties"] == []


def test_a_withdrawal_without_a_reason_is_refused_beside_that_penalty(desk):
    penalty = overtime(desk)
    answer = desk.refused("withdraw_penalty", penalty=penalty, reason=" ")
    assert problem_beside(answer, f"withdraw-{penalty}-reason") == "Please fill this in."
    assert f'<details id="withdraw-details-{penalty}" open>' in answer.text


def test_a_penalty_is_withdrawn_only_once(desk):
    penalty = overtime(desk)
    desk.after("withdraw_penalty", penalty=penalty, reason="clock started late")
    answer = desk.refused("withdraw_penalty", penalty=penalty, reason="again")
    assert "This penalty is withdrawn already." in words_of(answer)


@pytest.mark.parametrize("verb", ON_THE_DESK)
def test_a_double_press_does_it_once_and_says_the_same_twice(desk, verb):
    sent = ready_for(desk, verb)
    first = desk.press(verb, request="pressed-twice", **sent)
    done = entries()
    second = desk.press(verb, request="pressed-twice", **sent)
    assert (first.status_code, second.status_code) == (303, 303)
    assert entries() == done


def ready_at_seat(venue, verb: str, turn: dict[str, object], seat: dict[str, object]) -> dict[str, object]:
    if verb == "settle_attempt":
        perform(note_attempt, seat["seat"], "192.168.1.77")
        return {"attempt": desk_view(venue.contest_id)["attempts"][0]["id"]}
    if verb == "answer_call":
        perform(calls.call_chief, Actor("seat"), seat["seat"], "water")
        return {"call": desk_view(venue.contest_id)["calls"][0]["id"]}
    if verb == "send_back":
        venue.call("01")
        venue.submits(2, "01", FULL_MARKS)
        return turn | seat | {"question": "is the law really 25?"}
    return seat


def ready_for(desk, verb: str) -> dict[str, object]:
    """Bring the contest to where the verb is granted; answers what its form sends."""
    venue = desk.venue
    turn, seat = {"turn": desk.turn("01")["id"]}, {"seat": venue.seat(2).id}
    if verb == "draw":
        return {"seed": "20261122", "witness": "监督员赵", "cases": "相邻权纠纷"}
    if verb == "withdraw_penalty":
        return {"penalty": overtime(desk), "reason": "wrong clock"}
    if verb == "withdraw_not_performing":
        desk.after("record_not_performing", **turn, kind="absent", reason="三次点名未到", decided_by="主任")
        return {"decision": desk.turn("01")["not_performing"][0]["id"], "reason": "wrong press"}
    if verb == "switch_clock":
        return runs_free_debate(desk)
    if verb in OF_SEATS:
        return ready_at_seat(venue, verb, turn, seat)
    if verb not in ("call", "move_turn"):
        venue.call("01")
    if verb in ("release", "unlock_panel", "undo_release"):
        venue.all_submit("01", ALL_IN)
    if verb == "undo_release":
        venue.release("01")
    if verb == "reopen_marking":
        desk.press("close_marking", **turn)
    if verb == "reinstate":
        venue.recuse(2, "01")
    if verb == "pause_clock":
        desk.press("start_clock", **turn, clock="speak")
    more = {
        "recuse": {**seat, "ground": "office", "reason": "same office"},
        "reinstate": seat,
        "add_overtime": {"seconds": "20"},
        "add_time": {"clock": "speak", "side": "", "seconds": "30"},
        "start_clock": {"clock": "speak", "side": ""},
        "pause_clock": {"clock": "speak", "side": ""},
        "reset_clock": {"clock": "speak", "side": ""},
        "undo_release": {"reason": "wrong press", "confirmation": "01"},
        "move_turn": {"place": "3"},
        "record_not_performing": {"kind": "forfeited", "reason": "放弃答题", "decided_by": "评委会主任"},
        "ask_for_checks": {"wanted": "1"},
    }
    return turn | more.get(verb, {})


def runs_free_debate(desk) -> dict[str, object]:
    """Make no. 01 a turn with two sides and the free debate's clock, which runs for the first of them."""
    venue, settings = desk.venue, formats.get("debate").defaults()
    turn = venue.turn("01")
    event = turn.round.event
    event.format, event.settings = "debate", settings
    turn.appearances[0].part = "control"
    db.session.add(Appearance(turn=turn, part="defence", contestant=venue.turn("02").appearances[0].contestant))
    db.session.commit()
    venue.call(turn.number)
    perform(clocks.start_clock, DESK, turn.id, "free_debate", side="control")
    return {"turn": turn.id, "clock": "free_debate", "side": "control"}


GONE = {
    "withdraw_penalty": "penalty is withdrawn already.",
    "answer_call": "no such call.",
    "settle_attempt": "no such attempt.",
    "withdraw_not_performing": "taken back already, or was never recorded in this contest.",
    "open_handover": "no such seat in this contest.",
    "close_handover": "no such seat in this contest.",
}


@pytest.mark.parametrize("verb", [name for name in ON_THE_DESK if not heard()[name].of_contest])
def test_what_belongs_to_another_contest_is_refused(desk, verb):
    sent = ready_for(desk, verb)
    other = perform(set_up, DESK, Plan("other", ("另一场", "Other"), "", "legal_explanation", 7, [CHEN]))
    before = entries()
    answer = desk.browser.post(f"/desk/{other}/{verb}", data={"request": "to-the-wrong-one", **sent})
    assert answer.status_code == 409
    assert GONE.get(verb, "no such turn in this contest.") in words_of(answer)
    assert entries() == before


@pytest.mark.parametrize("verb", ON_THE_DESK)
def test_a_contest_that_does_not_exist_is_not_found(desk, verb):
    sent = ready_for(desk, verb)
    before = entries()
    assert desk.browser.post(f"/desk/999/{verb}", data={"request": "to-nowhere", **sent}).status_code == 404
    assert entries() == before


def test_an_unknown_verb_is_not_found(desk):
    assert desk.press("set_up", turn=desk.turn("01")["id"]).status_code == 404
    assert desk.browser.get(f"{desk.path}/set_up").status_code == 404


def test_coming_back_to_the_address_of_a_form_leads_to_the_desk(desk):
    answer = desk.browser.get(f"{desk.path}/call")
    assert (answer.status_code, answer.location) == (302, desk.path)


def test_a_form_without_its_id_is_refused(desk):
    answer = desk.browser.post(f"{desk.path}/call", data={"turn": desk.turn("01")["id"]})
    assert answer.status_code == 409
    assert "Please reload the page and try again." in words_of(answer)


def test_refusals_speak_chinese(desk):
    desk.reads("zh")
    desk.venue.call("01")
    answer = desk.refused("add_overtime", turn=desk.turn("01")["id"], seconds="-3")
    assert problem_beside(answer, "overtime-seconds") == "请输入不小于 0 的整数秒数。"
    assert "已请02号上场。" in desk.after("call", turn=desk.turn("02")["id"], leave_open="1")
