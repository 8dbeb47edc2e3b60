"""What is taken in and what is refused at the door, by content and not by name."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from scoring.documents import Place, examine, package
from scoring.documents.kinds import BYTES_MOST
from scoring.rules.refusal import Refused
from tests.documents.making import (
    SUGGESTION,
    app_properties,
    core_properties,
    custom_properties,
    document_xml,
    docx,
    encrypted_pdf,
    old_office_file,
    paragraph,
    pdf,
    png,
    scanned_pdf,
    zipped,
)


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        examine(name, content)
    return refused.value.code


def changed(content: bytes, name: str, change) -> bytes:
    """A DOCX with one part changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        parts = {each: file.read(each) for each in file.namelist()}
    return zipped(parts | {name: change(parts[name])})


# what is taken in


def test_a_chinese_docx_gives_its_text_by_paragraphs():
    examined = examine("文书.docx", docx())
    assert (examined.kind, examined.pages, examined.made_safe) == ("docx", None, ())
    assert [passage.text for passage in examined.passages] == list(SUGGESTION)
    assert [passage.place for passage in examined.passages] == [Place("paragraph", number) for number in (1, 2, 3)]
    assert "存在安全隐患" in examined.text


def test_a_chinese_pdf_gives_its_text_by_pages():
    examined = examine("文书.pdf", pdf("检察建议书", "请书面回复。"))
    assert (examined.kind, examined.pages, examined.made_safe) == ("pdf", 2, ())
    assert [passage.place for passage in examined.passages] == [Place("page", 1), Place("page", 2)]
    assert [passage.text.strip() for passage in examined.passages] == ["检察建议书", "请书面回复。"]


def test_a_scanned_page_is_taken_in_and_named_as_one_that_cannot_be_searched():
    assert examine("a.pdf", scanned_pdf()).unreadable_pages == (1,)
    assert examine("a.pdf", pdf("有字", "", "有字")).unreadable_pages == (2,)


def test_a_docx_tells_who_wrote_it():
    parts = {
        "docProps/core.xml": core_properties("陈思远", "林晓彤"),
        "docProps/app.xml": app_properties("江北区人民检察院"),
        "docProps/custom.xml": custom_properties("承办人", "周子涵"),
    }
    assert examine("a.docx", docx(parts=parts)).properties == {
        "title": "检察建议书",
        "author": "陈思远",
        "last_modified_by": "林晓彤",
        "company": "江北区人民检察院",
        "custom:承办人": "周子涵",
    }


def test_the_properties_are_found_under_any_name_of_their_part():
    examined = examine("a.docx", docx(parts={"elsewhere/whoever.xml": core_properties("陈思远", "林晓彤")}))
    assert examined.properties["author"] == "陈思远"


def test_who_changed_or_commented_is_a_property_and_what_they_wrote_is_text():
    change = '<w:p><w:del w:id="1" w:author="陈思远"><w:r><w:delText>旧文</w:delText></w:r></w:del></w:p>'
    note = document_xml(f'<w:comment w:author="林晓彤" w:initials="L">{paragraph("请陈科长核")}</w:comment>')
    examined = examine("a.docx", docx(body=change, parts={"word/comments.xml": note}))
    assert examined.properties["people"] == "L, 林晓彤, 陈思远"
    assert "旧文" in examined.text
    assert ("comment", "请陈科长核") in [(p.place.spot, p.text) for p in examined.passages]


def test_headers_footers_and_notes_are_read_though_no_reviewer_sees_the_headers():
    names = {"header1": "header", "footer1": "footer", "footnotes": "footnote", "endnotes": "endnote"}
    parts = {f"word/{name}.xml": document_xml(paragraph(f"{name}的字")) for name in names}
    examined = examine("a.docx", docx(parts=parts))
    found = {p.place.spot: p.text for p in examined.passages if p.place.spot != "paragraph"}
    assert found == {spot: f"{name}的字" for name, spot in names.items()}
    assert "header1的字" not in examined.shown.decode()


def test_a_pdf_tells_who_wrote_it_in_both_its_places():
    title = ("﻿" + "陈思远").encode("utf-16-be").hex().encode()
    xmp = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><creator>林晓彤</creator></x:xmpmeta>'.encode()
    more = {
        3: b"<< /Author <%s> /Company (Court) /Handler (someone) >>" % title,
        4: b"<< /Type /Metadata /Subtype /XML /Length %d >>\nstream\n%s\nendstream" % (len(xmp), xmp),
    }
    properties = examine("a.pdf", pdf(catalog=b"/Metadata 4 0 R", more=more, trailer=b"/Info 3 0 R")).properties
    assert properties == {"author": "陈思远", "company": "Court", "custom:Handler": "someone", "xmp": "林晓彤"}


