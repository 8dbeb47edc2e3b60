"""What reaches outside or acts is taken out and named; nothing of it is in what a reviewer gets."""

from __future__ import annotations

import io
from random import Random

import pytest
from pypdf import PdfReader

from scoring.documents import as_html, examine, images
from scoring.documents.images import SIDE_MOST
from tests.documents.making import document_xml, docx, jpeg, paragraph, pdf, picture, png, stream

INSIDE, OUTSIDE = False, True


def taken_out(content: bytes) -> tuple[str, ...]:
    return examine("a", content).made_safe


# DOCX


def test_a_link_goes_and_its_words_stay():
    body = '<w:p><w:hyperlink r:id="rId9"><w:r><w:t>点此查看</w:t></w:r></w:hyperlink></w:p>'
    content = docx(body=body, refers=[("rId9", "hyperlink", "http://example.org/x", OUTSIDE)])
    assert taken_out(content) == ("document_link_removed",)
    assert "点此查看" in as_html(content)
    assert "example.org" not in as_html(content)


def test_a_link_written_as_a_field_goes_too():
    body = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPER</w:instrText></w:r>'
        '<w:r><w:instrText>LINK "javascript:alert(1)"</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        '<w:r><w:t>点此</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    assert taken_out(docx(body=body)) == ("document_link_removed",)
    assert "javascript" not in as_html(docx(body=body))


def test_a_picture_by_address_is_not_fetched_and_not_shown():
    content = docx(body=picture("rId9", "link"), refers=[("rId9", "image", "http://example.org/x.png", OUTSIDE)])
    assert "document_remote_image_removed" in taken_out(content)
    assert "example.org" not in as_html(content)


def test_a_file_of_this_machine_is_not_taken_for_a_picture():
    content = docx(body=picture("rId9", "link"), refers=[("rId9", "image", "file:///etc/hostname", OUTSIDE)])
    assert "document_remote_image_removed" in taken_out(content)
    assert "data:" not in as_html(content)


@pytest.mark.parametrize(
    ("kind", "target", "code"),
    [
        ("attachedTemplate", "http://example.org/evil.dotm", "document_remote_template_removed"),
        ("frame", "http://example.org/", "document_remote_object_removed"),
        ("oleObject", "http://example.org/a.xls", "document_object_removed"),
        ("subDocument", "other.docx", "document_object_removed"),
    ],
)
def test_what_word_would_fetch_is_named(kind, target, code):
    assert taken_out(docx(refers=[("rId9", kind, target, OUTSIDE)])) == (code,)


def test_an_address_that_does_not_say_that_it_is_outside_is_noticed():
    hidden = [("rId9", "attachedTemplate", "\\\\host\\share\\a.dotm", INSIDE)]
    assert taken_out(docx(refers=hidden)) == ("document_remote_template_removed",)


@pytest.mark.parametrize("code", ["INCLUDEPICTURE", "DDEAUTO", "INCLUDETEXT"])
def test_a_field_that_fetches_is_named(code):
    body = f'<w:p><w:fldSimple w:instr=" {code} &quot;http://example.org/a&quot; "/></w:p>'
    assert taken_out(docx(body=body)) == ("document_remote_object_removed",)


def test_plain_fields_such_as_page_numbers_are_no_matter():
    assert taken_out(docx(body='<w:p><w:fldSimple w:instr=" PAGE \\* MERGEFORMAT "/></w:p>')) == ()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("word/activeX/activeX1.bin", "document_activex_removed"),
        ("word/activeX/activeX1.xml", "document_activex_removed"),
        ("word/embeddings/oleObject1.bin", "document_object_removed"),
        ("word/afchunk.html", "document_object_removed"),
        ("word/run.exe", "document_object_removed"),
        ("word/media/image1.emf", "document_image_removed"),
    ],
)
def test_a_part_that_acts_or_cannot_be_shown_is_named(name, code):
    assert taken_out(docx(parts={name: b"<x/>"})) == (code,)


def test_what_word_always_writes_is_no_matter():
    parts: dict[str, str | bytes] = {
        "word/styles.xml": document_xml(""),
        "docProps/thumbnail.jpeg": jpeg(),
        "word/fonts/font1.odttf": b"\x00",
    }
    assert taken_out(docx(parts=parts)) == ()


def with_picture(content: bytes, description: str = "照片") -> bytes:
    return docx(
        body=picture("rId9", description=description),
        refers=[("rId9", "image", "media/a.png", INSIDE)],
        parts={"word/media/a.png": content},
    )


@pytest.mark.parametrize(("content", "kind"), [(png(), "png"), (jpeg(), "jpeg")])
def test_a_picture_is_shown_by_its_content(content, kind):
    assert f'src="data:image/{kind};base64,' in as_html(with_picture(content))
    assert taken_out(with_picture(content)) == ()


@pytest.mark.parametrize(
    "content",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"GIF89a" + bytes(50),
        png(SIDE_MOST + 1, 1),
        png(10_000, 10_000),
        png(0, 1),
        jpeg(0, 10),
        b"\xff\xd8\xff",
        png() + Random(1).randbytes(5 * 1024 * 1024),
    ],
    ids=["svg", "gif", "wide", "many pixels", "none", "flat", "cut", "heavy"],
)
def test_a_picture_that_is_not_safe_or_too_large_is_left_out_and_named(content):
    assert taken_out(with_picture(content)) == ("document_image_removed",)
    assert "data:" not in as_html(with_picture(content))


