"""Reading lists: every way in which offices really save them, and what is said about those that cannot be read."""

from __future__ import annotations

import datetime

import pytest
from openpyxl.styles import Font

from scoring.documents.kinds import ENCRYPTED_PACKAGE, OLD_WORD, OLE
from scoring.imports import KINDS, Choices, Grid, pasted, read, reading_of, sheets_apart, template
from scoring.imports.reading import BYTES_MOST
from scoring.rules.refusal import Refused
from tests.documents.making import docx, pdf
from tests.imports.making import CAST, HEADINGS, book_of, packed, text, with_part, xlsx

XML_WORKBOOK = """<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Sheet1"/></Workbook>"""
NAMES = [["01", "陈思远"], ["02", "林晓彤"]]


def names(content: bytes) -> list[list[str]]:
    return [[row.cells["number"], row.cells["name"]] for row in read("contestants", content).rows]


def refusal(content: bytes, kind: str = "contestants") -> tuple[str, dict[str, str]]:
    with pytest.raises(Refused) as refused:
        read(kind, content)
    return refused.value.code, dict(refused.value.problems[0].figures)


def lacking(content: bytes, kind: str = "contestants") -> list[tuple[str, str]]:
    return [(problem.code, problem.field) for problem in read(kind, content).problems]


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
    assert {sheet.name: sheet.code for sheet in found.sheets} == {
        "一院": "",
        "二院": "",
        "备注": "sheet_without_columns",
    }


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
    assert [sheet.code for sheet in found.sheets] == [""]


def test_five_hundred_rows_are_read_with_none_missing():
    rows = [HEADINGS, *([f"{place:03d}", f"选手{place}", "院", "部"] for place in range(1, 501))]
    for content in (xlsx(rows), text(rows).encode("gbk")):
        assert len(reading_of(KINDS["contestants"], sheets_apart(content)).rows) == 500


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


def test_a_missing_column_is_named_and_can_be_chosen_on_the_page():
    content = xlsx([["工号", "何人", "单位"], ["9", "陈思远", "院"]])
    assert lacking(content) == [("column_missing", "name")]
    found = reading_of(KINDS["contestants"], sheets_apart(content), Choices(columns={"0.1": "name"}))
    assert [(row.cells["name"], row.problems) for row in found.rows] == [("陈思远", ())]
    assert found.problems == ()


def test_the_wrong_sheet_lacks_what_the_list_needs():
    assert lacking(xlsx(), "relations") == [("column_missing", "judge"), ("column_missing", "ground")]


def test_of_two_columns_of_one_meaning_the_better_named_is_read_and_the_other_is_told():
    found = read("contestants", xlsx([["序号", "编号", "姓名", "选手"], ["1", "07", "甲某", "乙某"]]))
    assert (found.rows[0].cells["number"], found.rows[0].cells["name"]) == ("07", "甲某")
    assert [column.heading for column in found.columns if not column.meaning] == ["序号", "选手"]


