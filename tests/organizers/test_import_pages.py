"""The pages of an import: template, upload, preview, confirmation, and what they say when something is wrong."""

from __future__ import annotations

import re
import secrets
from io import BytesIO

import pytest
from sqlalchemy import func, select

from scoring.documents.kinds import OLE
from scoring.extensions import db
from scoring.imports import KINDS, read
from scoring.store import Contestant, ImportDraft
from tests.documents.making import pdf
from tests.imports.making import HEADINGS, xlsx
from tests.organizers.conftest import words_of

LATE = [HEADINGS, ("04", "吴佳怡", "慈溪县院", "第二检察部"), ("02", "林小彤")]


@pytest.fixture
def path(venue):
    return f"/desk/{venue.contest_id}/import"


def upload(browser, path, content, kind="contestants"):
    sent = {"kind": kind, "file": (BytesIO(content), "名单.xlsx")}
    return browser.post(path, data=sent, content_type="multipart/form-data")


def confirm(browser, address, page, request="", **more):
    digest = re.search(r'name="digest" value="([0-9a-f]+)"', page.text)[1]
    return browser.post(address, data={"request": request or secrets.token_hex(16), "digest": digest, **more})


def contestants():
    db.session.rollback()
    return db.session.scalar(select(func.count(Contestant.id)))


def test_the_page_offers_each_kind_of_list_with_its_template(organizer, path):
    said = words_of(organizer.get(path))
    assert "Contestants Number, name, office and department" in said
    assert "Teams" not in said
    assert said.count("Download the template") == 4


@pytest.mark.parametrize("kind", ["contestants", "judges", "offices", "relations"])
def test_a_template_is_a_workbook_that_can_be_read(organizer, path, kind):
    answer = organizer.get(f"{path}/{kind}.xlsx")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    assert len(read(kind, answer.data).rows) == 1


@pytest.mark.parametrize("kind", ["teams", "nonsense"])
def test_a_template_of_another_kind_is_not_there(organizer, path, kind):
    assert organizer.get(f"{path}/{kind}.xlsx").status_code == 404


def test_an_upload_leads_to_its_preview_and_the_confirmation_to_what_was_done_and_what_comes_next(organizer, path):
    answer = upload(organizer, path, xlsx(LATE))
    assert answer.status_code == 303
    page = organizer.get(answer.location)
    said = words_of(page)
    assert "1 new 1 changed 0 same 0 wrong" in said
    assert "林晓彤 林小彤" in said
    assert contestants() == 3
    done = confirm(organizer, answer.location, page)
    assert (done.status_code, done.location) == (303, answer.location)
    assert contestants() == 4
    said = words_of(organizer.get(answer.location))
    assert "1 new 1 changed 0 same" in said
    assert "To the desk" in said


def test_pressing_twice_imports_once(organizer, path):
    address = upload(organizer, path, xlsx(LATE)).location
    page = organizer.get(address)
    assert [confirm(organizer, address, page, "one-press-only").status_code for _ in range(2)] == [303, 303]
    assert contestants() == 4


def test_wrong_rows_come_first_with_sheet_row_and_column_and_leave_no_button(organizer, path):
    rows = [*LATE, ("05", None)]
    page = organizer.get(upload(organizer, path, xlsx(rows)).location)
    assert "Sheet “选手”, row 4, column B: This cell is empty. Please fill it in." in words_of(page)
    assert 'id="confirm"' not in page.text
    assert "Mend the wrong rows below, or leave them out. Nothing is imported before." in words_of(page)


def test_the_same_is_said_in_chinese(organizer, path):
    organizer.set_cookie("language", "zh")
    page = organizer.get(upload(organizer, path, xlsx([*LATE, ("05", None)])).location)
    assert "工作表“选手”第 4 行，B 列：该单元格为空，请填写。" in words_of(page)


