"""Recusal relations: found, applied to turns that wait, waived with a reason, and on record as what they are."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from scoring.actions.preparing import relations
from scoring.actions.running import recusals
from scoring.actions.setting_up import panels
from scoring.actions.transaction import perform
from scoring.board.conditions.conflicts import relations as relations_view
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Contestant, Entry, Relation
from tests.conftest import DESK


def sits(venue, judge, name, office="", department=""):
    """The organizer records who sits at a seat."""
    about = {"name": name, "office": office, "department": department}
    perform(panels.describe_seat, DESK, venue.contest_id, venue.seat(judge).id, about)
    db.session.rollback()


def contestant(number):
    return db.session.scalars(select(Contestant).where(Contestant.number == number)).one()


def declares(venue, judge, number, ground="kin", note="兄弟"):
    args = venue.seat(judge).id, contestant(number).id, ground, note
    perform(relations.declare_relation, DESK, venue.contest_id, *args)
    db.session.rollback()


def waives(venue, judge, number, ground, reason="本人申请,纪检同意"):
    args = venue.seat(judge).id, contestant(number).id, ground, reason
    perform(relations.waive, DESK, venue.contest_id, *args)
    db.session.rollback()


def levels(venue, *chosen):
    perform(relations.choose_levels, DESK, venue.contest_id, chosen)
    db.session.rollback()


def recused(venue, number):
    """Who is recused for a contestant, on which ground."""
    db.session.rollback()
    return {one.seat.number: one.ground for one in venue.turn(number).recused.values()}


def verbs():
    db.session.rollback()
    return [entry.verb for entry in db.session.scalars(select(Entry).order_by(Entry.id))]


def test_a_judge_of_the_same_office_is_recused_for_every_colleague_and_for_nobody_else(venue):
    sits(venue, 3, "李国栋", "江北区人民检察院")
    assert [recused(venue, number) for number in ("01", "02", "03")] == [{3: "office"}, {}, {3: "office"}]
    recusal = venue.turn("01").recused[venue.seat(3).id]
    assert (recusal.relation, recusal.reason, recusal.actor) == (True, "", DESK.label)
    assert verbs()[-2:] == ["describe_seat", "recuse_related"]


def test_the_closest_ground_stands_on_record(venue):
    sits(venue, 3, "李国栋", "江北区院", "第一检察部")
    assert recused(venue, "01") == {3: "department"}
    declares(venue, 3, "01")
    assert recused(venue, "01") == {3: "kin"}


def test_a_declared_relation_recuses_with_its_note(venue):
    sits(venue, 2, "韩冰")
    declares(venue, 2, "02", "mentor", "2019年结对")
    recusal = venue.turn("02").recused[venue.seat(2).id]
    assert (recusal.ground, recusal.reason) == ("mentor", "2019年结对")
    entry = db.session.scalars(select(Entry).where(Entry.verb == "recuse_related")).one()
    assert entry.details["recused"] == [{"turn": venue.turn("02").id, "seat": venue.seat(2).id, "ground": "mentor"}]


def test_a_relation_is_about_the_person_and_not_about_the_seat(venue):
    sits(venue, 2, "韩冰")
    declares(venue, 2, "02")
    sits(venue, 2, "王芳")
    assert recused(venue, "02") == {}
    sits(venue, 5, "韩冰")
    assert recused(venue, "02") == {5: "kin"}


def test_a_relation_that_is_taken_back_takes_its_recusals_along(venue):
    sits(venue, 2, "韩冰")
    declares(venue, 2, "02")
    relation_id = db.session.scalars(select(Relation.id)).one()
    perform(relations.withdraw_relation, DESK, venue.contest_id, relation_id)
    assert recused(venue, "02") == {}
    with pytest.raises(Refused, match="relation_gone"):
        perform(relations.withdraw_relation, DESK, venue.contest_id, relation_id)


def test_a_recusal_by_hand_is_nothing_that_a_relation_takes_away(venue):
    sits(venue, 2, "韩冰")
    venue.recuse(2, "02", "abstained")
    declares(venue, 2, "02")
    perform(relations.withdraw_relation, DESK, venue.contest_id, db.session.scalars(select(Relation.id)).one())
    assert recused(venue, "02") == {2: "abstained"}


def test_a_waived_ground_does_not_recuse_and_the_next_one_does(venue):
    sits(venue, 3, "李国栋", "江北区院", "第一检察部")
    waives(venue, 3, "01", "department")
    assert recused(venue, "01") == {3: "office"}
    waives(venue, 3, "01", "office")
    assert recused(venue, "01") == {}
    found = relations_view(venue.contest_id)["conflicts"]
    told = [one["waiver"] for one in found if one["contestant"]["number"] == "01"]
    assert [waiver["reason"] for waiver in told] == ["本人申请,纪检同意"] * 2
    perform(relations.withdraw_waiver, DESK, venue.contest_id, told[1]["id"])
    assert recused(venue, "01") == {3: "office"}


@pytest.mark.parametrize(
    ("chosen", "grounds"), [(("kin", "department"), {3: "department"}), (("mentor",), {}), ((), {})]
)
def test_only_the_levels_of_the_contest_apply_and_a_change_is_felt_at_once(venue, chosen, grounds):
    sits(venue, 3, "李国栋", "江北区院", "第一检察部")
    levels(venue, *chosen)
    assert recused(venue, "01") == grounds


def test_a_called_turn_is_left_as_it_is_and_the_page_says_so(venue):
    venue.call("01")
    sits(venue, 3, "李国栋", "江北区院")
    assert recused(venue, "01") == {}
    assert recused(venue, "03") == {3: "office"}
    found = {one["contestant"]["number"]: one["late"] for one in relations_view(venue.contest_id)["conflicts"]}
    assert found == {"01": [{"number": "01", "released": False}], "03": []}


def test_a_call_recuses_whoever_was_missed_before(venue):
    seat = venue.seat(3)
    seat.office = "江北区院"  # as a database from before has it
    db.session.commit()
    venue.call("01")
    assert recused(venue, "01") == {3: "office"}


def test_a_recusal_by_relation_is_not_taken_back_at_the_desk(venue):
    sits(venue, 3, "李国栋", "江北区院")
    with pytest.raises(Refused, match="recusal_from_relation"):
        perform(recusals.reinstate, DESK, venue.turn("01").id, venue.seat(3).id)


def test_a_panel_that_gets_too_small_is_told_before_the_day(venue):
    for judge in (1, 2, 3):
        sits(venue, judge, f"评委{judge}", "慈溪县院")
    (small,) = relations_view(venue.contest_id)["small"]
    assert small == {"number": "02", "free": 4, "least": 3, "trimmed": 5}
    for judge in (4, 5):
        sits(venue, judge, f"评委{judge}", "慈溪县院")
    assert relations_view(venue.contest_id)["small"][0]["free"] == 2


def test_seats_of_whom_nothing_is_known_are_counted(venue):
    assert relations_view(venue.contest_id)["unknown"] == 7
    sits(venue, 3, "李国栋", "江北区院")
    assert relations_view(venue.contest_id)["unknown"] == 6


@pytest.mark.parametrize(
    ("judge", "ground", "note", "code"),
    [
        (1, "kin", "", "judge_unnamed"),
        (2, "office", "", "ground_unknown"),
        (2, "friend", "", "ground_unknown"),
        (2, "kin", "长" * 201, "field_too_long"),
        (2, "kin", "a\0", "field_not_text"),
    ],
)
def test_a_relation_that_cannot_be_recorded_is_refused(venue, judge, ground, note, code):
    sits(venue, 2, "韩冰")
    with pytest.raises(Refused, match=code):
        declares(venue, judge, "01", ground, note)
    assert not list(db.session.scalars(select(Relation)))


def test_the_same_relation_twice_is_refused(venue):
    sits(venue, 2, "韩冰")
    declares(venue, 2, "01")
    with pytest.raises(Refused, match="relation_twice"):
        declares(venue, 2, "01")


def test_people_of_another_contest_are_not_there(venue):
    sits(venue, 2, "韩冰")
    for seat_id, contestant_id, code in ((99, contestant("01").id, "seat_unknown"), (2, 99, "contestant_unknown_here")):
        with pytest.raises(Refused, match=code):
            perform(relations.declare_relation, DESK, venue.contest_id, seat_id, contestant_id, "kin", "")


def test_what_cannot_be_waived_is_refused(venue):
    sits(venue, 3, "李国栋", "江北区院")
    for number, ground, reason, code in (
        ("01", "office", " ", "reason_missing"),
        ("01", "kin", "x", "conflict_gone"),
        ("02", "office", "x", "conflict_gone"),
    ):
        with pytest.raises(Refused, match=code):
            waives(venue, 3, number, ground, reason)
    waives(venue, 3, "01", "office")
    with pytest.raises(Refused, match="waived_already"):
        waives(venue, 3, "01", "office")


def test_a_level_that_is_none_is_refused(venue):
    with pytest.raises(Refused, match="ground_unknown"):
        levels(venue, "friend")