@pytest.mark.parametrize("name", ["文书.PDF", "文书", "文书.2026", "文书.txt"])
def test_the_content_counts_where_the_name_claims_nothing_else(name):
    assert examine(name, pdf()).kind == "pdf"


# what is refused


def test_an_empty_file_is_refused():
    assert refusal("a.pdf", b"") == "document_empty"


def test_a_docx_without_a_word_or_picture_is_refused_as_empty():
    assert refusal("a.docx", docx(" ")) == "document_empty"


def test_a_pdf_without_a_page_is_refused_as_empty():
    content = pdf().replace(b"/Kids [20 0 R] /Count 1", b"/Kids [      ] /Count 0")
    assert refusal("a.pdf", content) == "document_empty"


def test_a_file_of_20_mb_passes_the_door_and_one_byte_more_does_not():
    at_most = pdf() + b"\n" * (BYTES_MOST - len(pdf()))
    assert examine("a.pdf", at_most).pages == 1
    with pytest.raises(Refused) as refused:
        examine("a.pdf", at_most + b"\n")
    assert (refused.value.code, refused.value.problems[0].figures) == ("document_too_large", {"most": "20"})


@pytest.mark.parametrize(
    "content",
    [png(), b"MZ\x90\x00" + bytes(200), b"hello", b"<html></html>", b"\x00", b"PK", b"GIF89a%PDF-1.7"],
    ids=["picture", "program", "text", "page", "nothing", "short", "two in one"],
)
@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a"])
def test_what_is_neither_is_refused_whatever_its_name_says(name, content):
    assert refusal(name, content) == "document_kind_unknown"


def test_a_docx_called_pdf_is_not_what_it_says_it_is():
    with pytest.raises(Refused) as refused:
        examine("文书.pdf", docx())
    assert refused.value.code == "document_renamed"
    assert refused.value.problems[0].figures == {"says": "PDF", "found": "DOCX"}


def test_a_pdf_called_docx_is_not_what_it_says_it_is():
    assert refusal("文书.docx", pdf()) == "document_renamed"


def test_another_zip_is_refused_as_of_no_kind():
    assert (
        refusal("a.docx", zipped({"xl/workbook.xml": "<a/>", "[Content_Types].xml": "<a/>"})) == "document_kind_unknown"
    )
    assert refusal("a.docx", zipped({"hello.txt": "hello"})) == "document_kind_unknown"


def test_an_old_word_document_is_refused_with_the_way_out():
    assert refusal("a.doc", old_office_file("WordDocument")) == "document_old_word"
    assert refusal("a.docx", old_office_file("WordDocument")) == "document_old_word"


def test_an_encrypted_docx_is_refused_as_such():
    assert refusal("a.docx", old_office_file("EncryptedPackage")) == "document_encrypted"


def test_a_zip_with_a_locked_part_is_refused_as_encrypted():
    content = bytearray(docx())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(mark) + offset] |= 1
    assert refusal("a.docx", bytes(content)) == "document_encrypted"


@pytest.mark.parametrize("passwords", [{"user_password": "secret"}, {"user_password": "", "owner_password": "secret"}])
def test_a_pdf_that_asks_for_a_password_or_forbids_is_refused_as_encrypted(passwords):
    assert refusal("a.pdf", encrypted_pdf(**passwords)) == "document_encrypted"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_docx_cut_short_is_refused_as_broken(share):
    content = docx()
    assert refusal("a.docx", content[: int(len(content) * share)]) == "document_broken"


def test_a_pdf_cut_to_its_head_is_refused_as_broken():
    assert refusal("a.pdf", pdf()[:40]) == "document_broken"


def test_a_docx_whose_text_is_not_xml_is_refused_as_broken():
    assert refusal("a.docx", docx(body="<w:p>")) == "document_broken"
    assert refusal("a.docx", docx(body="<unknown:p/>")) == "document_broken"


def test_a_part_whose_sum_is_wrong_is_refused_as_broken():
    content = bytearray(docx())
    content[content.find(b"PK\x01\x02") + 16] ^= 0xFF
    assert refusal("a.docx", bytes(content)) == "document_broken"


