"""From the last sheet to the ranking: the examples by hand, rulings, the release, and the recount."""

from __future__ import annotations

import pytest

from scoring.actions.preparing.events import EventPlan, add_event
from scoring.actions.results.promotion import confirm_promotion, propose_promotion, set_stage
from scoring.actions.review import review_rulings
from scoring.actions.running import not_performing, releases
from scoring.actions.transaction import perform, record
from scoring.board.reading.facts import outcome_of
from scoring.board.views.audience import audience
from scoring.board.views.promotion import promotion
from scoring.board.views.record import record_of_marks
from scoring.board.views.review import severity
from scoring.exports import tables
from scoring.extensions import db
from scoring.store import Contest, Release
from tests.conftest import DESK
from tests.record.conftest import CHIEF
from tests.refusals import refused


def finish(review) -> None:
    review.decodes()
    review.releases()


def test_a_whole_review_with_one_further_reviewer(review):
    # 01: (90 + 88) / 2 = 89.00. 02: 95 and 70 are 25 apart; the further 75 sets 95 aside: (70 + 75) / 2 = 72.50.
    # 03: (91 + 86.5) / 2 = 88.75.
    review.begins()
    review.all_submit(a01=("90", "88"), a02=("95", "70"), a03=("91", "86.5"))
    review.further(3, "02")
    review.submits(3, "02", "75")
    finish(review)
    assert review.ranking() == [(1, "01", "89.00"), (2, "03", "88.75"), (3, "02", "72.50")]


def test_the_chairs_review_alone_decides(review):
    review.begins()
    review.all_submit(a01=("90", "88"), a02=("95", "70"), a03=("91", "86.5"))
    review.further(4, "02", "chair")
    review.submits(4, "02", "89.5")
    finish(review)
    assert review.ranking()[0] == (1, "02", "89.50")


def test_a_cap_comes_before_a_penalty(review):
    # 01: mean 89, capped at 60, late −5: 55.
    review.begins()
    review.all_submit(a01=("90", "88"), a02=("80", "84"), a03=("70", "72"))
    review.rules("01", "cap", "repealed_law")
    review.rules("01", "penalty", "late")
    finish(review)
    assert review.ranking() == [(1, "02", "82.00"), (2, "03", "71.00"), (3, "01", "55.00")]


def test_a_void_document_is_not_ranked_and_needs_no_more_sheets(review):
    review.begins()
    review.all_submit(a01=("90", "88"), a02=("80", "84"))
    review.rules("03", "void", "plagiarism", "与公开文书雷同")
    finish(review)
    assert [row[1] for row in review.ranking()] == ["01", "02"]
    assert review.turn("03").state == "released"
    (unranked,) = audience(review.contest_id)["unranked"]
    assert (unranked["number"], unranked["name"], unranked["ground"]) == (
        "03",
        "周子涵",
        {"zh": "抄袭", "en": "Plagiarism"},
    )
    assert "与公开文书雷同" not in str(audience(review.contest_id))
    last = tables.ranking(record_of_marks(review.contest_id)).rows[-1]
    assert last[:5] == ("", "03", "周子涵", "江北区院", "抄袭")


def test_who_handed_nothing_in_stands_in_leaderboard_and_file_once_the_results_are_public(review):
    review.uploads("01")
    review.uploads("02")
    left_out = review.turn("03").appearances[0].contestant_id
    perform(not_performing.record_author, DESK, review.contest_id, left_out, "absent", "因病未报送", "评委会主任")
    for author in ("01", "02"):
        review.clears(author)
    review.codes()
    review.draws(1, 2)
    review.opens()
    review.all_submit(a01=("90", "88"), a02=("80", "84"))
    review.decodes()
    assert audience(review.contest_id)["unranked"] == []
    review.releases()
    (unranked,) = audience(review.contest_id)["unranked"]
    assert (unranked["number"], unranked["ground"]["zh"]) == ("03", "未报送")
    assert "因病" not in str(audience(review.contest_id))
    assert tables.ranking(record_of_marks(review.contest_id)).rows[-1][1] == "03"


def test_a_ruling_is_taken_back_before_the_release(review):
    review.begins()
    review.all_submit(a01=("90", "88"), a02=("80", "84"), a03=("70", "72"))
    for ruling, kind in (("cap", "repealed_law"), ("void", "plagiarism")):
        review.rules("01", ruling, kind)
        perform(review_rulings.take_back, DESK, review.contest_id, review.turn("01").id, ruling, kind, "有误")
    finish(review)
    assert review.ranking()[0] == (1, "01", "89.00")


@pytest.mark.parametrize(
    ("ruling", "kind", "reason", "code"),
    [
        ("cap", "ugly", "x", "unknown_ruling"),
        ("medal", "late", "x", "unknown_ruling"),
        ("penalty", "late", " ", "reason_missing"),
        ("penalty", "late", "x" * 401, "reason_too_long"),
    ],
)
def test_a_ruling_that_the_event_does_not_offer_or_without_its_reason_is_refused(review, ruling, kind, reason, code):
    review.begins()
    with refused(code):
        review.rules("01", ruling, kind, reason)
    assert not review.turn("01").facts
    assert not review.turn("01").penalties


def test_the_same_ruling_is_recorded_once(review):
    review.begins()
    for ruling, kind in (("penalty", "late"), ("cap", "repealed_law"), ("void", "plagiarism")):
        review.rules("01", ruling, kind)
        with refused("ruled_twice"):
            review.rules("01", ruling, kind)


