"""A document that comes after the coding: taken in, coded among those nobody has opened, reviewed, never told early."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from scoring.actions.review import documents, late_documents, reviewers
from scoring.actions.running import late_entries, not_performing
from scoring.actions.transaction import perform
from scoring.board.views.audience import audience
from scoring.board.views.review import documents as documents_view
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Contestant, Entry, Turn
from tests.conftest import DESK
from tests.documents.making import docx
from tests.refusals import refusal
from tests.review.conftest import CODER, WITNESS

WHY = "邮路延误，组委会同意"
DECIDED = "不再有迟交文书，评阅人均不知情"


def comes_late(review, number: str = "04", name: str = "吴桐") -> None:
    perform(late_entries.enter_late, DESK, review.contest_id, number, name, WHY)
    db.session.rollback()


def author(number: str) -> Contestant:
    db.session.rollback()
    return db.session.scalars(select(Contestant).where(Contestant.number == number)).one()


def hands_in(review, number: str = "04", text: str = "关于河道保护") -> None:
    received = review.examined(f"{number}.docx", docx("检察建议书", text))
    perform(documents.upload_document, DESK, review.contest_id, author(number).id, received)
    perform(documents.clear_document, DESK, review.contest_id, author(number).document.id)


def codes_late(review) -> None:
    perform(late_documents.code_late_documents, CODER, review.contest_id, WITNESS)
    db.session.rollback()


def codes_all_the_same(review) -> None:
    """The coding officer's decision where the code would all but name its author."""
    perform(late_documents.code_late_documents, CODER, review.contest_id, WITNESS, True, DECIDED)
    db.session.rollback()


def codes() -> dict[str, str]:
    """Whose code is which."""
    db.session.rollback()
    return {turn.code: turn.appearances[0].contestant.number for turn in db.session.scalars(select(Turn))}


def test_before_the_coding_whoever_comes_late_is_coded_with_the_others(review):
    review.collects()
    comes_late(review)
    hands_in(review)
    review.codes()
    assert sorted(codes().values()) == ["01", "02", "03", "04"]


def test_after_the_coding_a_late_document_gets_a_code_and_reviewers_and_is_ranked(review):
    review.begins()
    comes_late(review)
    assert sorted(codes()) == ["A01", "A02", "A03"]
    hands_in(review)
    codes_all_the_same(review)
    assert sorted(codes()) == ["A01", "A02", "A03", "A04"]
    review.draws(1, 2, seed="8")
    review.opens()
    review.all_submit(a01=("90", "88"), a02=("80", "82"), a03=("70", "72"), a04=("95", "93"))
    review.decodes()
    review.releases()
    assert [number for _, number, _ in review.ranking()] == ["04", "01", "02", "03"]


def test_while_others_wait_the_new_code_does_not_tell_who_came_late(review):
    review.collects()
    review.codes()
    before = codes()
    behind = set()
    for number in range(4, 12):
        comes_late(review, f"{number:02}", f"新人{number}")
        hands_in(review, f"{number:02}", f"关于第{number}件事")
        codes_late(review)
        behind.add(codes()[f"A{number:02}"] == f"{number:02}")
    assert False in behind
    assert set(codes().values()) == {*before.values(), *(f"{number:02}" for number in range(4, 12))}


def test_the_coding_officer_is_told_that_a_late_document_among_others_is_hidden(review, signed_in):
    review.collects()
    review.codes()
    comes_late(review)
    hands_in(review)
    page = signed_in("coder").get(f"/desk/{review.contest_id}/coding").text
    assert "no code tells who came late" in page
    assert 'id="alone"' not in page


def test_a_late_document_whose_code_would_name_its_author_waits_for_others(review):
    review.begins()
    for number, name in (("04", "吴桐"), ("05", "郑好"), ("06", "冯一")):
        comes_late(review, number, name)
    for number in ("04", "05"):
        hands_in(review, number, f"关于第{number}件事")
        refused = refusal(late_documents.code_late_documents, review.contest_id, WITNESS)
        assert (refused.code, refused.problems[0].figures["needed"]) == ("late_recognised", "3")
    assert "A04" not in codes()
    hands_in(review, "06", "关于第06件事")
    codes_late(review)
    assert {codes()[code] for code in ("A04", "A05", "A06")} == {"04", "05", "06"}


def test_only_a_decision_of_the_coding_officer_with_a_reason_codes_a_lone_document(review):
    review.begins()
    comes_late(review)
    hands_in(review)
    sent = review.contest_id, WITNESS, True
    assert refusal(late_documents.code_late_documents, *sent, " ").code == "reason_missing"
    codes_all_the_same(review)
    told = db.session.scalars(select(Entry).where(Entry.verb == "code_late_documents")).one().details
    assert (told["alone"], told["reason"], told["among"]) == (True, DECIDED, 1)


def test_what_is_open_keeps_its_code_its_reviewers_and_its_sheets(review):
    review.begins()
    review.submits(1, "01", "90")
    before = codes()
    comes_late(review)
    hands_in(review)
    codes_all_the_same(review)
    assert {code: number for code, number in codes().items() if code in before} == before


