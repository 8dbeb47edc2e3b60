"""The pages of an import: template, upload, preview, confirmation, and what they say when something is wrong."""

from __future__ import annotations

import re
import secrets
from io import BytesIO

import pytest
from sqlalchemy import func, select

from scoring.extensions import db
from scoring.imports import KINDS, read
from scoring.store import Contestant, ImportDraft
from tests.documents.making import pdf
from tests.imports.making import HEADINGS, text, xlsx
from tests.organizers.conftest import words_of

LATE = [HEADINGS, ("04", "吴佳怡", "慈溪县院", "第二检察部"), ("02", "林小彤")]


@pytest.fixture
def path(venue):
    return f"/desk/{venue.contest_id}/import"


def upload(browser, path, content, kind="contestants"):
    sent = {"kind": kind, "file": (BytesIO(content), "名单.xlsx")}
    return browser.post(path, data=sent, content_type="multipart/form-data")


def confirm(browser, address, page, request=""):
    digest = re.search(r'name="digest" value="([0-9a-f]+)"', page.text)[1]
    return browser.post(address, data={"request": request or secrets.token_hex(16), "digest": digest})


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


def test_an_upload_leads_to_its_preview_and_the_confirmation_back_to_the_lists(organizer, path):
    answer = upload(organizer, path, xlsx(LATE))
    assert answer.status_code == 303
    page = organizer.get(answer.location)
    said = words_of(page)
    assert "1 new 1 changed 0 same 0 wrong" in said
    assert "林晓彤 林小彤" in said
    assert contestants() == 3
    done = confirm(organizer, answer.location, page)
    assert (done.status_code, done.location) == (303, path)
    assert contestants() == 4
    assert "This import is done already." in words_of(organizer.get(answer.location))


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
    assert "Nothing is imported while rows are wrong." in words_of(page)


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
        (pdf("renamed"), "neither an Excel workbook (XLSX) nor a CSV file"),
        (xlsx(touch=lambda sheet: sheet.merge_cells("C2:C3")), "Sheet “选手”, cells C2:C3 are merged."),
        (text([("姓名",), ("甲",)]).encode(), "Sheet “CSV”, row 1: the column 编号 No. is missing"),
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
