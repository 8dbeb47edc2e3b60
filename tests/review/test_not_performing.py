"""An author who is out of a coded review: nobody learns from it whose document is which, and the rest is published."""

from __future__ import annotations

from typing import Any

from scoring.actions.running import not_performing
from scoring.actions.transaction import perform
from scoring.board.views.audience import audience
from scoring.board.views.desk import desk
from scoring.board.views.review import code_table, documents
from scoring.board.views.review import review as review_view
from scoring.board.views.seat import seat
from scoring.board.views.tally import tally
from tests.conftest import DESK
from tests.refusals import refused


def out(review, author: str, kind: str = "withdrawn") -> None:
    """It is recorded by name that the author is out."""
    contestant_id = review.turn(author).appearances[0].contestant_id
    given = (kind, "调离本单位", "评委会主任")
    perform(not_performing.record_author, DESK, review.contest_id, contestant_id, *given)


def all_that_is_shown(review) -> list[dict[str, Any]]:
    """What the desk, the review, the audience, the tally and a reviewer see, without the count of changes."""
    contest = review.contest_id
    seen: list[Any] = [desk(contest), review_view(contest), audience(contest), tally(contest)]
    seen += [code_table(contest), seat(review.seat(1).id)]
    return [{name: shown for name, shown in view.items() if name != "revision"} for view in seen]


def test_while_the_documents_are_coded_nothing_tells_which_is_the_authors(review):
    review.begins()
    before = all_that_is_shown(review)
    out(review, "02")
    assert all_that_is_shown(review) == before
    assert documents(review.contest_id)["authors"][1]["out"]["zh"] == "退赛"


def test_at_the_decoding_it_takes_effect_and_the_others_are_ranked(review):
    review.begins()
    review.all_submit(a01=("90", "88"), a02=("99", "99"), a03=("70", "72"))
    out(review, "02")
    review.decodes()
    review.releases()
    assert review.ranking() == [(1, "01", "89.00"), (2, "03", "71.00")]
    (unranked,) = audience(review.contest_id)["unranked"]
    assert (unranked["number"], unranked["ground"]["zh"]) == ("02", "退赛")
    assert review_view(review.contest_id)["released"]


def test_the_desk_is_told_to_go_by_the_name_or_by_the_code(review):
    review.begins()
    with refused("not_performing_coded"):
        perform(not_performing.record_not_performing, DESK, review.turn("02").id, "disqualified", "抄袭", "评委会主任")
    assert all("record_not_performing" not in turn["can"] for turn in desk(review.contest_id)["turns"])


def test_it_is_taken_back_before_the_decoding_and_after_it_as_long_as_nothing_is_released(review):
    review.begins()
    review.all_submit(a01=("90", "88"), a02=("80", "84"), a03=("70", "72"))
    for _ in range(2):
        out(review, "02")
        decision = documents(review.contest_id)["authors"][1]["out"]["id"]
        perform(not_performing.take_author_back, DESK, review.contest_id, decision, "误报")
    out(review, "02")
    review.decodes()
    decision = documents(review.contest_id)["authors"][1]["out"]["id"]
    perform(not_performing.take_author_back, DESK, review.contest_id, decision, "误报")
    review.releases()
    assert len(review.ranking()) == 3


def test_who_was_put_out_before_the_coding_is_taken_back_after_it_and_comes_in_as_a_late_document(review):
    review.collects()
    perform(not_performing.record_not_performing, DESK, review.turn("02").id, "withdrawn", "调离本单位", "评委会主任")
    review.codes()
    decision = documents(review.contest_id)["authors"][1]["out"]["id"]
    perform(not_performing.take_author_back, DESK, review.contest_id, decision, "误报")
    author = documents(review.contest_id)["authors"][1]
    assert (author["out"], author["document"]["state"]) == (None, "cleared")
    assert len(review.seen()["documents"]) == 2


def test_where_everybody_is_out_the_audience_is_told_so_with_the_decoding(review):
    review.begins()
    review.all_submit(a01=("90", "88"), a02=("80", "84"), a03=("70", "72"))
    for author in ("01", "02", "03"):
        out(review, author, "disqualified")
    assert audience(review.contest_id)["unranked"] == []
    review.decodes()
    assert {one["ground"]["zh"] for one in audience(review.contest_id)["unranked"]} == {"取消资格"}
