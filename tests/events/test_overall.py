"""The overall result: public scores weighed into totals and ranked, whoever lacks a result named; then the offices."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from scoring.actions.results import corrections
from scoring.actions.running import not_performing
from scoring.actions.setting_up.overall import set_awards, set_overall
from scoring.actions.transaction import perform
from scoring.board.snapshots.overall import Overall
from scoring.board.views.overall import overall as overall_view
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Contestant, Entry
from tests.actions.hall import CHIEF
from tests.conftest import DESK

WEIGHTS = {"weighting": {"percent": {"1": "40", "2": "30", "3": "30"}, "decimals": 2}, "offices": {"best": 1}}
MODELS = [{"key": "model", "zh": "业务标兵", "en": "Model", "quota": 1}]
BEST_OFFICE = [{"key": "organisation", "zh": "优秀组织奖", "en": "Organisation award", "quota": 1}]


def weigh(meet, **changes: Any) -> None:
    perform(set_overall, DESK, meet.contest_id, WEIGHTS | changes, "the rules of the contest")


def overall(meet) -> Overall:
    db.session.rollback()
    return overall_view(meet.contest_id)


def ranking(meet) -> list[tuple[int, str, str]]:
    return [(row["rank"], row["number"], row["score"]) for row in overall(meet)["rows"]]


def test_forty_thirty_thirty_makes_the_total_and_says_how(meet):
    weigh(meet)
    meet.plays(1, {"01": "90", "02": "80", "03": "85"})
    meet.plays(2, {"01": "80", "02": "90", "03": "85"})
    meet.plays(3, {"01": "80.5", "02": "90", "03": "85"})
    # 01: 36 + 24 + 24.15 = 84.15. 02: 32 + 27 + 27 = 86. 03: 34 + 25.5 + 25.5 = 85.
    assert ranking(meet) == [(1, "02", "86.00"), (2, "03", "85.00"), (3, "01", "84.15")]
    assert overall(meet)["rows"][2]["terms"] == [
        {"event": 1, "zh": "释法说理", "en": "Legal explanation", "shown": "90.00", "weight": "40", "points": "36"},
        {"event": 2, "zh": "笔试说理", "en": "Written reasoning", "shown": "80.00", "weight": "30", "points": "24"},
        {
            "event": 3,
            "zh": "现场答问",
            "en": "Questions on the spot",
            "shown": "80.50",
            "weight": "30",
            "points": "24.15",
        },
    ]


def test_a_total_is_rounded_once_from_exact_scores(meet):
    weigh(meet)
    for place, totals in ((1, ["90"] * 7), (2, ["80", "80", "80.5"]), (3, ["80", "80", "80.5"])):
        meet.call(place, "01")
        meet.mark_each(place, "01", totals)
        meet.release(place, "01")
    # Both means are 80.1666…, shown as 80.17: 36 + 0.6 × 80.1666… = 84.10, and not 36 + 0.6 × 80.17 = 84.102.
    row = overall(meet)["rows"][0]
    assert (row["score"], row["terms"][1]["shown"], row["terms"][1]["points"]) == ("84.10", "80.17", "24.05")


def test_nobody_has_a_total_before_every_event_has_a_public_score_of_theirs(meet):
    weigh(meet)
    meet.plays(1, {"01": "90", "02": "80"})
    shown = overall(meet)
    assert (shown["rows"], shown["ranked"], shown["total"]) == ([], 0, 3)
    assert [(one["number"], one["name"], one["state"]) for one in shown["open"]] == [
        ("01", "陈思远", "pending"),
        ("02", "林晓彤", "pending"),
        ("03", "", "pending"),
    ]


def test_an_unreleased_score_is_in_nothing_that_is_shown(meet):
    weigh(meet)
    meet.plays(1, {"01": "90"})
    meet.plays(2, {"01": "90"})
    meet.call(3, "01")  # that an event has begun is public
    before = {key: shown for key, shown in overall(meet).items() if key != "revision"}
    meet.marks(3, "01", "77.5")
    assert {key: shown for key, shown in overall(meet).items() if key != "revision"} == before
    meet.release(3, "01")
    assert ranking(meet) == [(1, "01", "86.25")]


def test_who_has_no_result_in_an_event_that_is_over_is_named_with_the_event(meet):
    weigh(meet)
    perform(enter_late, meet.contest_id)
    for place in (1, 2, 3):
        meet.plays(place, {"01": "90", "02": "80", "03": "70"})
    shown = overall(meet)
    assert ranking(meet) == [(1, "01", "90.00"), (2, "02", "80.00"), (3, "03", "70.00")]
    assert [(one["number"], one["name"], one["state"]) for one in shown["open"]] == [("04", "赵敏", "incomplete")]
    assert [event["event"] for event in shown["open"][0]["missing"]] == [1, 2, 3]


def enter_late(contest_id: int) -> None:
    """Somebody is in the entry list and has no turn in any event."""
    db.session.add(Contestant(contest_id=contest_id, number="04", name="赵敏", office="慈溪县院"))


def test_equal_totals_go_to_the_result_that_weighs_most_and_then_share_the_rank(meet):
    weigh(meet)
    meet.plays(1, {"01": "81", "02": "84", "03": "84"})
    meet.plays(2, {"01": "88", "02": "84", "03": "84"})
    meet.plays(3, {"01": "84", "02": "84", "03": "84"})
    shown = overall(meet)["rows"]
    assert [(row["rank"], row["number"], row["score"], row["decided_by"]) for row in shown] == [
        (1, "02", "84.00", "shared_rank"),
        (1, "03", "84.00", "shared_rank"),
        (3, "01", "84.00", "key_criterion"),
    ]


def test_an_office_is_ranked_on_the_mean_of_its_best(meet):
    weigh(meet, offices={"best": 2})
    for place in (1, 2, 3):
        meet.plays(place, {"01": "90", "02": "95", "03": "80"})
    shown = overall(meet)
    assert [(row["rank"], row["office"], row["score"]) for row in shown["offices"]] == [(1, "江北区院", "85.00")]
    assert [member["number"] for member in shown["offices"][0]["terms"]] == ["01", "03"]
    assert shown["offices_open"] == [{"office": "慈溪县院", "scored": 1, "entrants": 1}]


def test_an_office_that_is_written_in_two_ways_is_ranked_once_by_its_fuller_name(meet):
    third = db.session.scalars(select(Contestant).where(Contestant.number == "03")).one()
    third.office = "江北区人民检察院"
    db.session.commit()
    weigh(meet, offices={"best": 2})
    for place in (1, 2, 3):
        meet.plays(place, {"01": "90", "02": "95", "03": "80"})
    assert [(row["office"], row["score"]) for row in overall(meet)["offices"]] == [("江北区人民检察院", "85.00")]


def test_a_contest_of_one_event_has_an_office_ranking_without_any_weights(venue_of_one):
    for number, total in (("01", "90"), ("02", "95"), ("03", "80")):
        venue_of_one.call(number)
        venue_of_one.all_submit(number, [total] * 7)
        venue_of_one.release(number)
    perform(set_overall, DESK, venue_of_one.contest_id, {"offices": {"best": 1}}, "smaller offices too")
    shown = overall_view(venue_of_one.contest_id)
    assert [(row["rank"], row["office"], row["score"]) for row in shown["offices"]] == [
        (1, "慈溪县院", "95.00"),
        (2, "江北区院", "90.00"),
    ]


def test_without_weights_several_events_have_no_overall_ranking(meet):
    meet.plays(1, {"01": "90"})
    shown = overall(meet)
    assert (shown["weighted"], shown["rows"], shown["open"]) == (False, [], [])


def test_an_event_added_later_has_to_be_weighed_anew(meet):
    weigh(meet)
    meet.adds_event()
    assert overall(meet)["weighted"] is False


def test_awards_are_given_when_everything_is_public_and_not_a_turn_before(meet):
    weigh(meet)
    perform(set_awards, DESK, meet.contest_id, "overall", MODELS)
    perform(set_awards, DESK, meet.contest_id, "offices", BEST_OFFICE)
    for place in (1, 2):
        meet.plays(place, {"01": "90", "02": "95", "03": "80"})
    meet.plays(3, {"01": "90", "02": "95"})
    assert {row["award"] for row in overall(meet)["rows"]} == {None}
    meet.plays(3, {"03": "80"})
    shown = overall(meet)
    assert [row["award"] and row["award"]["zh"] for row in shown["rows"]] == ["业务标兵", None, None]
    assert [row["award"] and row["award"]["en"] for row in shown["offices"]] == ["Organisation award", None]


@pytest.mark.parametrize(
    ("rules", "code", "field"),
    [
        ({"weighting": {"percent": {"1": "40", "2": "30", "3": "20"}}}, "weights_not_100", ""),
        ({"weighting": {"percent": {"1": "120", "2": "-20", "3": "0"}}}, "weight_negative", "2"),
        ({"weighting": {"percent": {"1": "70", "2": "30"}}}, "weights_missing", "3"),
        ({"weighting": {"percent": {"1": "40", "2": "30", "3": "20", "4": "10"}}}, "event_unknown", "4"),
        (WEIGHTS | {"ties": ["exact_value", "play_off"]}, "tie_step_not_offered", "ties"),
        (WEIGHTS | {"offices": {"best": 0}}, "best_not_positive", "best"),
        (WEIGHTS | {"music": 1}, "unknown_setting", "music"),
    ],
)
def test_rules_that_make_no_sense_are_refused_and_nothing_changes(meet, rules, code, field):
    weigh(meet)
    before = meet.contest().overall
    with pytest.raises(Refused) as refused:
        perform(set_overall, DESK, meet.contest_id, rules)
    problem = refused.value.problems[0]
    assert (problem.code, problem.field) == (code, field)
    assert meet.contest().overall == before


@pytest.mark.parametrize(
    ("kind", "quotas", "event", "code"),
    [
        ("overall", [{"key": "a", "zh": "奖", "quota": 0}], None, "quota_not_positive"),
        ("overall", [{"key": "a", "zh": "奖", "quota": 1}] * 2, None, "award_key_twice"),
        ("music", MODELS, None, "awards_for_nothing"),
        ("ranking", MODELS, 4, "event_unknown"),
    ],
)
def test_awards_that_make_no_sense_are_refused_and_nothing_changes(meet, kind, quotas, event, code):
    with pytest.raises(Refused) as refused:
        perform(set_awards, DESK, meet.contest_id, kind, quotas, event)
    assert refused.value.code == code
    assert meet.contest().awards == {}
    assert {event.awards == {} for event in meet.contest().events} == {True}


@pytest.mark.parametrize("verb", ["weights", "awards"])
def test_after_the_first_release_a_change_takes_a_reason_and_keeps_what_was_before(meet, verb):
    weigh(meet)
    meet.plays(2, {"01": "90"})
    change = {
        "weights": lambda reason: perform(
            set_overall, DESK, meet.contest_id, WEIGHTS | {"offices": {"best": 2}}, reason
        ),
        "awards": lambda reason: perform(set_awards, DESK, meet.contest_id, "ranking", MODELS, 2, reason),
    }[verb]
    with pytest.raises(Refused) as refused:
        change(" ")
    assert refused.value.code == "reason_missing"
    change("decided by the committee")
    entry = db.session.query(Entry).order_by(Entry.id.desc()).first()
    assert (entry.details["reason"], "before" in entry.details, entry.details["before"] != entry.details["after"]) == (
        "decided by the committee",
        True,
        True,
    )


def test_who_does_not_perform_in_an_event_stands_without_a_total_with_the_ground_and_the_others_are_ranked(meet):
    weigh(meet)
    given = ("withdrawn", "调离本单位", "评委会主任")
    perform(not_performing.record_not_performing, DESK, meet.turn(2, "03").id, *given)
    meet.plays(1, {"01": "90", "02": "80", "03": "85"})
    meet.plays(2, {"01": "80", "02": "90"})
    meet.plays(3, {"01": "80.5", "02": "90", "03": "85"})
    assert [number for _, number, _ in ranking(meet)] == ["02", "01"]
    shown = overall(meet)
    (without,) = shown["open"]
    grounds = [(one["event"], one["ground"]["zh"]) for one in without["missing"]]
    assert (without["number"], without["state"], grounds, shown["over"]) == ("03", "incomplete", [(2, "退赛")], True)


def leaves(meet, place: int, number: str, kind: str, reach: str) -> None:
    given = (kind, "查实", "评委会主任", 0, reach)
    perform(not_performing.record_not_performing, DESK, meet.turn(place, number).id, *given)


def test_who_is_out_of_the_contest_is_out_of_every_event_that_is_left_and_of_the_total(meet):
    weigh(meet)
    meet.plays(3, {"01": "80", "02": "90"})
    leaves(meet, 1, "03", "disqualified", "contest")
    names = {one["number"]: one["name"] for one in overall(meet)["open"]}
    (out,) = meet.audience(1)["unranked"]
    assert names["03"] == out["name"] != "", "the event's own board names them already"
    meet.plays(1, {"01": "90", "02": "80"})
    meet.plays(2, {"01": "80", "02": "90"})
    # 01: 36 + 24 + 24 = 84. 02: 32 + 27 + 27 = 86.
    assert ranking(meet) == [(1, "02", "86.00"), (2, "01", "84.00")]
    shown = overall(meet)
    (without,) = shown["open"]
    said = [(one["event"], one["ground"]["zh"]) for one in without["missing"]]
    assert (without["number"], without["state"], shown["over"]) == ("03", "incomplete", True)
    assert said == [(1, "取消资格"), (2, "取消资格"), (3, "取消资格")]
    for place in (1, 2, 3):
        assert [one["number"] for one in meet.audience(place)["unranked"]] == ["03"]


def test_of_whom_something_is_released_the_contest_is_left_by_a_correction(meet):
    weigh(meet)
    meet.plays(1, {"01": "90", "02": "80", "03": "99"})
    with pytest.raises(Refused, match="not_performing_released"):
        leaves(meet, 2, "03", "disqualified", "contest")
    asked = (meet.contest_id, meet.turn(1, "03").id, "disqualified", "监督员", "冒名顶替", 0, "contest")
    perform(corrections.request_out, DESK, *asked)
    perform(corrections.approve_correction, CHIEF, meet.contest_id, 1, "查实")
    meet.plays(2, {"01": "80", "02": "90"})
    meet.plays(3, {"01": "80", "02": "90"})
    assert ranking(meet) == [(1, "02", "86.00"), (2, "01", "84.00")]
    assert [one["number"] for one in overall(meet)["open"]] == ["03"]
    perform(corrections.request_lift, DESK, meet.contest_id, 1, "监督员", "身份无误")
    perform(corrections.approve_correction, CHIEF, meet.contest_id, 2, "属实")
    assert meet.turn(2, "03").state == "waiting"
    meet.plays(2, {"03": "70"})
    meet.plays(3, {"03": "70"})
    # 03: 39.6 + 21 + 21 = 81.6
    assert ranking(meet)[2] == (3, "03", "81.60")


def test_an_office_is_ranked_on_those_who_are_there(meet):
    weigh(meet, offices={"best": 1})
    leaves(meet, 2, "02", "absent", "turn")
    meet.plays(1, {"01": "90", "02": "99", "03": "85"})
    meet.plays(2, {"01": "80", "03": "85"})
    meet.plays(3, {"01": "80", "02": "99", "03": "85"})
    shown = overall(meet)
    offices = {one.office for one in meet.contest().contestants if one.number != "02"}
    assert {one["office"] for one in shown["offices"]} == offices
    assert all(term["shown"] in ("84.00", "85.00") for one in shown["offices"] for term in one["terms"])
    awarded = [one["number"] for one in shown["rows"]]
    assert awarded == ["03", "01"]