def test_what_was_not_ruled_cannot_be_taken_back(review):
    review.begins()
    with refused("unknown_ruling"):
        perform(review_rulings.take_back, DESK, review.contest_id, review.turn("01").id, "cap", "repealed_law", "x")


def test_nothing_is_ruled_about_a_document_that_is_not_open_or_is_released(review):
    with refused("turn_not_open"):
        review.rules("01", "penalty", "late")
    review.begins()
    review.all_submit(a01=("90", "88"), a02=("80", "84"), a03=("70", "72"))
    finish(review)
    with refused("turn_released"):
        review.rules("01", "penalty", "late")


def test_nothing_is_released_before_the_decoding_neither_at_once_nor_one_by_one(review):
    review.begins()
    review.all_submit(a01=("90", "88"), a02=("80", "84"), a03=("70", "72"))
    with refused("not_decoded"):
        review.releases()
    with refused("not_decoded"):
        perform(releases.release, DESK, review.turn("01").id)
    assert review.ranking() == []


def test_after_the_release_the_leaderboard_has_names_and_offices(review):
    review.begins()
    review.all_submit(a01=("90", "88"), a02=("80", "84"), a03=("70", "72"))
    review.decodes()
    assert review.ranking() == []
    review.releases()
    rows = audience(review.contest_id)["rows"]
    assert next((row["name"], row["office"]) for row in rows) == ("陈思远", "江北区院")
    visitor = review.app.test_client()
    visitor.set_cookie("language", "en")
    page = visitor.get("/c/jianyi").text
    assert ("Reviewer 1" in page, "two reviewers marked." in page.lower(), "Judge 1" in page) == (True, True, False)


def test_comments_are_kept_with_the_sheet_and_are_never_public(review):
    review.begins()
    review.submits(1, "01", "90", **{"facts.comment": "证据充分", "comment": "总体较好"})
    version = review.turn("01").sheets[0].newest
    assert (version.marks["facts.comment"], version.marks["comment"]) == ("证据充分", "总体较好")
    review.submits(2, "01", "88")
    review.all_submit(a02=("80", "84"), a03=("70", "72"))
    finish(review)
    assert "证据充分" not in str(audience(review.contest_id))


def test_a_comment_that_is_too_long_is_refused_beside_its_field(review):
    review.begins()
    with refused("comment_too_long") as caught:
        review.submits(1, "01", "90", **{"facts.comment": "长" * 501})
    assert caught.value.problems[0].field == "facts.comment"


def choose_severity(contest_id: int) -> None:
    event = db.session.get_one(Contest, contest_id).events[0]
    event.settings = {**event.settings, "severity": {"shown": True, "least_reviews": 3}}
    record(event.contest, DESK, "choose_severity")


def test_severity_stands_beside_the_plain_result_only_where_it_is_chosen(review):
    review.begins()
    review.all_submit(a01=("90", "80"), a02=("88", "78"), a03=("86", "76"))
    finish(review)
    assert severity(review.contest_id) is None
    perform(choose_severity, review.contest_id)
    found = severity(review.contest_id)
    assert [(one["seat"], one["mean"]) for one in found["reviewers"]] == [("1", "88.00"), ("2", "78.00")]
    assert [row["plain"] for row in found["rows"]] == ["85.00", "83.00", "81.00"]
    db.session.commit()
    record = record_of_marks(review.contest_id)
    shown = tables.ranking(record)
    # both reviewers have the same spread, 88 and 78 on the mean: all are moved to the mean of 83
    assert [(row[4], row[-1]) for row in shown.rows] == [("85.00", "85.00"), ("83.00", "83.00"), ("81.00", "81.00")]
    assert tables.severity(record).rows[0][:3] == ("1", "3", "88.00")


def test_recomputing_from_the_stored_sheets_gives_what_was_released(review):
    review.begins()
    review.all_submit(a01=("90", "88"), a02=("95", "70"), a03=("91", "86.5"))
    review.further(3, "02")
    review.submits(3, "02", "75")
    review.rules("03", "penalty", "identity_mark")
    finish(review)
    for release in db.session.query(Release):
        outcome = outcome_of(release.turn)
        assert release.announced == {part: score.explanation.to_data() for part, score in outcome.scores.items()}
    assert db.session.query(Release).count() == 3


def test_from_the_review_of_the_paper_the_first_go_on_to_the_hearing_and_nothing_is_told_before(review):
    hearing, contest_id = 2, review.contest_id
    perform(add_event, DESK, contest_id, EventPlan("legal_explanation", 3, None, ("现场评审", "Hearing")))
    perform(set_stage, DESK, contest_id, hearing, {"source": 1, "value": "2"})
    review.begins()
    review.all_submit(a01=("90", "88"), a02=("80", "84"), a03=("91", "86.5"))
    with refused("stage_not_over"):
        perform(propose_promotion, DESK, contest_id, hearing)
    assert promotion(contest_id)["stages"][0]["lines"] == []
    finish(review)
    perform(propose_promotion, DESK, contest_id, hearing)
    (stage,) = promotion(contest_id)["stages"]
    perform(confirm_promotion, CHIEF, contest_id, hearing, stage["basis"])
    # 89.00, 82.00 and 88.75: the first two go on.
    assert [turn.number for turn in review.contest().events[1].rounds[0].turns] == ["01", "03"]


def test_documents_are_no_stage_themselves(review):
    perform(add_event, DESK, review.contest_id, EventPlan("legal_explanation", 3))
    with refused("stage_of_matches"):
        perform(set_stage, DESK, review.contest_id, 1, {"source": 2, "value": "2"})
