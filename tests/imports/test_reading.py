"""Reading lists: every way in which offices really save them, and what is said about those that cannot be read."""

from __future__ import annotations

import datetime

import pytest

from scoring.documents.kinds import ENCRYPTED_PACKAGE, OLE
from scoring.imports import KINDS, Reading, read, read_apart, template
from scoring.imports.reading import BYTES_MOST
from scoring.rules.refusal import Refused
from tests.documents.making import pdf
from tests.imports.making import CAST, HEADINGS, book_of, text, with_part, xlsx

NAMES = [["01", "陈思远"], ["02", "林晓彤"]]


def names(content: bytes) -> list[list[str]]:
    return [[row.cells["number"], row.cells["name"]] for row in read("contestants", content).rows]


def refusal(content: bytes, kind: str = "contestants") -> tuple[str, dict[str, str]]:
    with pytest.raises(Refused) as refused:
        read(kind, content)
    return refused.value.code, dict(refused.value.problems[0].figures)


def problems(content: bytes, kind: str = "contestants") -> list[tuple[int, str, str]]:
    rows = read(kind, content).rows
    return [(row.line, row.columns[one.field], one.code) for row in rows for one in row.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "，"])
def test_a_text_file_is_read_however_it_is_encoded_and_parted(encoding, delimiter):
    assert names(text(delimiter=delimiter).encode(encoding)) == NAMES


def test_a_workbook_is_read_and_tells_where_each_row_stands():
    (first, second) = read("contestants", xlsx()).rows
    assert (first.sheet, first.line, first.columns["department"]) == ("选手", 2, "D")
    assert second.cells == {"number": "02", "name": "林晓彤", "office": "慈溪县院", "department": "第二检察部"}


def test_a_title_above_the_headings_and_other_columns_do_not_matter_even_when_merged():
    rows = [
        ["释法说理选手名单"],
        [],
        ["序号", "选手姓名", "选手编号*", "电话"],
        ["1", "陈思远", "01", "1"],
        ["2", "林晓彤", "02", ""],
    ]
    assert names(xlsx(rows, touch=lambda sheet: sheet.merge_cells("A1:D1"))) == NAMES


def test_english_headings_are_read_too():
    assert names(text([("No.", "Name"), *NAMES]).encode()) == NAMES


def test_all_visible_sheets_with_the_headings_are_read_and_the_others_named():
    found = read("contestants", book_of(一院=CAST[:2], 二院=[HEADINGS, CAST[2]], 备注=[["电话", "12345"]]))
    assert [row.sheet for row in found.rows] == ["一院", "二院"]
    assert found.skipped == ("备注",)


def test_a_hidden_sheet_is_not_read():
    def hide_another(sheet):
        old = sheet.parent.create_sheet("旧")
        old.append(["编号", "姓名"])
        old.append(["09", "去年的"])
        old.sheet_state = "hidden"

    assert names(xlsx(touch=hide_another)) == NAMES


@pytest.mark.parametrize(
    ("value", "format", "read_as"), [(1, "00", "01"), (1, "General", "1"), (1.0, "General", "1"), ("01", "@", "01")]
)
def test_a_number_kept_as_a_number_reads_as_the_sheet_shows_it(value, format, read_as):
    def touch(sheet):
        sheet["A2"] = value
        sheet["A2"].number_format = format

    assert names(xlsx(touch=touch))[0][0] == read_as


def test_blanks_and_invisible_signs_around_and_inside_chinese_names_are_nothing():
    assert names(text([HEADINGS[:2], ("\ufeff01 ", " 张　三\u200b")]).encode()) == [["01", "张三"]]
    assert names(text([HEADINGS[:2], ("01", "Anna  Li")]).encode()) == [["01", "Anna Li"]]


def test_empty_rows_are_nothing():
    assert names(xlsx([*CAST, [], [None, " "], []])) == NAMES


@pytest.mark.parametrize("kind", KINDS)
def test_each_template_can_be_read_and_its_example_is_right(kind):
    found = read(kind, template(KINDS[kind]))
    assert [(row.line, row.problems) for row in found.rows] == [(2, ())]
    assert found.skipped == ()


def test_five_hundred_rows_are_read_with_none_missing():
    rows = [HEADINGS, *([f"{place:03d}", f"选手{place}", "院", "部"] for place in range(1, 501))]
    assert len(read_apart("contestants", xlsx(rows)).rows) == 500
    assert len(read_apart("contestants", text(rows).encode("gbk")).rows) == 500


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("B2", None, "cell_missing"),
        ("A2", "=B2&1", "cell_formula"),
        ("C3", "=#REF!", "cell_formula"),
        ("C3", "#N/A", "cell_error"),
        ("B3", "长" * 61, "cell_too_long"),
        ("D2", "\u202e倒", "cell_unprintable"),
    ],
)
def test_what_is_wrong_with_a_cell_is_told_with_its_row_and_column(cell, value, code):
    def touch(sheet):
        sheet[cell] = value

    assert problems(xlsx(touch=touch)) == [(int(cell[1]), cell[0], code)]