def test_two_columns_chosen_for_one_meaning_are_told():
    chosen = Choices(columns={"0.2": "name"})
    found = reading_of(KINDS["contestants"], sheets_apart(xlsx()), chosen)
    assert [(one.code, one.figures["columns"]) for one in found.problems] == [("column_assigned_twice", "B, C")]


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
        (pdf("renamed"), "import_is_pdf"),
        (docx(), "import_is_word"),
        (b"{\\rtf1 list}", "import_is_word"),
        (OLE + b"x" * 600 + OLD_WORD, "import_is_word"),
        (b"\xef\xbb\xbf<html><table></table>", "import_is_web_page"),
        (XML_WORKBOOK.encode(), "import_is_xml_workbook"),
        (XML_WORKBOOK.encode("utf-16"), "import_is_xml_workbook"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', "import_is_web_page"),
        (b"\x89PNG\r\n\x1a\n", "import_is_picture"),
        (packed("content.xml"), "import_is_ods"),
        (packed("Index/Document.iwa"), "import_is_numbers"),
        (packed("notes.txt"), "import_kind_unknown"),
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
        sheets_apart(xlsx(), seconds=0)


def test_what_was_read_is_the_same_after_it_was_kept():
    sheets = sheets_apart(xlsx(touch=lambda sheet: sheet.__setitem__("B2", "=A1")))
    assert tuple(Grid.from_data(sheet.to_data()) for sheet in sheets) == sheets


def test_a_row_below_an_empty_first_line_tells_its_own_place():
    assert [row.line for row in read("contestants", xlsx([[], *CAST])).rows] == [3, 4]


def test_the_members_of_a_team_are_its_speakers_in_the_order_of_their_columns():
    (team,) = read("teams", text([("序号", "代表队", "队员1", "队员2"), ("1", "江北队", "甲某", "乙某")]).encode()).rows
    assert (team.cells["speaker1"], team.cells["speaker2"]) == ("甲某", "乙某")


def test_the_lines_below_a_list_and_repeated_headings_are_no_rows_and_are_told():
    rows = [
        *CAST,
        HEADINGS,
        ["03", "周子涵"],
        ["注：以上名单以会务组为准"],
        ["填表人：王", "", "审核人：李"],
        ["合计", "3人"],
    ]
    found = read("contestants", xlsx(rows))
    assert [row.cells["number"] for row in found.rows] == ["01", "02", "03"]
    assert [(one.line, one.code) for one in found.left_out] == [(6, "row_foot"), (7, "row_foot"), (8, "row_foot")]


def test_a_line_that_was_left_out_can_be_taken_in():
    content = xlsx([*CAST, ["合计", "某某"]])
    found = reading_of(KINDS["contestants"], sheets_apart(content), Choices(taken=frozenset(["0.4"])))
    assert (len(found.rows), found.left_out) == (3, ())


@pytest.mark.parametrize(
    ("cell", "skipped", "codes"), [("B2", True, ["row_struck", "cell_struck"]), ("C2", False, ["cell_struck"])]
)
def test_whoevers_name_is_struck_through_is_left_out_and_another_struck_cell_is_told(cell, skipped, codes):
    def strike(sheet):
        sheet[cell].font = Font(strike=True)

    row = read("contestants", xlsx(touch=strike)).rows[0]
    assert (row.skipped, [note.code for note in row.notes]) == (skipped, codes)


def test_a_filtered_row_is_told_and_read():
    def hide(sheet):
        sheet.auto_filter.ref = "A1:D3"
        sheet.row_dimensions[3].hidden = True

    row = read("contestants", xlsx(touch=hide)).rows[1]
    assert (row.skipped, [note.code for note in row.notes]) == (False, ["row_filtered"])


def test_a_row_that_was_drawn_together_until_nobody_sees_it_is_told_as_a_hidden_one():
    def draw_together(sheet):
        sheet.row_dimensions[2].height, sheet.row_dimensions[3].height = 15, 1

    rows = read("contestants", xlsx(touch=draw_together)).rows
    assert [[note.code for note in row.notes] for row in rows] == [[], ["row_hidden"]]


def test_running_numbers_without_a_name_are_no_rows():
    found = read("contestants", text([("序号", "姓名"), ("1", "甲某"), ("2", ""), ("3", "")]).encode())
    assert ([row.line for row in found.rows], [one.code for one in found.left_out]) == ([2], ["row_number_only"] * 2)


def test_a_wrong_cell_is_mended_and_a_row_is_skipped():
    sheets = sheets_apart(xlsx([*CAST, ("03", None)]))
    choices = Choices().changed({}, {"0.4": {"name": " 周 子涵"}}, skip=["0.2"], take=[], sheets={})
    found = reading_of(KINDS["contestants"], sheets, choices)
    assert [row.key for row in found.counted] == ["0.3", "0.4"]
    assert (found.rows[2].cells["name"], found.rows[2].problems, found.rows[2].mended) == ("周子涵", (), ("name",))
    again = choices.changed({}, {}, skip=[], take=["0.2"], sheets={})
    assert len(reading_of(KINDS["contestants"], sheets, again).counted) == 3
    assert Choices.from_data(again.to_data()) == again


@pytest.mark.parametrize(
    "written",
    [
        "编号,姓名,单位,备注\n1,甲某,江北区院,一，二，三，四，五；六；七\n2,乙某,江北区院,；；；；；；；；\n",
        '编号,姓名,单位,备注\n1,甲某,江北区院,"a;b;c;d;e;f;g"\n2,乙某,江北区院,"h;i;j;k;l"\n',
        "编号,姓名,单位,备注\n1，甲某，江北区院，无\n2,乙某,江北区院,无\n",
        "编号\t姓名\t单位\n1\t甲某\t江北区院,一部\n2\t乙某\t江北区院，二部\n",
        "参赛名单,,,,,\n编号;姓名;单位\n1;甲某;江北区院\n2;乙某;江北区院\n",
        "编号、姓名、单位\n1、甲某、江北区院\n2、乙某、江北区院\n",
        "编号|姓名|单位\n1|甲某|江北区院\n2|乙某|江北区院\n",
        "\ufeff编号,\u200b姓名,单位\n1,甲某,江北区院\n2,乙某,江北区院\n",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_text_is_parted_as_its_headings_are(written, encoding):
    found = read("contestants", written.encode(encoding))
    assert [(row.cells["number"], row.cells["name"], row.cells["office"][:4]) for row in found.rows] == [
        ("1", "甲某", "江北区院"),
        ("2", "乙某", "江北区院"),
    ]


def test_words_that_nobody_knows_above_a_column_of_numbers_are_headings_and_the_meanings_are_guessed():
    found = reading_of(KINDS["contestants"], [pasted("工号\t何人\n9\t陈某\n8\t李某")])
    assert [(row.cells["number"], row.cells["name"]) for row in found.rows] == [("9", "陈某"), ("8", "李某")]
    assert found.guessed
    assert [column.heading for column in found.columns] == ["工号", "何人"]
    assert not read("contestants", xlsx()).guessed
