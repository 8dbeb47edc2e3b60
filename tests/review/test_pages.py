"""The pages of a review: who may open which, what a batch answers, and that nothing tells whose a document is."""

from __future__ import annotations

import re
from io import BytesIO

import pytest

from scoring.board.views.review import code_table
from tests.documents.making import docx, encrypted_pdf, pdf

IDENTITIES = ("陈思远", "林晓彤", "周子涵", "江北", "慈溪", "初稿", "letter.pdf", "附件")


def upload(browser, review, *files):
    sent = {"files": [(BytesIO(content), name) for name, content in files]}
    return browser.post(f"/desk/{review.contest_id}/documents/upload", data=sent, content_type="multipart/form-data")


def address(review, judge: int, author: str) -> str:
    return f"/judge/{review.seat(judge).id}/turn/{review.turn(author).id}"


def of_kind(review, kind: str) -> str:
    return next(author for author in ("01", "02", "03") if review.document(author).kind == kind)


@pytest.mark.parametrize(
    ("page", "allowed"),
    [
        ("documents", {"organizer"}),
        ("coding", {"coder"}),
        ("assignment", {"organizer", "chief"}),
        ("witness", {"supervisor"}),
    ],
)
@pytest.mark.parametrize("role", ["organizer", "chief", "timekeeper", "coder", "supervisor"])
def test_each_page_opens_for_its_roles_only(review, signed_in, page, allowed, role):
    answer = signed_in(role).get(f"/desk/{review.contest_id}/{page}")
    assert answer.status_code == (200 if role in allowed else 403)


@pytest.mark.parametrize("page", ["documents", "coding", "assignment", "witness"])
def test_whoever_is_not_signed_in_is_led_to_the_sign_in(review, page):
    answer = review.app.test_client().get(f"/desk/{review.contest_id}/{page}")
    assert (answer.status_code, answer.location.partition("?")[0]) == (302, "/desk/sign-in")


@pytest.mark.parametrize("step", ["coding/code", "coding/decode", "witness/sign"])
def test_the_organizer_neither_codes_nor_signs_nor_decodes(review, signed_in, step):
    review.collects()
    answer = signed_in("organizer").post(f"/desk/{review.contest_id}/{step}", data={"seed": "1", "witness": "x"})
    assert answer.status_code == 403
    assert review.contest().events[0].coding is None


def test_a_contest_of_another_format_has_no_such_pages(organizer, venue):
    for page in ("documents", "assignment"):
        assert organizer.get(f"/desk/{venue.contest_id}/{page}").status_code == 404


def test_a_refused_file_does_not_stop_the_rest_of_the_batch(review, signed_in):
    batch = (
        ("01.docx", docx("检察建议书一")),
        ("02.pdf", encrypted_pdf(user_password="x")),
        ("无名.docx", docx("检察建议书二")),
        ("03.docx", b""),
        ("周子涵.pdf", pdf("检察建议书三")),
    )
    said = upload(signed_in("organizer"), review, *batch).text
    assert "taken for no. 01" in said
    assert "taken for no. 03" in said
    assert "protected by a password" in said
    assert "Whose is this?" in said
    assert "There is nothing in this document" in said
    assert [bool(one.document) for one in review.contest().contestants] == [True, False, True]


def test_a_batch_of_more_than_the_usual_size_is_let_in(review, signed_in):
    review.app.config["MAX_CONTENT_LENGTH"] = 10_000
    answer = upload(signed_in("organizer"), review, ("01.docx", docx("书")), ("02.txt", b"x" * 20_000))
    assert (answer.status_code, review.document("01").kind) == (200, "docx")


def test_clearing_with_findings_asks_for_the_reason_on_the_page(review, signed_in):
    browser = signed_in("organizer")
    upload(browser, review, ("01.docx", docx("承办人陈思远")))
    sent = {"document": review.document("01").id}
    answer = browser.post(f"/desk/{review.contest_id}/documents/clear", data=sent, follow_redirects=True)
    assert "Please say why it may go to the reviewers" in answer.text
    assert "paragraph 1" in answer.text
    assert review.document("01").state == "uploaded"


def test_the_organizer_reads_the_document_as_its_reviewers_get_it(review, signed_in):
    review.collects()
    browser, pages = signed_in("organizer"), f"/desk/{review.contest_id}/documents"
    assert "关于校园周边食品安全" in browser.get(f"{pages}/{review.document('01').id}/read").text
    answer = browser.get(f"{pages}/{review.document('02').id}/read")
    assert (answer.mimetype, answer.data[:5]) == ("application/pdf", b"%PDF-")
    assert browser.get(f"{pages}/99/read").status_code == 404


