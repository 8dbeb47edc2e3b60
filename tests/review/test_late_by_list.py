"""An author who comes late by a list is named where the documents are taken in, and after the decoding on the board."""

from __future__ import annotations

from scoring.board.views.audience import audience
from scoring.board.views.review import documents
from scoring.extensions import db
from tests.actions.test_late_by_list import comes_by_list


def test_an_author_who_hands_nothing_in_before_the_decoding_is_named_without_a_rank(review):
    review.begins()
    comes_by_list(review.contest_id, "04", "吴桐")
    assert "04" in documents(review.contest_id)["missing"]
    assert audience(review.contest_id)["unranked"] == []
    review.all_submit(a01=("90", "88"), a02=("80", "81"), a03=("70", "71"))
    review.decodes()
    review.releases()
    db.session.rollback()
    assert [(one["number"], one["ground"]["zh"]) for one in audience(review.contest_id)["unranked"]] == [
        ("04", "未报送")
    ]