def test_two_parts_of_one_name_are_refused_since_readers_differ_in_which_they_take():
    content = io.BytesIO(docx())
    with zipfile.ZipFile(content, "a") as file, pytest.warns(UserWarning, match="Duplicate"):
        file.writestr("word/document.xml", document_xml(paragraph("另一份")))
    assert refusal("a.docx", content.getvalue()) == "document_broken"


def test_a_part_that_leads_out_of_the_package_is_refused():
    assert refusal("a.docx", docx(parts={"../../etc/passwd": "x"})) == "document_broken"


def test_macros_are_refused_wherever_they_are_told_by():
    assert refusal("a.docx", docx(parts={"word/vbaProject.bin": b"\x00"})) == "document_has_macros"
    assert refusal("a.docx", docx(parts={"word/other.bin": old_office_file("_VBA_PROJECT")})) == "document_has_macros"
    main = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    docm = changed(
        docx(),
        "[Content_Types].xml",
        lambda types: types.replace(main, b"application/vnd.ms-word.document.macroEnabled.main+xml"),
    )
    assert refusal("a.docx", docm) == "document_has_macros"


# bombs


def test_a_part_that_swells_beyond_the_ratio_is_a_bomb():
    assert refusal("a.docx", docx(parts={"word/media/a.bmp": bytes(30_000_000)})) == "document_zip_bomb"


def test_parts_that_are_too_much_together_are_a_bomb_before_any_is_inflated(monkeypatch):
    content = bytearray(docx())
    at = content.find(b"PK\x01\x02")
    struct.pack_into("<II", content, at + 20, 1_000_000, package.INFLATED_MOST)
    assert refusal("a.docx", bytes(content)) == "document_zip_bomb"


def test_a_part_that_holds_more_than_it_declares_is_not_read_beyond_it():
    content = bytearray(docx("检" * 3000))
    at = content.find(b"PK\x01\x02", content.find(b"PK\x01\x02"))
    struct.pack_into("<I", content, at + 24, 10)
    assert refusal("a.docx", bytes(content)) == "document_broken"


def test_too_many_parts_are_a_bomb():
    parts = {f"word/media/{number}.png": b"" for number in range(package.ENTRIES_MOST)}
    assert refusal("a.docx", docx(parts=parts)) == "document_zip_bomb"


# hostile XML

LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("dtd", [LAUGHS, OUTSIDE, '<!DOCTYPE x SYSTEM "http://example.org/x.dtd">', "<!DOCTYPE x>"])
@pytest.mark.parametrize("part", ["word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"])
def test_a_dtd_in_any_part_is_refused(part, dtd):
    hostile = changed(docx(), part, lambda xml: xml.replace(b"?>\n", b"?>\n" + dtd.encode(), 1))
    assert refusal("a.docx", hostile) == "document_hostile_xml"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "iso-8859-1"])
def test_a_dtd_does_not_hide_behind_an_encoding_or_a_name(encoding):
    text = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>{OUTSIDE}<x>&secret;</x>'
    assert refusal("a.docx", docx(parts={"word/theme.bin": text.encode(encoding)})) in (
        "document_hostile_xml",
        "document_broken",
    )


def test_a_dtd_in_the_properties_of_a_pdf_is_refused():
    xmp = f"{LAUGHS}<x>&b;</x>".encode()
    more = {4: b"<< /Type /Metadata /Length %d >>\nstream\n%s\nendstream" % (len(xmp), xmp)}
    assert refusal("a.pdf", pdf(catalog=b"/Metadata 4 0 R", more=more)) == "document_hostile_xml"


def test_endless_nesting_is_refused_before_a_reader_falls_over_it():
    body = "<w:tbl><w:tr><w:tc>" * 5000 + paragraph("x") + "</w:tc></w:tr></w:tbl>" * 5000
    assert refusal("a.docx", docx(body=body)) == "document_too_complex"


def test_too_many_elements_are_refused():
    body = "".join(f'<w:p w:x="{number * 7919 % 100003}"/>' for number in range(125_000))
    assert refusal("a.docx", docx(body=body)) == "document_too_complex"


# length


def test_a_docx_of_more_characters_than_anyone_reviews_is_refused():
    text = "".join(chr(0x4E00 + number * 7919 % 20000) for number in range(400_001))
    assert refusal("a.docx", docx(text)) == "document_too_long"


def test_200_pages_are_taken_and_201_are_not():
    assert examine("a.pdf", pdf(*["页"] * 200)).pages == 200
    with pytest.raises(Refused) as refused:
        examine("a.pdf", pdf(*["页"] * 201))
    assert refused.value.code == "document_too_many_pages"
    assert refused.value.problems[0].figures == {"pages": "201", "most": "200"}
