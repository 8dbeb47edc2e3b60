"""Blind codes and decoding: drawn from a seed, told to nobody, told to everybody after the last sheet."""

from __future__ import annotations

import json

import pytest

from scoring.actions.review import coding
from scoring.actions.transaction import perform
from scoring.board.conditions.seals import seal_at_desk
from scoring.board.views.audience import audience
from scoring.board.views.desk import desk
from scoring.board.views.review import code_table
from scoring.board.views.review import review as review_view
from scoring.board.views.seat import seat
from scoring.extensions import db
from scoring.rules.draw import draw, mixed, seal_of
from scoring.store import Entry
from tests.documents.making import docx
from tests.refusals import refused
from tests.review.conftest import CODER, WITNESS


def test_the_codes_are_those_that_the_seed_draws(review):
    review.collects()
    review.codes("20261122")
    drawn = draw(review.contest().events[0].coding.seed, "codes", ["01", "02", "03"])
    table = {row["code"]: row["number"] for row in code_table(review.contest_id)["table"]}
    assert table == dict(zip(("A01", "A02", "A03"), drawn, strict=True))


def test_the_audit_trail_holds_the_seal_that_was_shown_before_and_not_the_table(review):
    review.collects()
    seal = seal_at_desk(review.contest().events[0])["seal"]
    review.codes("20261122")
    told = review.entry("code_documents")
    assert told.pop("next_seal") == seal_at_desk(review.contest().events[0])["seal"] != seal
    assert told == {"documents": 3, "witness": WITNESS, "on_account": False, "seal": seal, "typed": "20261122"}


def test_nothing_is_coded_while_a_document_is_missing(review):
    review.uploads("01")
    with refused("documents_missing") as caught:
        review.codes()
    assert caught.value.problems[0].figures == {"numbers": "02, 03"}
    assert not review.contest().events[0].coding


@pytest.mark.parametrize(("seed", "code"), [("", "seed_missing"), ("1\n2", "seed_malformed")])
def test_a_bad_seed_is_refused(review, seed, code):
    review.collects()
    with refused(code):
        review.codes(seed)
    assert not any(turn.code for turn in review.contest().events[0].rounds[0].turns)


def test_the_documents_are_coded_once(review):
    review.collects()
    review.codes()
    with refused("coded_already"):
        review.codes("other")


def test_what_was_recorded_about_an_author_goes_along_behind_the_code(review):
    for author in ("01", "02", "03"):
        review.recuse(int(author), author)
    review.collects()
    review.codes()
    for author in ("01", "02", "03"):
        assert list(review.turn(author).recused) == [review.seat(int(author)).id]


def test_until_the_decoding_no_view_but_the_coders_says_whose_a_document_is(review):
    review.recuse(3, "01")
    review.collects()
    review.codes()
    review.draws(1, 2, 4)
    review.opens()
    views = (
        audience(review.contest_id),
        desk(review.contest_id),
        review_view(review.contest_id),
        *(seat(review.seat(judge).id) for judge in (1, 2, 3, 4)),
    )
    for view in views:
        told = json.dumps(view, ensure_ascii=False, default=str)
        assert not [word for word in ("陈思远", "林晓彤", "周子涵", "江北", "慈溪", "亲属", '"01"') if word in told]


def test_the_table_that_the_organizer_knew_before_the_coding_says_nothing_afterwards(review):
    before = {turn["number"]: turn["id"] for turn in desk(review.contest_id)["turns"]}
    review.collects()
    typed = (str(number) for number in range(1000))
    sealed = review.contest().events[0].sealed_seed
    moving = next(one for one in typed if draw(mixed(sealed, one), "codes", list(before)) == ("02", "03", "01"))
    review.codes(moving)  # what moves all three
    after = {author: review.turn(author).id for author in before}
    assert all(after[author] != before[author] for author in before)


def test_signing_and_decoding_wait_for_the_last_sheet_and_only_the_coding_officer_is_told_which_documents_lack_one(
    review,
):
    review.begins()
    review.all_submit(a01=("90", "88"), a02=("80", "84"))
    with refused("reviews_unsettled") as caught:
        review.witnesses()
    assert caught.value.problems[0].figures == {}
    with refused("reviews_open") as caught:
        perform(coding.decode, CODER, review.contest_id)
    assert caught.value.problems[0].figures == {"codes": review.turn("03").code}
    table = code_table(review.contest_id)
    assert (table["witnessed"], table["decoded"]) == (False, False)


def test_signing_waits_for_documents_that_are_not_open(review):
    review.collects()
    review.codes()
    with refused("documents_not_open"):
        review.witnesses()


def marked(review):
    review.begins()
    review.all_submit(a01=("90", "88"), a02=("80", "84"), a03=("70", "72"))


def test_nothing_is_decoded_before_the_supervisor_has_signed(review):
    marked(review)
    with refused("decoding_not_witnessed"):
        perform(coding.decode, CODER, review.contest_id)
    assert code_table(review.contest_id)["decoded"] is False
    review.witnesses()
    perform(coding.decode, CODER, review.contest_id)
    assert code_table(review.contest_id)["decoded"] is True


def test_whoever_signed_does_not_decode_as_well(review):
    marked(review)
    review.witnesses(CODER.label.partition(":")[2])
    with refused("witness_is_actor"):
        perform(coding.decode, CODER, review.contest_id)


def test_the_supervisor_signs_once_and_on_record(review):
    marked(review)
    review.witnesses()
    assert review.entry("witness_decoding") == {"witness": WITNESS}
    with refused("witnessed_already"):
        review.witnesses("另一人")
    assert code_table(review.contest_id)["decode_witness"] == WITNESS


def test_a_sheet_that_is_owed_again_after_the_signature_still_stops_the_decoding(review):
    marked(review)
    review.witnesses()
    review.recuse(1, "01")
    with refused("reviews_open"):
        perform(coding.decode, CODER, review.contest_id)


def test_decoding_tells_seed_and_table_on_record_once(review):
    marked(review)
    review.decodes()
    told = review.entry("decode")
    typed, seal = (review.entry("code_documents")[name] for name in ("typed", "seal"))
    assert (told["seed"], told["witness"]) == (mixed(told["sealed_seed"], typed), WITNESS)
    assert seal_of(told["sealed_seed"]) == seal
    assert told["table"] == {review.turn(author).code: author for author in ("01", "02", "03")}
    with refused("decoded_already"):
        perform(coding.decode, CODER, review.contest_id)


@pytest.mark.parametrize("step", [coding.witness_decoding, coding.decode])
def test_what_is_not_coded_is_neither_signed_for_nor_decoded(review, step):
    with refused("not_coded"):
        perform(step, CODER, review.contest_id)


def test_no_entry_before_the_decoding_ties_a_code_to_an_author(review):
    review.begins()
    for entry in db.session.query(Entry):
        told = json.dumps(entry.details, ensure_ascii=False)
        assert not ("A0" in told and any(f'"number": "{author}"' in told for author in ("01", "02", "03")))


def test_all_are_cleared_before_the_coding_as_one_that_is_opened_later_would_be_known_by_it(review):
    review.collects()
    review.uploads("03", "a.docx", docx("改定稿"))
    with refused("documents_not_cleared") as caught:
        review.codes()
    assert caught.value.problems[0].figures == {"numbers": "03"}
    review.clears("03")
    review.codes()
    assert review.turn("03").code