def test_pictures_have_a_limit_together(monkeypatch):
    monkeypatch.setattr(images, "ALL_BYTES_MOST", len(png()))
    content = docx(
        body=picture("rId8") + picture("rId9"),
        refers=[("rId8", "image", "media/a.png", INSIDE), ("rId9", "image", "media/a.png", INSIDE)],
        parts={"word/media/a.png": png()},
    )
    assert as_html(content).count("data:image/png") == 1
    assert taken_out(content) == ("document_image_removed",)


def test_the_html_has_no_attribute_but_those_of_cells_and_pictures():
    table = '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + paragraph("表") + "</w:tc></w:tr></w:tbl>"
    html = as_html(docx('<script>alert(1)</script><img src=x onerror="alert(1)">', body=table))
    assert '<td colspan="2">' in html
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html


def placed(text: str, properties: str) -> str:
    return paragraph(text).replace("<w:p>", f"<w:p><w:pPr>{properties}</w:pPr>")


def test_a_letter_keeps_its_centred_title_its_indents_and_its_signature_to_the_right():
    body = (
        placed("检察建议书", '<w:jc w:val="center"/>')
        + placed("经查，存在安全隐患。", '<w:ind w:firstLineChars="200" w:firstLine="640"/>')
        + placed("二〇二六年五月", '<w:jc w:val="right"/>')
        + placed("附件", '<w:jc w:val="evil"/><w:ind w:firstLine="0"/>')
    )
    assert as_html(docx("抬头", body=body)) == (
        '<p>抬头</p><p class="centred">检察建议书</p><p class="indented">经查，存在安全隐患。</p>'
        '<p class="right">二〇二六年五月</p><p>附件</p>'
    )


def test_a_pictures_description_cannot_break_out_of_its_attribute():
    html = as_html(with_picture(png(), "&quot; onerror=&quot;alert(1)"))
    assert 'alt=""' in html


def test_a_style_map_that_the_document_brings_is_not_followed():
    content = docx(parts={"mammoth/style-map": "p => script.evil"})
    assert "evil" not in as_html(content)


def test_the_html_is_what_examining_shows():
    assert examine("a.docx", docx()).shown.decode() == as_html(docx())


# PDF

ANNOTATION = b"/Annots [<< /Type /Annot /Subtype /%s /Rect [0 0 9 9] %s >>]"


@pytest.mark.parametrize(
    ("catalog", "page", "codes"),
    [
        (b"/OpenAction << /S /JavaScript /JS (SECRET) >>", b"", {"document_action_removed", "document_script_removed"}),
        (b"/OpenAction << /S /Launch /F (SECRET.exe) >>", b"", {"document_action_removed"}),
        (b"/AA << /WC << /S /JavaScript /JS (SECRET) >> >>", b"", {"document_action_removed"}),
        (
            b"/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (SECRET) >>] >> >>",
            b"",
            {"document_script_removed"},
        ),
        (b"/Names << /EmbeddedFiles << /Names [(SECRET) 5 0 R] >> >>", b"", {"document_embedded_file_removed"}),
        (b"/AcroForm << /Fields [] /XFA (SECRET) >>", b"", {"document_form_removed"}),
        (b"", b"/AA << /O << /S /JavaScript /JS (SECRET) >> >>", {"document_action_removed"}),
        (b"", ANNOTATION % (b"Link", b"/A << /S /URI /URI (http://SECRET) >>"), {"document_link_removed"}),
        (
            b"",
            ANNOTATION % (b"Link", b"/A << /S /Launch /F (SECRET) >>"),
            {"document_link_removed", "document_action_removed"},
        ),
        (b"", ANNOTATION % (b"FileAttachment", b"/FS (SECRET)"), {"document_embedded_file_removed"}),
        (b"", ANNOTATION % (b"RichMedia", b"/T (SECRET)"), {"document_media_removed"}),
        (b"", ANNOTATION % (b"Text", b"/Contents (SECRET)"), {"document_annotation_removed"}),
        (b"", ANNOTATION % (b"Widget", b"/V (SECRET)"), {"document_form_removed"}),
        (b"", b"/PieceInfo << /Word (SECRET) >>", set()),
    ],
)
def test_what_acts_in_a_pdf_is_named_and_not_in_the_copy(catalog, page, codes):
    content = pdf(catalog=catalog, page=page, more={5: stream(b"SECRET", b"/Type /EmbeddedFile")})
    assert b"SECRET" in content
    examined = examine("a.pdf", content)
    assert set(examined.made_safe) == codes
    assert b"SECRET" not in examined.shown
    assert b"JavaScript" not in examined.shown


def test_the_copy_of_a_pdf_does_not_say_who_wrote_it():
    more = {3: b"<< /Author (SECRET) >>", 4: stream(b"<x>SECRET</x>", b"/Type /Metadata")}
    examined = examine("a.pdf", pdf(catalog=b"/Metadata 4 0 R", more=more, trailer=b"/Info 3 0 R"))
    assert examined.properties == {"author": "SECRET", "xmp": "SECRET"}
    assert b"SECRET" not in examined.shown


def test_a_stream_that_leads_to_a_file_does_not_in_the_copy():
    page = b"/Resources << /XObject << /X 5 0 R >> >>"
    content = pdf(
        page=page, more={5: stream(b"", b"/Type /XObject /Subtype /Form /BBox [0 0 1 1] /F (SECRET) /OPI (SECRET)")}
    )
    assert b"SECRET" not in examine("a.pdf", content).shown


def test_the_copy_has_the_same_pages_in_the_same_order_and_size():
    examined = examine("a.pdf", pdf("一", "二", "三", page=b"/Rotate 90"))
    copy = PdfReader(io.BytesIO(examined.shown))
    assert [page.extract_text().strip() for page in copy.pages] == ["一", "二", "三"]
    assert {(page.rotation, page.mediabox.width, page.mediabox.height) for page in copy.pages} == {(90, 595, 842)}
