"""Names and offices of the entry list are found wherever they stand, however they are spaced, with their place."""

from __future__ import annotations

import pytest

from scoring.documents import Mark, Place, examine, identity_marks
from tests.documents.making import core_properties, document_xml, docx, paragraph, pdf

NAMES = ["陈思远", "林晓彤", "江北区院", "第一检察部"]


def marks_in(content: bytes, name: str = "文书.docx", names: list[str] = NAMES) -> tuple[Mark, ...]:
    return identity_marks(examine(name, content), names)


def test_a_document_without_any_name_has_no_mark():
    assert marks_in(docx()) == ()


def test_a_name_in_the_text_is_found_in_its_paragraph():
    found = marks_in(docx("检察建议书", "承办人：陈思远"))
    assert found == (Mark("陈思远", "陈思远", Place("paragraph", 2), "text"),)


def test_a_name_in_a_pdf_is_found_on_its_page():
    found = marks_in(pdf("检察建议书", "承办人 陈思远"), "文书.pdf")
    assert found == (Mark("陈思远", "陈思远", Place("page", 2), "text"),)


@pytest.mark.parametrize(
    "written",
    [
        *("陈 思 远", "陈　思　远", "陈\n思\n远", "陈\t思远", "陈·思·远", "陈-思_远", "陈*思*远"),
        *("陈\u200b思\u200d远", "陈\xad思远", "陈\ufeff思远"),
    ],
)
def test_what_stands_between_the_characters_hides_no_name(written):
    assert [mark.name for mark in marks_in(docx(f"承办人{written}检察官"))] == ["陈思远"]


@pytest.mark.parametrize(
    ("name", "written"),
    [("方立行", "⽅⽴⾏"), ("Li Lei", "ＬＩ　ＬＥＩ"), ("Li Lei", "li lei"), ("第1检察部", "第１检察部")],
)
def test_full_width_compatible_and_large_letters_hide_no_name(name, written):
    assert [mark.name for mark in marks_in(docx(f"由{written}办理"), names=[name])] == [name]


@pytest.mark.parametrize("written", ["江北区⼈⺠检察院", "江 北 区 檢 察 院", "江北區人民檢察院", "江北区⼈\n⺠检察院"])
def test_an_office_in_radicals_or_traditional_signs_is_found_in_a_pdf(written):
    """Fonts in PDF files write ⼈ and ⺠ for 人 and 民: an office was read by a reviewer that way."""
    assert [mark.name for mark in marks_in(pdf("检察建议书", written), "文书.pdf")] == ["江北区院"]


def test_a_name_across_runs_paragraphs_and_pages_is_found_where_it_starts():
    split = "<w:p><w:r><w:t>陈</w:t></w:r><w:r><w:t>思远</w:t></w:r></w:p>"
    assert [mark.place for mark in marks_in(docx("检察建议书", body=split))] == [Place("paragraph", 2)]
    assert [mark.place for mark in marks_in(docx("甲", "陈", "思", "远"))] == [Place("paragraph", 2)]
    assert [mark.place for mark in marks_in(pdf("承办人 陈思", "远"), "a.pdf")] == [Place("page", 1)]


@pytest.mark.parametrize("text", ["陈述，思远", "陈。思远", "陈思、远", "思远", "陈思"])
def test_other_words_and_another_sentence_are_no_name(text):
    assert marks_in(docx(text)) == ()


@pytest.mark.parametrize("written", ["江北区院", "江北区检察院", "江北区人民检察院", "明州市江北区 人民检察院"])
def test_an_office_is_found_by_its_short_and_full_names(written):
    assert [mark.name for mark in marks_in(docx(f"{written}检察建议书"))] == ["江北区院"]


def test_an_office_entered_by_its_full_name_is_found_by_its_short_one():
    assert [mark.text for mark in marks_in(docx("江北区院"), names=["江北区人民检察院"])] == ["江北区院"]


@pytest.mark.parametrize("written", ["江北检察院", "江北院", "江北区检", "江北检", "江北区人民检查院"])
def test_an_office_is_found_without_what_its_place_is_and_as_clerks_shorten_and_mistype_it(written):
    found = marks_in(docx(f"承办单位：{written}。"), names=["江北区人民检察院"])
    assert [mark.text for mark in found] == [written]


def test_an_office_of_one_sign_is_not_found_in_other_words():
    assert marks_in(docx("长江检测报告"), names=["江院"]) == ()


def test_one_place_is_told_once_though_two_spellings_fit():
    assert len(marks_in(docx("江北区人民检察院"))) == 1


def test_the_file_name_is_searched():
    found = marks_in(docx(), "江北区院-陈 思 远-检察建议书.docx")
    assert {(mark.name, mark.where, mark.place) for mark in found} == {
        ("江北区院", "file_name", Place("file_name")),
        ("陈思远", "file_name", Place("file_name")),
    }


def test_the_properties_are_searched_and_named():
    found = marks_in(docx(parts={"docProps/core.xml": core_properties("陈思远", "林晓彤")}))
    assert found == (
        Mark("陈思远", "陈思远", Place("property", 0, "author"), "properties"),
        Mark("林晓彤", "林晓彤", Place("property", 0, "last_modified_by"), "properties"),
    )


def test_a_header_a_comments_author_and_hidden_text_are_searched():
    hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>陈思远</w:t></w:r></w:p>"
    parts = {
        "word/header1.xml": document_xml(paragraph("江北区人民检察院")),
        "word/comments.xml": document_xml('<w:comment w:author="林晓彤"/>'),
    }
    found = marks_in(docx("检察建议书", body=hidden, parts=parts))
    assert {(mark.name, mark.place) for mark in found} == {
        ("江北区院", Place("header", 1)),
        ("林晓彤", Place("property", 0, "people")),
        ("陈思远", Place("paragraph", 2)),
    }


def test_the_description_of_a_picture_is_searched():
    body = '<w:p><w:r><w:docPr id="1" name="a" descr="C:\\陈思远\\照片.png"/></w:r></w:p>'
    assert [mark.name for mark in marks_in(docx("检察建议书", body=body))] == ["陈思远"]


def test_a_name_that_stands_twice_is_told_with_both_places():
    found = marks_in(docx("陈思远", "甲", "陈思远"))
    assert [mark.place.number for mark in found] == [1, 3]


@pytest.mark.parametrize("name", ["", " ", "陈", "院", "·"])
def test_a_name_too_short_to_mean_anything_is_not_searched_for(name):
    assert marks_in(docx("陈院长·"), names=[name]) == ()
