"""The desk's page of events and awards: weights, one more event, quotas; refusals with sentences; nobody else's."""

from __future__ import annotations

import re
import secrets
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

import pytest
from flask_babel import refresh

from scoring.actions.setting_up.contests import add_account
from scoring.actions.setting_up.entry_list import EntryLine, enter
from scoring.actions.transaction import perform
from scoring.extensions import db
from scoring.rules.awards import read_awards
from scoring.store import Contest
from tests.conftest import DESK, PASSWORD, contest_of
from tests.organizers.conftest import words_of
from tests.passwords import quickly_checked


def send(browser, venue, name: str, **sent: Any) -> str:
    """What the page says after one of its forms was sent."""
    address = f"/desk/{venue.contest_id}/events"
    answer = browser.post(f"{address}/{name}", data={"request": secrets.token_hex(8), **sent})
    if answer.status_code == 409:
        return answer.text
    assert (answer.status_code, answer.location) == (303, address)
    return browser.get(address).text


def stored(venue) -> Contest:
    db.session.rollback()
    return contest_of(venue)


def add_second(organizer, venue) -> str:
    return send(organizer, venue, "add", format="legal_explanation", zh="笔试说理", judges="5")


def test_an_event_is_added_with_a_panel_and_a_turn_for_everybody(organizer, venue):
    assert "The event is added." in add_second(organizer, venue)
    event = stored(venue).events[1]
    assert (event.title_zh, event.title_en, len(event.rooms[0].seats)) == ("笔试说理", "笔试说理", 5)
    assert [turn.number for turn in event.rounds[0].turns] == ["01", "02", "03"]


def test_a_debate_is_added_without_matches_because_its_pairs_are_drawn(organizer, venue):
    assert "The event is added." in send(organizer, venue, "add", format="debate", judges="7")
    assert stored(venue).events[1].rounds[0].turns == []
    assert organizer.get(f"/desk/{venue.contest_id}?event=2").status_code == 200
    assert organizer.get("/c/shifa?event=2").status_code == 200


@pytest.mark.parametrize(("judges", "says"), [("0", "A panel has 1 to 21 judges."), ("many", "a whole number")])
def test_an_event_with_an_impossible_panel_is_refused(organizer, venue, judges, says):
    assert says in send(organizer, venue, "add", format="legal_explanation", judges=judges)
    assert len(stored(venue).events) == 1


def test_the_weights_are_recorded(organizer, venue):
    add_second(organizer, venue)
    sent = {"weight-1": "62.5", "weight-2": "３７.5", "best": "2", "ties": "shared_rank"}
    assert "The weights are recorded" in send(organizer, venue, "weigh", **sent)
    assert stored(venue).overall == {
        "weighting": {"percent": {"1": "62.5", "2": "37.5"}, "decimals": 2, "parts_first": False},
        "ties": ["exact_value", "shared_rank"],
        "offices": {"best": 2, "decimals": 2},
    }


@pytest.mark.parametrize(
    ("first", "says"),
    [("60", "The weights add up to 90; they must make 100."), ("much", "Please enter a number such as 25 or 0.5.")],
)
def test_weights_that_make_no_sense_are_refused_with_a_sentence(organizer, venue, first, says):
    add_second(organizer, venue)
    assert says in send(organizer, venue, "weigh", **{"weight-1": first, "weight-2": "30", "best": "3"})
    assert stored(venue).overall == {}


def test_awards_are_typed_line_by_line_and_empty_lines_do_not_count(organizer, venue):
    lines = {"zh-0": "风采奖", "quota-0": "2", "zh-1": "", "quota-1": "", "zh-2": "", "en-2": "Spirit", "quota-2": "1"}
    assert "The awards are recorded." in send(organizer, venue, "award", kind="ranking", event="1", **lines)
    assert stored(venue).events[0].awards == {
        "ranking": [
            {"key": "award_1", "zh": "风采奖", "en": "风采奖", "quota": 2},
            {"key": "award_2", "zh": "Spirit", "en": "Spirit", "quota": 1},
        ]
    }


def test_a_line_added_after_another_was_taken_away_has_a_key_of_its_own(organizer, venue):
    lines = {"key-0": "award_1", "zh-0": "风采奖", "quota-0": "2", "zh-1": "新秀奖", "quota-1": "1"}
    send(organizer, venue, "award", kind="offices", **lines)
    assert [award["key"] for award in stored(venue).awards["offices"]] == ["award_1", "award_2"]


def test_awards_may_be_taken_from_a_preset(organizer, venue):
    send(organizer, venue, "award", kind="ranking", event="1", preset="models")
    assert [award["zh"] for award in stored(venue).events[0].awards["ranking"]] == ["业务标兵", "业务能手"]


