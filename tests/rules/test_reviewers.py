"""The settings of reviewers: how many, and which belongings keep somebody off."""

from __future__ import annotations

import pytest

from scoring.rules.refusal import Refused
from scoring.rules.reviewers import ReviewerRules


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
