"""Documents as they are taken in: replaced, cleared, left out; each refusal leaves everything as it was."""

from __future__ import annotations

import pytest

from scoring.actions.review import documents
from scoring.actions.review.intake import author_by_name
from scoring.actions.running import not_performing
from scoring.actions.transaction import perform
from scoring.board.reading.altered import altered_for, look_over
from scoring.board.views.review import documents as documents_view
from scoring.store.kept_files import content_of, folder, keep
from tests.conftest import DESK
from tests.documents.making import docx
from tests.refusals import refused


def test_a_document_is_kept_in_the_installations_folder_under_its_digest(review):
    review.uploads("01", "陈思远.docx")
    document = review.document("01")
    assert content_of(document.sha256).startswith(b"PK")
    assert "检察建议书" in content_of(document.shown_sha256).decode()
    assert (document.state, document.kind, document.actor) == ("uploaded", "docx", DESK.label)


def test_a_file_that_was_exchanged_on_the_disk_is_not_shown_and_the_desk_is_told(review, tablet):
    review.begins()
    first, second = (folder() / review.document(number).shown_sha256 for number in ("01", "02"))
    look_over(review.contest_id)
    assert altered_for(review.contest_id) == []
    one, other = first.read_bytes(), second.read_bytes()
    first.write_bytes(other)
    second.write_bytes(one)
    with refused("file_altered"):
        content_of(first.name)
    look_over(review.contest_id)
    assert [problem.code for problem in altered_for(review.contest_id)] == ["files_altered"]
    page = tablet(1).get(f"/judge/{review.seat(1).id}/turn/{review.turn('01').id}").text
    assert "not the one that was handed in" in page
    assert "检察建议书" not in page


def test_a_file_that_is_gone_or_was_changed_comes_back_with_the_next_upload_of_the_same(review):
    review.uploads("01")
    kept = folder() / review.document("01").sha256
    whole = kept.read_bytes()
    kept.unlink()
    with refused("file_altered"):
        content_of(kept.name)
    kept.write_bytes(whole[:-1])
    assert keep(whole) == kept.name
    assert content_of(kept.name) == whole


def test_a_later_document_replaces_the_first_which_stays_on_record(review):
    first = review.uploads("01")
    second = review.uploads("01", "终稿.docx", docx("终稿"))
    assert review.document("01").id == second != first
    assert review.contest().contestants[0].documents[0].replaced_at is not None


def test_the_same_file_for_two_authors_is_refused(review):
    review.uploads("01")
    with refused("document_twice"):
        review.uploads("02", "again.docx", content_of(review.document("01").sha256))


def test_a_name_in_the_text_is_found_with_its_place_and_clearing_asks_for_a_reason(review):
    review.uploads("02", "a.docx", docx("检察建议书", "承办人：林晓彤"))
    (finding,) = [one for one in review.document("02").findings if one["where"] == "text"]
    assert (finding["name"], finding["place"]) == ("林晓彤", {"spot": "paragraph", "number": 2, "label": ""})
    with refused("findings_unresolved"):
        review.clears("02")
    assert review.document("02").state == "uploaded"
    review.clears("02", "落款已经遮盖")
    assert (review.document("02").state, review.document("02").reason) == ("cleared", "落款已经遮盖")


def test_a_name_in_the_file_name_only_needs_no_reason_because_reviewers_never_get_it(review):
    review.uploads("02", "林晓彤.docx", docx("检察建议书"))
    assert [one["where"] for one in review.document("02").findings] == ["file_name"]
    review.clears("02")
    assert review.document("02").state == "cleared"


def test_a_document_is_cleared_once(review):
    review.uploads("01")
    review.clears("01")
    with refused("document_cleared"):
        review.clears("01")


def test_a_replaced_document_cannot_be_cleared(review):
    first = review.uploads("01")
    review.uploads("01", "终稿.docx", docx("终稿"))
    with refused("document_unknown"):
        perform(documents.clear_document, DESK, review.contest_id, first)


def out(review, contestant_id, kind="absent", reason="未报送"):
    """It is recorded by name that an author is out of the review."""
    perform(not_performing.record_author, DESK, review.contest_id, contestant_id, kind, reason, "评委会主任")


def test_whoever_handed_nothing_in_is_out_with_a_reason_on_record(review):
    contestant_id = review.turn("03").appearances[0].contestant_id
    with refused("reason_missing"):
        out(review, contestant_id, reason=" ")
    out(review, contestant_id)
    told = review.entry("record_not_performing")
    assert (told["contestant"], told["kind"], told["reason"]) == ("03", "absent", "未报送")
    with refused("not_performing_twice"):
        out(review, contestant_id)
    with refused("author_out"):
        review.uploads("03")


def test_who_is_out_by_mistake_is_in_again_and_hands_in(review):
    contestant_id = review.turn("03").appearances[0].contestant_id
    out(review, contestant_id)
    decision = documents_view(review.contest_id)["authors"][2]["out"]["id"]
    perform(not_performing.take_author_back, DESK, review.contest_id, decision, "补报")
    review.uploads("03")
    assert documents_view(review.contest_id)["missing"] == ["01", "02"]


def test_whoever_handed_something_in_is_not_absent_but_can_be_out(review):
    review.uploads("01")
    with refused("document_is_there"):
        out(review, review.document("01").contestant_id)
    out(review, review.document("01").contestant_id, "withdrawn")


def test_nothing_is_exchanged_after_the_coding(review):
    review.collects()
    review.codes()
    with refused("coded_already"):
        review.uploads("01", "终稿.docx", docx("终稿"))


def test_who_was_left_out_stays_out_once_the_others_are_decoded(review):
    out(review, review.turn("03").appearances[0].contestant_id)
    for author in ("01", "02"):
        review.uploads(author)
        review.clears(author)
    review.codes()
    review.draws(1, 2)
    review.opens()
    review.all_submit(a01=("90", "88"), a02=("80", "84"))
    review.decodes()
    decision = documents_view(review.contest_id)["authors"][2]["out"]["id"]
    with refused("not_performing_sealed"):
        perform(not_performing.take_author_back, DESK, review.contest_id, decision, "补报")


def test_a_contest_of_another_format_takes_no_documents(venue):
    with refused("no_documents_here"):
        perform(not_performing.record_author, DESK, venue.contest_id, 1, "absent", "x", "主任")
    with refused("contest_unknown"):
        perform(not_performing.record_author, DESK, 99, 1, "absent", "x", "主任")


@pytest.mark.parametrize(
    ("name", "author"),
    [("01 建议书.docx", "01"), ("1.pdf", "01"), ("终稿-林晓彤.docx", "02"), ("C:\\x\\03_周子涵.pdf", "03")],
)
def test_a_files_name_says_whose_it_is(review, name, author):
    assert author_by_name(review.contest(), name.rpartition("\\")[2]).number == author


@pytest.mark.parametrize("name", ["建议书.docx", "04.docx", "陈思远与林晓彤.pdf"])
def test_a_file_that_belongs_to_nobody_is_refused(review, name):
    with refused("document_of_nobody"):
        author_by_name(review.contest(), name)
