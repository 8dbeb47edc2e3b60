"""Who comes late: entered after the draw and after the first call, last or drawn in, and taken off again."""

from __future__ import annotations

import subprocess
from typing import Any

import pytest
from sqlalchemy import select

from scoring.actions.preparing import events
from scoring.actions.running import clocks, draws, late_entries
from scoring.actions.running.late_entries import closed_to
from scoring.actions.setting_up.event_settings import change_settings
from scoring.actions.transaction import perform
from scoring.board.conditions.draws import sides_drawn
from scoring.board.reading.look import event_of
from scoring.board.views.audience import audience
from scoring.board.views.desk import desk
from scoring.extensions import db
from scoring.organizers.running.late_forms import match_form, places_of
from scoring.store import Contestant, Entry
from tests.actions.matches import CONTROL_WINS, plan
from tests.actions.test_relations import sits
from tests.conftest import DESK
from tests.refusals import refusal

ALL_IN = ["90", "91", "92", "93", "94", "95", "96"]
WHY = "路上堵车，组委会同意"


def comes_late(venue, number: str = "04", name: str = "吴桐", **more: Any) -> None:
    perform(late_entries.enter_late, DESK, venue.contest_id, number, name, WHY, **more)
    db.session.rollback()


def refused_late(venue, number: str = "04", name: str = "吴桐", reason: str = WHY, **more: Any) -> str:
    return refusal(late_entries.enter_late, venue.contest_id, number, name, reason, **more).code


def order(venue) -> list[str]:
    db.session.rollback()
    return [turn["number"] for turn in desk(venue.contest_id)["turns"]]


def recorded(verb: str) -> dict[str, Any]:
    db.session.rollback()
    return db.session.scalars(select(Entry).where(Entry.verb == verb).order_by(Entry.id.desc())).first().details


def lot(seed: str, number: str) -> str:
    """The lot that anybody draws again with a terminal."""
    said = subprocess.run(["sha256sum"], input=f"{seed}\nlate\n{number}".encode(), capture_output=True, check=True)
    return said.stdout.decode().split()[0]


def test_after_the_first_call_somebody_is_entered_last_with_a_reason(venue):
    venue.call("01")
    comes_late(venue, office="慈溪县院", department="第一检察部")
    assert order(venue) == ["01", "02", "03", "04"]
    told = recorded("enter_late")
    assert (told["number"], told["reason"], told["place"]) == ("04", WHY, "last")
    assert told["entered"][0]["office"] == "慈溪县院"


def test_who_came_late_performs_is_ranked_and_nobody_elses_score_vanishes(venue):
    for number in ("01", "02"):
        venue.call(number)
        venue.all_submit(number, ALL_IN)
        venue.release(number)
    comes_late(venue)
    for number in ("03", "04"):
        venue.call(number)
        venue.all_submit(number, ALL_IN)
        venue.release(number)
    assert {row["number"] for row in venue.audience()["rows"]} == {"01", "02", "03", "04"}


def test_drawn_in_the_place_is_that_of_the_lot_and_the_others_keep_their_order(venue):
    venue.call("01")
    comes_late(venue, place="drawn", seed="20261129", witness=" 监督员赵 ")
    told = recorded("enter_late")
    lots = sorted(["02", "03", "04"], key=lambda number: lot(told["seed"], number))
    expected = ["02", "03"]
    expected.insert(lots.index("04"), "04")
    assert order(venue) == ["01", *expected]
    assert (told["typed"], told["witness"], told["order"]) == ("20261129", "监督员赵", expected)
    shown = audience(venue.contest_id)["draw"]
    assert (shown["kind"], shown["late"]) == ("late", "04")
    assert shown["lines"] == [{"number": number, "place": place} for place, number in enumerate(expected, 2)]


