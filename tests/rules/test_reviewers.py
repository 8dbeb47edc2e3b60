"""Whose work office and department keep a reviewer off, and the settings that say so."""

from __future__ import annotations

import pytest

from scoring.rules.refusal import Refused
from scoring.rules.reviewers import Belonging, ReviewerRules, relation

AUTHOR = Belonging("江北区院", "第一检察部")


@pytest.mark.parametrize(
    ("reviewer", "found"),
    [
        (Belonging("江北区院", "第二检察部"), "office"),
        (Belonging("江北区院"), "office"),
        (Belonging(" 江北区院 ", "第一检察部"), "office"),
        (Belonging("", "第一检察部"), "department"),
        (Belonging("慈溪县院", "第一检察部"), ""),
        (Belonging("慈溪县院", "第二检察部"), ""),
        (Belonging(), ""),
    ],
)
def test_colleagues_are_those_of_the_same_office_or_of_the_same_department_in_it(reviewer, found):
    assert relation(AUTHOR, reviewer) == found


def test_what_nobody_recorded_relates_nobody():
    assert relation(Belonging(), Belonging()) == ""


def test_only_the_relations_to_avoid_count():
    assert relation(AUTHOR, Belonging("江北区院", "第二检察部"), ["department"]) == ""
    assert relation(AUTHOR, Belonging("江北区院", "第一检察部"), ["department"]) == "department"
    assert relation(AUTHOR, AUTHOR, []) == ""


def test_full_width_letters_are_the_ordinary_ones():
    assert relation(Belonging("Ａ院"), Belonging("A院")) == "office"


def test_three_reviewers_and_both_relations_unless_said_otherwise():
    assert ReviewerRules.from_data({}) == ReviewerRules(3, ("office", "department"))
    assert ReviewerRules.from_data(ReviewerRules(5, ("department",)).to_data()) == ReviewerRules(5, ("department",))


@pytest.mark.parametrize(
    ("data", "code", "field"),
    [
        ({"per_document": 0}, "per_document_not_positive", "per_document"),
        ({"per_document": "3"}, "setting_not_whole", "per_document"),
        ({"avoid": ["office", "town"]}, "unknown_relation", "avoid.1"),
        ({"avoid": [["office"]]}, "unknown_relation", "avoid.0"),
        ({"avoid": "office"}, "avoid_malformed", "avoid"),
        ({"reviewers": 3}, "unknown_setting", "reviewers"),
        ([], "settings_malformed", ""),
    ],
)
def test_settings_that_would_not_do_are_refused(data, code, field):
    with pytest.raises(Refused) as caught:
        ReviewerRules.from_data(data)
    assert (caught.value.code, caught.value.problems[0].field) == (code, field)
