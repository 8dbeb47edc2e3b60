"""Penalties and bonuses by the list: entered by whom it lets, confirmed by another, told, undone, never seen early."""

from __future__ import annotations

from typing import Any

import pytest

from scoring.actions.pressing import perform_sent
from scoring.actions.results.totals import ask_for_checks
from scoring.actions.running.listed import confirm_penalty, enter_listed
from scoring.actions.running.not_performing import record_not_performing
from scoring.actions.running.penalties import withdraw_penalty
from scoring.actions.running.releases import release
from scoring.actions.setting_up.event_settings import renew_settings
from scoring.actions.transaction import Actor, perform
from scoring.board.reading.facts import outcome_of
from scoring.extensions import db
from scoring.store import Penalty
from scoring.wording.announcing import announced
from tests.actions.test_totals import check
from tests.conftest import DESK, FULL_MARKS, Venue
from tests.record.conftest import CHECKER, CHIEF, TALLIER, actor, verbs_of
from tests.record.test_log_said import said
from tests.refusals import refusal, refused

TIMEKEEPER = actor("timekeeper")
#: 91 92 93 94 95 without 90 and 96: 465 / 5 = 93.
ALL = ["90", "91", "92", "93", "94", "95", "96"]


@pytest.fixture
def marked(venue: Venue) -> Venue:
    """No. 01 has 93.00 from all judges, and is not released."""
    venue.call("01")
    venue.all_submit("01", ALL)
    return venue


def enters(
    venue: Venue, kind: str, points: str = "", who: Actor = TALLIER, number: str = "01", reason: str = "现场记录"
) -> None:
    perform(enter_listed, who, venue.turn(number).id, kind, "", points, reason)


def newest() -> Penalty:
    db.session.rollback()
    return db.session.scalars(db.select(Penalty).order_by(Penalty.id.desc())).first()


def confirms(who: Actor) -> None:
    perform(confirm_penalty, who, newest().id)


def final(venue: Venue, number: str = "01") -> str:
    db.session.rollback()
    return str(outcome_of(venue.turn(number)).scores[""].final)


def settings_of(venue: Venue) -> dict[str, Any]:
    db.session.rollback()
    return dict(venue.turn("01").round.event.settings)


def with_rows(venue: Venue, **changed: dict[str, str]) -> None:
    """The list says otherwise of these."""
    event = venue.turn("01").round.event
    rows = [row | changed.get(row["key"], {}) for row in event.settings["penalties"]]
    event.settings = {**event.settings, "penalties": rows}
    db.session.commit()


def test_a_fixed_penalty_counts_at_once_and_explains_itself_everywhere(marked):
    enters(marked, "late")
    assert final(marked) == "88.00", "93 − 5"
    marked.release("01")
    row = marked.audience()["rows"][0]
    assert (row["score"], row["explanation"]["mean"], row["explanation"]["penalty_sum"]) == ("88.00", "93.00", "5")
    (line,) = row["explanation"]["penalties"]
    assert (line["zh"], line["points"], line["reason"]) == ("迟到", "5", "现场记录")
    assert said(marked.contest_id, "enter_listed") == ["按清单登记01号扣分：迟到，5 分"]


def test_what_the_chief_has_to_confirm_counts_only_then(marked):
    enters(marked, "conduct", "4")
    assert newest().is_proposed
    assert final(marked) == "93.00"
    with refused("penalty_proposed"):
        marked.release("01")
    for who in (DESK, CHECKER, TIMEKEEPER):
        with refused("penalty_of_chief"):
            confirms(who)
    confirms(CHIEF)
    assert final(marked) == "89.00"
    marked.release("01")
    assert said(marked.contest_id, "confirm_penalty") == ["确认了01号的一项清单登记：4 分"]


def test_who_entered_it_does_not_confirm_it_and_nobody_confirms_twice(marked):
    enters(marked, "tools")
    with refused("penalty_own"):
        confirms(TALLIER)
    confirms(CHECKER)
    with refused("penalty_confirmed"):
        confirms(CHIEF)
    assert final(marked) == "88.00"