def test_the_hall_is_told_of_a_latecomers_lots_after_the_first_call_and_of_no_earlier_draw(venue):
    perform(draws.draw_turns, DESK, venue.contest_id, "7", "赵")
    first = audience(venue.contest_id)["draw"]
    assert (first["kind"], first["late"]) == ("order", "")
    venue.call(order(venue)[0])
    assert audience(venue.contest_id)["draw"] is None
    comes_late(venue)
    assert audience(venue.contest_id)["draw"] is None
    comes_late(venue, "05", "郑好", place="drawn", seed="8", witness="赵")
    assert audience(venue.contest_id)["draw"]["late"] == "05"


def test_whoever_prepares_already_keeps_the_place_before_the_draw_of_the_late_one(venue):
    venue.call("01")
    perform(clocks.start_clock, DESK, venue.turn("02").id, "prepare")
    places = set()
    for number in range(4, 9):
        comes_late(venue, f"0{number}", place="drawn", seed=f"7{number}", witness="赵")
        assert order(venue)[:2] == ["01", "02"]
        places.add(order(venue).index(f"0{number}"))
    assert len(places) > 1


def test_a_latecomer_draws_a_case_where_cases_were_drawn(venue):
    perform(draws.draw_turns, DESK, venue.contest_id, "7", "赵", ["甲案", "乙案"])
    assert refused_late(venue) == "witness_missing"
    comes_late(venue, seed="8", witness="赵")
    turns = desk(venue.contest_id)["turns"]
    cases = [turn["case"] for turn in turns]
    assert sorted(cases) == ["乙案", "乙案", "甲案", "甲案"]
    assert recorded("enter_late")["cases"] == {"04": cases[-1]}


def test_the_recusals_by_office_hold_for_the_latecomer_too(venue):
    sits(venue, 3, "韩冰", "镇山区院")
    venue.call("01")
    comes_late(venue, office="镇山区院")
    assert [one.seat.number for one in venue.turn("04").recused.values()] == [3]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"reason": " "}, "reason_missing"),
        ({"number": "01"}, "number_taken_late"),
        ({"number": ""}, "field_missing"),
        ({"name": "长" * 61}, "field_too_long"),
        ({"place": "first"}, "place_unknown"),
        ({"place": "drawn"}, "witness_missing"),
        ({"place": "drawn", "witness": "赵"}, "seed_missing"),
        ({"event": 2}, "event_unknown"),
    ],
)
def test_what_a_late_entry_lacks_is_refused_and_nobody_is_entered(venue, given, code):
    venue.call("01")
    assert refused_late(venue, **given) == code
    assert order(venue) == ["01", "02", "03"]


@pytest.mark.parametrize("publication", ["at_once", "one_behind", "at_end"])
def test_once_the_ranking_is_public_nobody_is_added_to_it(venue, publication):
    settings = dict(event_of(venue.contest_id).settings) | {"publication": publication}
    perform(change_settings, DESK, venue.contest_id, settings, "100")
    for number in ("01", "02", "03"):
        venue.call(number)
        venue.all_submit(number, ALL_IN)
        venue.release(number)
    before = venue.audience()["rows"]
    assert refused_late(venue) == "late_round_over"
    assert venue.audience()["rows"] == before


def test_a_public_score_never_vanishes_because_somebody_has_still_to_perform(venue):
    """At the end all released ones become public with the last performance, though one release is still missing."""
    settings = dict(event_of(venue.contest_id).settings) | {"publication": "at_end"}
    perform(change_settings, DESK, venue.contest_id, settings, "100")
    for number in ("01", "02", "03"):
        venue.call(number)
        venue.all_submit(number, ALL_IN)
        venue.release(number)
    assert refused_late(venue) == "late_round_over"


def test_who_was_entered_late_is_taken_off_again_before_the_call(venue):
    venue.call("01")
    comes_late(venue, place="drawn", seed="1", witness="赵")
    perform(late_entries.remove_late, DESK, venue.contest_id, "04", "来电说不来了")
    assert order(venue) == ["01", "02", "03"]
    assert [turn["position"] for turn in desk(venue.contest_id)["turns"]] == [1, 2, 3]
    assert recorded("remove_late")["reason"] == "来电说不来了"
    comes_late(venue)
    assert order(venue) == ["01", "02", "03", "04"]