def test_every_rule_of_an_award_has_its_field_on_the_page_and_comes_back_there(organizer, venue):
    rule = {"quota-0": "12.5", "unit-0": "percent", "of-0": "检察官助理", "least-0": "85", "last-0": "nobody"}
    sent = {"kind": "ranking", "event": "1", "zh-0": "优秀检察官助理", "en-0": "Best assistants", **rule}
    shown = send(organizer, venue, "award", **sent)
    (award,) = read_awards(stored(venue).events[0].awards["ranking"])
    told = {"zh": "优秀检察官助理", "en": "Best assistants", "key": "award_1"}
    assert {one.name: getattr(award, one.name) for one in fields(award)} == {
        **told,
        "quota": 0,
        "percent": Decimal("12.5"),
        "of": "检察官助理",
        "least": Decimal(85),
        "last": "nobody",
    }
    on_the_page = {name.rpartition("-")[0] for name in re.findall(r'name="([a-z]+-0)"', shown)}
    assert {one.name for one in fields(award)} - {"percent"} | {"unit"} == on_the_page
    assert 'value="12.5"' in shown
    assert '<option value="nobody" selected>' in shown


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ({"quota-0": "130", "unit-0": "percent"}, "at most 100 percent"),
        ({"quota-0": "2", "least-0": "good"}, "Please enter a number such as"),
        ({"quota-0": "2", "last-0": "some"}, "several are level at the last place"),
        ({"quota-0": "2", "of-0": "长" * 61}, "at most 60 characters for the class"),
    ],
)
def test_a_rule_of_an_award_that_cannot_be_meant_is_refused_and_what_was_typed_stays(organizer, venue, rule, says):
    shown = send(organizer, venue, "award", kind="ranking", event="1", **{"zh-0": "风采奖", **rule})
    assert says in shown
    assert "风采奖" in shown
    assert stored(venue).events[0].awards == {}


def test_offices_have_no_class(organizer, venue):
    sent = {"zh-0": "组织奖", "quota-0": "5", "of-0": "检察官助理"}
    assert "Please leave the class empty." in send(organizer, venue, "award", kind="offices", **sent)


def test_the_best_of_a_class_get_its_award_on_the_board(organizer, venue):
    contest = stored(venue)
    lines = [EntryLine(one.number, one.name, one.office, one.department, id=one.id) for one in contest.contestants]
    given = [replace(line, category="检察官助理") if line.number != "01" else line for line in lines]
    perform(enter, DESK, venue.contest_id, given)
    sent = {"zh-0": "优秀检察官助理", "quota-0": "1", "of-0": "检察官助理"}
    send(organizer, venue, "award", kind="ranking", event="1", **sent)
    for number, total in (("01", "95"), ("02", "80"), ("03", "90")):
        venue.call(number)
        venue.all_submit(number, [total] * 7)
        venue.release(number)
    rows = venue.audience()["rows"]
    assert [(row["number"], row.get("award", {}).get("zh")) for row in rows] == [
        ("01", None),
        ("03", "优秀检察官助理"),
        ("02", None),
    ]


def test_awards_without_a_quota_or_for_nothing_are_refused(organizer, venue):
    assert "a whole number" in send(organizer, venue, "award", kind="ranking", event="1", **{"zh-0": "奖"})
    assert "Awards are for a ranking" in send(organizer, venue, "award", kind="music", **{"zh-0": "奖", "quota-0": "1"})
    assert stored(venue).events[0].awards == {}


def test_after_a_release_a_change_takes_a_reason(organizer, venue):
    venue.call("01")
    venue.all_submit("01", ["90"] * 7)
    venue.release("01")
    sent = {"kind": "ranking", "event": "1", "preset": "prizes"}
    assert "Please give a reason" in send(organizer, venue, "award", **sent)
    assert "The awards are recorded." in send(organizer, venue, "award", reason="decided by the committee", **sent)


@pytest.mark.parametrize(
    ("language", "says"),
    [("en", ("The only event is the whole result.", "Awards of the offices")), ("zh", ("它就是总成绩", "单位奖项"))],
)
def test_the_page_explains_itself_in_the_readers_language(organizer, venue, language, says):
    refresh()  # the story's application context outlives the request, and Babel keeps the language in it
    organizer.set_cookie("language", language)
    page = words_of(organizer.get(f"/desk/{venue.contest_id}/events"))
    assert all(words in page for words in says)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_several_events_have_a_field_for_each_weight(organizer, venue, language):
    add_second(organizer, venue)
    refresh()
    organizer.set_cookie("language", language)
    page = organizer.get(f"/desk/{venue.contest_id}/events").text
    assert 'name="weight-1"' in page
    assert 'name="weight-2"' in page


def test_only_the_organizer_may(anyone, venue):
    perform(add_account, "钟计时", quickly_checked(PASSWORD), "timekeeper")
    address = f"/desk/{venue.contest_id}/events"
    assert anyone.get(address).status_code == 302
    anyone.post("/desk/sign-in", data={"name": "钟计时", "password": PASSWORD})
    assert anyone.get(address).status_code == 403
    assert anyone.post(f"{address}/weigh", data={"best": "1"}).status_code == 403