def test_bonuses_add_no_more_than_their_limit_and_it_is_said(marked):
    rows = settings_of(marked)["penalties"]
    event = marked.turn("01").round.event
    second = {**rows[-1], "key": "paper", "zh": "调研成果", "en": "Research", "confirms": "nobody"}
    event.settings = {**event.settings, "penalties": [*rows, second]}
    db.session.commit()
    enters(marked, "prize", "2")
    confirms(CHECKER)
    enters(marked, "paper", "2.5")
    enters(marked, "dress", "1.5")
    assert final(marked) == "94.50", "93 + 3, not 4.5, − 1.5"
    marked.release("01")
    row = marked.audience()["rows"][0]
    assert row["explanation"]["figures"] == {"added": "3", "added_most": "3"}
    assert announced(row)[-3:] == ["加 3 分；", "扣 1.5 分；", "01号选手最后得分 94.50 分。"]


def test_where_only_a_bonus_was_given_nothing_is_said_to_be_taken_off(marked):
    enters(marked, "prize", "2")
    confirms(CHECKER)
    marked.release("01")
    said_so = announced(marked.audience()["rows"][0])
    assert said_so[-2:] == ["加 2 分；", "01号选手最后得分 95.00 分。"]


def test_nothing_falls_below_0(venue):
    venue.call("01")
    for judge in range(1, 8):
        venue.submits(judge, "01", dict.fromkeys(FULL_MARKS, "0.5"))  # 6 × 0.5 = 3
    enters(venue, "late")
    venue.release("01")
    row = venue.audience()["rows"][0]
    assert (row["score"], row["explanation"]["figures"]["floor"]) == ("0.00", "0")


@pytest.mark.parametrize(
    ("kind", "points", "code"),
    [
        ("conduct", "", "points_needed"),
        ("conduct", "11", "points_out_of_range"),
        ("conduct", "x", "points_needed"),
        ("conduct", "1.005", "penalty_too_fine"),
        ("late", "4", "points_fixed"),
        ("overtime", "", "unknown_ruling"),
        ("nothing", "", "unknown_ruling"),
    ],
)
def test_what_the_list_does_not_allow_is_refused(marked, kind, points, code):
    assert refusal(enter_listed, marked.turn("01").id, kind, "", points, "现场记录").code == code


def test_without_a_reason_for_somebody_else_or_at_the_wrong_time_nothing_is_entered(marked):
    turn, waiting = marked.turn("01").id, marked.turn("02").id
    assert refusal(enter_listed, turn, "late", "", "", " ").code == "reason_missing"
    assert refusal(enter_listed, turn, "late", "control", "", "现场记录").code == "unknown_part"
    assert refusal(enter_listed, waiting, "late", "", "", "现场记录").code == "turn_not_open"
    enters(marked, "late")
    assert refusal(enter_listed, turn, "late", "", "", "再次").code == "listed_twice"
    marked.release("01")
    assert refusal(enter_listed, turn, "tools", "", "", "现场记录").code == "turn_released"


def test_who_may_enter_what_is_the_lists_choice_at_every_door(marked):
    with_rows(marked, late={"enters": "timekeeper"})
    sent = {"turn": marked.turn("01").id, "kind": "late", "reason": "现场记录"}
    with refused("listed_not_yours"):
        perform_sent("enter_listed", TALLIER, marked.contest_id, sent, None)
    with refused("role_may_not"):
        perform_sent("enter_listed", actor("operator"), marked.contest_id, sent, None)
    perform_sent("enter_listed", TIMEKEEPER, marked.contest_id, sent, None)
    assert newest().points == "5"


def test_the_organizer_may_enter_whatever_the_list_has(marked):
    with_rows(marked, late={"enters": "timekeeper"})
    enters(marked, "late", who=DESK)
    assert newest().actor == DESK.label