def test_only_latecomers_are_taken_off_and_only_before_their_call(venue):
    venue.call("01")
    comes_late(venue)
    remove = late_entries.remove_late
    assert refusal(remove, venue.contest_id, "02", "x").code == "not_late"
    assert refusal(remove, venue.contest_id, "04", " ").code == "reason_missing"
    venue.all_submit("01", ALL_IN)
    venue.call("04")
    assert refusal(remove, venue.contest_id, "04", "x").code == "late_called"


def test_in_a_contest_of_several_events_the_latecomer_has_a_place_in_each_that_goes_on(venue):
    for number in ("01", "02", "03"):
        venue.call(number)
        venue.all_submit(number, ALL_IN)
        venue.release(number)
    perform(events.add_event, DESK, venue.contest_id, events.EventPlan("legal_explanation", 5))
    assert refused_late(venue, event=1) == "late_round_over"
    comes_late(venue, event=2)
    assert recorded("enter_late")["missed"] == [1]
    played = event_of(venue.contest_id, 2).rounds[0]
    assert [turn.number for turn in played.turns] == ["01", "02", "03", "04"]


# binding


def team_comes(hall, number: str = "E", **more: Any) -> None:
    speakers = ["戊队1号", "戊队2号"]
    perform(late_entries.enter_late, DESK, hall.contest_id, number, "戊队", WHY, speakers=speakers, **more)
    db.session.rollback()


def pairs(hall) -> list[set[str]]:
    db.session.rollback()
    return [{turn.pairing["first"], turn.pairing["second"]} for turn in hall.turns]


ALL_PLAY = "all_play"


def test_a_late_team_is_a_team_with_its_speakers_named_or_without(debate):
    hall = debate(ALL_PLAY)
    team_comes(hall)
    perform(late_entries.enter_late, DESK, hall.contest_id, "F", "己队", WHY)
    db.session.rollback()
    kinds = {one.number: one.kind for one in db.session.scalars(select(Contestant)) if one.number[0] in "EF"}
    assert kinds == {"E": "team", "E-1": "person", "E-2": "person", "F": "team"}


def test_whoever_comes_late_alone_is_a_person(venue):
    comes_late(venue)
    assert db.session.scalars(select(Contestant).where(Contestant.number == "04")).one().kind == "person"


@pytest.fixture
def debate(set_up):
    from scoring.actions.setting_up.match_plans import RoundPlan

    return lambda pairing, teams=3: set_up(plan(teams, RoundPlan(("初赛", "Preliminaries"), pairing)))


def test_a_late_team_is_drawn_into_the_pairs_of_a_round_that_is_not_begun(debate):
    hall = debate(ALL_PLAY)
    assert len(pairs(hall)) == 1
    team_comes(hall, place="drawn", seed="99", witness="赵")
    assert len(pairs(hall)) == 2
    assert set().union(*pairs(hall)) == {"A", "B", "C", "E"}
    told = recorded("enter_late")
    assert all(turn.pairing["seed"] == told["seed"] for turn in hall.turns)
    assert (told["typed"], len(told["sides"])) == ("99", 2)


def test_once_a_match_has_begun_a_late_team_meets_a_named_opponent_at_the_end(debate):
    hall = debate(ALL_PLAY)
    rests = ({"A", "B", "C"} - pairs(hall)[0]).pop()
    hall.call("1")
    with pytest.raises(Exception, match="late_pairs_stand"):
        team_comes(hall, place="drawn", seed="99", witness="赵")
    team_comes(hall, opponent=rests, seed="99", witness="赵")
    assert pairs(hall)[1] == {"E", rests}
    assert len(hall.turns[1].appearances) == len(hall.turns[0].appearances)
    hall.all_submit("1", *CONTROL_WINS)
    hall.play("2", *CONTROL_WINS)
    assert {row["number"] for row in audience(hall.contest_id)["rows"]} >= {"E", rests}