def test_what_changed_in_between_is_shown_again_before_anything_is_written(organizer, path):
    first = upload(organizer, path, xlsx([HEADINGS, ("04", "吴佳怡")])).location
    second = upload(organizer, path, xlsx([HEADINGS, ("04", "郑凯")])).location
    pages = [organizer.get(address) for address in (first, second)]
    confirm(organizer, first, pages[0])
    answer = confirm(organizer, second, pages[1])
    assert answer.status_code == 409
    assert "The contest has changed since this was shown." in words_of(answer)
    assert "吴佳怡 郑凯" in words_of(answer)
    assert confirm(organizer, second, answer).status_code == 303


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "There is nothing in this file."),
        (pdf("renamed"), "This is a PDF."),
        (OLE + b"x" * 600, "choose “Save as” and the type “XLSX”"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_nothing_is_kept(organizer, path, content, sentence):
    answer = upload(organizer, path, content)
    assert answer.status_code == 409
    assert sentence in words_of(answer)
    assert db.session.scalar(select(func.count(ImportDraft.id))) == 0


def test_no_file_at_all_is_an_empty_one(organizer, path):
    assert organizer.post(path, data={"kind": "judges"}).status_code == 409


def test_a_kind_that_is_not_there_is_not_found(organizer, path):
    assert upload(organizer, path, xlsx(), "teams").status_code == 404


def test_a_preview_of_nothing_is_not_found(organizer, path, venue):
    assert organizer.get(f"{path}/99").status_code == 404
    assert organizer.get("/desk/99/import").status_code == 404
    address = upload(organizer, path, xlsx(LATE)).location
    assert organizer.get(address.replace(f"/{venue.contest_id}/", "/99/")).status_code == 404


def test_markup_in_a_cell_stays_text(organizer, path):
    page = organizer.get(upload(organizer, path, xlsx([HEADINGS, ("04", "<script>alert(1)</script>")])).location)
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert" in page.text


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_heading_for_each_of_its_columns(kind):
    names = [(column.zh, column.en) for column in KINDS[kind].columns]
    assert len({zh for zh, _ in names}) == len({en for _, en in names}) == len(names)


def mend(browser, address, **sent):
    answer = browser.post(f"{address}/rows", data={"request": secrets.token_hex(16), **sent})
    assert (answer.status_code, answer.location) == (303, address)
    return browser.get(address)


def test_a_wrong_row_is_mended_in_the_preview_and_another_is_left_out(organizer, path):
    address = upload(organizer, path, xlsx([*LATE, ("05", None), ("06", None)])).location
    page = mend(organizer, address, **{"cell.0.4.name": "郑凯", "cell.0.5.name": ""})
    assert "2 new 1 changed 0 same 1 wrong" in words_of(page)
    page = mend(organizer, address, do="skip-wrong")
    assert "2 new 1 changed 0 same 0 wrong 1 skipped" in words_of(page)
    assert 'id="confirm"' in page.text
    confirm(organizer, address, page)
    assert contestants() == 5
    said = words_of(organizer.get(address))
    assert "2 new 1 changed 0 same 1 skipped" in said


def test_what_was_typed_is_taken_in_before_anything_is_imported(organizer, path):
    address = upload(organizer, path, xlsx(LATE)).location
    digest = re.search(r'name="digest" value="([0-9a-f]+)"', organizer.get(address).text)[1]
    sent = {"request": secrets.token_hex(16), "digest": digest, "column.0.2": ""}
    answer = organizer.post(address, data=sent)
    assert (answer.status_code, answer.location) == (303, address)
    assert contestants() == 3
    page = organizer.get(address)
    assert "What you typed is taken in." in page.text
    assert "not read: 单位" in words_of(page)


def test_a_row_is_skipped_and_taken_in_again(organizer, path):
    address = upload(organizer, path, xlsx(LATE)).location
    assert "0 new 1 changed" in words_of(mend(organizer, address, skip="0.2"))
    assert "1 new 1 changed" in words_of(mend(organizer, address, take="0.2"))


@pytest.mark.parametrize(
    "sent",
    [
        {"skip": "9.9"},
        {"sheet-in": "7"},
        {"column.0.2": "nonsense"},
        {"cell.0.77.name": "甲"},
        {"cell.0.2.nonsense": "甲"},
    ],
)
def test_a_place_that_is_not_there_is_refused_and_nothing_is_kept(organizer, path, sent):
    address = upload(organizer, path, xlsx(LATE)).location
    answer = organizer.post(f"{address}/rows", data=sent)
    assert answer.status_code == 409
    assert "There is no such sheet, row or column in this list." in words_of(answer)


def test_a_column_that_nobody_understood_is_named_and_chosen_by_hand(organizer, path):
    rows = [("号", "何人", "单位", "电话"), ("4", "吴佳怡", "慈溪县院", "123")]
    address = upload(organizer, path, xlsx(rows)).location
    page = organizer.get(address)
    assert "no column is known as “Name”. Please choose it below" in words_of(page)
    assert 'id="confirm"' not in page.text
    page = mend(organizer, address, **{"column.0.0": "number", "column.0.1": "name", "column.0.3": ""})
    assert "1 new 0 changed 0 same 0 wrong" in words_of(page)
    assert "not read: 电话" in words_of(page)


def test_a_list_is_pasted_and_what_cannot_be_read_stays_in_the_box(organizer, path):
    typed = "编号\t姓名\n04\t吴佳怡\n"
    answer = organizer.post(path, data={"kind": "contestants", "pasted": typed})
    assert "1 new 0 changed" in words_of(organizer.get(answer.location))
    broken = '编号,姓名\n04,"吴佳怡'
    answer = organizer.post(path, data={"kind": "contestants", "pasted": broken})
    assert answer.status_code == 409
    assert "04,&#34;吴佳怡</textarea>" in answer.text


def test_where_no_heading_was_understood_somebody_is_asked_to_look(organizer, path):
    answer = organizer.post(path, data={"kind": "contestants", "pasted": "04\t吴佳怡\n05\t郑凯"})
    assert "No heading was understood" in words_of(organizer.get(answer.location))


def test_the_limits_are_said_before_they_are_met(organizer, path):
    assert "at most 5 MB and 2000 rows" in words_of(organizer.get(path))


def test_names_of_offices_that_look_alike_come_first_after_an_import(organizer, path):
    rows = [HEADINGS, ("04", "吴佳怡", "明州市慈溪县人民检察院", "第二检察部")]
    address = upload(organizer, path, xlsx(rows)).location
    confirm(organizer, address, organizer.get(address))
    assert "Say which names are one office (1)" in words_of(organizer.get(address))


def test_a_draft_that_an_earlier_release_kept_is_not_there(organizer, path):
    address = upload(organizer, path, xlsx(LATE)).location
    draft = db.session.scalars(select(ImportDraft)).one()
    draft.read = {"rows": [], "skipped": []}
    db.session.commit()
    assert organizer.get(address).status_code == 404


def test_a_list_that_comes_late_asks_for_a_reason_and_keeps_what_was_typed(organizer, path, venue):
    venue.call("01")
    address = upload(organizer, path, xlsx([HEADINGS, ("04", "吴佳怡")])).location
    page = organizer.get(address)
    assert "1 of them late" in words_of(page)
    sent = {"late-reason": " ", "late-place": "drawn", "late-seed": "20261129", "late-witness": "监督员赵"}
    answer = confirm(organizer, address, page, **sent)
    assert answer.status_code == 409
    assert 'name="late-witness" maxlength="60" autocomplete="off" value="监督员赵"' in answer.text
    assert contestants() == 3
    assert confirm(organizer, address, answer, **sent | {"late-reason": "路上堵车"}).status_code == 303
    assert contestants() == 4
    assert "路上堵车" in organizer.get(f"/desk/{venue.contest_id}/late").text


def test_a_list_that_is_not_late_asks_for_no_reason(organizer, path):
    page = organizer.get(upload(organizer, path, xlsx(LATE)).location)
    assert 'id="import-late"' not in page.text


def test_whoever_takes_over_a_number_does_not_inherit_the_department_of_the_one_before(organizer, path):
    rows = [HEADINGS[:3], ("01", "吴佳怡", "镇山区院"), ("02", "林小彤", "慈溪县院")]
    address = upload(organizer, path, xlsx(rows)).location
    confirm(organizer, address, organizer.get(address))
    db.session.rollback()
    found = {one.number: (one.name, one.department) for one in db.session.scalars(select(Contestant))}
    assert (found["01"], found["02"]) == (("吴佳怡", ""), ("林小彤", "第二检察部"))


def test_a_hidden_sheet_is_named_in_the_preview_and_read_at_a_press(organizer, path):
    def hide_another(sheet):
        old = sheet.parent.create_sheet("备用")
        old.append(HEADINGS[:2])
        old.append(("08", "冯雪"))
        old.sheet_state = "hidden"

    address = upload(organizer, path, xlsx(LATE, touch=hide_another)).location
    assert "备用 This sheet is hidden in the workbook. Read it" in words_of(organizer.get(address))
    organizer.post(f"{address}/rows", data={"sheet-in": "1"})
    said = words_of(organizer.get(address))
    assert "2 new 1 changed" in said
    organizer.post(f"{address}/rows", data={"sheet-out": "1"})
    assert "1 new 1 changed" in words_of(organizer.get(address))


def test_a_pasted_list_has_no_sheets_in_its_sentences(organizer, path):
    answer = organizer.post(path, data={"kind": "contestants", "pasted": "编号\t姓名\n07\t甲某\n07\t乙某"})
    said = words_of(organizer.get(answer.location))
    assert "Row 2: 07 is there twice: also in the list, row 3." in said
    assert "CSV" not in said


def test_blank_offices_below_one_are_pointed_out_in_a_plain_text_and_taken_from_above_at_a_press(organizer, path):
    typed = "编号\t姓名\t单位\n04\t吴佳怡\t慈溪县院\n05\t郑凯\t\n06\t冯雪\t\n07\t韩梅\t镇山区院"
    address = organizer.post(path, data={"kind": "contestants", "pasted": typed}).location
    page = organizer.get(address)
    assert "Without an office, below a row that has one: 2." in words_of(page)
    digest = re.search(r'name="digest" value="([0-9a-f]+)"', page.text)[1]
    sent = {"request": secrets.token_hex(16), "digest": digest, "do": "fill-down"}
    mend = re.search(r'class="import-preview" action="([^"]+)"', page.text)[1]
    filled = organizer.get(organizer.post(mend, data=sent).location)
    assert "Without an office" not in words_of(filled)
    confirm(organizer, address, filled)
    db.session.rollback()
    found = {one.number: one.office for one in db.session.scalars(select(Contestant))}
    assert (found["05"], found["06"], found["07"]) == ("慈溪县院", "慈溪县院", "镇山区院")