def test_what_is_withdrawn_counts_no_more_stays_on_record_and_may_be_entered_anew(marked):
    enters(marked, "late")
    assert refusal(withdraw_penalty, newest().id, " ").code == "reason_missing"
    perform(withdraw_penalty, DESK, newest().id, "经查并未迟到")
    assert final(marked) == "93.00"
    enters(marked, "late")
    assert final(marked) == "88.00"
    assert verbs_of(marked.contest_id)[-3:] == ["enter_listed", "withdraw_penalty", "enter_listed"]


def test_a_withdrawn_proposal_no_longer_keeps_the_release_shut_and_cannot_be_confirmed(marked):
    enters(marked, "conduct", "2")
    perform(withdraw_penalty, DESK, newest().id, "登记有误")
    with refused("penalty_unknown"):
        confirms(CHIEF)
    marked.release("01")
    assert marked.audience()["rows"][0]["score"] == "93.00"


def test_the_same_press_twice_enters_once(marked):
    for _ in range(2):
        perform(enter_listed, TALLIER, marked.turn("01").id, "late", "", "", "现场记录", request="a" * 32)
    assert len(marked.turn("01").penalties) == 1


def test_before_the_release_the_audience_sees_nothing_of_it(marked):
    before = repr(marked.audience()["rows"])
    enters(marked, "conduct", "4")
    enters(marked, "late")
    shown = marked.audience()
    assert repr(shown["rows"]) == before
    assert "违反赛场纪律" not in repr(shown)
    assert "迟到" not in repr(shown)


def test_who_is_disqualified_afterwards_keeps_it_on_record_and_has_no_score(marked):
    enters(marked, "conduct", "4")
    turn = marked.turn("01").id
    perform(record_not_performing, CHIEF, turn, "disqualified", "作弊", "评委会")
    assert refusal(enter_listed, turn, "late", "", "", "现场记录").code == "turn_not_held"
    assert newest().withdrawn_at is None
    assert [one["number"] for one in marked.audience()["rows"]] == []


def test_a_confirmed_total_has_to_be_checked_again_once_something_is_confirmed(marked):
    perform(ask_for_checks, DESK, marked.contest_id, True)
    enters(marked, "conduct", "4")
    check(marked)
    confirms(CHIEF)
    assert refusal(release, marked.turn("01").id).code == "totals_unchecked"


def test_nothing_that_was_entered_goes_from_the_list(marked):
    enters(marked, "late")
    settings = settings_of(marked)
    rows = [row for row in settings["penalties"] if row["key"] != "late"]
    changed = {**settings, "penalties": rows}
    answer = refusal(renew_settings, marked.contest_id, changed, "100", "精简清单", "shifa")
    assert answer.code == "listed_in_use"


def test_the_record_survives_a_restart(marked):
    enters(marked, "conduct", "4")
    db.session.remove()
    db.engine.dispose()
    confirms(CHIEF)
    assert final(marked) == "89.00"


def test_the_page_enters_confirms_and_withdraws(marked, staff):
    tallier, chief = staff("tallier"), staff("chief")
    turn = marked.turn("01").id
    page = tallier.after("listed/enter", turn=turn, kind="conduct", points="4", reason="扰乱秩序")
    assert "Conduct −4" in page
    assert "proposed, does not count yet; confirmed by: the chief judge" in page
    assert "Confirmed: it counts" in chief.after("listed/confirm", penalty=newest().id)
    assert "confirmed by 赵主任" in tallier.reads("listed")
    organizer = staff("organizer")
    assert "Nothing yet." in organizer.after("listed/withdraw", penalty=newest().id, reason="查无此事")


def test_a_refused_entry_says_what_to_do_and_keeps_what_was_typed(marked, staff):
    answer = staff("tallier").press(
        "listed/enter", 409, turn=marked.turn("01").id, kind="conduct", points="11", reason="吵闹"
    )
    assert "Please enter from 1 to 10 points." in answer.text
    assert 'value="11"' in answer.text
    assert 'value="吵闹"' in answer.text


def test_the_page_offers_a_role_only_what_it_may_enter(marked, staff):
    with_rows(marked, late={"enters": "timekeeper"})
    assert "Late −5" not in staff("tallier").reads("listed")
    assert "Late −5" in staff("timekeeper").reads("listed")
    staff("operator").look("listed", 403)