def test_the_code_table_is_on_the_coders_page_and_on_no_other(review, signed_in):
    review.begins()
    assert "陈思远" in signed_in("coder").get(f"/desk/{review.contest_id}/coding").text
    browser = signed_in("organizer")
    codes = [review.turn(author).code for author in ("01", "02", "03")]
    by_author = browser.get(f"/desk/{review.contest_id}/documents").text
    by_code = browser.get(f"/desk/{review.contest_id}/assignment").text
    assert not [code for code in codes if code in by_author]
    assert not [word for word in IDENTITIES if word in by_code]


def test_a_list_that_arrives_over_the_wire_finds_its_style_there(review, tablet):
    browser = tablet(1)
    waiting = browser.get(f"/judge/{review.seat(1).id}").text
    assert "documents-code" not in waiting
    review.begins()
    listed = browser.get(f"/judge/{review.seat(1).id}").text
    assert "documents-code" in listed
    assert [page.count("judges/review.css") for page in (waiting, listed)] == [1, 1]


def test_the_reviewer_reads_a_docx_beside_the_sheet_and_nothing_says_whose_it_is(review, tablet):
    review.begins()
    browser = tablet(1)
    for author in ("01", "02", "03"):
        answer = browser.get(address(review, 1, author))
        assert answer.status_code == 200
        assert "data-document=" in answer.text
        assert not [word for word in IDENTITIES if word in answer.text + str(answer.headers)]
    assert "关于校园周边食品安全" in browser.get(address(review, 1, "01")).text


def test_the_reviewer_gets_the_pdf_without_its_name(review, tablet):
    review.begins()
    answer = tablet(1).get(address(review, 1, "02") + "/document")
    assert (answer.status_code, answer.mimetype, answer.data[:5]) == (200, "application/pdf", b"%PDF-")
    assert answer.headers["Content-Disposition"] == "inline; filename=document.pdf"
    assert answer.headers["Cache-Control"] == "no-store"


def test_whoever_is_not_assigned_gets_neither_sheet_nor_document(review, tablet):
    review.begins()
    browser = tablet(3)
    for author in ("01", "02", "03"):
        assert browser.get(address(review, 3, author)).status_code == 404
        assert browser.get(address(review, 3, author) + "/document").status_code == 404
        assert browser.get(address(review, 1, author) + "/document").status_code == 404


def test_a_document_that_is_not_open_or_from_which_one_is_recused_is_not_handed_out(review, tablet):
    review.collects()
    review.codes()
    review.draws(1, 2)
    browser = tablet(1)
    assert browser.get(address(review, 1, "02") + "/document").status_code == 404
    review.opens()
    assert browser.get(address(review, 1, "02") + "/document").status_code == 200
    review.recuse(1, "02")
    assert browser.get(address(review, 1, "02") + "/document").status_code == 404
    assert "data-document=" not in browser.get(address(review, 1, "02")).text


def test_a_docx_has_no_address_of_its_own(review, tablet):
    review.begins()
    assert tablet(1).get(address(review, 1, of_kind(review, "docx")) + "/document").status_code == 404


def test_a_refusal_on_the_tablet_names_the_code_only(review, tablet):
    review.begins()
    review.submits(1, "01", "90")
    sent = {"verb": "submit", "submission": "another-one", "base": "0"}
    answer = tablet(1).post(address(review, 1, "01"), data=sent)
    assert answer.status_code == 409
    assert review.turn("01").code in answer.text
    assert not [word for word in IDENTITIES if word in answer.text]


def test_the_matrix_is_kept_as_it_was_ticked(review, signed_in):
    review.collects()
    review.codes()
    review.draws(1, 2)
    turn_id, chosen = review.turn("01").id, [review.seat(3).id, review.seat(4).id]
    sent = {"turn": [turn_id], f"seats-{turn_id}": chosen}
    answer = signed_in("coder").post(f"/desk/{review.contest_id}/coding/hand", data=sent, follow_redirects=True)
    assert "The assignment is changed" in answer.text
    assert [one.seat.number for one in review.turn("01").assignments] == [3, 4]


def test_a_refused_change_names_the_code_it_is_about(review, signed_in):
    review.collects()
    review.codes()
    turn = review.turn("01")
    sent = {"turn": [turn.id], f"seats-{turn.id}": [review.seat(3).id]}
    refused = signed_in("chief").post(f"/desk/{review.contest_id}/assignment/hand", data=sent, follow_redirects=True)
    assert "only the coding officer decides" in refused.text
    answer = signed_in("coder").post(f"/desk/{review.contest_id}/coding/hand", data=sent, follow_redirects=True)
    assert f"{review.turn('01').code}: Too few reviewers: 1 of the 2 that are needed." in answer.text


