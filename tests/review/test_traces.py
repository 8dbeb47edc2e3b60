"""What a file says of its author beside its text is nowhere in what a reviewer gets, nor beside a code."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import StreamObject

from scoring.board.views.desk import desk
from scoring.board.views.review import code_table, documents
from scoring.board.views.review import review as review_view
from scoring.board.views.seat import seat
from scoring.store.kept_files import content_of
from tests.documents.making import W, app_properties, core_properties, docx, jpeg, paragraph, pdf, picture, stream
from tests.review.conftest import Review

TRACE = "慈城甲某"


def traced_docx() -> bytes:
    """A letter whose author stands in its properties, a comment, a tracked change, and a photo with its description."""
    tracked = f'<w:p><w:ins w:id="1" w:author="{TRACE}"><w:r><w:t>已整改。</w:t></w:r></w:ins></w:p>'
    said = f'<w:comment w:id="0" w:author="{TRACE}" w:initials="{TRACE}">{paragraph(f"{TRACE}改")}</w:comment>'
    parts: dict[str, str | bytes] = {
        "docProps/core.xml": core_properties(TRACE, TRACE),
        "docProps/app.xml": app_properties(TRACE),
        "word/comments.xml": f"<w:comments {W}>{said}</w:comments>",
        "word/media/a.jpeg": traced_photo(),
    }
    refers = [("rId8", "comments", "comments.xml", False), ("rId9", "image", "media/a.jpeg", False)]
    return docx("检察建议书", "请整改。", body=tracked + picture("rId9", description=TRACE), parts=parts, refers=refers)


def traced_photo() -> bytes:
    whole, told = jpeg(), TRACE.encode()
    return whole[:20] + b"\xff\xe1" + (len(told) + 8).to_bytes(2, "big") + b"Exif\x00\x00" + told + whole[20:] + told


def traced_pdf() -> bytes:
    """The same as a PDF: properties in both places, a note with its author, a photo."""
    author = b"<feff" + TRACE.encode("utf-16-be").hex().encode() + b">"
    xmp = f"<x><creator>{TRACE}</creator></x>".encode()
    more = {
        3: b"<< /Author %s /Creator %s /Title %s >>" % (author, author, author),
        4: stream(xmp, b"/Type /Metadata /Subtype /XML"),
        5: b"<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /T %s /Contents %s >>" % (author, author),
        6: stream(traced_photo(), b"/Type /XObject /Subtype /Image /Width 4 /Height 4 /Filter /DCTDecode"),
    }
    page = b"/Annots [5 0 R] /PieceInfo << /Im 6 0 R >>"
    return pdf("检察建议书", catalog=b"/Metadata 4 0 R", page=page, more=more, trailer=b"/Info 3 0 R")


@pytest.mark.parametrize(("name", "made"), [("docx", traced_docx), ("pdf", traced_pdf)])
def test_nothing_that_a_file_says_of_its_author_beside_its_text_reaches_a_reviewer_or_stands_by_a_code(
    review: Review, name: str, made: Callable[[], bytes]
) -> None:
    review.collects()
    review.uploads("01", f"01{TRACE}.{name}", made())
    review.clears("01", "封面已核")
    review.codes()
    review.draws(1, 2)
    review.opens()
    turn = review.turn("01")
    assert TRACE in json.dumps(documents(review.contest_id), ensure_ascii=False)  # its own page names the file
    handed = content_of(turn.appearances[0].contestant.document.shown_sha256)
    words = [TRACE.encode(code) for code in ("utf-8", "utf-16-be", "utf-16-le", "gb18030")]
    assert not [one for one in (*words, words[1].hex().encode()) if one in inflated(handed)]
    views: list[Any] = [review_view(review.contest_id), code_table(review.contest_id), desk(review.contest_id)]
    views += [seat(review.seat(number).id) for number in (1, 2)]
    assert TRACE not in json.dumps(views, ensure_ascii=False, default=str)


def inflated(handed: bytes) -> bytes:
    """What a reviewer gets, with every stream of a PDF and every picture unpacked beside it."""
    if not handed.startswith(b"%PDF"):
        return handed + b"".join(b64decode(one.split(b'"')[0]) for one in handed.split(b"base64,")[1:])
    objects = PdfReader(BytesIO(handed))
    found = [objects.get_object(number) for number in objects.xref[0]]
    return handed + b"".join(one.get_data() for one in found if isinstance(one, StreamObject))