def test_a_late_team_may_come_without_an_opponent_and_get_its_match_later(debate):
    hall = debate(ALL_PLAY)
    hall.call("1")
    team_comes(hall)
    assert len(hall.turns) == 1
    perform(late_entries.add_match, DESK, hall.contest_id, "E", "A", "5", "赵", "补一场")
    assert pairs(hall)[1] == {"E", "A"}
    assert recorded("add_match")["reason"] == "补一场"
    again = refusal(late_entries.add_match, hall.contest_id, "A", "E", "5", "赵", "再补")
    assert again.code == "met_already"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"opponent": "Z", "seed": "1", "witness": "赵"}, "opponent_unknown"),
        ({"opponent": "E", "seed": "1", "witness": "赵"}, "opponent_self"),
        ({"opponent": "A"}, "witness_missing"),
        ({"speakers": []}, "speaker_missing"),
    ],
)
def test_a_late_team_that_cannot_play_like_that_is_refused(set_up, given, code):
    from scoring.actions.setting_up.match_plans import RoundPlan

    hall = set_up(plan(3, RoundPlan(("初赛", "Preliminaries"), ALL_PLAY), individual_sheets=True))
    hall.call("1")
    sent = {"speakers": ["一", "二"]} | given
    assert refusal(late_entries.enter_late, hall.contest_id, "E", "戊队", WHY, **sent).code == code
    assert db.session.scalars(select(Contestant).where(Contestant.number == "E")).first() is None


def test_a_knockout_that_has_begun_has_no_place_for_a_late_team_and_says_so(set_up):
    hall = set_up(plan(4))
    hall.call(hall.turns[0].pairing["key"])
    for more in ({"opponent": "A", "seed": "1", "witness": "赵"}, {}):
        given = {"speakers": ["一", "二"], **more}
        assert refusal(late_entries.enter_late, hall.contest_id, "E", "戊队", WHY, **given).code == "late_in_knockout"
    assert closed_to(hall.turns[0].round.event, 1) == "late_in_knockout"


def test_into_a_knockout_the_page_offers_the_draw_alone(set_up):
    hall = set_up(plan(3))
    event = hall.turns[0].round.event
    assert list(places_of(event)) == ["drawn"]
    assert match_form(event) is None


def test_a_knockout_that_is_not_begun_is_drawn_again_with_the_late_team(set_up):
    hall = set_up(plan(3))
    team_comes(hall, place="drawn", seed="99", witness="赵")
    assert {turn.pairing["key"] for turn in hall.turns} == {"1-1", "1-2"} or len(hall.turns) == 2
    assert set().union(*pairs(hall)) == {"A", "B", "C", "E"}


def test_a_match_by_hand_is_taken_back_with_its_late_team_and_a_drawn_pair_is_not(debate):
    hall = debate(ALL_PLAY)
    hall.call("1")
    team_comes(hall, opponent="A", seed="99", witness="赵")
    perform(late_entries.remove_late, DESK, hall.contest_id, "E", "不来了")
    assert len(hall.turns) == 1
    db.session.rollback()
    assert {one.number for one in db.session.scalars(select(Contestant)) if one.number.startswith("E")} == set()


def test_a_team_that_was_drawn_into_the_pairs_is_not_taken_off(debate):
    hall = debate(ALL_PLAY)
    team_comes(hall, place="drawn", seed="99", witness="赵")
    assert refusal(late_entries.remove_late, hall.contest_id, "E", "不来了").code == "late_called"


def test_the_draw_of_a_late_match_stands_with_the_other_draws(debate):
    hall = debate(ALL_PLAY)
    hall.call("1")
    team_comes(hall, opponent="A", seed="99", witness="赵")
    db.session.rollback()
    shown = audience(hall.contest_id)["draw"]
    assert (shown["kind"], shown["late"], {line["number"] for line in shown["lines"]}) == ("sides", "E", {"A", "E"})
    newest = sides_drawn(hall.contest_id)[0]
    assert (newest["lots"]["typed"], newest["witness"], newest["matches"][0]["key"]) == ("99", "赵", "2")
