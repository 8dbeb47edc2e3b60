"""Names of offices that look alike: asked about once, and the answer counts wherever offices are compared."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from scoring.actions.preparing import offices
from scoring.actions.preparing.offices import Answer
from scoring.actions.review.intake import author_by_name, names_to_hide
from scoring.actions.setting_up.copying import Wanted, copy_contest
from scoring.actions.setting_up.in_preparation import Identity
from scoring.actions.transaction import perform
from scoring.board.conditions.conflicts import relations
from scoring.board.conditions.set_up import set_up_of
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Contest, Office, OfficeAnswer
from tests.actions.test_relations import contestant, levels, recused, sits, verbs
from tests.conftest import DESK

CITY, SHORT, PART = "明州市江北区人民检察院", "江北区院", "江北区检察院第三检察部"


def answers(venue, *said):
    perform(offices.answer_offices, DESK, venue.contest_id, [Answer(*one) for one in said])
    db.session.rollback()


def unclear(venue):
    db.session.rollback()
    return [set(pair) for pair in relations(venue.contest_id)["unclear"]]


def missing(venue):
    db.session.rollback()
    return [(one.code, one.field) for one in set_up_of(venue.contest_id).missing]


@pytest.fixture
def alike(venue):
    """Judge 3 is of the contestants' office, written with its city; judge 4 with a department."""
    sits(venue, 3, "李国栋", CITY)
    sits(venue, 4, "韩冰", PART)
    return venue


def test_a_pair_that_decides_on_recusals_is_missing_until_it_is_answered(alike):
    assert recused(alike, "01") == {4: "office"}
    assert unclear(alike) == [{CITY, SHORT}]
    assert missing(alike) == [("offices_unclear", "judges")]
    answers(alike, (CITY, SHORT, True))
    assert recused(alike, "01") == {3: "office", 4: "office"}
    assert (unclear(alike), missing(alike)) == ([], [])
    assert verbs()[-2:] == ["answer_offices", "recuse_related"]


def test_our_own_office_is_asked_about_first_with_the_office_that_holds_the_contest(venue):
    sits(venue, 3, "李国栋", "本院")
    first, *others = unclear(venue)
    assert first == {"本院", "明州市院"}
    assert {"本院", SHORT} in others
    answers(venue, ("本院", "明州市院", True))
    assert (unclear(venue), missing(venue)) == ([], [])


def test_two_offices_stay_two_and_are_not_asked_about_again(alike):
    answers(alike, (CITY, SHORT, False))
    assert recused(alike, "01") == {4: "office"}
    assert (unclear(alike), missing(alike)) == ([], [])


def test_where_neither_office_nor_department_recuses_nothing_waits_for_an_answer(alike):
    levels(alike, "kin", "mentor")
    assert missing(alike) == []
    assert len(unclear(alike)) == 1


def test_an_answer_is_taken_back_and_the_question_comes_again(alike):
    answers(alike, (CITY, SHORT, True))
    (kept,) = db.session.scalars(select(OfficeAnswer))
    perform(offices.withdraw_office_answer, DESK, alike.contest_id, kept.id)
    assert recused(alike, "01") == {4: "office"}
    assert len(unclear(alike)) == 1
    with pytest.raises(Refused, match="office_answer_gone"):
        perform(offices.withdraw_office_answer, DESK, alike.contest_id, kept.id)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ((), "offices_unanswered"),
        (((CITY, "某某院", True),), "office_not_written"),
        (((PART, SHORT, True),), "offices_one_already"),
        (((CITY, SHORT, True), (CITY, SHORT, False)), "offices_contradict"),
    ],
)
def test_an_answer_about_nothing_or_against_another_is_refused(alike, said, code):
    with pytest.raises(Refused, match=code):
        answers(alike, *said)
    assert list(db.session.scalars(select(OfficeAnswer))) == []


def test_an_answer_of_before_stands_against_one_that_contradicts_it(alike):
    answers(alike, (CITY, SHORT, False))
    with pytest.raises(Refused, match="offices_contradict"):
        answers(alike, (CITY, SHORT, True))


def test_a_document_is_searched_for_all_names_of_an_office(alike):
    db.session.add(Office(contest_id=alike.contest_id, name="明州市慈溪县人民检察院", short="慈院"))
    db.session.commit()
    answers(alike, (CITY, SHORT, True))
    hidden = names_to_hide(db.session.get_one(Contest, alike.contest_id))
    assert {CITY, SHORT, "慈院", "明州市慈溪县人民检察院"} <= hidden


def test_a_document_is_searched_for_an_office_without_its_city_and_for_a_department_without_the_post(venue):
    one = contestant("02")
    one.office, one.department = "明州市慈溪县院第一检察部", "第二检察部检察官助理"
    db.session.commit()
    hidden = names_to_hide(db.session.get_one(Contest, venue.contest_id))
    assert {"明州市慈溪县院", "慈溪县院", "第二检察部"} <= hidden
    assert "院" not in hidden


def test_offices_that_nobody_is_recused_for_are_worth_a_look(venue):
    contestant("02").office = "明州市江北区院"
    db.session.commit()
    found = set_up_of(venue.contest_id)
    assert ("offices_alike", "contestants") in [(one.code, one.field) for one in found.advice]
    answers(venue, ("明州市江北区院", SHORT, True))
    assert "offices_alike" not in [one.code for one in set_up_of(venue.contest_id).advice]


def test_a_copy_of_the_contest_asks_nothing_again(alike):
    answers(alike, (CITY, SHORT, True))
    people = Wanted(contestants=True, judges=True)
    copy = perform(copy_contest, DESK, alike.contest_id, Identity("明年的竞赛"), people)
    db.session.rollback()
    assert relations(copy)["unclear"] == []
    assert [one["same"] for one in relations(copy)["answers"]] == [True]


def test_a_file_named_by_its_authors_number_in_any_way_of_writing_it(venue):
    contest = db.session.get_one(Contest, venue.contest_id)
    assert author_by_name(contest, "０2-检察建议书.docx") is contestant("02")