def test_no_log_entry_tells_the_code_of_a_late_document(review):
    review.begins()
    comes_late(review)
    hands_in(review)
    codes_all_the_same(review)
    for verb in ("enter_late", "code_late_documents", "upload_document"):
        told = str([entry.details for entry in db.session.scalars(select(Entry).where(Entry.verb == verb))])
        assert "A0" not in told, verb


def test_the_recusals_of_the_late_author_hold(review):
    review.collects()
    review.codes()
    comes_late(review)
    author("04").office = "镇山区院"
    review.seat(1).office = "镇山区院"
    db.session.commit()
    hands_in(review)
    codes_late(review)
    turn = review.turn("04")
    with pytest.raises(Refused, match="reviewer_recused"):
        perform(
            reviewers.assign_by_hand,
            CODER,
            review.contest_id,
            {turn.id: [review.seat(1).id, review.seat(2).id]},
        )


def test_nothing_is_decoded_over_a_late_document_without_a_code(review):
    review.begins()
    review.all_submit(a01=("90", "88"), a02=("80", "82"), a03=("70", "72"))
    comes_late(review)
    hands_in(review)
    with pytest.raises(Refused, match="late_documents_wait"):
        review.witnesses()


def test_a_late_entrant_who_hands_nothing_in_stops_nobody(review):
    review.begins()
    comes_late(review)
    review.all_submit(a01=("90", "88"), a02=("80", "82"), a03=("70", "72"))
    review.decodes()
    review.releases()
    assert len(review.ranking()) == 3


def test_who_was_left_out_may_still_hand_in_and_is_ranked_then(review):
    for number in ("01", "02"):
        review.uploads(number)
        review.clears(number)
    given = ("absent", "没有交", "评委会主任")
    perform(not_performing.record_author, DESK, review.contest_id, author("03").id, *given)
    review.codes()
    review.draws(1, 2)
    review.opens()
    decision = documents_view(review.contest_id)["authors"][2]["out"]["id"]
    perform(not_performing.take_author_back, DESK, review.contest_id, decision, "邮件延误")
    hands_in(review, "03")
    codes_all_the_same(review)
    review.draws(1, 2, seed="9")
    review.opens()
    review.all_submit(a01=("90", "88"), a02=("80", "82"), a03=("95", "93"))
    review.decodes()
    review.releases()
    assert [number for _, number, _ in review.ranking()] == ["03", "01", "02"]
    assert audience(review.contest_id)["unranked"] == []


def test_what_was_coded_is_still_not_exchanged(review):
    review.begins()
    received = review.examined("01.docx", docx("检察建议书", "换一份"))
    again = refusal(documents.upload_document, review.contest_id, author("01").id, received)
    assert again.code == "coded_already"


def test_late_codes_need_a_late_document_a_witness_and_a_review_that_is_not_decoded(review):
    review.collects()
    assert refusal(late_documents.code_late_documents, review.contest_id, WITNESS).code == "not_coded"
    review.codes()
    assert refusal(late_documents.code_late_documents, review.contest_id, WITNESS).code == "nothing_late"
    assert refusal(late_documents.code_late_documents, review.contest_id, " ").code == "witness_missing"
    review.draws(1, 2)
    review.opens()
    review.all_submit(a01=("90", "88"), a02=("80", "82"), a03=("70", "72"))
    review.decodes()
    given = review.contest_id, "04", "吴桐", WHY
    assert refusal(late_entries.enter_late, *given).code == "decoded_already"


def test_the_late_document_goes_its_way_over_the_pages(review, signed_in):
    review.begins()
    organizer, coder = signed_in("organizer"), signed_in("coder")
    sent = {"page": "late", "request": "late-entry", "number": "04", "name": "吴桐", "place": "last", "reason": WHY}
    assert organizer.post(f"/desk/{review.contest_id}/enter_late", data=sent).status_code == 303
    page = organizer.get(f"/desk/{review.contest_id}/documents").text
    assert f'name="contestant" value="{author("04").id}"' in page
    hands_in(review)
    assert "waits for the coding officer: no. 04" in organizer.get(f"/desk/{review.contest_id}/documents").text
    page = coder.get(f"/desk/{review.contest_id}/coding").text
    assert 'id="code-late"' in page
    assert "Please wait until at least 3 can be coded together" in page
    press = f"/desk/{review.contest_id}/coding/code-late"
    refused = coder.post(press, data={"witness": WITNESS, "request": "code-late-0"})
    assert "the late document would be one of 1" in refused.text
    assert f'value="{WITNESS}"' in refused.text
    sent = {"witness": WITNESS, "alone": "1", "reason": DECIDED, "request": "code-late-1"}
    assert coder.post(press, data=sent).status_code == 303
    log = signed_in("supervisor").get(f"/desk/{review.contest_id}/log").text
    assert "coded 1 late documents among 1" in log
    assert DECIDED in log
    assert codes()["A04"] == "04"
    assert 'id="code-late"' not in coder.get(f"/desk/{review.contest_id}/coding").text
    assert organizer.post(press, data={"witness": WITNESS, "request": "code-late-2"}).status_code == 403