def test_a_number_that_the_spreadsheet_made_a_date_of_is_wrong():
    assert problems(xlsx([HEADINGS, [datetime.date(2026, 1, 2), "陈思远"]])) == [(2, "A", "cell_date")]


def test_a_formula_with_a_kept_value_counts_and_is_noted():
    cached = with_part(
        xlsx([HEADINGS, ["01", "陈思远", "=1", "部"]]),
        "xl/worksheets/sheet1.xml",
        lambda part: part.replace(b"<f>1</f><v></v>", b"<f>1</f><v>7</v>").replace(
            b"<f>1</f><v />", b"<f>1</f><v>7</v>"
        ),
    )
    (row,) = read("contestants", cached).rows
    assert row.cells["office"] == "7"
    assert [(note.field, note.code) for note in row.notes] == [("office", "cell_formula_value")]


def test_a_missing_column_is_named_with_sheet_and_row():
    code, figures = refusal(xlsx([["姓名", "单位"], ["陈思远", "院"]]))
    assert code == "import_headings_missing"
    assert figures == {"sheet": "选手", "line": "1", "missing": "编号 No.", "found": "姓名, 单位"}


def test_the_wrong_sheet_is_told_by_what_was_found_in_it():
    code, figures = refusal(xlsx(CAST, title="选手"), "judges")
    assert (code, figures["missing"]) == ("import_headings_missing", "席位 Seat")


def test_a_column_that_is_there_twice_is_named():
    code, figures = refusal(xlsx([["编号", "姓名", "选手"], ["01", "甲", "乙"]]))
    assert (code, figures["columns"]) == ("import_column_twice", "B, C")


def test_merged_cells_are_named():
    code, figures = refusal(xlsx(touch=lambda sheet: sheet.merge_cells("C2:C3")))
    assert (code, figures) == ("import_merged", {"sheet": "选手", "range": "C2:C3"})


@pytest.mark.parametrize("make", [xlsx, lambda rows: text(rows).encode()])
def test_ten_thousand_rows_are_refused_with_the_sheet_and_the_limit(make):
    rows = [HEADINGS, *([str(place), "某"] for place in range(10_000))]
    code, figures = refusal(make(rows))
    assert (code, figures["most"]) == ("import_too_many_rows", "2000")
    assert figures["sheet"] in ("选手", "CSV")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "import_empty"),
        (b" \r\n ", "import_empty"),
        (b"\xef\xbb\xbf,,\n,,\n", "import_empty"),
        (pdf("renamed"), "import_kind_unknown"),
        (b"\x89PNG\r\n\x1a\n", "import_kind_unknown"),
        (b"PK\x03\x04 but no package", "document_broken"),
        (OLE + b"x" * 600, "import_old_excel"),
        (OLE + b"x" * 600 + ENCRYPTED_PACKAGE, "document_encrypted"),
        (b"a" * (BYTES_MOST + 1), "import_too_large"),
        (b"\x81\xff\xfe\x80 \xff", "import_text_unreadable"),
        ('编号,姓名\n01,"甲\n'.encode(), "import_text_broken"),
        ("编号,姓名\n".encode(), "import_no_rows"),
        ("编号,姓名\n,\n".encode(), "import_no_rows"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_what_it_is(content, code):
    assert refusal(content)[0] == code


def test_a_workbook_that_unpacks_to_far_more_is_refused():
    bomb = with_part(xlsx(), "xl/media/big.bin", lambda part: b"\0" * 90_000_000)
    assert refusal(bomb)[0] == "document_zip_bomb"


def test_a_workbook_with_a_dtd_is_refused():
    hostile = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
    assert refusal(with_part(xlsx(), "xl/sharedStrings.xml", lambda part: hostile))[0] == "document_hostile_xml"


def test_a_workbook_with_macros_is_refused():
    def mark(part):
        return part.replace(b"spreadsheetml.sheet.main+xml", b"sheet.macroEnabled.main+xml")

    assert refusal(with_part(xlsx(), "[Content_Types].xml", mark))[0] == "import_has_macros"


def test_a_workbook_that_is_damaged_inside_is_refused():
    assert refusal(with_part(xlsx(), "xl/workbook.xml", lambda part: b"<workbook>"))[0] == "document_broken"


def test_a_process_that_comes_to_no_answer_is_ended():
    with pytest.raises(Refused, match="import_too_complex"):
        read_apart("contestants", xlsx(), seconds=0)


def test_what_was_read_is_the_same_after_it_was_kept():
    found = read("contestants", xlsx(touch=lambda sheet: sheet.__setitem__("B2", "=A1")))
    assert Reading.from_data(found.to_data()).to_data() == found.to_data()