def test_an_unknown_step_is_not_found(review, signed_in):
    assert signed_in("organizer").post(f"/desk/{review.contest_id}/assignment/dance").status_code == 404


def test_the_coder_records_what_only_the_authors_name_tells(review, signed_in):
    review.begins()
    sent = {"turn": review.turn("02").id, "kind": "late", "reason": "逾期一天"}
    answer = signed_in("coder").post(f"/desk/{review.contest_id}/coding/penalty", data=sent, follow_redirects=True)
    assert "recorded under the code" in answer.text
    assert [(one.kind, one.points) for one in review.turn("02").penalties] == [("late", "5")]


def test_the_desk_offers_no_release_before_the_decoding_and_leads_to_the_review(review, signed_in):
    review.begins()
    review.all_submit(a01=("90", "88"), a02=("80", "84"), a03=("70", "72"))
    said = signed_in("organizer").get(f"/desk/{review.contest_id}").text
    assert "Go on with the review" in said
    assert "Release the score" not in said
    assert not [word for word in IDENTITIES if word in said]


def test_the_supervisor_signs_with_an_own_account_and_only_then_the_coder_can_decode(review, signed_in):
    review.begins()
    supervisor, coder = signed_in("supervisor"), signed_in("coder")
    page, table = f"/desk/{review.contest_id}/witness", f"/desk/{review.contest_id}/coding"
    assert "The documents are not all settled yet." in supervisor.get(page).text
    review.all_submit(a01=("90", "88"), a02=("80", "84"), a03=("70", "72"))
    assert "The supervisor signs first" in coder.get(table).text
    assert "has not signed yet" in coder.post(f"{table}/decode", follow_redirects=True).text
    shown = supervisor.get(page).text
    assert not [word for word in IDENTITIES if word in shown]
    assert "You have signed" in supervisor.post(f"{page}/sign", follow_redirects=True).text
    assert "The documents are decoded" in coder.post(f"{table}/decode", follow_redirects=True).text
    assert code_table(review.contest_id)["decode_witness"] == "何组长 supervisor"


def test_the_coder_cannot_sign_in_the_supervisors_place(review, signed_in):
    assert signed_in("coder").post(f"/desk/{review.contest_id}/witness/sign").status_code == 403


def test_nothing_is_offered_that_would_be_refused(review, signed_in):
    """Coding without documents, an opening without reviewers, a release before the decoding, absent with a document."""
    home = f"/desk/{review.contest_id}"
    coder, organizer = signed_in("coder"), signed_in("organizer")
    assert re.search(r'id="code"\s+disabled', coder.get(f"{home}/coding").text)
    assert 'value="absent"' in organizer.get(f"{home}/documents").text
    review.collects()
    assert not re.search(r'id="code"\s+disabled', coder.get(f"{home}/coding").text)
    page = organizer.get(f"{home}/documents").text
    assert ('value="absent"' in page, 'value="withdrawn"' in page) == (False, True)
    review.codes()
    page = organizer.get(f"{home}/assignment").text
    assert "Not opened: too few reviewers for A01, A02, A03." in page
    assert re.search(r'id="open"\s+disabled', page)
    for author in ("01", "02", "03"):
        review.assigns(author, 1, 2)
    assert not re.search(r'id="open"\s+disabled', organizer.get(f"{home}/assignment").text)
    review.opens()
    for author in ("01", "02", "03"):
        review.submits(1, author, "80")
        review.submits(2, author, "80")
    page = signed_in("chief").get(f"{home}/marks").text
    assert "Not released: the documents are not decoded yet." in page
    assert "Approve the score" not in page


def test_a_reviewer_is_asked_by_the_sheet_and_not_named_while_the_documents_are_coded(review, signed_in):
    review.begins()
    review.all_submit(a01=("80", "80"), a02=("80", "80"), a03=("80", "70"))
    turn = review.turn("03")
    asked = {"turn": turn.id, "question": "80?", "page": "marks"}
    chief = signed_in("chief")
    home = f"/desk/{review.contest_id}"
    shown = chief.get(f"{home}/marks").text
    _, sheet = re.findall(rf'name="turn" value="{turn.id}"\s*>\s*<input[^>]*name="sheet" value="(\w+)"', shown)
    refused = chief.post(f"{home}/send_back", data={**asked, "seat": review.seat(2).id, "request": "asked-by-seat"})
    assert "only the coding officer decides" in refused.text
    chief.post(f"{home}/send_back", data={**asked, "sheet": sheet, "request": "asked-once"})
    page = chief.get(f"{home}/marks").text
    assert f"The reviewer is asked about the sheet for no. {review.turn('03').code}" in page
    assert "Reviewer 2" not in page
